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
REAL = ("feed-rs", "miniflux")
DATES = re.compile(rb"<(?:pubDate|(?:\w+:)?(?:date|published|updated|issued|modified|created))\b|\"date_(?:published|modified)\"")
pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="no corpora: set TOCSIN_TEST_CORPORA")


def test_no_feed_of_the_corpora_raises() -> None:
    """2,300 documents, a tenth of them odd on purpose; real ones give their items."""
    found = [feeds.read(path.read_bytes(), "https://news.example/feed") for path in (CORPORA / "feeds").rglob("*.*") if path.is_file()]

    assert len(found) > 2_000 and sum(len(reading.items) for reading in found) > 400


def test_every_item_of_the_json_feeds_is_kept() -> None:
    """Of those that name jsonfeed.org, as the specification demands: a bare version number names no format."""
    found = {path: json_object(path) for path in sorted((CORPORA / "feeds").rglob("*.json"))}
    samples = {path: sample["items"] for path, sample in found.items() if "jsonfeed.org" in sample.get("version", "")}
    kept = [feeds.read(path.read_bytes(), "https://news.example/feed").items for path in samples]

    assert len(samples) >= 3
    assert [[item.url for item in items] for items in kept] == [[item["url"] for item in items] for items in samples.values()]


def test_real_feeds_that_write_dates_have_them_read() -> None:
    """In at least 97 of 100 entries. A feed without one date in its text has none that could be read, and counts for nothing here."""
    documents = [path.read_bytes() for folder in REAL for path in sorted((CORPORA / "feeds" / folder).rglob("*.*")) if is_document(path)]
    items = [item for body in documents if DATES.search(body) for item in feeds.read(body, "https://news.example/feed").items]

    assert len(items) > 250
    assert sum(item.published_dt is not None for item in items) >= 0.97 * len(items)


def json_object(path: Path) -> dict[str, Any]:
    """Empty where it is none."""
    try:
        found = json.loads(path.read_bytes())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def is_document(path: Path) -> bool:
    """And not what somebody expects of one."""
    return path.suffix in (".xml", ".json") and not path.name.endswith(".serde.json")


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
