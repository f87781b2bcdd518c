"""Public labelled data, where it is at hand: no feed raises, no body is poorer than plain trafilatura's."""

import gzip
import json
import os
import re
import warnings
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
import trafilatura

from articles import extract, feeds, text
from articles.links import link
from schemas.reasons import Reason

CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", Path(__file__).parents[2] / "../shared/corpora"))
SAMPLE = 30
REAL = ("feed-rs", "miniflux")
URL = "https://news.example/feed"
ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]|\{\s*\"id\"")
DATES = re.compile(rb"<(?:pubDate|(?:\w+:)?(?:date|published|updated|issued|modified|created))\b|\"date_(?:published|modified)\"")
pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="no corpora: set TOCSIN_TEST_CORPORA")


def test_no_feed_of_the_corpora_raises() -> None:
    """2,300 documents, a tenth of them odd on purpose; real ones give their items."""
    found = [feeds.read(path.read_bytes(), URL) for path in (CORPORA / "feeds").rglob("*.*") if path.is_file()]

    assert len(found) > 2_000 and sum(len(reading.items) for reading in found) > 400


def test_every_item_of_the_json_feeds_is_kept() -> None:
    """But for the one without an address, which is counted."""
    found = {path: json_object(path) for path in sorted((CORPORA / "feeds").rglob("*.json"))}
    samples = {path: sample["items"] for path, sample in found.items() if {"version", "items"} <= sample.keys()}
    kept = {path: feeds.read(path.read_bytes(), URL) for path in samples}

    assert len(samples) >= 9
    for path, items in samples.items():
        assert [item.url for item in kept[path].items] == [item["url"] for item in items if "url" in item], path
        assert len(kept[path].items) + kept[path].refused == len(items), path


def test_no_entry_that_feedparser_finds_is_lost() -> None:
    """Nor its id or its link, but by a named refusal: a document that declares entities, an entry whose link nobody can follow."""
    entries = refused = 0
    for path in sorted((CORPORA / "feeds").rglob("*.xml")):
        body = path.read_bytes()
        reading, plain = feeds.read(body, URL), plain_feedparser(body)
        if reading.problem is Reason.UNSAFE_FEED:
            continue
        followed = [entry for entry in plain if link(entry.get("link", ""), URL) and entry.get("link")]
        entries, refused = entries + len(plain), refused + reading.refused
        assert len(reading.items) + reading.refused == len(plain), path
        assert {link(entry["link"], URL) for entry in followed} <= {item.url for item in reading.items}, path
        assert {text.line(entry.get("id", ""), text.ID) for entry in followed} <= {item.guid for item in reading.items}, path

    assert entries > 1_600
    assert entries - refused > 400


def test_every_entry_of_a_real_feed_that_writes_a_date_has_it_read() -> None:
    """The others, a fifth, write none: old formats, and one paper's RDF."""
    documents = [path.read_bytes() for folder in REAL for path in sorted((CORPORA / "feeds" / folder).rglob("*.*")) if is_document(path)]
    readings = [(body, feeds.read(body, URL).items) for body in documents]
    items = [item for _, found in readings for item in found]
    written = sum(min(len(found), sum(bool(DATES.search(entry)) for entry in ENTRY.split(body)[1:])) for body, found in readings)
    dated = sum(item.published_dt is not None for item in items)

    assert len(items) > 350
    assert dated >= 0.99 * written
    assert dated >= 0.8 * len(items)


def plain_feedparser(body: bytes) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(feedparser.parse(BytesIO(body)).entries)  # noqa: TID251  what we are held against


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
