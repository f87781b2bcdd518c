"""The files of the repository: what git tracks or would track; where there is no git, what is not obviously generated."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_GENERATED = {
    ".venv",
    ".git",
    ".tocsin",
    "dist",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
}


@cache
def names() -> tuple[str, ...]:
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = {name for name in listed.stdout.split("\0") if name}
    else:
        found = {str(p.relative_to(ROOT)) for p in ROOT.rglob("*")}
    return tuple(sorted(n for n in found if (ROOT / n).is_file() and not _GENERATED.intersection(Path(n).parts)))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def texts() -> dict[str, str]:
    """Every file that is text, by its name."""
    found = {}
    for name in names():
        data = (ROOT / name).read_bytes()
        if b"\0" not in data[:8192]:
            found[name] = data.decode("utf-8", "replace")
    return found
