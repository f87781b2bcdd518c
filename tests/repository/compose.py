"""Reads docker-compose.yml with its anchors merged."""

import re
from typing import Any

from ruamel.yaml import YAML

from tests.repository.files import text

Service = dict[str, Any]


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(text("docker-compose.yml"))
    return loaded


SERVICES: dict[str, Service] = compose()["services"]
OURS = {name: s for name, s in SERVICES.items() if s["image"].startswith("tocsin:")}


def environment(service: Service) -> dict[str, str]:
    return dict(service.get("environment", {}))


def filled(value: str, given: dict[str, str]) -> str:
    """The value as compose would pass it on: ${NAME:?why} from what is given, ${NAME:-default} else its default."""
    return re.sub(r"\$\{(\w+):([?-])([^}]*)\}", lambda m: given.get(m[1], m[3] if m[2] == "-" else f"<no {m[1]}>"), value)
