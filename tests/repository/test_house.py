"""The house figures are kept, and what counts them can tell."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.files import ROOT


def figures(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(folder / "ops" / "house.py")], capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Another house, without git, with one good file."""
    (tmp_path / "ops").mkdir()
    shutil.copy(ROOT / "ops" / "house.py", tmp_path / "ops")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "good.py").write_text("def one() -> int:\n    return 1\n")
    return tmp_path


def test_the_house_is_within_its_limits() -> None:
    shown = figures(ROOT)

    assert shown.returncode == 0, shown.stdout


def test_a_small_house_is_fine_without_git(house: Path) -> None:
    shown = figures(house)

    assert shown.returncode == 0, shown.stdout
    assert "files          2" in shown.stdout


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("news/long.py", "x = 1\n" * 401, "news/long.py has 401 lines"),
        ("news/deep.py", "def f() -> None:\n" + "    x = 1\n" * 60, "news/deep.py:1 f has 61 lines"),
        ("news/caught.py", "try:\n    x = 1\nexcept Exception:\n    x = 2\n" * 6, "6 broad excepts"),
        ("news/utils.py", "x = 1\n", "'utils' says nothing"),
        ("base/news.py", "x = 1\n", "'base' says nothing"),
        ("news/kafka.py", "x = 1\n", "hides the module 'kafka'"),
        ("tests/test_later.py", "# TO" + "DO\n", "leftover: tests/test_later.py:1"),
    ],
)
def test_what_breaks_the_style_is_named(house: Path, name: str, content: str, fault: str) -> None:
    (house / name).parent.mkdir(exist_ok=True)
    (house / name).write_text(content)

    shown = figures(house)

    assert shown.returncode == 1
    assert fault in shown.stdout


def test_many_long_functions_are_too_many(house: Path) -> None:
    (house / "news" / "long.py").write_text("".join(f"def f{i}() -> None:\n" + "    x = 1\n" * 31 for i in range(9)))

    shown = figures(house)

    assert shown.returncode == 1
    assert "one function in ten has more than 32 lines" in shown.stdout
