"""routes.yaml: channels and routes, what is refused where, and which deliveries an alert gets."""

from datetime import UTC, datetime

from alerts.routes import Routes, deliveries, routes
from schemas.alert import SYSTEM, Alert, AlertState
from schemas.article import Origin
from schemas.channel import ChannelSpec, Options, Secret
from tests.config.refusals import refused

PATH = "routes.yaml"
KINDS = {"webhook": Options(required=("url",), optional=("secret",)), "apprise": Options(required=("url",))}
TOPICS = ("nato-russia", "gas")
CHANNELS = """
channels:
  phone: {kind: apprise, url: {env: PHONE_URL}}
  desk: {kind: webhook, url: "https://example.org/", secret: {env: DESK_SECRET}}
"""


def read(text: str) -> Routes:
    return routes(text, PATH, kinds=KINDS, topics=TOPICS)


def alert(topic_id: str, revision: int = 1) -> Alert:
    now = datetime(2021, 10, 22, tzinfo=UTC)
    return Alert(
        alert_id="a1",
        revision=revision,
        topic_id=topic_id,
        group_id="g",
        state=AlertState.OPENED,
        origin=Origin.LIVE,
        title="Spannungen",
        opened_dt=now,
        changed_dt=now,
        news_dt=now,
        article_count=1,
    )


def test_a_channel_has_its_kind_and_its_options_and_a_secret_is_a_name() -> None:
    found = read(CHANNELS + "routes: []")

    options: dict[str, str | Secret] = {"url": "https://example.org/", "secret": Secret(env="DESK_SECRET")}
    assert found.channels["desk"] == ChannelSpec(name="desk", kind="webhook", options=options)
    assert found.channels["phone"].options == {"url": Secret(env="PHONE_URL")}


def test_an_alert_goes_once_to_each_channel_of_its_routes() -> None:
    found = read(CHANNELS + "routes: [{topics: [gas], channels: [desk]}, {topics: all, channels: [phone, desk]}]")

    assert [d.channel for d in deliveries(alert("gas"), found)] == ["desk", "phone"]
    assert [d.channel for d in deliveries(alert("nato-russia"), found)] == ["phone", "desk"]


def test_a_delivery_has_an_id_of_its_alert_its_revision_and_its_channel() -> None:
    found = read(CHANNELS + "routes: [{topics: all, channels: [phone, desk]}]")

    first, again, later = (deliveries(alert("gas", revision), found) for revision in (1, 1, 2))

    assert first == again
    assert len({d.delivery_id for d in (*first, *later)}) == 4


def test_a_topic_that_no_route_names_is_told_to_nobody() -> None:
    assert deliveries(alert("nato-russia"), read(CHANNELS + "routes: [{topics: [gas], channels: [desk]}]")) == ()


def test_what_the_monitor_says_of_itself_can_be_routed_and_goes_where_all_goes() -> None:
    alone = read(CHANNELS + "routes: [{topics: [system], channels: [desk]}]")
    with_all = read(CHANNELS + "routes: [{topics: all, channels: [phone]}]")

    assert [d.channel for d in deliveries(alert(SYSTEM), alone)] == ["desk"]
    assert [d.channel for d in deliveries(alert(SYSTEM), with_all)] == ["phone"]


def test_a_route_to_an_unknown_channel_is_refused() -> None:
    with refused(7, 16, "no channel 'dsk'", "Did you mean desk?"):
        read(CHANNELS + "routes:\n  - topics: all\n    channels: [dsk]")


def test_a_route_of_an_unknown_topic_is_refused() -> None:
    with refused(6, 19, "no topic 'gass'", "Did you mean gas?"):
        read(CHANNELS + "routes:\n  - topics: [gas, gass]\n    channels: [desk]")


def test_one_topic_as_text_is_refused_with_the_list_to_write() -> None:
    with refused(6, 13, "Write [gas]"):
        read(CHANNELS + "routes:\n  - topics: gas\n    channels: [desk]")


def test_an_unknown_kind_of_channel_is_refused() -> None:
    with refused(2, 16, "no kind of channel 'webhok'", "Did you mean webhook?"):
        read("channels:\n  desk: {kind: webhok, url: x}\nroutes: []")


def test_a_channel_without_a_kind_is_refused() -> None:
    with refused(2, 9, "'kind' is missing", "webhook or apprise"):
        read("channels:\n  desk: {url: x}\nroutes: []")


def test_an_option_that_the_kind_does_not_know_is_refused() -> None:
    with refused(4, 5, "'uri'", "Did you mean url?"):
        read("channels:\n  desk:\n    kind: webhook\n    uri: x\nroutes: []")


def test_a_variable_inside_a_text_is_refused_as_it_is_not_filled_in() -> None:
    with refused(2, 30, "not filled", "{env: NAME}"):
        read("channels:\n  desk: {kind: apprise, url: 'https://${HOST}/'}\nroutes: []")


def test_a_secret_in_the_file_is_refused() -> None:
    with refused(2, 41, "a secret does not stand in a file"):
        read("channels:\n  desk: {kind: webhook, url: x, secret: hunter2}\nroutes: []")


def test_a_secret_under_another_key_than_env_is_refused() -> None:
    with refused(2, 31, "'file'"):
        read("channels:\n  desk: {kind: webhook, url: {file: x}}\nroutes: []")


def test_a_variable_named_like_a_setting_of_ours_is_refused_as_it_would_stop_the_start() -> None:
    with refused(2, 36, "TOCSIN_"):
        read("channels:\n  desk: {kind: webhook, url: {env: TOCSIN_DESK}}\nroutes: []")


def test_a_variable_that_can_have_no_such_name_is_refused() -> None:
    with refused(2, 36, "no name of an environment variable"):
        read("channels:\n  desk: {kind: webhook, url: {env: A-B}}\nroutes: []")


def test_an_unknown_key_of_a_route_is_refused() -> None:
    with refused(6, 19, "'channel'", "Did you mean channels?"):
        read(CHANNELS + "routes:\n  - {topics: all, channel: [desk]}")
