"""A feed is served, an alert is posted, and what other people's clients read of our streams is as their schema files say."""

import asyncio
import hashlib
import hmac
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import jsonschema_rs
import orjson
import pytest

from connectors.clock import now
from connectors.node import Node
from demo.article import articles
from demo.news_site import NORMAL_SPEED, Post, Site, feeds_yaml
from demo.serve import serve
from schemas.streams import STREAMS
from tests.whole.home import SECRET, Home
from tests.whole.readers import Read, Reader, kafka_python, kcat

pytestmark = [pytest.mark.whole, pytest.mark.kafka]

GERMAN = "Bündnis einigt sich auf neuen Verteidigungsplan"
SCHEMAS = Path(__file__).parents[2] / "schemas" / "json"
KEYS = {"news.article.v1": "article_id", "news.match.v1": "topic_id", "news.alert.v1": "topic_id", "news.feed_health.v1": "feed_id"}
MOST_RUNS = 12

ROUTES = """
channels:
  desk: {{kind: webhook, url: '{base}/hook', secret: {{env: HOOK_SECRET}}}}
  nobody: {{kind: webhook, url: '{base}/no-such-hook', secret: {{env: HOOK_SECRET}}}}
routes:
  - {{topics: all, channels: [desk, nobody]}}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    servers: str
    posts: list[Post]

    @property
    def german(self) -> Post:
        return next(post for post in self.posts if GERMAN in titles(post)[:1])


@pytest.fixture(scope="module")
def played(kafka_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The local site, polled by `tocsin run --once` until a stream has every kind of record and the German article has rung."""
    return asyncio.run(_play(kafka_node.servers, tmp_path_factory.mktemp("home")))


async def _play(servers: str, folder: Path) -> Played:
    site, posts, variables = Site(articles(), now), list[Post](), {"KAFKA_BOOTSTRAP_SERVERS": servers, "TOCSIN_KAFKA_REPLICATION": "1"}
    async with serve(site) as base:
        home = Home(folder=folder, allow_hosts=base.removeprefix("http://"), variables=variables | {"TOCSIN_SPEED": str(NORMAL_SPEED)})
        home.configure(feeds_yaml(base), ROUTES.format(base=base))
        for _ in range(MOST_RUNS):
            done = await asyncio.to_thread(home.tocsin, "run", "--once")
            assert done.returncode == 0, done.stderr
            while not site.posts.empty():
                posts.append(site.posts.get_nowait())
            failing = await asyncio.to_thread(home.rows, "feeds", "list", "--failing")
            if failing and any(GERMAN in titles(post)[:1] for post in posts):
                return Played(servers=servers, posts=posts)
    raise AssertionError(f"after {MOST_RUNS} runs: {[post.value['title'] for post in posts]}, failing {failing}; {done.stderr}")


@pytest.fixture(scope="module", params=[kafka_python, kcat], ids=["kafka-python", "kcat"])
def records(request: pytest.FixtureRequest, played: Played) -> list[Read]:
    reader: Reader = request.param
    return reader(played.servers)


def titles(post: Post) -> list[str]:
    """The newest first."""
    return [headline["title"] for headline in post.value["alert"].get("articles", [])]


def test_the_german_article_rings_at_the_webhook(played: Played) -> None:
    alert = played.german.value["alert"]

    assert (alert["topic_id"], alert["origin"]) == ("nato-russia", "live")
    assert {evidence["concept"] for evidence in alert["evidence"]} >= {"nato", "russia"}
    assert alert["articles"][0]["url"].endswith("/elbwarte/nato-treffen")


def test_what_is_not_about_the_topic_does_not_ring(played: Played) -> None:
    about = {article.title for article in articles() if article.topic == "nato-russia"}

    assert {title for post in played.posts for title in titles(post)} <= about


def test_a_receiver_can_verify_who_rang(played: Played) -> None:
    for post in played.posts:
        signed = f"{post.headers['tocsin-timestamp']}.".encode() + post.body

        assert post.headers["tocsin-signature"] == "v1=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()


def test_every_stream_has_records(records: list[Read]) -> None:
    assert {record.stream for record in records} == {stream.name for stream in STREAMS}


def test_every_value_is_as_its_schema_file_says(records: list[Read]) -> None:
    for record in records:
        value = orjson.loads(record.value)
        file = SCHEMAS / f"{value['$schema'].removeprefix('/')}.json"
        schema = orjson.loads(file.read_bytes())

        errors = jsonschema_rs.Draft202012Validator(schema, validate_formats=True).iter_errors(value)

        assert [f"{file.name} {error}" for error in errors] == []


def test_a_record_says_of_itself_what_its_key_and_headers_say(records: list[Read]) -> None:
    for record in records:
        value, headers = orjson.loads(record.value), dict(record.headers)
        entity = value["$schema"].split("/")[1]

        assert record.key == value[KEYS.get(record.stream, "stage")]
        assert value["meta"]["stream"] == record.stream == f"news.{entity}.v1"
        assert (headers["ce_id"], headers["ce_time"]) == (value["meta"]["id"], value["meta"]["dt"])
        assert headers["ce_type"].startswith(f"tocsin.{entity}.") and headers["ce_type"].endswith(".v1")
        assert (headers["ce_specversion"], headers["content-type"]) == ("1.0", "application/json")
        assert headers["ce_source"] and headers["ce_subject"]
        assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", headers["traceparent"])


def test_a_key_has_one_partition_so_its_order_is_kept(records: list[Read]) -> None:
    homes = {(record.stream, record.key, record.partition) for record in records}

    assert max(Counter((stream, key) for stream, key, _ in homes).values()) == 1


def test_a_reader_that_keeps_ids_sees_each_record_once(records: list[Read]) -> None:
    by_id: dict[str, set[bytes]] = {}
    for record in records:
        by_id.setdefault(dict(record.headers)["ce_id"], set()).add(record.value)

    assert all(len(values) == 1 for values in by_id.values())
    assert len(by_id) == len(records)  # nobody was killed here


def test_text_is_kept_as_it_was_written(records: list[Read]) -> None:
    assert any(GERMAN.encode() in record.value for record in records if record.stream == "news.article.v1")


def test_the_alert_in_the_stream_is_the_one_at_the_webhook(records: list[Read], played: Played) -> None:
    posted = played.german.value["alert"]
    in_stream = [orjson.loads(record.value) for record in records if record.stream == "news.alert.v1"]

    (told,) = [alert for alert in in_stream if (alert["alert_id"], alert["revision"]) == (posted["alert_id"], posted["revision"])]

    assert {name: told[name] for name in posted} == posted
