"""The last look at a record before it leaves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import codec
from schemas.article import Article, ChangeKind, Origin
from schemas.streams import STREAMS, Stream
from schemas.validate import check
from tests.schemas.things import any_of

NOW = datetime(2021, 10, 22, 15, 40, tzinfo=UTC)
ARTICLE = Article(
    article_id="a",
    revision=1,
    change_kind=ChangeKind.DISCOVERED,
    origin=Origin.LIVE,
    url="https://news.example/a",
    source_id="example",
    first_seen_dt=NOW,
    content_hash="h",
)


@pytest.mark.parametrize("stream", STREAMS, ids=lambda s: s.entity)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_record_that_we_make_of_a_thing_within_bounds_keeps_to_its_schema(stream: Stream, data: st.DataObject) -> None:
    thing = data.draw(any_of(stream.carries))

    assert check(codec.record(thing, NOW)) is None


@pytest.mark.parametrize(
    ("article", "where"),
    [
        (replace(ARTICLE, revision=0), "revision"),
        (replace(ARTICLE, url="https://news.example/" + "a" * 2048), "url"),
        (replace(ARTICLE, title="t" * 1001), "title"),
        (replace(ARTICLE, language_confidence=1.5), "language_confidence"),
        (replace(ARTICLE, published_dt=NOW.astimezone(timezone(timedelta(hours=2)))), "published_dt"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_record_out_of_bounds_is_refused_by_the_name_of_its_field(article: Article, where: str) -> None:
    problem = check(codec.record(article, NOW))

    assert problem is not None and problem.startswith(f"news.article.v1: {where}: ")


def test_a_refusal_does_not_repeat_the_value() -> None:
    problem = check(codec.record(replace(ARTICLE, title="secret " * 1000), NOW))

    assert problem is not None and "secret" not in problem


def test_a_record_larger_than_the_broker_takes_is_refused_by_its_size() -> None:
    problem = check(codec.record(replace(ARTICLE, tags=("x" * 5_000_000,)), NOW))

    assert problem is not None and "more than the broker takes" in problem
