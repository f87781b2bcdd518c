"""Terms to shapes: each word in all its forms, and which term speaks in which language."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from schemas.topic import Shape, Term, TermKind
from topics import countries
from topics.fold import fold
from topics.inflection import is_acronym
from topics.terms import FEWEST, label, words

Word: TypeAlias = tuple[str, str]  # language, word as written

_MARKS = re.compile(r"[*?\s]")
_MODEL = re.compile(r"[^\W\d_]\S*\d")  # F-16
_COUNTED = frozenset({"de", "en"})  # two F-16s
_UNACCENTED = frozenset({"fr"})  # in print, where the first letter is a capital: Ecole, Etat
_LATIN_APOSTROPHE = re.compile("(?<![\u0400-\u04ff])'|'(?![\u0400-\u04ff])")


class Inflected(Protocol):
    """forms: of a word in a language, as dictionaries write them. known: it has such a word.

    untagged: a term without a language takes them, too.
    """

    @property
    def forms(self) -> Collection[str]: ...

    @property
    def known(self) -> bool: ...

    @property
    def untagged(self) -> bool: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class _Piece:
    """A word of a term: what stands before and behind the part that is inflected. stem empty: no part is."""

    before: str
    stem: str
    after: str


class Forms:
    """The forms of words in the languages that are expected, folded; each word is worked out once."""

    def __init__(self, languages: Sequence[str], inflected: Mapping[Word, Inflected]) -> None:
        self.languages = tuple(languages)
        self._inflected = inflected
        self._known: dict[Word, tuple[str, ...]] = {}

    def of(self, word: str, language: str) -> tuple[str, ...]:
        if (language, word) not in self._known:
            self._known[language, word] = _spelled(word, language, {stem for one in self._answers(word, language) for stem in one.forms})
        return self._known[language, word]

    def of_untagged(self, word: str, language: str) -> tuple[str, ...]:
        """As it is written, where others have the word and the language does not."""
        takes = any(one.untagged for one in self._answers(word, language)) or not any(self.has(word, other) for other in self.languages)
        return self.of(word, language) if takes else _spelled(word, language, ())

    def has(self, word: str, language: str) -> bool:
        return any(one.known for one in self._answers(word, language))

    def _answers(self, word: str, language: str) -> list[Inflected]:
        return [found for asked in _asked(_piece(word), language) if (found := self._inflected.get(asked))]


def wanted(terms: Collection[Term], languages: Sequence[str]) -> set[Word]:
    """The words whose forms the terms need."""
    return {
        asked
        for term in terms
        for text, language in _inflecting(term, languages)
        for word in words(text)
        for asking in ((language,) if language else languages)
        for asked in _asked(_piece(word), asking)
    }


def shapes(terms: Sequence[Term], forms: Forms) -> tuple[Shape, ...]:
    """Of the terms of one concept, in their order. A tagged term speaks, in its language, for an untagged one that is spelled alike."""
    tagged: dict[str, list[Term]] = {}
    for term in terms:
        if term.language and term.kind is TermKind.WORDS and not (term.since or term.until):
            tagged.setdefault(_spelling(term), []).append(term)
    return tuple(dict.fromkeys(shape for term in terms for shape in _allowed(_of_term(term, forms), _never(term, tagged))))


def _allowed(shapes: Iterable[Shape], never: Collection[str]) -> Iterator[Shape]:
    """What is left of a term's shapes in the languages where no other term speaks."""
    for shape in shapes:
        if shape.language is None:
            yield replace(shape, never=tuple(sorted(never)))
        elif shape.language not in never:
            yield replace(shape, never=("",)) if "" in never else shape


def _never(term: Term, tagged: Mapping[str, Sequence[Term]]) -> set[str]:
    """The unknown language among them where another term is stricter."""
    if term.language or term.kind is not TermKind.WORDS:
        return set()
    rivals = tagged.get(_spelling(term), ())
    stricter = any(_strictness(rival) > _strictness(term) for rival in rivals)
    return {rival.language or "" for rival in rivals} | ({""} if stricter else set())


def _spelling(term: Term) -> str:
    return " ".join(fold(term.text).split())


def _strictness(term: Term) -> int:
    return term.exact + term.cased


def _of_term(term: Term, forms: Forms) -> Iterator[Shape]:
    if term.kind is TermKind.COUNTRY:
        yield from _of_country(term, forms)
        return
    plain = Shape(term=label(term), language=term.language, since=term.since, until=term.until)
    if term.kind is TermKind.PATTERN:
        yield replace(plain, pattern=term.text, cased=term.text if term.cased else None)
    elif term.exact:
        yield replace(plain, words=_alone(term.text), cased=_cased(term.text) if term.cased else None)
    elif term.language:
        yield replace(plain, words=_inflected(term.text, term.language, forms.of))
    else:
        yield from _of_untagged(plain, term.text, forms)


