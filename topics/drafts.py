"""One topic file to drafts: all that its own text says, checked; what it uses of other files comes later."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from schemas import positions
from schemas.alert import SYSTEM
from schemas.positions import Node
from schemas.topic import Expression, Has, Sample, Score, Severity, Term, Topic
from topics import rules
from topics.entries import Place, Use, entry, place
from topics.grammar import FIELDS, KEYWORDS, NAME, BadExpression, expression
from topics.score import DIGITS

CALM = timedelta(hours=6)
REQUIRED = ("title", "concepts", "match")
OPTIONAL = ("unless", "score", "weights", "languages", "sources", "severity", "calm", "cooldown", "tests")
LATER = ("alert", "enabled")
_OF_VETO = "unless-[0-9]+"  # names of ours, for the terms that stand under `unless`

Tests: TypeAlias = tuple[tuple[Sample, Place], ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Listed:
    """A concept as its file lists it; it is equal to itself alone. topic: whose it is; None: every topic's."""

    name: str
    topic: str | None
    entries: tuple[Term | Use, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Draft:
    """topic: without its concepts and its digest. hits, misses: where its tests stand."""

    topic: Topic
    concepts: tuple[Listed, ...]
    place: Place
    hits: tuple[Place, ...]
    misses: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class File:
    drafts: tuple[Draft, ...]
    shared: tuple[Listed, ...]


def file(text: str, path: str) -> File:
    """Raises ConfigError."""
    top = positions.parse(text, path)
    optional = {key.text() for key, _ in top.entries()} & {"concepts"}
    parts = top.fields((), ("topics", "concepts")) if optional else top.fields(("topics",), ("concepts",))
    return File(
        drafts=tuple(_draft(key, value) for key, value in parts["topics"].entries()) if "topics" in parts else (),
        shared=_listed(parts["concepts"], None) if "concepts" in parts else (),
    )


def _draft(key: Node, node: Node) -> Draft:
    topic_id = key.identifier()
    if topic_id in (SYSTEM, "all"):
        raise key.wrong(f"{topic_id!r} means something else in routes", "Choose another id")
    for name, _ in node.entries():
        if name.text() in LATER:
            raise name.wrong(f"{name.text()!r} is not supported yet by this release", "Remove it; the topic works without it")
    fields = node.fields(REQUIRED, OPTIONAL)
    concepts = _listed(fields["concepts"], topic_id)
    names = [concept.name for concept in concepts]
    vetoes = [_veto(item, number, topic_id, names) for number, item in enumerate(_items(fields, "unless"), 1)]
    tests = fields["tests"].fields((), ("hits", "misses")) if "tests" in fields else {}
    hits, misses = _tests(tests, "hits"), _tests(tests, "misses")
    return Draft(
        topic=_topic(topic_id, fields, names, tuple(veto for veto, _ in vetoes), hits, misses),
        concepts=(*concepts, *(concept for _, concept in vetoes if concept)),
        place=place(key),
        hits=tuple(where for _, where in hits),
        misses=tuple(where for _, where in misses),
    )


def _topic(
    topic_id: str, fields: Mapping[str, Node], names: Collection[str], unless: tuple[Expression, ...], hits: Tests, misses: Tests
) -> Topic:
    match = _match(fields["match"], names)
    positive = tuple(dict.fromkeys(has.concept for has in rules.required(match)))
    weights = dict(_weights(fields["weights"], positive)) if "weights" in fields else {}
    return Topic(
        topic_id=topic_id,
        title=fields["title"].text(),
        concepts=(),
        match=match,
        unless=unless,
        score=_score(fields["score"], [weights.get(name, 1) for name in positive]) if "score" in fields else None,
        weights=tuple(weights.items()),
        languages=_named(fields, "languages", _language),
        sources=_named(fields, "sources", Node.identifier),
        severity=Severity(fields["severity"].among([*Severity], "severity")) if "severity" in fields else Severity.WARNING,
        calm=fields["calm"].duration(least=timedelta(seconds=1)) if "calm" in fields else CALM,
        cooldown=fields["cooldown"].duration() if "cooldown" in fields else timedelta(0),
        hits=tuple(sample for sample, _ in hits),
        misses=tuple(sample for sample, _ in misses),
        digest="",
    )


def _listed(node: Node, topic: str | None) -> tuple[Listed, ...]:
    return tuple(_concept(key, value, topic) for key, value in node.entries())


def _concept(key: Node, value: Node, topic: str | None) -> Listed:
    name = key.text()
    if not re.fullmatch(NAME, name) or name in KEYWORDS or re.fullmatch(_OF_VETO, name):
        fix = f"Use letters, digits, - and _, a letter first; these words are taken: {', '.join(KEYWORDS)}, and unless-1, unless-2 ..."
        raise key.wrong(f"{name!r} cannot name a concept", fix)
    return Listed(name=name, topic=topic, entries=_entries(value), place=place(key))


def _entries(node: Node) -> tuple[Term | Use, ...]:
    found = tuple(entry(item) for item in node.items())
    if not found:
        raise node.wrong("the list of terms is empty", "Write at least one term")
    return found


def _match(node: Node, names: Collection[str]) -> Expression:
    match = _expression(node, names)
    if rules.holds(match, rules.EMPTY):
        raise node.wrong("match holds for an article that names nothing", "Name a concept that must be found")
    return match


def _expression(node: Node, names: Collection[str]) -> Expression:
    try:
        return expression(node.text(), names)
    except BadExpression as error:
        raise node.wrong(error.problem, error.fix, error.offset) from error


def _veto(node: Node, number: int, topic: str, names: Collection[str]) -> tuple[Expression, Listed | None]:
    """An expression over concepts, or `{field, any: [terms]}`, which makes a concept of its own."""
    if node.kind != "map":
        return _expression(node, names), None
    fields = node.fields(("any",), ("field",))
    field = fields["field"].among(FIELDS, "field") if "field" in fields else None
    concept = Listed(name=f"unless-{number}", topic=topic, entries=_entries(fields["any"]), place=place(node))
    return Has(concept=concept.name, field=field), concept


def _weights(node: Node, positive: Collection[str]) -> Iterator[tuple[str, float]]:
    for key, value in node.entries():
        yield key.among(positive, "concept that speaks for match"), _number(value)


def _score(node: Node, weights: Collection[float]) -> Score:
    """weights: of the concepts that can be found."""
    fields = node.fields(("threshold",), FIELDS)
    score = Score(**{name: _number(value) for name, value in fields.items()})
    largest = round(sum(weight * max(score.title, score.lead, score.body) for weight in weights), DIGITS)
    if score.threshold > largest:
        problem = f"threshold {score.threshold:g} is out of reach: the largest possible sum is {largest:g}"
        raise fields["threshold"].wrong(problem, f"Write at most {largest:g}, or raise the weights")
    return score


def _number(node: Node) -> float:
    text = node.text()
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) or not float(text):
        raise node.wrong(f"{text!r} is no number above 0", "Write it like 1, 2 or 1.5")
    return float(text)


def _named(fields: Mapping[str, Node], key: str, read: Callable[[Node], str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(read(item) for item in _items(fields, key)))
    if key in fields and not names:
        raise fields[key].wrong(f"the list of {key} is empty", "Write at least one, or remove the line")
    return names


def _language(node: Node) -> str:
    text = node.text()
    if not re.fullmatch("[a-z]{2}", text):
        raise node.wrong(f"{text!r} is no language", "Write its two small letters: de, en, fr")
    return text


def _tests(tests: Mapping[str, Node], key: str) -> Tests:
    return tuple((_sample(item), place(item)) for item in _items(tests, key))


def _sample(node: Node) -> Sample:
    if node.kind != "map":
        return Sample(text=node.text())
    fields = node.fields(("text",), ("language",))
    return Sample(text=fields["text"].text(), language=_language(fields["language"]) if "language" in fields else None)


def _items(fields: Mapping[str, Node], key: str) -> Sequence[Node]:
    return fields[key].items() if key in fields else ()
