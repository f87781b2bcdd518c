"""The path: the five stages in order. The only place that knows them all."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.deliver import Deliver
from pipeline.extract import Extract
from pipeline.poll import Poll
from pipeline.ring import Ring
from pipeline.robots import Gate
from pipeline.shape import Stage
from pipeline.start import House
from pipeline.track import tracking
from schemas.feed import BodyFrom
from schemas.work import STAGES


def path(house: House, only: Sequence[str] = STAGES) -> dict[str, Stage[Any]]:
    """The stages that are asked for, in the order of the path."""
    config, world, speed = house.config, house.world, house.settings.speed
    makers: Mapping[str, Callable[[], Stage[Any]]] = {
        "poll": lambda: Poll(feeds={f.feed_id: f for f in config.feeds}, routes=config.routes, speed=speed, world=world),
        "extract": lambda: Extract(
            sources={f.source.source_id: f.source for f in config.feeds},
            whole=frozenset(f.feed_id for f in config.feeds if f.body is BodyFrom.FEED),
            languages=house.settings.languages,
            gate=Gate(world, speed),
            world=world,
        ),
        "track": lambda: tracking(config.topics),
        "ring": lambda: Ring(topics={t.topic_id: t for t in config.topics}, routes=config.routes, speed=speed),
        "deliver": lambda: Deliver(channels=house.channels),
    }
    return {name: makers[name]() for name in STAGES if name in only}
