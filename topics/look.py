"""One shape of a term at a place where its anchor stands: does the whole of it stand there, spelled as it must be?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from schemas.topic import Shape
from topics.fold import fold
from topics.folded import Folded

Span = tuple[int, int]

_ARABIC = re.compile("[\u0620-\u06ff]")
_CLITICS = frozenset(re.split(" ", "و ف ب ل ك ال وال بال كال فال لل ولل وب ول وك فب فل وبال فلل س وس"))  # and, so, in, to, like, the; will
_OPEN = re.compile("[*?\u0600-\U0010ffff]")  # a word with a star, or of a script where words are written together
_BEHIND = 2  # letters, which rule out nearly all other words
_FARTHEST = 1000  # characters that a word with a star is looked for in


@dataclass(frozen=True, kw_only=True, slots=True)
class Starred:
    """A form with a * at an end or a ? anywhere. fixed: between the stars; part: the longest between its ?, standing at fixed[offset]."""

    fixed: str
    part: str
    offset: int
    open_before: bool
    open_after: bool

    def around(self, text: Folded, start: int) -> Span | None:
        """The whole word, where the part stands at text[start]."""
        start -= self.offset
        end = start + len(self.fixed)
        if start < 0 or end > len(text.text) or not (self.open_after or not text.inside[end]):
            return None
        if not (self.open_before or _begins(text, start, self.fixed)) or not self._is_fixed(text, start):
            return None
        first, last = text.word(start, end)
        return (first if self.open_before else start), last

    def within(self, text: Folded, start: int, end: int) -> Iterator[Span]:
        """The whole words there."""
        at = text.text.find(self.part, start, end)
        while at >= 0:
            if there := self.around(text, at):
                yield there
            at = text.text.find(self.part, at + 1, end)

    def _is_fixed(self, text: Folded, start: int) -> bool:
        if "?" not in self.fixed:
            return text.text.startswith(self.fixed, start)
        there = text.text[start : start + len(self.fixed)]
        return all(
            text.is_letter(at) if own == "?" else own == other for at, (own, other) in enumerate(zip(self.fixed, there, strict=True), start)
        )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Look:
    """rank: of its shape in the concept. anchor: its word that a text is scanned for. starred: those of its forms.
    behind: what is scanned for with it, a space and the letters that all forms of the next word begin with; "" where there are none.

    anywhere: the anchor is a whole word wherever in it a form stands, so that one place in a word is enough.
    is_plain: one word, of which nothing is asked but that it is one of the forms.
    """

    concept: str
    shape: Shape
    rank: int
    anchor: int
    starred: tuple[Starred, ...]
    behind: str
    anywhere: bool
    longer: tuple["Longer", ...]
    is_plain: bool

    def place(self, text: Folded, start: int, end: int) -> Span | None:
        """Of the whole shape, where one of the anchor's scanned parts stands at [start, end)."""
        if self.is_plain:
            return (start, end) if self._is_form(text, start, end) else None
        for first, last in self._anchors(text, start, end):
            whole = self._whole(text, first, last) if len(self.shape.words) > 1 else (first, last)
            if whole and self._is_spelled(text, *whole) and not self._is_within(text, *whole):
                return whole
        return None

    def _anchors(self, text: Folded, start: int, end: int) -> Sequence[Span]:
        found = ((start, end),) if self._is_form(text, start, end) else ()
        if not self.starred:
            return found
        part = text.text[start:end]
        around = (form.around(text, start) for form in self.starred if form.part == part)
        return (*found, *filter(None, around))

    def _is_form(self, text: Folded, start: int, end: int) -> bool:
        part = text.text[start:end]
        return not text.inside[end] and part in self.shape.words[self.anchor] and _begins(text, start, part)

    def _whole(self, text: Folded, start: int, end: int) -> Span | None:
        for forms in reversed(self.shape.words[: self.anchor]):
            before = _before(forms, text, start - 1) if start and text.text[start - 1] == " " else None
            if before is None:
                return None
            start = before
        for forms in self.shape.words[self.anchor + 1 :]:
            after = _after(forms, text, end + 1) if text.text[end : end + 1] == " " else None
            if after is None:
                return None
            end = after
        return start, end

    def _is_spelled(self, text: Folded, start: int, end: int) -> bool:
        if self.shape.cased is None and not self.shape.capital:
            return True
        first, last = text.span(start, end)
        written = fold(text.source[first:last], cased=True)
        return written == self.shape.cased if self.shape.cased is not None else written[:1].isupper()

    def _is_within(self, text: Folded, start: int, end: int) -> bool:
        """A longer name of something else stands there: South America."""
        if not self.longer:
            return False
        beside = _beside(text, start, end)
        return any(
            longer.holds(text, start, end) for longer in self.longer if longer.beside is None or not longer.beside.isdisjoint(beside)
        )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Longer:
    """A longer name that a hit may be a part of. reach: characters that it takes at most. beside: of its words those that may stand next
    to the hit, so that one of them does; None: not known.
    """

    look: Look
    parts: tuple[str, ...]
    reach: int
    beside: frozenset[str] | None

    def holds(self, text: Folded, start: int, end: int) -> bool:
        for part in self.parts:
            at = text.text.find(part, max(0, start - self.reach), end + self.reach)
            while at >= 0:
                whole = self.look.place(text, at, at + len(part))
                if whole and whole[0] <= start and end <= whole[1] and whole != (start, end):
                    return True
                at = text.text.find(part, at + 1, end + self.reach)
        return False


