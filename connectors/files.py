"""Files: reading what an operator edits, and writing so that a power cut leaves the old text or the new one."""

import os
from pathlib import Path

from schemas.errors import ConfigError


def read_config(folder: Path) -> dict[str, str]:
    """Every YAML text under the folder, by its path in it. Hidden files are an editor's own. Raises ConfigError."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): _text(path, path.relative_to(folder).as_posix()) for path in files if not path.is_dir()}


def read_text(path: Path) -> str:
    """Raises ConfigError."""
    return _text(path, str(path))


def write_atomic(path: Path, data: bytes, private: bool = False) -> None:
    """The whole of it or nothing, on the disk when this returns. private: for its owner alone (0600)."""
    target = path.resolve()
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        new.touch(0o600 if private else 0o666)  # before its first byte is there
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    _sync(target.parent)


def _sync(folder: Path) -> None:
    """The new name itself lasts only once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _text(path: Path, name: str) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(name, 1, 1, f"it cannot be read: {error.strerror}", "Check that it exists, and its mode") from error
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise ConfigError(name, line, column, "this is not UTF-8", "Save the file as UTF-8") from error
