"""Other ways to look for the words of many topics in a text: what the matcher is compared with."""

import re
import sys
import time
from collections.abc import Callable, Sequence

from schemas.topic import Topic

FEW = 10  # topics: a thousand as regular expressions would take minutes
SAMPLE = 60  # texts


def forms(topics: Sequence[Topic]) -> list[str]:
    """Every form of every word, once."""
    return sorted(
        {form for topic in topics for concept in topic.concepts for shape in concept.shapes for word in shape.words for form in word}
    )


def hyperscan(patterns: Sequence[str]) -> Callable[[str], int] | None:
    """A scan for all as literals, which tells Python each hit. None where the package is not installed."""
    try:
        import hyperscan as engine
    except ImportError:
        sys.stderr.write("benchmarks: matching goes without Hyperscan: it is not installed\n")
        return None
    database = engine.Database()
    numbers = list(range(len(patterns)))
    database.compile(expressions=[pattern.encode() for pattern in patterns], ids=numbers, elements=len(patterns), literal=True)

    def scan(text: str) -> int:
        found: list[tuple[int, int]] = []
        database.scan(text.encode(), match_event_handler=lambda number, start, end, flags, context: found.append((number, end)))
        return len(found)

    return scan


def naive_rate(topics: Sequence[Topic], texts: Sequence[str]) -> float:
    """Texts a CPU second with an expression for each concept of each topic, reckoned from a few topics and texts."""
    compiled = [[_expression(topic, name) for name in ("a", "b", "c")] for topic in topics[:FEW]]
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    began = time.process_time()
    for text in sample:
        for first, second, never in compiled:
            if first.search(text) and second.search(text):
                never.search(text)
    return len(sample) / (time.process_time() - began) * FEW / len(topics)


def _expression(topic: Topic, name: str) -> re.Pattern[str]:
    (shapes,) = (concept.shapes for concept in topic.concepts if concept.name == name)
    phrases = (" ".join(f"(?:{'|'.join(map(re.escape, word))})" for word in shape.words) for shape in shapes)
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")
