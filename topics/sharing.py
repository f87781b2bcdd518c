"""Concepts that use others, of their topic, of another one or of all, to the terms that they come to."""

from collections.abc import Iterator, Sequence

from schemas.positions import suggestion
from schemas.topic import Term
from topics.drafts import File, Listed
from topics.entries import Use

DEEPEST = 20


class Sharing:
    """What the files offer to each other. Raises ConfigError where they clash."""

    def __init__(self, files: Sequence[File]) -> None:
        self._topics: dict[str, dict[str, Listed]] = {}
        self._shared: dict[str, Listed] = {}
        for file in files:
            for draft in file.drafts:
                if there := self._topics.get(draft.topic.topic_id):
                    where = next(iter(there.values())).place.path
                    raise draft.place.wrong(f"topic {draft.topic.topic_id!r} stands in {where} too", "Rename one of the two")
                self._topics[draft.topic.topic_id] = {concept.name: concept for concept in draft.concepts}
            for concept in file.shared:
                if first := self._shared.get(concept.name):
                    problem = f"the shared concept {concept.name!r} stands in {first.place.path}, line {first.place.line}, too"
                    raise concept.place.wrong(problem, "Rename one of the two")
                self._shared[concept.name] = concept

    @property
    def shared(self) -> tuple[Listed, ...]:
        return tuple(self._shared.values())

    def reached(self, concept: Listed) -> tuple[Listed, ...]:
        """It and all that it uses, each once, in the order of their first mention. Raises ConfigError."""
        if all(isinstance(entry, Term) for entry in concept.entries):
            return (concept,)
        return tuple(item for item in self._walk(concept, (concept,), {concept}) if isinstance(item, Listed))

    def terms(self, concept: Listed) -> tuple[Term, ...]:
        """Its own and those of what it uses, where it uses it; what is used twice stands where it is used first."""
        return tuple(item for item in self._walk(concept, (concept,), {concept}) if isinstance(item, Term))

    def _walk(self, concept: Listed, above: tuple[Listed, ...], seen: set[Listed]) -> Iterator[Listed | Term]:
        yield concept
        for entry in concept.entries:
            if isinstance(entry, Term):
                yield entry
                continue
            used = self._named(entry, concept.topic)
            _check_nesting(entry, used, above)
            if used not in seen:
                seen.add(used)
                yield from self._walk(used, (*above, used), seen)

    def _named(self, use: Use, topic: str | None) -> Listed:
        own = self._topics[topic] if topic else {}
        head, slash, name = use.name.partition("/")
        if not slash:
            return _found(use, use.name, {**self._shared, **own}, "")
        if head not in self._topics:
            raise use.place.wrong(f"there is no topic {head!r}", suggestion(head, self._topics))
        return _found(use, name, self._topics[head], f" in topic {head!r}")


def _found(use: Use, name: str, known: dict[str, Listed], where: str) -> Listed:
    names = {known_name: concept for known_name, concept in known.items() if " " not in known_name}  # without those of `unless`
    if name not in names:
        raise use.place.wrong(f"there is no concept {name!r}{where}", suggestion(name, names))
    return names[name]


def _check_nesting(use: Use, used: Listed, above: tuple[Listed, ...]) -> None:
    if used in above:
        circle = " uses ".join(_full(concept) for concept in (*above[above.index(used) :], used))
        raise use.place.wrong(f"concepts use each other in a circle: {circle}", "Remove one of these uses")
    if len(above) > DEEPEST:
        raise use.place.wrong(f"concepts use each other more than {DEEPEST} deep", "List the terms here")


def _full(concept: Listed) -> str:
    return f"{concept.topic}/{concept.name}" if concept.topic else concept.name
