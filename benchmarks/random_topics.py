"""Topics of one measure, the same ones for a seed: any of six and any of six and not any of two, each word in its forms, with a score."""

import random
import re
from collections.abc import Iterable, Sequence

from schemas.ids import digest
from schemas.topic import And, Concept, Has, Not, Score, Shape, Topic
from topics.fold import fold

SEED = 11
TERMS = {"a": 6, "b": 6, "c": 2}
SHORTEST = 4  # letters
PHRASES = 0.3  # of the terms are two words
_LATIN = ("s", "n", "en", "a", "u", "em", "om", "ów", "ami")
_CYRILLIC = ("а", "у", "е", "ы", "и", "ом", "ам", "ов", "ами")
_WORD = re.compile(r"[^\W\d_]+")
_MATCH = And(parts=(Has(concept="a"), Has(concept="b"), Not(part=Has(concept="c"))))


def vocabulary(texts: Iterable[str]) -> list[str]:
    """The words of some texts that terms are drawn from, each as likely as the others: most of them are rare."""
    return sorted({word for text in texts for word in _WORD.findall(fold(text)) if len(word) >= SHORTEST})


def topics(of: Sequence[str], count: int, seed: int = SEED) -> list[Topic]:
    """The first of more are the same as of fewer."""
    chosen = random.Random(seed)
    return [_topic(number, of, chosen) for number in range(count)]


def shown(drawn: Sequence[Topic]) -> str:
    """A digest of all that a draw decides."""
    shapes = (shape for topic in drawn for concept in topic.concepts for shape in concept.shapes)
    return digest("topics", *(" ".join("|".join(forms) for forms in shape.words) for shape in shapes))[:12]


def _topic(number: int, of: Sequence[str], chosen: random.Random) -> Topic:
    concepts = tuple(Concept(name=name, terms=(), shapes=tuple(_shape(of, chosen) for _ in range(terms))) for name, terms in TERMS.items())
    score = Score(title=3, lead=2, body=1, threshold=2)
    return Topic(topic_id=f"t{number}", title=f"t{number}", concepts=concepts, match=_MATCH, score=score, digest=f"{number}")


def _shape(of: Sequence[str], chosen: random.Random) -> Shape:
    words = chosen.choices(of, k=2 if chosen.random() < PHRASES else 1)
    return Shape(term=" ".join(words), words=tuple(map(_forms, words)))


def _forms(word: str) -> tuple[str, ...]:
    """As many as Slavic languages have; few of them stand in a text, as there."""
    endings = _CYRILLIC if "\u0400" <= word[0] <= "\u04ff" else _LATIN
    return tuple(sorted({word, *(word + ending for ending in endings)}))
