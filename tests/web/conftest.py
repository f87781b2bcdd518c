"""One page over a filled database, for all tests that only look."""

from collections.abc import Iterator

import pytest

from tests.web.filled import filled
from tests.web.served import Client, served


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("web")
    with served(folder, filled(folder)) as client:
        yield client
