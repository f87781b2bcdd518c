"""What the rules of matching say, worked out slowly and plainly for one small article: the matcher must give the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from schemas.article import Article
from schemas.match import Field
from schemas.topic import And, AtLeast, Concept, Expression, Has, Near, Not, Operand, Or, SameSentence, Shape, Topic
from topics.fold import PARAGRAPH, fold

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_LETTER = r"\w"


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """Characters [start, end) of the field, folded."""

    field: Field
    start: int
    end: int
    term: str


@dataclass(frozen=True, kw_only=True)
class Text:
    """The fields of an article, each folded by itself."""

    fields: dict[Field, str]
    written: dict[Field, str]
    language: str | None

    def is_inside(self, field: Field, at: int) -> bool:
        """A word runs on from the character before to this one."""
        text = self.fields[field]
        return 0 < at < len(text) and all(re.match(_LETTER, text[n]) and not _UNSPACED.match(text[n]) for n in (at - 1, at))

    def token(self, field: Field, at: int) -> int:
        text = self.fields[field]
        return sum(bool(re.match(_LETTER, text[n])) and not self.is_inside(field, n) for n in range(at + 1))

    def sentence(self, field: Field, at: int) -> int:
        """A stop and a space before no small letter end one, so does a paragraph. Vocabularies here hold no abbreviation."""
        text = self.fields[field]
        ends = [
            n
            for n in range(at)
            if text[n] == PARAGRAPH or text[n] == "。" or (text[n : n + 2] == ". " and not self._is_small(field, n + 2))
        ]
        return len(ends)

    def _is_small(self, field: Field, at: int) -> bool:
        cased = fold(self.written[field], cased=True)
        return cased[at : at + 1].islower()


def text(article: Article, language: str | None) -> Text:
    written = {Field.TITLE: article.title or "", Field.LEAD: article.lead or "", Field.BODY: article.body_text or ""}
    return Text(fields={field: _lettered(fold(own)) for field, own in written.items()}, written=written, language=language)


def hits(concept: Concept, of: Text) -> list[Place]:
    """Each place once, under the first shape that stands there."""
    found: dict[tuple[Field, int, int], Place] = {}
    for shape in concept.shapes:
        if not _speaks(shape, of.language):
            continue
        for field, folded in of.fields.items():
            for start in range(len(folded)):
                for end in _ends(shape.words, of, field, start):
                    if _is_spelled(shape, of, field, start, end) and not _is_told_before(of, field, start, end):
                        found.setdefault((field, start, end), Place(field=field, start=start, end=end, term=shape.term))
    return sorted(found.values())


def _speaks(shape: Shape, language: str | None) -> bool:
    return (shape.language is None or language is None or shape.language == language) and (language or "") not in shape.never


def _ends(words: Sequence[Sequence[str]], of: Text, field: Field, start: int) -> Iterator[int]:
    """Where words in a row end that begin here."""
    if not words:
        yield start
        return
    folded = of.fields[field]
    for end in range(start + 1, len(folded) + 1):
        if of.is_inside(field, start) or of.is_inside(field, end) or not any(_is_form(form, folded[start:end]) for form in words[0]):
            continue
        if len(words) == 1:
            yield end
        elif folded[end : end + 1] == " ":
            yield from _ends(words[1:], of, field, end + 1)


def _is_form(form: str, word: str) -> bool:
    return (
        re.fullmatch(
            "".join({"*": rf"(?:(?!{_UNSPACED.pattern}){_LETTER})*", "?": _LETTER}.get(sign, re.escape(sign)) for sign in _lettered(form)),
            word,
        )
        is not None
    )


def _lettered(folded: str) -> str:
    """An apostrophe between two Cyrillic letters is a letter: об'єднання."""
    return re.sub("(?<=[\u0400-\u052f])'(?=[\u0400-\u052f])", "\u02bc", folded)


def _is_spelled(shape: Shape, of: Text, field: Field, start: int, end: int) -> bool:
    return shape.cased is None or fold(of.written[field], cased=True)[start:end] == shape.cased


