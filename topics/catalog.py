"""Topic files to topics; every mistake names its line, its column and a fix, and a topic whose own tests fail does not load."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta

from schemas import positions
from schemas.alert import SYSTEM
from schemas.ids import digest
from schemas.positions import Node
from schemas.topic import Concept, Expression, Has, Term, Topic
from topics import rules, terms
from topics.grammar import FIELDS, KEYWORDS, NAME, BadExpression, expression
from topics.trial import failures

CALM = timedelta(hours=6)
REQUIRED = ("title", "concepts", "match")
OPTIONAL = ("unless", "calm", "cooldown", "tests")
LATER = ("score", "alert", "languages", "severity", "weights", "enabled")


def topics(text: str, path: str, taken: Mapping[str, str]) -> tuple[Topic, ...]:
    """taken: the ids of other files, and the file of each. Raises ConfigError."""
    found = []
    for key, value in positions.parse(text, path).fields(("topics",))["topics"].entries():
        topic_id = key.identifier()
        if topic_id in (SYSTEM, "all"):
            raise key.wrong(f"{topic_id!r} means something else in routes", "Choose another id")
        if topic_id in taken:
            raise key.wrong(f"topic {topic_id!r} stands in {taken[topic_id]} too", "Rename one of the two")
        found.append(_topic(topic_id, value))
    return tuple(found)


def _topic(topic_id: str, node: Node) -> Topic:
    for key, _ in node.entries():
        if key.text() in LATER:
            raise key.wrong(f"{key.text()!r} is not supported yet by this release", "Remove it; the topic works without it")
    fields = node.fields(REQUIRED, OPTIONAL)
    concepts = tuple(_concept(key, value) for key, value in fields["concepts"].entries())
    names = [concept.name for concept in concepts]
    vetoes = [_veto(item, number, names) for number, item in enumerate(fields["unless"].items(), 1)] if "unless" in fields else []
    tests = fields["tests"].fields((), ("hits", "misses")) if "tests" in fields else {}
    topic = Topic(
        topic_id=topic_id,
        title=fields["title"].text(),
        concepts=(*concepts, *(concept for _, concept in vetoes if concept)),
        match=_match(fields["match"], names),
        unless=tuple(veto for veto, _ in vetoes),
        calm=fields["calm"].duration(least=timedelta(seconds=1)) if "calm" in fields else CALM,
        cooldown=fields["cooldown"].duration() if "cooldown" in fields else timedelta(0),
        hits=_texts(tests.get("hits")),
        misses=_texts(tests.get("misses")),
        digest="",
    )
    _try(topic, tests)
    return replace(topic, digest=_digest(topic))


def _concept(key: Node, value: Node) -> Concept:
    name = key.text()
    if not re.fullmatch(NAME, name) or name in KEYWORDS:
        fix = f"Use letters, digits, - and _, a letter first; these words are taken: {', '.join(KEYWORDS)}"
        raise key.wrong(f"{name!r} cannot name a concept", fix)
    return Concept(name=name, terms=_terms(value))


def _terms(node: Node) -> tuple[Term, ...]:
    found = tuple(_term(item) for item in node.items())
    if not found:
        raise node.wrong("the list of terms is empty", "Write at least one term")
    return found


def _term(node: Node) -> Term:
    if node.kind == "map":
        raise _mapped(node)
    try:
        return terms.term(node.text())
    except terms.BadTerm as error:
        raise node.wrong(error.problem, error.fix) from error


def _mapped(node: Node) -> Exception:
    key, value = next(iter(node.entries()), (node, node))
    if key is not node and len(key.text()) == 2 and value.kind == "str":
        return node.wrong("a term with a language stands in quotes", f'Write "{key.text()}: {value.text()}"')
    name = key.text() if key is not node else ""
    return node.wrong(f"{{{name}: ...}} as a term is not supported yet by this release", terms.WRITE_OUT)


def _match(node: Node, names: Collection[str]) -> Expression:
    match = _expression(node, names)
    if rules.holds(match, {}):
        raise node.wrong("match holds for an article that names nothing", "Name a concept that must be found")
    return match


def _expression(node: Node, names: Collection[str]) -> Expression:
    try:
        return expression(node.text(), names)
    except BadExpression as error:
        raise node.wrong(error.problem, error.fix, error.offset) from error


def _veto(node: Node, number: int, names: Collection[str]) -> tuple[Expression, Concept | None]:
    """An expression over concepts, or `{field, any: [terms]}`, which makes a concept of its own."""
    if node.kind != "map":
        return _expression(node, names), None
    fields = node.fields(("any",), ("field",))
    field = fields["field"].among(FIELDS, "field") if "field" in fields else None
    concept = Concept(name=f"unless {number}", terms=_terms(fields["any"]))
    return Has(concept=concept.name, field=field), concept


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(item.text() for item in node.items()) if node else ()


def _try(topic: Topic, tests: Mapping[str, Node]) -> None:
    for failure in failures(topic):
        item = tests["hits" if failure.hit else "misses"].items()[failure.number]
        problem = "this test should hit and does not" if failure.hit else "this test should miss and hits"
        raise item.wrong(f"topic {topic.topic_id!r}: {problem}: {failure.why}", "Correct the terms, match, unless or the test")


def _digest(topic: Topic) -> str:
    """Of what decides a verdict, in one spelling: a comment, a title or a test in the file changes nothing."""
    lists = [f"{concept.name}: {'; '.join(map(terms.written, concept.terms))}" for concept in topic.concepts]
    return digest("topic", topic.topic_id, *lists, rules.written(topic.match), *map(rules.written, topic.unless))
