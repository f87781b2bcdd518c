"""The children's logs: appended to, and turned over when they have grown. A child keeps its file open, so the text is copied away."""

import shutil
from collections.abc import Iterable
from pathlib import Path

_LARGEST = 10 * 2**20  # bytes
_KEPT = 3
_LAST_WORDS = 2000  # bytes


def turn_over(files: Iterable[Path], largest: int = _LARGEST) -> None:
    for file in files:
        if file.exists() and file.stat().st_size > largest:
            for number in range(_KEPT - 1, 0, -1):
                if (older := _numbered(file, number)).exists():
                    older.replace(_numbered(file, number + 1))
            shutil.copyfile(file, _numbered(file, 1))
            with file.open("r+b") as opened:
                opened.truncate(0)  # it was opened to append: the next line goes to its new end


def last_words(file: Path) -> str:
    """The last line that says something."""
    if not file.exists():
        return "it said nothing"
    text = file.read_bytes()[-_LAST_WORDS:].decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def _numbered(file: Path, number: int) -> Path:
    return file.with_name(f"{file.name}.{number}")
