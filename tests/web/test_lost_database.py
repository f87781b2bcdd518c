"""The database goes away, or cannot be read, while the page is open."""

import shutil
from pathlib import Path

from tests.web.filled import filled
from tests.web.reading import Read
from tests.web.served import served


def test_a_database_that_was_deleted_is_opened_anew_with_what_is_in_it_now(tmp_path: Path) -> None:
    with served(tmp_path, filled(tmp_path)) as web:
        assert len(web.ask("/feeds.json").json["feeds"]) == 5

        shutil.rmtree(tmp_path / "state")
        emptied = web.ask("/feeds.json")
        shutil.rmtree(tmp_path / "state")
        filled(tmp_path).close()
        again = web.ask("/feeds.json")

    assert emptied.status == 200 and emptied.json["feeds"] == []
    assert again.status == 200 and len(again.json["feeds"]) == 5


def test_a_database_that_cannot_be_had_is_said_in_words_everywhere(tmp_path: Path) -> None:
    with served(tmp_path, filled(tmp_path)) as web:
        shutil.rmtree(tmp_path / "state")
        (tmp_path / "state").write_text("a file where the folder was")
        answers = {path: web.ask(path) for path in ("/", "/status", "/feeds.json", "/healthz", "/metrics")}

    assert {answer.status for answer in answers.values()} == {503}
    assert "Check its folder, the mode of it, and its disk" in Read(answers["/"].text).words
    assert "tocsin.db" in answers["/feeds.json"].json["error"]
    assert answers["/healthz"].json["status"] == "failing"


def test_a_file_that_is_no_database_is_said_in_words(tmp_path: Path) -> None:
    with served(tmp_path, filled(tmp_path)) as web:
        shutil.rmtree(tmp_path / "state")
        (tmp_path / "state").mkdir()
        (tmp_path / "state" / "tocsin.db").write_text("these are not the pages of a database, and they are longer than its header " * 100)
        health, page = web.ask("/healthz"), web.ask("/")

    assert health.status == page.status == 503
    assert "file is not a database" in health.json["database"]
