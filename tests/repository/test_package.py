"""What is shipped: the wheel carries what the commands need, and the image is made from the locks and runs as nobody."""

import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

import tocsin
from tests.repository.compose import SERVICES
from tests.repository.files import ROOT, names, text

DOCKERFILE = text("ops/Dockerfile")
PACKAGES = tomllib.loads(text("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in a wheel of this tree."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=True)
    return zipfile.ZipFile(next(folder.glob("*.whl"))).namelist()


def test_the_wheel_carries_every_module(wheel: list[str]) -> None:
    modules = {n for n in names() if n.endswith(".py") and n.split("/")[0] in PACKAGES}

    assert modules - set(wheel) == set()


def test_the_wheel_carries_schemas_jar_list_and_configuration(wheel: list[str]) -> None:
    assert {n for n in names() if n.startswith("schemas/json/")} - set(wheel) == set()
    assert "connectors/node/lock/jgo.lock.toml" in wheel
    assert {f"tocsin/{n}" for n in names() if n.startswith("config/") and n.endswith(".yaml")} - set(wheel) == set()


def test_the_wheel_brings_no_tests(wheel: list[str]) -> None:
    assert [n for n in wheel if n.startswith(("tests/", "benchmarks/", "docs/"))] == []


def test_the_image_is_made_from_the_locks() -> None:
    installs = re.findall(r"pip install (.*?)(?: \\)?$", DOCKERFILE, re.MULTILINE)

    assert [line for line in installs if "--require-hashes" not in line and "--no-index" not in line] == []
    assert {"requirements.lock", "requirements-build.lock"} <= set(re.findall(r"-r (\S+)", DOCKERFILE))


def test_the_image_starts_from_one_full_version_of_python() -> None:
    (base,) = set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))

    assert re.fullmatch(r"python:3\.11\.\d+-slim-\w+", base)


def test_the_image_runs_as_nobody_and_says_how_it_is() -> None:
    last = DOCKERFILE.split("\nFROM ")[-1]

    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert {s["user"] for s in SERVICES.values() if s["image"].startswith("tocsin:")} == {"10001:10001"}
    assert "\nSTOPSIGNAL SIGTERM\n" in last and "\nHEALTHCHECK " in last and "org.opencontainers.image.licenses" in last


def test_the_image_copies_what_exists_and_all_packages() -> None:
    copied = [name for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]]
    ignored = text("ops/Dockerfile.dockerignore")

    assert set(PACKAGES) <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert [name for name in copied if f"\n!{name}\n" not in ignored] == []


def test_the_version_is_one() -> None:
    assert f'image.version="{tocsin.__version__}"' in DOCKERFILE
    assert {s["image"] for s in SERVICES.values() if s["image"].startswith("tocsin:")} == {f"tocsin:{tocsin.__version__}"}
    assert f"[{tocsin.__version__}]" in text("CHANGELOG.md") or "[Unreleased]" in text("CHANGELOG.md")


def test_the_service_of_systemd_may_write_only_its_own_state() -> None:
    unit = text("ops/systemd/tocsin.service")

    for line in ("DynamicUser=yes", "ProtectSystem=strict", "StateDirectory=tocsin", "NoNewPrivileges=yes", "KillMode=mixed"):
        assert f"\n{line}\n" in unit
