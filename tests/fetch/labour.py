"""Work that a worker process does badly: imported by its name in the child."""

import os
import sys
import time


def double(number: int) -> int:
    return 2 * number


def process_id() -> int:
    return os.getpid()


def echo(body: bytes) -> bytes:
    return body


def die() -> None:
    os._exit(3)


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(60)


def eat() -> int:
    return len(bytearray(2**33))


def complain() -> None:
    raise ValueError("these bytes are bad")


def chatter() -> str:
    print("a line that is no answer", flush=True)  # noqa: T201  the point of it
    return sys.stdin.read()


def environment() -> dict[str, str]:
    return dict(os.environ)
