"""routes.yaml to channels and routes, and an alert to the deliveries that it gets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from schemas import positions
from schemas.alert import SYSTEM, Alert, Delivery
from schemas.channel import ChannelSpec, Options, Secret
from schemas.ids import uid
from schemas.positions import Node

ALL = "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """topics None: every topic, those of the monitor itself too."""

    topics: tuple[str, ...] | None
    channels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Routes:
    channels: Mapping[str, ChannelSpec]
    routes: tuple[Route, ...]


def routes(text: str, path: str, *, kinds: Mapping[str, Options], topics: Collection[str]) -> Routes:
    """kinds: the options that each kind of channel knows. topics: the ids that exist. Raises ConfigError."""
    top = positions.parse(text, path).fields(("channels", "routes"))
    channels = {spec.name: spec for spec in (_channel(key, value, kinds) for key, value in top["channels"].entries())}
    return Routes(channels=channels, routes=tuple(_route(node, channels, topics) for node in top["routes"].items()))


def deliveries(alert: Alert, routes: Routes) -> tuple[Delivery, ...]:
    """One for each channel that a route of the alert's topic names, in the order of the file."""
    named = [c for route in routes.routes if route.topics is None or alert.topic_id in route.topics for c in route.channels]
    return tuple(
        Delivery(delivery_id=uid("delivery", alert.alert_id, str(alert.revision), channel), channel=channel, alert=alert)
        for channel in dict.fromkeys(named)
    )


def _route(node: Node, channels: Collection[str], topics: Collection[str]) -> Route:
    fields = node.fields(("topics", "channels"))
    told = tuple(item.among(channels, "channel") for item in fields["channels"].items())
    return Route(topics=_topics(fields["topics"], topics), channels=told)


def _topics(node: Node, topics: Collection[str]) -> tuple[str, ...] | None:
    if node.kind == "str" and node.text() == ALL:
        return None
    if node.kind == "str":
        raise node.wrong("topics are a list, or the word all", f"Write [{node.text()}]")
    return tuple(item.among((*topics, SYSTEM), "topic") for item in node.items())


def _channel(key: Node, value: Node, kinds: Mapping[str, Options]) -> ChannelSpec:
    kind_node = dict((name.text(), node) for name, node in value.entries()).get("kind")
    if kind_node is None:
        raise value.wrong("key 'kind' is missing", f"Add it: kind: {' or '.join(kinds)}")
    kind = kind_node.among(kinds, "kind of channel")
    fields = value.fields(("kind", *kinds[kind].required), kinds[kind].optional)
    options = {name: _option(name, node) for name, node in fields.items() if name != "kind"}
    return ChannelSpec(name=key.identifier(), kind=kind, options=options)


def _option(name: str, node: Node) -> str | Secret:
    if node.kind == "map":
        return Secret(env=node.fields(("env",))["env"].variable())
    value = node.text()
    if "${" in value:
        raise node.wrong("variables are not filled into text here", f"Write {name}: {{env: NAME}}")
    if name == "secret":
        raise node.wrong("a secret does not stand in a file", f"Write {name}: {{env: NAME}} and set that variable")
    return value
