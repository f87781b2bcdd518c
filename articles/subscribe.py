"""A feed more in the text of feeds.yaml; every comment and every order of the operator's stays."""

import re
from io import StringIO
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from articles import subscriptions
from schemas.errors import ConfigError


def with_feed(text: str, url: str, feed_id: str, path: str) -> tuple[str, str]:
    """The new text and the feed's id, made from the host where none is given. Raises ConfigError: the result must load."""
    known = {feed.feed_id for feed in subscriptions.feeds(text, path)}
    if feed_id in known:
        raise ConfigError(path, 1, 1, f"there is a feed {feed_id!r} already", "Choose another --id")
    name = feed_id or _free(_slug(url), known)
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 1000
    tree = yaml.load(text)
    if tree.get("feeds") is None:
        tree["feeds"] = {}
    tree["feeds"][name] = {"url": url}
    out = StringIO()
    yaml.dump(tree, out)
    subscriptions.feeds(out.getvalue(), path)
    return out.getvalue(), name


def _slug(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("feeds.").removeprefix("rss.")
    return re.sub(r"[^a-z0-9]+", "-", host.rpartition(".")[0] or host).strip("-") or "feed"


def _free(name: str, known: set[str]) -> str:
    number = 2
    free = name
    while free in known:
        free, number = f"{name}-{number}", number + 1
    return free
