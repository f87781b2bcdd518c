"""Log lines of what runs for long: names and values, as JSON where nobody sits before a terminal."""

import sys
from typing import Any

import structlog

from schemas.errors import SettingsError

_MODES = ("auto", "json", "text")


def configure(mode: str) -> None:
    """Raises SettingsError."""
    if mode not in _MODES:
        raise SettingsError("TOCSIN_LOG", f"{mode!r} is unknown", f"It is one of: {', '.join(_MODES)}")
    plain = mode == "text" or (mode == "auto" and sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer() if plain else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def line(event: str, **values: Any) -> None:
    structlog.get_logger().info(event, **values)
