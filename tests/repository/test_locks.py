"""The locks hold every dependency, pinned with hashes, and agree with one another."""

import tomllib
from importlib.metadata import distributions

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

from tests.repository.files import text
from tests.repository.locks import Pin, pins, plain

PROJECT = tomllib.loads(text("pyproject.toml"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")


def here(lock: str) -> dict[str, Pin]:
    """The pins that count for this Python."""
    return {p.name: p for p in pins(lock) if not p.marker or Marker(p.marker).evaluate()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    assert pins(lock)

    assert [p.name for p in pins(lock) if not p.hashes] == []


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["dependencies"] + EXTRAS["postgres"]),
        ("requirements-dev.lock", PROJECT["dependencies"] + EXTRAS["postgres"] + EXTRAS["dev"]),
        ("requirements-build.lock", ["uv", "hatchling"]),
    ],
)
def test_a_lock_covers_what_is_asked_for(lock: str, wanted: list[str]) -> None:
    locked = here(lock)

    for requirement in map(Requirement, wanted):
        if requirement.name == PROJECT["name"]:
            continue
        pin = locked.get(plain(requirement.name))
        assert pin, f"{requirement.name} is not in {lock}: run make lock"
        assert requirement.specifier.contains(pin.version), f"{lock} has {pin.name} {pin.version}, pyproject.toml asks for {requirement}"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock"])
def test_tests_run_with_the_versions_that_are_shipped(lock: str) -> None:
    developed = {(p.name, p.version, p.marker) for p in pins("requirements-dev.lock")}
    shipped = {(p.name, p.version, p.marker) for p in pins(lock) if p.name != "uv"}

    assert shipped - developed == set()


def test_what_is_installed_is_what_is_locked() -> None:
    locked = here("requirements-dev.lock")
    ours = {"tocsin", "pip", "uv", "setuptools", "wheel"}  # and what Python itself puts into a venv

    installed = {plain(d.metadata["Name"]): d.version for d in distributions()}

    assert {n: v for n, v in installed.items() if n not in ours and (n not in locked or locked[n].version != v)} == {}


def test_the_prefect_caps_stand() -> None:
    """docs/decisions/002-prefect-caps.md: without them the server dies at its start, or never creates a scheduled run."""
    asked = {plain(r.name): r for r in map(Requirement, PROJECT["dependencies"])}

    assert not asked["fastapi"].specifier.contains("0.165.0")
    assert not asked["sqlalchemy"].specifier.contains("2.1.9")


def test_each_dependency_has_its_reason() -> None:
    reasons = text("docs/decisions/001-dependencies.md")
    asked = {plain(Requirement(r).name) for r in PROJECT["dependencies"] + EXTRAS["postgres"] + EXTRAS["dev"]} - {"tocsin"}

    assert {name for name in asked if f"| {name} |" not in reasons} == set()
