"""Fetching: one module tree that alone speaks HTTP to the outside."""

from connectors.fetch.web import Web

__all__ = ["Web"]
