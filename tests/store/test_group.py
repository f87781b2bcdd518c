"""Transactions that wait at the same time are written as one, and each has its own answer all the same."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from connectors.store import Store, Tx
from connectors.store.engine import Database, database

T = TypeVar("T")


class Counting:
    """How often a database was written."""

    def __init__(self, inner: Database) -> None:
        self.inner, self.written = inner, 0
        self.writers = 1

    def write(self, work: Callable[[Connection], T]) -> T:
        self.written += 1
        return self.inner.write(work)

    def read(self, work: Callable[[Connection], T]) -> T:
        return self.inner.read(work)

    def close(self) -> None:
        self.inner.close()


def noting(name: str) -> Callable[[Tx], str]:
    def work(tx: Tx) -> str:
        tx.facts.set(name, "yes")
        if name == "bad":
            raise KeyError(name)
        return name

    return work


async def together(store: Store, names: list[str]) -> list[str | BaseException]:
    """All of them are asked for while another is written."""
    go_on = threading.Event()
    first = asyncio.create_task(store.transact(lambda _: go_on.wait()))
    await asyncio.sleep(0)
    rest = [asyncio.create_task(store.transact(noting(name))) for name in names]
    await asyncio.sleep(0)
    go_on.set()
    await first
    return await asyncio.gather(*rest, return_exceptions=True)


def kept(store: Store) -> set[str]:
    return set(store.read_now(lambda tx: tx.facts.starting("")))


def test_each_gets_its_own_answer(store: Store) -> None:
    names = [f"n{number}" for number in range(9)]

    assert asyncio.run(together(store, names)) == names


def test_those_that_wait_are_written_at_once(store: Store, url: str) -> None:
    counting = Counting(database(url))
    counted = Store(counting)

    asyncio.run(together(counted, [f"n{number}" for number in range(9)]))
    counted.close()

    assert counting.written == 2


def test_one_that_raises_is_nobody_elses_trouble(store: Store) -> None:
    first, bad, last = asyncio.run(together(store, ["first", "bad", "last"]))

    assert (first, last) == ("first", "last")
    assert isinstance(bad, KeyError)
    assert kept(store) >= {"first", "last"}
    assert "bad" not in kept(store)


def test_one_that_is_not_waited_for_any_more_is_not_written(store: Store) -> None:
    async def given_up() -> None:
        go_on = threading.Event()
        first = asyncio.create_task(store.transact(lambda _: go_on.wait()))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(store.transact(noting("late")))
        await asyncio.sleep(0)
        waiting.cancel()
        go_on.set()
        await first
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(given_up())

    assert "late" not in kept(store)
