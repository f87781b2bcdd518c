"""The languages and scripts that a topic's concepts have forms in, and those that articles are expected in."""

from collections.abc import Collection, Iterator, Mapping

import regex

from schemas.topic import And, Concept, Expression, Has, Not, Or, Shape, Topic
from topics.clauses import Problem, operands
from topics.rules import required

_SCRIPTS: Mapping[str, str] = {
    **dict.fromkeys(("be", "bg", "mk", "ru", "sr", "uk"), "Cyrillic"),
    **dict.fromkeys(("ar", "fa", "ur"), "Arabic"),
    "el": "Greek",
    "he": "Hebrew",
    "ja": "Japanese",
    "ko": "Korean",
    "zh": "Chinese",
}
_LATIN = "Latin"
_LETTERS = {
    _LATIN: regex.compile(r"\p{Latin}"),
    "Cyrillic": regex.compile(r"\p{Cyrillic}"),
    "Arabic": regex.compile(r"\p{Arabic}"),
    "Greek": regex.compile(r"\p{Greek}"),
    "Hebrew": regex.compile(r"\p{Hebrew}"),
    "Japanese": regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]"),
    "Korean": regex.compile(r"\p{Hangul}"),
    "Chinese": regex.compile(r"\p{Han}"),
}


def problems(topic: Topic, languages: Collection[str]) -> Iterator[Problem]:
    """languages: those that articles are expected in."""
    expected = watched(topic, languages)
    wanted = {has.concept for has in required(topic.match)}
    concepts = {concept.name: spoken(concept, expected) for concept in topic.concepts if concept.name in wanted}
    reached: set[str] = set().union(*concepts.values())
    for name, has in concepts.items():
        lacks = [language for language in expected if language in reached - has and not _is_left_to_another(name, language, concepts)]
        if lacks and (len(has) > 1 or not all(_can_hold(topic.match, language, concepts) for language in lacks)):
            others = [other for other, theirs in concepts.items() if not theirs.isdisjoint(lacks)]
            fix = f"List its words there, or say which languages the topic watches: languages: [{', '.join(sorted(has))}]"
            yield name, f"it has no {', '.join(lacks)} terms, and {', '.join(others)} {'has' if len(others) == 1 else 'have'}", fix
    unread = [language for language in expected if language not in reached]
    for script in dict.fromkeys(map(script_of, unread)):
        if script not in map(script_of, reached):
            which = ", ".join(language for language in unread if script_of(language) == script)
            fix = f"List its words there, or say which languages the topic watches: languages: [{', '.join(sorted(reached))}]"
            yield "match", f"no concept has a form in {script} letters ({which})", fix


def watched(topic: Topic, languages: Collection[str]) -> list[str]:
    """Of the languages, those whose articles the topic looks at."""
    return [language for language in languages if language in (topic.languages or languages)]


def spoken(concept: Concept, expected: Collection[str]) -> frozenset[str]:
    """The languages that one of its terms may hit in: its own, or, of a term without one, those that are written in its letters."""
    return frozenset(language for language in expected if any(_speaks(shape, language) for shape in concept.shapes))


def script_of(language: str) -> str:
    return _SCRIPTS.get(language, _LATIN)


def _speaks(shape: Shape, language: str) -> bool:
    if shape.language:
        return shape.language == language
    text = shape.pattern if shape.pattern is not None else " ".join(forms[0] for forms in shape.words)
    letters = _LETTERS[script_of(language)].search(text)
    return language not in shape.never and bool(letters or not any(map(str.isalpha, text)))


def _can_hold(expression: Expression, language: str, concepts: Mapping[str, Collection[str]]) -> bool:
    """In articles in that language."""
    match expression:
        case Has(concept=concept):
            return language in concepts.get(concept, ())
        case Not():
            return True
        case And(parts=parts):
            return all(_can_hold(part, language, concepts) for part in parts)
        case Or(parts=parts):
            return any(_can_hold(part, language, concepts) for part in parts)
    return all(any(language in concepts[has.concept] for has in operand) for operand in operands(expression))


def _is_left_to_another(name: str, language: str, concepts: Mapping[str, frozenset[str]]) -> bool:
    """Another concept has it, and none of this one's languages: the two were split by language."""
    return any(language in has and has.isdisjoint(concepts[name]) for has in concepts.values())
