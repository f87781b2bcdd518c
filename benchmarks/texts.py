"""The articles that the matcher is measured on: of Reuters-21578 and the Slavic corpus where they are, else invented ones as long."""

import gzip
import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate, product
from pathlib import Path

from benchmarks.ground import ROOT
from schemas.article import Article
from topics.sample import article

CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", ROOT / "../shared/corpora"))
LENGTH = 2_846  # characters of title, lead and body
_OF_EACH = 300
_LEAD = 160  # characters, and on to the end of the word
_SEED = 21578
_INVENTED, _HEAD = 58_000, 6  # words; how many are about as frequent as the first
_DAY = datetime(2021, 10, 22, tzinfo=UTC)
_REUTERS = re.compile(r"<TITLE>(.*?)</TITLE>.*?<BODY>(.*?)(?: REUTER|Reuter)?\s*&#3;</BODY>", re.DOTALL)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def texts() -> tuple[list[Article], str]:
    """As many of each kind, always the same, and where they come from."""
    if CORPORA.is_dir():
        return [*_chosen(_reuters()), *_chosen(_slavic())], f"{_OF_EACH} of reuters21578, {_OF_EACH} of slavner"
    return [_cut(_invented_line(number), _invented(number)) for number in range(2 * _OF_EACH)], "invented articles: there are no corpora"


def _chosen(pairs: Iterator[tuple[str, str]]) -> list[Article]:
    long = [(title, body) for title, body in pairs if len(body) >= LENGTH]
    return [_cut(title, body) for title, body in random.Random(_SEED).sample(long, _OF_EACH)]


def _cut(title: str, body: str) -> Article:
    """The lead stands in the body, too, as feeds have it."""
    lead = body[: body.find(" ", _LEAD)]
    return replace(article(title, read_dt=_DAY), lead=lead, body_text=body[: LENGTH - len(title) - len(lead)])


def _reuters() -> Iterator[tuple[str, str]]:
    for file in sorted((CORPORA / "reuters21578").glob("*.sgm.gz")):
        text = gzip.decompress(file.read_bytes()).decode("latin-1")
        for title, body in _REUTERS.findall(text):
            for entity, character in _ENTITIES.items():
                title, body = title.replace(entity, character), body.replace(entity, character)
            yield " ".join(title.split()), re.sub(r"\n +", "\n\n", body).strip()


def _slavic() -> Iterator[tuple[str, str]]:
    """Five lines about the text, the last of them its title, then the text."""
    for file in sorted((CORPORA / "slavner-train").glob("*/raw/*/*")):
        lines = file.read_text(encoding="utf-8-sig").split("\n")
        yield lines[4].strip(), "\n".join(lines[5:]).strip()


def _invented(number: int) -> str:
    words = _words(number)
    return "\n\n".join(" ".join(words[at : at + 60]).capitalize() + "." for at in range(0, len(words), 60))


def _invented_line(number: int) -> str:
    return " ".join(_words(number)[-8:]).capitalize()


def _words(number: int) -> list[str]:
    """Frequent ones and rare ones, as in a language; every second article in Cyrillic."""
    chosen = random.Random(_SEED + number)
    onsets, vowels = ("bdfgklmnprstvz", "aeiou") if number % 2 else ("бвгджзклмнпрст", "аеиоу")
    syllables = ["".join(pair) for pair in product(onsets, vowels)]
    ranks = chosen.choices(range(_INVENTED), cum_weights=_often(), k=700)
    return [_word(rank, syllables) for rank in ranks]


@cache
def _often() -> list[float]:
    return list(accumulate(1 / (rank + _HEAD) for rank in range(_INVENTED)))


def _word(rank: int, syllables: list[str]) -> str:
    """The more frequent, the shorter."""
    word = ""
    while rank or not word:
        rank, syllable = divmod(rank, len(syllables))
        word += syllables[syllable]
    return word
