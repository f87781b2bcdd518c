"""An operator's file that must be refused, at a place and in words."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from schemas.errors import ConfigError


@contextmanager
def refused(line: int, column: int, *words: str) -> Iterator[None]:
    with pytest.raises(ConfigError) as caught:
        yield
    error = caught.value
    assert (error.line, error.column) == (line, column), str(error)
    for word in words:
        assert word in str(error)
    assert error.fix
