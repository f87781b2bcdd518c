"""The commands that the documents name are there, and set-up says what it needs."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.repository.files import ROOT, names, text

TARGETS = set(re.findall(r"^([a-z]+):.* ## ", text("Makefile"), re.MULTILINE))


def test_make_alone_lists_what_can_be_made() -> None:
    shown = subprocess.run(["make", "-C", str(ROOT), "--no-print-directory"], capture_output=True, text=True, check=True).stdout

    assert {"demo", "up", "test", "check", "bench", "lock"} <= TARGETS
    assert re.findall(r"^  make (\S+)", shown, re.MULTILINE) == [t for t in re.findall(r"^([a-z]+):.* ## ", text("Makefile"), re.MULTILINE)]


@pytest.mark.parametrize("document", [n for n in names() if n.endswith(".md") and not n.startswith("demo/")])
def test_a_document_names_only_targets_that_exist(document: str) -> None:
    named = set(re.findall(r"(?:^|`)\s*make ([a-z]+)\b", text(document), re.MULTILINE))

    assert named <= TARGETS


@pytest.mark.parametrize("document", [n for n in names() if n.endswith(".md") and not n.startswith("demo/")])
def test_a_document_links_only_files_that_exist(document: str) -> None:
    linked = {link.split("#")[0] for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text(document))} - {""}

    assert {link for link in linked if not (ROOT / document).parent.joinpath(link).exists()} == set()


def test_an_old_python_is_refused_in_plain_words(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    shown = subprocess.run([str(ROOT / "ops" / "venv.sh"), str(old)], capture_output=True, text=True, check=False)

    assert shown.returncode == 2
    assert "needs Python 3.11 or newer" in shown.stderr and "make PYTHON=" in shown.stderr


def test_ci_runs_the_tests_that_everybody_runs() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "\nmake test </dev/null\n" in text(".ci/run")
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)