def look(concept: str, shape: Shape, rank: int) -> Look:
    behind = [_behind(*pair) for pair in pairwise(shape.words)] + [""]
    anchor = _anchor(shape.words, behind) if shape.words[1:] else 0
    forms = shape.words[anchor]
    starred = tuple(_starred(form) for form in forms if _is_starred(form)) if _is_starred("".join(forms)) else ()
    anywhere = len(starred) == len(forms) and all(form.open_before and form.open_after and form.fixed.isalnum() for form in starred)
    longer = tuple(_longer(words, shape.words) for words in shape.within)
    is_plain = not (shape.words[1:] or starred or longer or shape.capital or shape.cased is not None)
    return Look(
        concept=concept,
        shape=shape,
        rank=rank,
        anchor=anchor,
        starred=starred,
        behind=behind[anchor],
        anywhere=anywhere,
        longer=longer,
        is_plain=is_plain,
    )


def _anchor(words: Sequence[Sequence[str]], behind: Sequence[str]) -> int:
    """The longest of the words that are scanned for with what is behind them, of all where there are none. A dash is no word."""
    parts = [_part(forms[0]) for forms in words]
    return max(range(len(words)), key=lambda number: (behind[number] != "", any(map(str.isalnum, parts[number])), len(parts[number])))


def _behind(forms: Sequence[str], next_forms: Sequence[str]) -> str:
    """Of words whose ends are known: the next one goes on behind these letters."""
    if _OPEN.search("".join((*forms, *next_forms))):
        return ""
    start = next_forms[0][:_BEHIND]
    is_of_all = all(form[:_BEHIND] == start and form[: _BEHIND + 1].isalpha() and len(form) > _BEHIND for form in next_forms)
    return f" {start}" if is_of_all else ""


@lru_cache(maxsize=8192)
def _longer(words: tuple[tuple[str, ...], ...], own: tuple[tuple[str, ...], ...]) -> Longer:
    """own: the words of the shape that may be a part of it."""
    one = look("", Shape(term="", words=words), 0)
    reach = sum(max(map(len, forms)) + 1 for forms in words)
    return Longer(look=one, parts=tuple(scanned(one)), reach=reach, beside=_neighbours(words, own))


def _neighbours(words: Sequence[Sequence[str]], own: Sequence[Sequence[str]]) -> frozenset[str] | None:
    """Known where all of them are whole words in scripts with spaces: then the hit is one of the words."""
    if len(own) != 1 or not all(form.isalnum() and form < "\u0600" for forms in (*words, *own) for form in forms):
        return None
    hit = [not set(forms).isdisjoint(own[0]) for forms in words]
    beside = (number for at, is_hit in enumerate(hit) if is_hit for number in (at - 1, at + 1) if 0 <= number < len(words))
    return frozenset(form for number in beside for form in words[number])


def _beside(text: Folded, start: int, end: int) -> set[str]:
    """The words next to it."""
    before = text.text[text.word(start - 2, start - 1)[0] : start - 1] if start > 1 else ""
    return {before, text.text[end + 1 : text.word(end + 1, end + 2)[1]]}


def scanned(look: Look) -> dict[str, bool]:
    """The parts that a text is scanned for, and whether a word may run on over their ends."""
    forms = look.shape.words[look.anchor]
    if not look.starred:
        return {form: _takes_clitics(form) for form in forms}
    found: dict[str, bool] = {}
    for form in forms:
        part = _part(form)
        found[part] = found.get(part, False) or part != form or _takes_clitics(part)
    return found


def _takes_clitics(part: str) -> bool:
    return "\u0620" <= part[:1] <= "\u06ff"


def _part(form: str) -> str:
    return _starred(form).part if _is_starred(form) else form


def _is_starred(form: str) -> bool:
    return "*" in form or "?" in form


@lru_cache(maxsize=8192)
def _starred(form: str) -> Starred:
    fixed = form.strip("*")
    part = max(fixed.split("?"), key=len)
    return Starred(fixed=fixed, part=part, offset=fixed.index(part), open_before=form.startswith("*"), open_after=form.endswith("*"))


def _before(forms: Sequence[str], text: Folded, end: int) -> int | None:
    """Where one of the forms begins that ends here."""
    for form in forms:
        if _is_starred(form):
            there = _starred(form).within(text, max(text.text.rfind(" ", 0, end), end - _FARTHEST, 0), end)
            if (start := next((first for first, last in there if last == end), None)) is not None:
                return start
        elif text.text.endswith(form, 0, end) and not text.inside[end] and _begins(text, end - len(form), form):
            return end - len(form)
    return None


def _after(forms: Sequence[str], text: Folded, start: int) -> int | None:
    """Where one of the forms ends that begins here."""
    for form in forms:
        if _is_starred(form):
            space = text.text.find(" ", start, start + _FARTHEST)
            there = _starred(form).within(text, start, space if space >= 0 else start + _FARTHEST)
            if (end := next((last for first, last in there if first == start), None)) is not None:
                return end
        elif text.text.startswith(form, start) and not text.inside[start + len(form)] and _begins(text, start, form):
            return start + len(form)
    return None


def _begins(text: Folded, start: int, form: str) -> bool:
    """A word begins here. In Arabic, small words may be written in front of it, as one."""
    if not text.inside[start]:
        return True
    return bool(_ARABIC.match(form)) and text.text[text.word(start, start)[0] : start] in _CLITICS
