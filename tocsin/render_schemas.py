"""Writes the JSON Schemas from the types: python -m tocsin.render_schemas. What is released already is never written over."""

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

import orjson

import schemas
from schemas.errors import SettingsError
from schemas.render import rendered, text
from schemas.streams import STREAMS

FOLDER = Path(schemas.__file__).parent / "json"
DIGESTS = "digests.json"


def main(folder: Path = FOLDER) -> int:
    released = digests(folder)
    for stream in STREAMS:
        name, schema = f"{stream.entity}/{stream.version}.json", text(rendered(stream))
        digest = hashlib.sha256(schema).hexdigest()
        if released.setdefault(name, digest) != digest:
            fix = f"Raise the stream's version in schemas/streams.py (or drop its line from {DIGESTS} if nobody has it yet)"
            raise SettingsError(name, "it is released, and the types do not give it any more", fix)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(schema)
    (folder / DIGESTS).write_bytes(orjson.dumps(released, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
    return 0


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each released schema file by its name."""
    path = folder / DIGESTS
    found: Mapping[str, str] = orjson.loads(path.read_bytes()) if path.exists() else {}
    return dict(found)


if __name__ == "__main__":
    sys.exit(main())
