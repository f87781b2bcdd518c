"""The news sentences of WMT 2021 and their human translations, as the test corpora keep them."""

import hashlib
from pathlib import Path

LANGUAGES = ("de", "cs", "ru", "zh", "ja")


def pairs(folder: Path, language: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each English sentence with all its translations into the language."""
    sources = _lines(folder / "sources" / f"newstest2021.en-{language}.src.en")
    references = sorted((folder / "references").glob(f"newstest2021.en-{language}.ref.*.{language}"))
    return list(zip(sources, zip(*(_lines(path) for path in references), strict=True), strict=True))


def digest(folder: Path) -> str:
    """Of all files that pairs reads."""
    read = sorted(folder.glob("*/newstest2021.en-*"))
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in read)).hexdigest()


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