def _of_untagged(plain: Shape, text: str, forms: Forms) -> Iterator[Shape]:
    """As it is written it hits everywhere; its forms are a language's own: gaz is a form of Gaza in Polish and a word in French.

    What is guessed of a single word that the language does not have hits only in articles that are known to be in that language.
    """
    written = _alone(text)
    yield replace(plain, words=written)
    for language in forms.languages:
        inflected = _inflected(text, language, forms.of_untagged)
        if len(written) == 1:
            inflected = (tuple(form for form in inflected[0] if form not in written[0]),)
        if inflected != written and all(inflected):
            yield replace(plain, words=inflected, language=language, never=("",) if _is_guessed(text, language, forms) else ())


def _is_guessed(text: str, language: str, forms: Forms) -> bool:
    """The endings of abbreviations are listed."""
    inflecting = [word for word in words(text) if _piece(word).stem]
    return len(words(text)) == len(inflecting) == 1 and not is_acronym(text) and not forms.has(inflecting[0], language)


def _of_country(term: Term, forms: Forms) -> Iterator[Shape]:
    for name in _names(term, forms.languages):
        spelled_out = _is_spelled_out(name)
        yield Shape(
            term=label(term),
            words=_alone(name.text) if spelled_out or name.exact else _inflected(name.text, name.language, forms.of),
            language=name.language,
            cased=_cased(name.text) if spelled_out else None,
            capital=name.cased,
            within=tuple(_inflected(longer, name.language, forms.of) for longer in name.within),
        )


def _names(term: Term, languages: Sequence[str]) -> tuple[countries.Name, ...]:
    return countries.names(term.text, [part for part in countries.PARTS if part in term.parts], languages)


def _is_spelled_out(name: countries.Name) -> bool:
    """US, UK, РФ, Brits: one spelling alone, where Turkey is a name with a capital letter that takes forms."""
    return name.cased and (name.exact or name.text.isupper())


def _inflecting(term: Term, languages: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Texts of the term whose words are inflected, each with its language."""
    if term.kind is TermKind.WORDS and not term.exact:
        yield term.text, term.language
    elif term.kind is TermKind.COUNTRY:
        for name in _names(term, languages):
            if not (name.exact or _is_spelled_out(name)):
                yield name.text, name.language
            for longer in name.within:
                yield longer, name.language


def _inflected(text: str, language: str, forms_of: Callable[[str, str], tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    found = [forms_of(word, language) for word in words(text)]
    if language in _COUNTED and _MODEL.fullmatch(text):
        found[-1] = tuple(sorted({*found[-1], *(f"{form}s" for form in found[-1])}))
    return tuple(found)


def _spelled(word: str, language: str, stems: Collection[str]) -> tuple[str, ...]:
    """The word with each of these forms in the place of its stem, folded."""
    piece = _piece(word)
    stems = {stem for stem in map(fold, stems) if stem and not _MARKS.search(stem)}
    found = {fold(word), *_around(piece, fold(piece.stem), stems)}
    return tuple(sorted(found | set(map(_unaccented, found)) if language in _UNACCENTED else found))


def _unaccented(form: str) -> str:
    return unicodedata.normalize("NFD", form[:1])[:1] + form[1:]


def _alone(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple((word,) for word in fold(text).split())


def _cased(text: str) -> str:
    return " ".join(fold(text, cased=True).split())


def _piece(word: str) -> _Piece:
    """The fixed part beside stars, of that the longest between apostrophes: l'Atlantique, O'Brien, but об'єднання as a whole."""
    fixed = word.removeprefix("*").removesuffix("*")
    stem = max(_LATIN_APOSTROPHE.split(fixed), key=len)
    if len(stem) < 2 or not all(_is_letter(character) for character in stem):
        return _Piece(before=word, stem="", after="")
    start = word.index(stem)
    return _Piece(before=word[:start], stem=stem, after=word[start + len(stem) :])


def _is_letter(character: str) -> bool:
    return character.isalpha() or character == "'" or unicodedata.category(character).startswith("M")


def _asked(piece: _Piece, language: str) -> Iterator[Word]:
    if piece.stem:
        yield language, piece.stem
        if language == "de" and piece.before.startswith("*") and piece.stem[0].islower():
            yield language, piece.stem.capitalize()  # *manöver ends in a noun


def _around(piece: _Piece, stem: str, stems: Collection[str]) -> set[str]:
    """The forms of the stem with what stands around it. A star behind is the stem's alone: `Nato*` with its forms starred hits Nationen."""
    before, after = fold(piece.before), fold(piece.after)
    starred = "*" in before + after
    stems = {form for form in stems if not starred or len(form) >= FEWEST}
    if after.endswith("*"):
        return {f"{before}{stem}{after}", *(f"{before}{form}{after[:-1]}" for form in stems if not form.startswith(stem))}
    return {f"{before}{form}{after}" for form in stems}
