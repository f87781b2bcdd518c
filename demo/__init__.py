"""The local news site: seven invented papers with texts of our own, so that the whole path runs without the internet."""

from demo.crowds import crowd

__all__ = ["crowd"]