def _is_told_before(of: Text, field: Field, start: int, end: int) -> bool:
    """In a lead or body that is the title again, or in the lead's copy in the body."""
    title, lead, body = (of.fields[part].strip(f" {PARAGRAPH}") for part in Field)
    if field is Field.TITLE:
        return False
    if title and of.fields[field].strip(f" {PARAGRAPH}") == title:
        return True
    if field is not Field.BODY or not lead:
        return False
    at = of.fields[Field.BODY].find(lead)
    stands = at >= 0 and not of.is_inside(field, at) and not of.is_inside(field, at + len(lead))
    return stands and at <= start and end <= at + len(lead) and body != ""


def holds(expression: Expression, found: dict[str, list[Place]], of: Text) -> bool:
    match expression:
        case Has():
            return bool(_of((expression,), found))
        case Not(part=part):
            return not holds(part, found, of)
        case And(parts=parts) | Or(parts=parts):
            so = [holds(part, found, of) for part in parts]
            return all(so) if isinstance(expression, And) else any(so)
        case Near(left=left, right=right):
            return any(_are_near(expression, a, b, of) for a, b in product(_of(left, found), _of(right, found)))
        case SameSentence(left=left, right=right):
            return any(_are_in_one_sentence(a, b, of) for a, b in product(_of(left, found), _of(right, found)))
        case AtLeast(count=count, of=operand, different=different):
            places = _counted(_of(operand, found))
            return len({place.term if different else (place.field, place.start, place.end) for place in places}) >= count


def _of(operand: Operand, found: dict[str, list[Place]]) -> list[Place]:
    return [place for has in operand for place in found.get(has.concept, []) if has.field in (None, place.field)]


def _counted(places: list[Place]) -> list[Place]:
    """Without those that share a character with a longer one, or with one that is as long and stands before it."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: (place.start - place.end, place)):
        beside = [other for other in kept if other.field == place.field and other.start < place.end and place.start < other.end]
        if all((other.start, other.end) == (place.start, place.end) for other in beside):
            kept.append(place)
    return kept


def _are_near(near: Near, a: Place, b: Place, of: Text) -> bool:
    if a.field != b.field:
        return False
    if a.end <= b.start:
        return of.token(a.field, b.start) - of.token(a.field, a.end - 1) <= near.within
    return not near.ordered and b.end <= a.start and of.token(a.field, a.start) - of.token(a.field, b.end - 1) <= near.within


def _are_in_one_sentence(a: Place, b: Place, of: Text) -> bool:
    return a.field == b.field and of.sentence(a.field, a.start) == of.sentence(b.field, b.start)


def rings(topic: Topic, article: Article, language: str | None) -> tuple[float | None, set[tuple[str, Place]]] | None:
    """The score and the evidence, where the topic matches."""
    of = text(article, language)
    found = {concept.name: hits(concept, of) for concept in topic.concepts}
    if topic.languages and language and language not in topic.languages:
        return None
    if not holds(topic.match, found, of) or any(holds(veto, found, of) for veto in topic.unless):
        return None
    positive = list(dict.fromkeys(_positive(topic.match, True)))
    total = None
    if topic.score:
        of_field = {Field.TITLE: topic.score.title, Field.LEAD: topic.score.lead, Field.BODY: topic.score.body}
        weights = dict(topic.weights)
        names = {has.concept for has in positive if found[has.concept]}
        total = sum(weights.get(name, 1) * max(of_field[place.field] for place in found[name]) for name in names)
        if total < topic.score.threshold:
            return None
    return total, {(has.concept, place) for has in positive for place in _of((has,), found)}


def _positive(expression: Expression, speaks: bool) -> Iterator[Has]:
    match expression:
        case Has():
            if speaks:
                yield expression
        case Not(part=part):
            yield from _positive(part, not speaks)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _positive(part, speaks)
        case Near(left=left, right=right) | SameSentence(left=left, right=right):
            yield from (left + right if speaks else ())
        case AtLeast(of=operand):
            yield from (operand if speaks else ())
