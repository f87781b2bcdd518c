"""Prints the size figures of the house style, and fails past its limits (see CONTRIBUTING.md).

Reads what git tracks or would track; without git, every file below the repository."""

import ast
import re
import statistics
import subprocess
import sys
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASIDE = ("tests", "benchmarks", "docs")  # Python that is not the product's
MEDIAN_LINES, FILE_LINES, TYPICAL_FUNCTION_LINES, FUNCTION_LINES, BROAD_EXCEPTS = 120, 400, 30, 60, 5
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base"}
# a folder such as flows/ can be put on sys.path by Prefect: a module named like these would hide the real one
TAKEN_NAMES = sys.stdlib_module_names | {
    "aiohttp",
    "alembic",
    "apprise",
    "kafka",
    "orjson",
    "prefect",
    "pydantic",
    "sqlalchemy",
    "structlog",
    "trafilatura",
}
LEFTOVERS = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b|raise NotImplemented" + "Error")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One Python file. functions: (lines, where) of each."""

    path: str
    lines: int
    comments: int
    functions: tuple[tuple[int, str], ...]
    broad_excepts: tuple[str, ...]
    leftovers: tuple[str, ...]


def main() -> int:
    sources = [read(path) for path in python_files()]
    code = [s for s in sources if not s.path.startswith(tuple(f"{folder}/" for folder in ASIDE))]
    tests = [s for s in sources if s.path.startswith("tests/")]
    if not code:
        sys.stderr.write("no Python files found\n")
        return 1
    sys.stdout.write("\n".join(figures(code, tests)) + "\n")
    faults = [*size_faults(code), *name_faults(code), *(f"leftover: {where}" for s in sources for where in s.leftovers)]
    sys.stdout.write("".join(f"  past the limits: {fault}\n" for fault in faults))
    return bool(faults)


def python_files() -> Iterator[str]:
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.py"]
    try:
        names: Iterable[str] = subprocess.run(git, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        names = (str(p.relative_to(ROOT)) for p in ROOT.rglob("*.py"))
    return (n for n in sorted(set(names)) if n and not n.startswith((".venv/", ".tocsin/")) and (ROOT / n).is_file())


def read(path: str) -> Source:
    text = (ROOT / path).read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text, path)))
    with tokenize.open(ROOT / path) as file:
        comments = {t.start[0] for t in tokenize.generate_tokens(file.readline) if t.type == tokenize.COMMENT}
    return Source(
        path=path,
        lines=text.count("\n"),
        comments=len(comments),
        functions=tuple(
            ((n.end_lineno or n.lineno) - n.lineno + 1, f"{path}:{n.lineno} {n.name}")
            for n in nodes
            if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
        ),
        broad_excepts=tuple(f"{path}:{n.lineno}" for n in nodes if isinstance(n, ast.ExceptHandler) and is_broad(n)),
        leftovers=tuple(f"{path}:{i} {line.strip()}" for i, line in enumerate(text.split("\n"), 1) if LEFTOVERS.search(line)),
    )


def is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException"))


def figures(code: list[Source], tests: list[Source]) -> Iterator[str]:
    lines, test_lines = sum(s.lines for s in code), sum(s.lines for s in tests)
    longest = max(code, key=lambda s: s.lines)
    functions = sorted(f for s in code for f in s.functions) or [(0, "")]
    broad = [where for s in code for where in s.broad_excepts]
    yield "house figures (limits in brackets)"
    yield (
        f"  files          {len(code)}, {lines} lines; median {median(code):.0f} [{MEDIAN_LINES}], "
        f"longest {longest.lines} [{FILE_LINES}] {longest.path}"
    )
    yield (
        f"  functions      {len(functions)}; nine in ten up to {typical(functions)} lines [{TYPICAL_FUNCTION_LINES}], "
        f"longest {functions[-1][0]} [{FUNCTION_LINES}] {functions[-1][1]}"
    )
    yield f"  comments       {100 * sum(s.comments for s in code) / max(lines, 1):.1f} % of lines (2 to 6 wanted)"
    yield f"  tests          {len(tests)} files, {test_lines} lines; tests : code {test_lines / max(lines, 1):.2f} (1.2 wanted)"
    yield f"  broad excepts  {len(broad)} [{BROAD_EXCEPTS}] {', '.join(broad)}".rstrip()


def size_faults(code: list[Source]) -> Iterator[str]:
    functions = sorted(f for s in code for f in s.functions) or [(0, "")]
    if median(code) > MEDIAN_LINES:
        yield f"the median file has {median(code):.0f} lines"
    if typical(functions) > TYPICAL_FUNCTION_LINES:
        yield f"one function in ten has more than {typical(functions)} lines"
    yield from (f"{s.path} has {s.lines} lines: split it" for s in code if s.lines > FILE_LINES)
    yield from (f"{where} has {n} lines: split it" for n, where in functions if n > FUNCTION_LINES)
    broad = sum(len(s.broad_excepts) for s in code)
    if broad > BROAD_EXCEPTS:
        yield f"{broad} broad excepts: catch what can be named"


def name_faults(code: list[Source]) -> Iterator[str]:
    for source in code:
        folders = source.path.removesuffix(".py").split("/")
        if bad := FORBIDDEN_NAMES.intersection(folders):
            yield f"{source.path}: '{bad.pop()}' says nothing about what is in it"
        if len(folders) > 1 and folders[-1] in TAKEN_NAMES:
            yield f"{source.path}: the name hides the module '{folders[-1]}'"


def median(code: list[Source]) -> float:
    return statistics.median(s.lines for s in code)


def typical(functions: list[tuple[int, str]]) -> int:
    return functions[max(int(len(functions) * 0.9) - 1, 0)][0]


if __name__ == "__main__":
    sys.exit(main())
