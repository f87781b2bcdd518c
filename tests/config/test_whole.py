"""The configuration as a whole: complete or not at all."""

from pathlib import Path

import pytest

from connectors.channels import OPTIONS
from connectors.files import read_config, read_text, write_atomic
from pipeline.config import Config, config
from schemas.channel import Options
from schemas.errors import ConfigError
from tests.config.refusals import refused
from tests.topics.articles import LANGUAGES, inflect
from topics.catalog import Catalog

READ = Catalog(LANGUAGES, inflect).load
KINDS = {"file": Options(required=("path",))}
FEEDS = "feeds: {wire: {url: http://example.org/}}"
ROUTES = "channels: {journal: {kind: file, path: a.jsonl}}\nroutes: [{topics: [gas], channels: [journal]}]"
GAS = "topics:\n  gas: {title: Gas, concepts: {gas: [Gas]}, match: gas}"


def load(**changed: str | None) -> Config:
    texts = {"feeds.yaml": FEEDS, "routes.yaml": ROUTES, "topics/gas.yaml": GAS}
    texts |= {path: text for path, text in changed.items() if text is not None}
    return config({path: text for path, text in texts.items() if changed.get(path, "") is not None}, KINDS, READ)


def test_feeds_topics_and_routes_are_read_together() -> None:
    found = load()

    assert [feed.feed_id for feed in found.feeds] == ["wire"]
    assert [topic.topic_id for topic in found.topics] == ["gas"]
    assert set(found.routes.channels) == {"journal"}


@pytest.mark.parametrize("path", ["feeds.yaml", "routes.yaml"])
def test_a_missing_file_is_named_with_the_command_that_writes_it(path: str) -> None:
    with refused(1, 1, path, "no such file", "tocsin init"):
        load(**{path: None})


def test_a_route_of_a_topic_that_no_file_has_is_refused() -> None:
    with refused(2, 20, "routes.yaml", "no topic 'gas'"):
        load(**{"topics/gas.yaml": None})


def test_a_topic_that_two_files_have_is_refused_in_the_second() -> None:
    with refused(2, 3, "topics/more.yaml", "topics/gas.yaml"):
        load(**{"topics/more.yaml": GAS})


def test_a_file_that_would_be_passed_over_is_refused() -> None:
    with refused(1, 1, "topics/more.yml", "topics/more.yaml"):
        load(**{"topics/more.yml": GAS})


def test_the_shipped_configuration_loads(pytestconfig: pytest.Config) -> None:
    found = config(read_config(pytestconfig.rootpath / "config"), OPTIONS, READ)

    assert "nato-russia" in [topic.topic_id for topic in found.topics]
    assert found.routes.routes


def test_a_folder_is_read_by_the_paths_that_an_operator_knows(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "a.yaml").write_bytes(b"\xef\xbb\xbftopics: {}")
    (tmp_path / "feeds.yaml").write_text("feeds: {}")
    (tmp_path / "notes.txt").write_text("not ours")
    (tmp_path / ".#feeds.yaml").symlink_to("nobody@nowhere")

    assert read_config(tmp_path) == {"feeds.yaml": "feeds: {}", "topics/a.yaml": "topics: {}"}


def test_a_folder_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    assert read_config(tmp_path / "nowhere") == {}


def test_a_text_in_another_encoding_is_refused_at_its_first_strange_byte(tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_bytes("feeds: {}\n# größe: Grö".encode() + "ße".encode("latin-1"))

    with refused(2, 13, "feeds.yaml", "UTF-8"):
        read_config(tmp_path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_text(tmp_path / "gone.yaml")


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "feeds.yaml"
    target.write_text("old")

    write_atomic(target, b"new")

    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_atomic(tmp_path / "auth", b"secret", private=True)

    assert (tmp_path / "auth").stat().st_mode & 0o777 == 0o600


def test_a_write_that_fails_leaves_the_old_text(tmp_path: Path) -> None:
    target = tmp_path / "feeds.yaml"
    target.mkdir()

    with pytest.raises(OSError, match="directory"):
        write_atomic(target, b"new")

    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("old")
    (tmp_path / "feeds.yaml").symlink_to("real.yaml")

    write_atomic(tmp_path / "feeds.yaml", b"new")

    assert (tmp_path / "real.yaml").read_bytes() == b"new"
