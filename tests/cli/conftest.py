"""A home in which a day has passed, made once, and a copy of it for each test."""

import shutil
from pathlib import Path

import pytest

from tests.cli.filled import fill
from tests.cli.terminal import Terminal


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled")
    fill(home)
    return home


@pytest.fixture
def terminal(original: Path, tmp_path: Path) -> Terminal:
    """On a filled home of its own."""
    return Terminal(home=Path(shutil.copytree(original, tmp_path / "home")))


@pytest.fixture
def empty(tmp_path: Path) -> Terminal:
    """Where nothing is yet."""
    return Terminal(home=tmp_path / "nothing")
