"""Fetching: one module tree that alone speaks HTTP to the outside."""

from connectors.fetch.web import Web, configured, proxy_notice

__all__ = ["Web", "configured", "proxy_notice"]
