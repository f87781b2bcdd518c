"""Which topic files one topic needs: its own, and those of the concepts that it uses."""

from collections.abc import Collection, Iterator, Mapping

from topics.drafts import File, file
from topics.entries import Use


def topic_ids(texts: Mapping[str, str]) -> dict[str, str]:
    """Of every topic the path of its file. Nothing is inflected or tried. Raises ConfigError."""
    return {draft.topic.topic_id: path for path, text in texts.items() for draft in file(text, path).drafts}


def needed(texts: Mapping[str, str], path: str, text: str) -> dict[str, str]:
    """The file `path` with this text, and of the others those that it needs; one of the same topics gives way to it. Raises ConfigError."""
    read = {path: file(text, path)}
    offered = {name: other for other in texts if other != path for name in _offers(read.setdefault(other, file(texts[other], other)))}
    mine, wanted, waiting = _offers(read[path]), {path: text}, [path]
    while waiting:
        for name in _uses(read[waiting.pop()]):
            where = offered.get(name)
            if name not in mine and where and where not in wanted and mine.isdisjoint(_offers(read[where])):
                wanted[where] = texts[where]
                waiting.append(where)
    return wanted


def _offers(read: File) -> frozenset[str]:
    """Topics, with a slash, and shared concepts."""
    return frozenset({f"{draft.topic.topic_id}/" for draft in read.drafts} | {concept.name for concept in read.shared})


def _uses(read: File) -> Iterator[str]:
    lists: Collection[tuple[object, ...]] = [concept.entries for concept in (*read.shared, *(c for d in read.drafts for c in d.concepts))]
    for entries in lists:
        for entry in entries:
            if isinstance(entry, Use):
                head, slash, _ = entry.name.partition("/")
                yield head + slash
