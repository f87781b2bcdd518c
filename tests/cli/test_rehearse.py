"""A topic is rehearsed on what has been published, and an edit of it against labels."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.doors import OutOfRange
from connectors.memory_broker import MemoryBroker
from connectors.store import open_store
from pipeline.rehearse import streamed
from schemas import codec
from schemas.article import Article
from tests.cli.terminal import Terminal
from tests.store.test_areas import NOON, article
from tests.town import TOPIC
from tocsin.cli.topics_rehearsed import sparkline

NEWS, COPY, SPORT = (f"http://zeitung.test/{number}" for number in (1, 3, 2))
EVER = ("--days", "36500")
STRICTER = TOPIC.replace("match: nato and russia", "match: title(nato) and title(russia)").replace("[Nato, НАТО]", "[Nordpakt]")
WIDER = TOPIC.replace("match: nato and russia", "match: nato and russia or tor").replace("[Nato, НАТО]", "[Nato]\n      tor: [Tor]")


def about(rows: list[dict[str, Any]], what: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["about"] == what]


@pytest.fixture
def labelled(terminal: Terminal) -> Terminal:
    for address, answer in ((NEWS, "yes"), (SPORT, "no")):
        assert terminal.run("labels", "add", "nato-russia", address, answer).code == 0
    return terminal


@pytest.fixture
def stricter(tmp_path: Path) -> str:
    (tmp_path / "stricter.yaml").write_text(STRICTER)
    return str(tmp_path / "stricter.yaml")


@pytest.fixture
def wider(tmp_path: Path) -> str:
    (tmp_path / "wider.yaml").write_text(WIDER.replace("nato and russia or tor", "(nato and russia) or tor"))
    return str(tmp_path / "wider.yaml")


def test_it_counts_articles_alerts_and_languages(terminal: Terminal) -> None:
    ended = terminal.run("topics", "backtest", "nato-russia", *EVER, "--json")

    (summary,) = about(ended.rows, "summary")
    assert ended.code == 0
    assert (summary["read"], summary["found"], summary["alerts"]) == (3, 2, 1)
    assert about(ended.rows, "language") == [{"about": "language", "language": "de", "read": 3, "found": 2}]
    assert about(ended.rows, "day") == [{"about": "day", "day": "2021-10-22", "read": 3, "found": 2, "alerts": 1}]


def test_without_labels_there_is_no_precision(terminal: Terminal) -> None:
    (summary,) = about(terminal.run("topics", "backtest", "nato-russia", *EVER, "--json").rows, "summary")

    assert (summary["precision"], summary["recall"], summary["labelled"]) == (None, None, 0)


def test_with_labels_there_is(labelled: Terminal) -> None:
    (summary,) = about(labelled.run("topics", "backtest", "nato-russia", *EVER, "--json").rows, "summary")

    assert (summary["precision"], summary["recall"], summary["labelled"]) == (1.0, 1.0, 2)


def test_days_that_hold_nothing_hold_nothing(terminal: Terminal) -> None:
    (summary,) = terminal.run("topics", "backtest", "nato-russia", "--days", "3", "--json").rows

    assert (summary["read"], summary["found"], summary["alerts"]) == (0, 0, 0)


def test_an_edit_that_loses_a_relevant_article_fails_and_shows_it(labelled: Terminal, stricter: str) -> None:
    ended = labelled.run("topics", "backtest", "nato-russia", *EVER, "--against", stricter, "--json")

    assert ended.code == 1
    assert [(row["url"], row["label"]) for row in about(ended.rows, "lost")] == [(NEWS, "yes"), (COPY, None)]
    assert ended.err == "lost, though relevant: Nato und Moskau: neue Spannungen\n"


def test_an_edit_that_gains_an_irrelevant_article_fails_and_shows_it(labelled: Terminal, wider: str) -> None:
    ended = labelled.run("topics", "backtest", "nato-russia", *EVER, "--against", wider, "--json")

    assert ended.code == 1
    assert [(row["url"], row["label"]) for row in about(ended.rows, "gained")] == [(SPORT, "no")]
    assert [row["url"] for row in about(ended.rows, "wrong")] == [SPORT]


def test_an_edit_fails_for_a_labelled_article_of_older_days_too(labelled: Terminal, stricter: str) -> None:
    assert labelled.run("topics", "backtest", "nato-russia", "--days", "3", "--against", stricter).code == 1


def test_what_an_edit_loses_without_a_label_is_no_failure(terminal: Terminal, stricter: str) -> None:
    ended = terminal.run("topics", "backtest", "nato-russia", *EVER, "--against", stricter)

    assert ended.code == 0
    assert NEWS in ended.out


def test_a_draft_uses_the_concepts_of_the_configuration(terminal: Terminal, tmp_path: Path) -> None:
    terminal.write("topics/shared.yaml", "concepts: {bund: [Bündnis]}\n")
    (tmp_path / "draft.yaml").write_text(TOPIC.replace("[Nato, НАТО]", "[{use: bund}]"))

    ended = terminal.run("topics", "backtest", "nato-russia", *EVER, "--against", str(tmp_path / "draft.yaml"), "--json")

    assert (ended.code, about(ended.rows, "summary")[0]["found_edited"]) == (0, 2)


def test_the_only_topic_of_a_file_may_have_another_id(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text(TOPIC.replace("nato-russia:", "draft:"))

    assert terminal.run("topics", "backtest", "nato-russia", *EVER, "--against", str(tmp_path / "draft.yaml")).code == 0


def test_a_mistake_in_the_file_is_named_under_its_own_path(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text(TOPIC.replace("nato and russia\n", "nato and rusia\n"))

    refused = terminal.run("topics", "backtest", "nato-russia", "--against", str(tmp_path / "draft.yaml"))

    assert refused.code == 3
    assert refused.err.startswith(f"tocsin: {tmp_path}/draft.yaml:8:21: ")


def test_a_file_without_the_topic_is_a_mistake_of_usage(terminal: Terminal, tmp_path: Path) -> None:
    other = TOPIC.replace("nato-russia:", "a:") + TOPIC.replace("nato-russia:", "b:").removeprefix("\ntopics:\n")
    (tmp_path / "draft.yaml").write_text(other)

    refused = terminal.run("topics", "backtest", "nato-russia", "--against", str(tmp_path / "draft.yaml"))

    assert refused.code == 2
    assert "it holds: a, b" in refused.err


def test_a_labelled_article_that_is_not_stored_any_more_is_told(labelled: Terminal) -> None:
    store = open_store(f"sqlite:///{labelled.home}/state/tocsin.db")
    known = store.read_now(lambda tx: tx.labels.all())
    store.write_now(lambda tx: tx.labels.save(replace(known[0], article_id="gone")))
    store.close()

    ended = labelled.run("topics", "backtest", "nato-russia", *EVER)

    assert "1 labelled article is not stored any more\n" in ended.err


def test_a_stream_that_does_not_answer_is_told(terminal: Terminal) -> None:
    assert terminal.run("topics", "backtest", "nato-russia", "--from-stream").code == 4


def published(*articles: Article) -> MemoryBroker:
    broker = MemoryBroker()
    broker.publish([codec.record(one, NOON + n * timedelta(hours=1)) for n, one in enumerate(articles)])
    return broker


def test_of_a_stream_the_newest_revision_of_each_article_is_read() -> None:
    broker = published(article("a"), article("b"), article("a", revision=2), article("c"))

    assert sorted((one.article_id, one.revision) for one in streamed(broker)) == [("a", 2), ("b", 1), ("c", 1)]


class Trimmed(MemoryBroker):
    """Its oldest records go while it is read."""

    def read(self, stream: str, partition: int, offset: int, limit: int) -> Any:
        kept = self.ranges(stream)[partition]
        if offset == kept.start == 0 and kept.end > 1:
            self.truncate(stream, partition, 1)
            raise OutOfRange(self.ranges(stream)[partition])
        return super().read(stream, partition, offset, limit)


def test_records_whose_time_is_over_meanwhile_are_passed_over() -> None:
    broker = Trimmed()
    broker.publish([codec.record(article("a", revision=number), NOON) for number in (1, 2, 3)])

    assert [one.revision for one in streamed(broker)] == [3]


@pytest.mark.parametrize(
    ("counts", "line"), [([], ""), ([0, 0], "  "), ([1], "█"), ([0, 1, 4, 8], " ▁▄█"), ([1, 100], "▁█"), ([1] * 99, "█" * 60)]
)
def test_a_line_of_blocks_shows_the_shape_of_the_days(counts: list[int], line: str) -> None:
    assert sparkline(counts) == line
