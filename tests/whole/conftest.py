"""One `tocsin up` for all tests that need it running, on a paper whose articles are numbered."""

from collections.abc import Iterator

import pytest

from tests.kafka.node import kafka_node
from tests.whole.home import Home, Up, running
from tests.whole.paper import Paper, printed

__all__ = ["kafka_node"]

FEEDS = "feeds:\n  series: {{url: '{base}/feed.xml', every: 2s}}\n"
ROUTES = """
channels:
  desk: {{kind: webhook, url: '{base}/hook', secret: {{env: HOOK_SECRET}}}}
routes:
  - {{topics: all, channels: [desk]}}
"""


@pytest.fixture(scope="session")
def paper() -> Iterator[Paper]:
    with printed() as paper:
        yield paper


@pytest.fixture(scope="session")
def up(paper: Paper, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    home = Home(
        folder=tmp_path_factory.mktemp("up"),
        allow_hosts=paper.base.removeprefix("http://"),
        variables={"TOCSIN_CYCLE_SECONDS": "6"},  # a run takes its slot 3 s before its time: at 5 every other one finds it taken
    )
    home.configure(FEEDS.format(base=paper.base), ROUTES.format(base=paper.base))
    with running(home) as up:
        yield up
