"""An article as the matcher reads it: title, lead and body folded as one text, which knows its fields, sentences and blocks."""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

from schemas.article import Article, ArticleKind, Block, BlockKind, BodyStatus
from schemas.match import Field
from topics.fold import PARAGRAPH
from topics.folded import Folded

SURE = 0.9  # below this confidence a language counts as unknown
LEAST_LETTERS = 40  # with fewer, too, where it was guessed
MANIFOLD = (ArticleKind.LIVE_BLOG, ArticleKind.ROUNDUP)  # kinds that tell many things

_FIELDS = tuple(Field)  # in the order of the text
_UNTOLD = f" {PARAGRAPH}"
_BETWEEN = "\n\n"  # no phrase crosses a paragraph, so none crosses two fields
_END = re.compile(rf"(?<![.!?])[.!?]++['\"»«”“)\]]*+(?=[ {PARAGRAPH}]|$)|。|[!?](?=[\u3040-\u9fff])|{PARAGRAPH}")
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:\w|dr|mr|mrs|ms|mme|mlle|sr|sra|jr|st|prof|gen|sen|gov|rep|lt|col|inc|co|ltd|corp|bzw|ca|vs|nr|ee|np|tzw|tzv|např|usw|etc|ks"
    r"|mld|mln|jan|feb|aug|sept?|oct|nov|dec|ул|им|ім|вул|см|гг|руб|тыс|тис|млн|млрд)\.$"
)
_NUMBERS = re.compile(r"(?:^|\W)(?:no|art|\d\d)\.$")  # where a number or a month stands behind it
_NUMBERED = re.compile(r" (?:\d|(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b)")
_LETTERED = re.compile(
    r"(?:^|\W)(?:plan|group|grade|class|category|type|vitamin|hepatitis|gruppe|klasse|liga|kategorie|план|группа|група|класс|клас) \w\.$"
)
_ITEM = re.compile("\u2028|\n[ \t]*[-\u2010-\u2014*•·▪‣◦●■►][ \t\u00a0]")  # a new line that is none of the paragraph
_LOOKED_BACK = 16  # characters: the longest abbreviation, its stop and what is before it


class Reading:
    """language None: unknown, so that terms of every language may hit.

    told_once: a lead that stands in the body counts once, as lead, and a lead or body that is the title again, as title.
    has_body: there is more to read than headline and summary.
    """

    def __init__(self, title: str, lead: str, body: str, language: str | None, told_once: bool = True) -> None:
        self.folded = Folded(_BETWEEN.join((title, lead, body)))
        self._starts = (0, len(title) + len(_BETWEEN), len(title) + len(lead) + 2 * len(_BETWEEN))
        self._texts = (title, lead, body)
        self._told_once = told_once
        self._shouted: dict[int, bool] = {}
        self.has_body = bool(body.strip())
        self.language = language

    def field(self, start: int, end: int = 0) -> Field | None:
        """Which field folded characters [start, end) belong to; None where all of them stand in one before, too, and count there."""
        for first, last in self._repeated:
            if first <= start < last and end <= last:
                return None
        return _FIELDS[bisect_right(self._bounds, start) - 1]

    def written(self, field: Field) -> str:
        return self._texts[_FIELDS.index(field)]

    def form(self, start: int, end: int) -> str:
        """Folded characters [start, end) as they were written."""
        return self.folded.source[slice(*self.folded.span(start, end))]

    def span(self, field: Field, start: int, end: int) -> tuple[int, int]:
        """Where folded characters [start, end) stand in the field as it was written."""
        number = _FIELDS.index(field)
        first, last = self.folded.span(start, end)
        return max(0, first - self._starts[number]), min(last - self._starts[number], len(self._texts[number]))

    def covering(self, field: Field, start: int, end: int) -> tuple[int, int] | None:
        """The folded characters that show characters [start, end) of the field; None where these show nothing."""
        number = _FIELDS.index(field)
        least, most = (*self._bounds, len(self.folded.text))[number : number + 2]
        first, last = self.folded.covering(self._starts[number] + start, self._starts[number] + end)
        first, last = max(first, least), min(max(last, first + 1), most)
        return (first, last) if first < last else None

    def place(self, field: Field, at: int) -> int:
        """The folded character of a character of the field."""
        return self.folded.at(self._starts[_FIELDS.index(field)] + at)

    def token(self, at: int) -> int:
        return self.folded.token(at)

    def sentence(self, at: int) -> int:
        """Paragraphs and headings end sentences, too."""
        return bisect_right(self._sentence_ends, at)

    def sentence_of(self, at: int) -> tuple[int, int]:
        """Where the sentence of the folded character begins and ends."""
        number, ends = self.sentence(at), self._sentence_ends
        return ends[number - 1] if number else 0, ends[number] if number < len(ends) else len(self.folded.text)

    def is_shouted(self, at: int) -> bool:
        """Whether the sentence of the folded character is all in capitals."""
        number = self.sentence(at)
        if number not in self._shouted:
            self._shouted[number] = self.form(*self.sentence_of(at)).isupper()
        return self._shouted[number]

    @cached_property
    def _bounds(self) -> list[int]:
        return [self.folded.at(start) for start in self._starts]

    @cached_property
    def _repeated(self) -> list[tuple[int, int]]:
        if not self._told_once:
            return []
        text, (title, lead, body) = self.folded.text, self._bounds
        bounds = ((title, lead), (lead, body), (body, len(text)))
        said, *others = [text[slice(*bound)].strip(_UNTOLD) for bound in bounds]
        again = [bound for bound, other in zip(bounds[1:], others, strict=True) if said and other == said]
        copy = _standing(others[0], self.folded, body)
        return [*again, copy] if copy else again

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return _sentence_ends(self.folded)


