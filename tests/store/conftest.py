"""An empty store for each test, on each database."""

from collections.abc import Iterator

import pytest

from connectors.store import Store, open_store
from tests.databases import database_url

__all__ = ["database_url"]


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()
