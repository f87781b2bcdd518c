"""Where the configuration is that we ship: in the installed package, or in a checkout."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "config"
_CHECKOUT = Path(__file__).parent.parent / "config"


def shipped() -> Path:
    return _INSTALLED if _INSTALLED.exists() else _CHECKOUT
