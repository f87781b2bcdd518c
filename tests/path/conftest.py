"""The town, on each database."""

from pathlib import Path

import pytest

from tests.databases import database_url
from tests.town import Town

__all__ = ["database_url"]


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Town:
    return Town(folder=tmp_path, database_url=database_url)
