"""The operator's topics, compiled once a home: each later process reads them as they are, forms and all, and tries no test again."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectors import files
from pipeline.edition import edition
from schemas import codec
from schemas.errors import ConfigError
from schemas.ids import digest
from schemas.topic import Has, Topic
from topics.grammar import expression
from topics.rules import written

if TYPE_CHECKING:
    from topics.catalog import Catalog

_NAME = "topics.compiled.json"
_LEFT_OUT = Has(concept="-")  # expressions are kept as they are written


class Compiled:
    """Within one process, what a change of the files does not reach is not compiled again either."""

    def __init__(self, home: Path, languages: Sequence[str]) -> None:
        self._home, self._file, self._languages = home, home / _NAME, tuple(languages)

    def load(self, texts: Mapping[str, str]) -> tuple[Topic, ...]:
        """texts: every topic file by its path. Raises ConfigError."""
        key = digest("topics", edition(), *self._languages, *(part for pair in texts.items() for part in pair))
        if (kept := self._kept(key)) is not None:
            return kept
        topics = self._catalog.load(texts)
        with suppress(OSError):  # a full disk: compiled again by the next process
            rows = json.dumps([_row(topic) for topic in topics], ensure_ascii=False)
            files.write_atomic(self._file, "\n".join((key, digest(rows), rows)).encode())
        return topics

    @cached_property
    def _catalog(self) -> "Catalog":
        """Imported here: dictionaries and matcher are a quarter of a second that no process spends which finds its topics compiled."""
        from pipeline.forms import Forms
        from topics.catalog import Catalog

        return Catalog(self._languages, Forms(self._home))

    def _kept(self, key: str) -> tuple[Topic, ...] | None:
        with suppress(ConfigError, ValueError):  # not there, or spoilt: made again
            of, seal, rows = files.read_text(self._file).split("\n", 2)
            if of == key and seal == digest(rows):
                return tuple(map(_topic, json.loads(rows)))
        return None


def _row(topic: Topic) -> dict[str, Any]:
    rule = {"match": written(topic.match), "unless": [written(veto) for veto in topic.unless]}
    return rule | {"topic": codec.dump(replace(topic, match=_LEFT_OUT, unless=())).decode()}


def _topic(row: dict[str, Any]) -> Topic:
    topic: Topic = codec.load(Topic, row["topic"].encode())
    names = [concept.name for concept in topic.concepts]
    return replace(topic, match=expression(row["match"], names), unless=tuple(expression(veto, names) for veto in row["unless"]))
