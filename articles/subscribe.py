"""Feeds more in the text of feeds.yaml; every comment and every order of the operator's stays."""

import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from io import StringIO
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from articles import subscriptions
from articles import text as texts
from schemas import positions
from schemas.errors import ConfigError

_LONGEST, _LONGEST_TITLE = 40, 200  # characters of an id that we make, of a source's name


def with_feed(text: str, url: str, feed_id: str, path: str) -> tuple[str, str]:
    """The new text and the feed's id, made from the host where none is given. Raises ConfigError: the result must load."""
    known = {feed.feed_id for feed in subscriptions.feeds(text, path)}
    if feed_id in known:
        raise ConfigError(path, 1, 1, f"there is a feed {feed_id!r} already", "Choose another --id")
    name = feed_id or _free(_slug(url), known)
    return _written(text, [(name, url, "")], path), name


def with_feeds(text: str, wanted: Sequence[tuple[str, str]], path: str) -> tuple[str, list[str]]:
    """wanted: address and title. The new text, and an id for each. A title names the feed and its source. Raises ConfigError."""
    known = {feed.feed_id for feed in subscriptions.feeds(text, path)}
    rows = []
    for url, shown in wanted:
        title = texts.line(shown, _LONGEST_TITLE)
        name = _free(_worded(title) or _slug(url), known)
        known.add(name)
        rows.append((name, url, title))
    return _written(text, rows, path), [name for name, _, _ in rows]


def refusal(url: str) -> str:
    """Why this address cannot stand in feeds.yaml, in words that continue it; empty where it can."""
    try:
        positions.parse(json.dumps(url, ensure_ascii=False), "").url()
    except ConfigError as error:
        return error.problem.removeprefix("this ")
    return ""


def _written(text: str, rows: Sequence[tuple[str, str, str]], path: str) -> str:
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 1000
    tree = yaml.load(text) or {}
    for part in ("feeds", "sources"):
        if tree.get(part) is None and (part == "feeds" or any(title for _, _, title in rows)):
            tree[part] = {}
        elif part in tree and not tree[part]:
            tree[part].fa.set_block_style()  # written as {}: the first entry would stand on that line, and all that follow
    for name, url, title in rows:
        tree["feeds"][name] = {"url": url}
        if title and name not in tree["sources"]:
            tree["sources"][name] = {"name": title}
    out = StringIO()
    yaml.dump(tree, out)
    subscriptions.feeds(out.getvalue(), path)
    return out.getvalue()


def _worded(title: str) -> str:
    """A title as an id; nothing where it has too few Latin letters for one."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-")
    return words if sum(map(str.isalpha, words)) * 2 >= sum(map(str.isalpha, title)) > 1 else ""


def _slug(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("feeds.").removeprefix("rss.")
    return re.sub(r"[^a-z0-9]+", "-", host.rpartition(".")[0] or host).strip("-") or "feed"


def _free(name: str, known: Collection[str]) -> str:
    number = 2
    free = name
    while free in known:
        free, number = f"{name}-{number}", number + 1
    return free
