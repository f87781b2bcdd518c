"""Public labelled data, where it is at hand: no feed raises, no body is poorer than plain trafilatura's."""

import gzip
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import trafilatura

from articles import extract, feeds

CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", Path(__file__).parents[2] / "../shared/corpora"))
SAMPLE = 30
pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="no corpora: set TOCSIN_TEST_CORPORA")


def test_no_feed_of_the_corpora_raises() -> None:
    """2,300 documents, a tenth of them odd on purpose; real ones give their items."""
    found = [feeds.read(path.read_bytes(), "https://news.example/feed") for path in (CORPORA / "feeds").rglob("*.*") if path.is_file()]

    assert len(found) > 2_000 and sum(len(reading.items) for reading in found) > 400


def test_bodies_are_as_good_as_plain_trafilatura() -> None:
    """F1 of 4-word shingles on a sample of the article-extraction-benchmark, within half a point."""
    folder = CORPORA / "article-extraction-benchmark"
    gold = json.loads((folder / "ground-truth.json").read_text())
    ours, plain = [], []
    for name in sorted(gold)[:SAMPLE]:
        body, truth = gzip.decompress((folder / f"html/{name}.html.gz").read_bytes()), gold[name]["articleBody"]
        page = extract.page(body, gold[name]["url"], ("en", "de"))
        bare: Any = trafilatura.bare_extraction(body, url=gold[name]["url"], include_comments=False)
        ours.append(scores(truth, page.body_text if page else ""))
        plain.append(scores(truth, bare.text if bare else ""))

    assert f1(ours) >= f1(plain) - 0.005


def scores(truth: str, found: str) -> tuple[float, float]:
    """Precision and recall."""
    true, ours = shingles(truth), shingles(found)
    both = float((true & ours).total())
    return both / max(ours.total(), 1), both / max(true.total(), 1)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(len(words) - 3, 1)))


def f1(pages: list[tuple[float, float]]) -> float:
    precision, recall = (sum(column) / len(pages) for column in zip(*pages, strict=True))
    return float(2 * precision * recall / (precision + recall))
