"""feeds.yaml to feeds, each with its source."""

import re
from collections.abc import Mapping
from datetime import timedelta

from schemas import positions
from schemas.feed import Auth, AuthKind, BodyFrom, Feed, Source
from schemas.positions import Node


def feeds(text: str, path: str) -> tuple[Feed, ...]:
    """Raises ConfigError. A feed that names no source has one of its own name."""
    top = positions.parse(text, path).fields(("feeds",), ("sources",))
    sources = _sources(top["sources"]) if "sources" in top else {}
    found: list[Feed] = []
    owners: dict[str, str] = {}
    for key, value in top["feeds"].entries():
        feed = _feed(key, value, sources)
        if owner := owners.get(feed.url):
            raise value.wrong(f"feed {owner!r} has this address already", "Remove one of the two")
        owners[feed.url] = feed.feed_id
        found.append(feed)
    return tuple(found)


def _feed(key: Node, value: Node, sources: Mapping[str, Source]) -> Feed:
    feed_id = key.identifier()
    fields = value.fields(("url",), ("every", "source", "auth", "body"))
    return Feed(
        feed_id=feed_id,
        url=fields["url"].url(),
        every=fields["every"].duration(least=timedelta(seconds=1)) if "every" in fields else None,
        source=_source_of(feed_id, fields.get("source"), sources),
        auth=_auth(fields["auth"]) if "auth" in fields else None,
        body=BodyFrom(fields["body"].among(list(BodyFrom), "place of the body")) if "body" in fields else BodyFrom.PAGE,
    )


def _auth(node: Node) -> Auth:
    if node.kind != "map":
        raise node.wrong("a secret does not stand in a file", "Write auth: {env: NAME} and set that variable")
    fields = node.fields(("env",), ("kind", "parameter"))
    kind = AuthKind(fields["kind"].among(list(AuthKind), "kind of auth")) if "kind" in fields else AuthKind.BEARER
    env = fields["env"].variable()
    if "parameter" not in fields:
        return Auth(env=env, kind=kind)
    if kind is not AuthKind.QUERY:
        raise fields["parameter"].wrong(f"{kind} has no parameter", "Remove it, or write kind: query")
    return Auth(env=env, kind=kind, parameter=_parameter(fields["parameter"]))


def _parameter(node: Node) -> str:
    name = node.text()
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", name):
        raise node.wrong(f"{name!r} cannot be the name of a parameter", "Use letters, digits, _, . and -")
    return name


def _source_of(feed_id: str, named: Node | None, sources: Mapping[str, Source]) -> Source:
    if named:
        return sources[named.among(sources, "source")]
    return sources.get(feed_id) or Source(source_id=feed_id, name=feed_id)


def _sources(node: Node) -> dict[str, Source]:
    return {source.source_id: source for source in (_source(key, value) for key, value in node.entries())}


def _source(key: Node, value: Node) -> Source:
    source_id = key.identifier()
    fields = {name: node.text() for name, node in value.fields((), ("name", "family", "tier")).items()}
    return Source(source_id=source_id, name=fields.get("name", source_id), family=fields.get("family"), tier=fields.get("tier"))
