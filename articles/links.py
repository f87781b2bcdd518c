"""Which links may leave a feed or a page: http and https, whole, without what a parser could read in two ways."""

import re
from urllib.parse import urljoin, urlsplit

from articles import text

_BREAK = re.compile(r"\s*[\t\n\r]\s*")  # of a link that its page wraps and indents


def link(found: str, base: str) -> str | None:
    """The absolute form of a link as it stands on `base`; None where nobody should follow it."""
    try:
        url = urljoin(base, _BREAK.sub("", found.strip()).replace(" ", "%20"))
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.username is None and parts.port != 0
    except ValueError:  # a bad port, half an IPv6 address
        return None
    return url if usable and "\\" not in url and len(url) <= text.URL and url == text.clean(url) else None


def same_site(url: str, other: str) -> bool:
    """Do both have one registrable domain, or one host where there is none?"""
    return _site(url) == _site(other)


def front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _site(url: str) -> str | None:
    from courlan import extract_domain  # here: 80 ms that only pages need

    return extract_domain(url, fast=True) or urlsplit(url).hostname
