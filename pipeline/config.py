"""What the operator wrote, read and checked as a whole: it loads complete or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from alerts.routes import Routes, routes
from articles.subscriptions import feeds
from schemas.channel import Options
from schemas.errors import ConfigError
from schemas.feed import Feed
from schemas.topic import Topic

FEEDS, ROUTES, TOPICS = "feeds.yaml", "routes.yaml", "topics/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    feeds: tuple[Feed, ...]
    topics: tuple[Topic, ...]
    routes: Routes


def config(texts: Mapping[str, str], kinds: Mapping[str, Options], load: Callable[[Mapping[str, str]], tuple[Topic, ...]]) -> Config:
    """texts: by their path in the folder. kinds: the options that each kind of channel knows. load: topic files to topics.

    Raises ConfigError.
    """
    for path in texts:
        if path.endswith(".yml"):
            raise ConfigError(path, 1, 1, "files that end in .yml are not read", f"Rename it to {path.removesuffix('.yml')}.yaml")
    for path in (FEEDS, ROUTES):
        if path not in texts:
            raise ConfigError(path, 1, 1, "there is no such file", "Write a configuration to begin with: tocsin init")
    topics = load(topic_texts(texts))
    return Config(
        feeds=feeds(texts[FEEDS], FEEDS),
        topics=topics,
        routes=routes(texts[ROUTES], ROUTES, kinds=kinds, topics=[topic.topic_id for topic in topics]),
    )


def topic_texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {path: texts[path] for path in sorted(texts) if path.startswith(TOPICS)}
