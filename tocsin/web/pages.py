"""Facts to HTML: the templates, with every value escaped and free of control and bidi characters."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from alerts.render import one_line
from tocsin import __version__
from tocsin.web.words import ago, linkable, moment

_LONGEST = 2000  # characters of one value
_NAV = (("/", "Alerts"), ("/feeds", "Feeds"), ("/held", "Held back"), ("/status", "Status"))


def html(name: str, path: str, page: Any, status: int = 200) -> HTMLResponse:
    """path: the page's own, marked in the navigation."""
    template = _templates().get_template(f"{name}.html")
    return HTMLResponse(template.render(page=page, path=path, name=name, nav=_NAV, version=__version__), status)


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"moment": moment, "ago": ago}
    found.tests["linkable"] = linkable
    return found


def _shown(value: Any) -> Any:
    """Plain text is cleaned, then escaped; what the templates themselves have made passes. An instant without a filter is ISO 8601."""
    if type(value) is str:
        return one_line(value, _LONGEST)
    return value.isoformat() if isinstance(value, datetime) else value
