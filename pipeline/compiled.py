"""The operator's topics, compiled once a home: each later process reads them as they are, forms and all, and tries no test again."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from connectors import files
from pipeline.forms import Forms, edition
from schemas import codec
from schemas.errors import ConfigError
from schemas.ids import digest
from schemas.topic import Has, Topic
from topics.catalog import Catalog
from topics.grammar import expression
from topics.rules import written

_NAME = "topics.compiled.json"
_LEFT_OUT = Has(concept="-")  # expressions are kept as they are written


class Compiled:
    """Within one process, what a change of the files does not reach is not compiled again either."""

    def __init__(self, home: Path, languages: Sequence[str]) -> None:
        self._file, self._languages = home / _NAME, tuple(languages)
        self._catalog = Catalog(languages, Forms(home))

    def load(self, texts: Mapping[str, str]) -> tuple[Topic, ...]:
        """texts: every topic file by its path. Raises ConfigError."""
        key = digest("topics", edition(), *self._languages, *(part for pair in texts.items() for part in pair))
        if (kept := self._kept(key)) is not None:
            return kept
        topics = self._catalog.load(texts)
        with suppress(OSError):  # a full disk: compiled again by the next process
            rows = [_row(topic) for topic in topics]
            files.write_atomic(self._file, json.dumps({"key": key, "topics": rows}, ensure_ascii=False).encode())
        return topics

    def _kept(self, key: str) -> tuple[Topic, ...] | None:
        with suppress(ConfigError, ValueError, KeyError, TypeError, codec.Unreadable):  # not there, of other files, or spoilt: made again
            kept = json.loads(files.read_text(self._file))
            if kept["key"] == key:
                return tuple(map(_topic, kept["topics"]))
        return None


def _row(topic: Topic) -> dict[str, Any]:
    rule = {"match": written(topic.match), "unless": [written(veto) for veto in topic.unless]}
    return rule | {"topic": codec.dump(replace(topic, match=_LEFT_OUT, unless=())).decode()}


def _topic(row: dict[str, Any]) -> Topic:
    topic: Topic = codec.load(Topic, row["topic"].encode())
    names = [concept.name for concept in topic.concepts]
    return replace(topic, match=expression(row["match"], names), unless=tuple(expression(veto, names) for veto in row["unless"]))