def reading(article: Article) -> Reading:
    """The parts of a live blog are judged each by itself, so that what two of them say counts in both."""
    told_once = article.kind not in MANIFOLD
    read = Reading(article.title or "", article.lead or "", article.body_text or "", _known_language(article), told_once)
    read.has_body = read.has_body and article.body_status is not BodyStatus.SUMMARY_ONLY
    return read


def blocks(article: Article, reading: Reading) -> list[tuple[int, int]] | None:
    """The stretches of the folded text that each tell one thing, in a live blog or a roundup: title and lead, then from heading to heading,
    or, without headings, each paragraph. None: the article tells one thing as a whole.
    """
    if article.kind not in MANIFOLD:
        return None
    starts = _block_starts(article.blocks, article.body_text or "")
    bounds = [0, *sorted({reading.place(Field.BODY, start) for start in starts if start}), len(reading.folded.text)]
    if starts:
        bounds.insert(1, reading.place(Field.BODY, 0))
    return [(start, end) for start, end in pairwise(bounds) if start < end]


def _block_starts(listed: tuple[Block, ...], body: str) -> list[int]:
    headings = [block.start for block in listed if block.kind is BlockKind.H]
    if headings:
        return [0, *headings]
    return [0, *(end.end() for end in re.finditer(r"\n\s*\n", body))] if body else []


def _standing(copy: str, folded: Folded, start: int) -> tuple[int, int] | None:
    """Where it stands behind `start`, as whole words."""
    at = folded.text.find(copy, start) if copy else -1
    return (at, at + len(copy)) if at >= 0 and not folded.inside[at] and not folded.inside[at + len(copy)] else None


def _sentence_ends(folded: Folded) -> list[int]:
    """A stop after a single letter, a number or a usual abbreviation ends no sentence, nor does one before a small letter; an item of a
    list begins one.
    """
    stops = (end.end() for end in _END.finditer(folded.text) if not (end[0] == "." and _is_abbreviated(folded.text, end.end())))
    items = (folded.at(item.end()) for item in _ITEM.finditer(folded.source))
    return sorted({*(stop for stop in stops if not _goes_on(folded, stop)), *items})


def _is_abbreviated(text: str, end: int) -> bool:
    before = text[max(0, end - _LOOKED_BACK) : end]
    if _NUMBERS.search(before):
        return bool(_NUMBERED.match(text, end))
    return bool(_ABBREVIATED.search(before)) and not _LETTERED.search(before)


def _goes_on(folded: Folded, at: int) -> bool:
    """True where a space and a word with a small letter, as it was written, stand there."""
    return folded.text[at : at + 1] == " " and at + 1 < len(folded.text) and folded.source[folded.span(at + 1, at + 2)[0]].islower()


def _known_language(article: Article) -> str | None:
    """Its first part: `de` of de-AT. A language that was guessed is known where the guess is sure, and had letters enough to go by."""
    if not article.language:
        return None
    guessed = article.language_confidence is not None
    if guessed and not ((article.language_confidence or 0) >= SURE and _says_enough(article)):
        return None
    return article.language.split("-")[0].lower()


def _says_enough(article: Article) -> bool:
    text = "".join(filter(None, (article.title, article.lead, article.body_text)))
    return sum(map(str.isalpha, text[: 8 * LEAST_LETTERS])) >= LEAST_LETTERS
