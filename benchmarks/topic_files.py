"""A thousand topic files in nine languages, loaded in a process of its own: with no forms kept, with all kept, and after an edit of one."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pymorphy3 import MorphAnalyzer
from wordfreq import top_n_list

from benchmarks.figures import Figure
from benchmarks.ground import Home
from pipeline.forms import Forms
from pipeline.track import tracking
from topics.catalog import Catalog
from topics.inflection import lexemes
from topics.inflection.dictionary import opened

T = TypeVar("T")

BENCH = "a thousand topic files"
LANGUAGES = ("de", "en", "fr", "es", "it", "pl", "cs", "ru", "uk")
FILES = 1_000
TERMS = {"a": 6, "b": 6, "c": 2}
PHRASES = 0.3  # of the terms are two words
_SEED = 11
_FREQUENT = 10_000  # words of a language, of which its base forms are taken
_LEAST = 4  # letters
_NEW = '"en: windmill"'  # a term that no file has before its edit


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """cpu, wall: seconds. memory: resident megabytes at its end, peak: the most until then."""

    cpu: float
    wall: float
    memory: float
    peak: float


def figures(home: Home) -> list[Figure]:
    write(home.folder / "topics")
    cold, warm = _measured(home), _measured(home)
    note = f"{len(LANGUAGES)} languages, {sum(TERMS.values())} terms, a hit and a miss each"
    return [
        _seconds("cold load", cold["load"], note),
        _seconds("load, its forms kept", warm["load"], f"{warm['load'].peak:.0f} MB at most"),
        _seconds("  the matcher built", warm["build"]),
        _seconds("one edited file loaded", warm["edit"], "with a word that no dictionary was asked for"),
        _seconds("  the matcher built anew", warm["rebuild"]),
        Figure(
            bench=BENCH,
            what="memory, topics and matcher, forms kept",
            value=warm["build"].memory,
            unit="MB",
            note="resident, all of the process",
        ),
        Figure(bench=BENCH, what="  after a reload", value=warm["rebuild"].memory, unit="MB", note=f"{warm['rebuild'].peak:.0f} at most"),
        Figure(bench=BENCH, what="  after a cold load", value=cold["build"].memory, unit="MB", note=f"{cold['build'].peak:.0f} at most"),
    ]


def write(folder: Path) -> None:
    """The same files each time."""
    folder.mkdir(parents=True)
    chosen = random.Random(_SEED)
    words = {language: _base_forms(language) for language in LANGUAGES}
    for number in range(FILES):
        (folder / f"t{number:04}.yaml").write_text(topic_file(number, words, chosen), encoding="utf-8")


def topic_file(number: int, words: dict[str, list[str]], chosen: random.Random) -> str:
    """Its terms are of all languages, its hit names a term of each concept, its miss none."""
    terms = {name: [_term(words, chosen) for _ in range(count)] for name, count in TERMS.items()}
    lists = [
        f"      {name}: [{', '.join(json.dumps(f'{language}: {text}', ensure_ascii=False) for language, text in each)}]"
        for name, each in terms.items()
    ]
    hit = f"{terms['a'][0][1]} 1, {terms['b'][0][1]} 2"
    return f"""topics:
  t{number:04}:
    title: Topic {number}
    concepts:
{chr(10).join(lists)}
    match: a and b and not c
    score: {{title: 3, lead: 2, body: 1, threshold: 2}}
    tests:
      hits: [{json.dumps(hit, ensure_ascii=False)}]
      misses: ["1, 2, 3"]
"""


def _term(words: dict[str, list[str]], chosen: random.Random) -> tuple[str, str]:
    language = chosen.choice(LANGUAGES)
    return language, " ".join(chosen.sample(words[language], 2 if chosen.random() < PHRASES else 1))


def _base_forms(language: str) -> list[str]:
    """Of the frequent words those that are lemmas."""
    some = [word for word in top_n_list(language, _FREQUENT) if word.isalpha() and len(word) >= _LEAST]
    if language in lexemes.LANGUAGES:
        analyzer = MorphAnalyzer(lang=language)
        return [word for word in some if analyzer.parse(word)[0].normal_form == word]
    lemmas = opened(language).search(some).forms
    return [word for word in some if word in lemmas]


def _measured(home: Home) -> dict[str, Step]:
    command = [sys.executable, "-m", "benchmarks.topic_files", str(home.folder)]
    told = subprocess.run(command, env=dict(home.variables), capture_output=True, text=True, check=True).stdout
    return {name: Step(**step) for name, step in json.loads(told).items()}


def _seconds(what: str, step: Step, note: str = "") -> Figure:
    return Figure(bench=BENCH, what=what, value=step.cpu, unit="s CPU", note="; ".join(filter(None, (f"{step.wall:.2f} s in all", note))))


def _steps(folder: Path) -> Iterator[tuple[str, Step]]:
    catalog = Catalog(LANGUAGES, Forms(folder / "forms"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "topics").iterdir())}
    topics, step = _spent(lambda: catalog.load(texts))
    yield "load", step
    held, step = _spent(lambda: tracking(topics))
    yield "build", step
    texts |= {name: _edited(text) for name, text in islice(texts.items(), FILES // 2, FILES // 2 + 1)}
    topics, step = _spent(lambda: catalog.load(texts))
    yield "edit", step
    held, step = _spent(lambda: tracking(topics))
    yield "rebuild", step
    del held


def _edited(text: str) -> str:
    return text.replace("a: [", f"a: [{_NEW}, ")


def _spent(work: Callable[[], T]) -> tuple[T, Step]:
    cpu, wall = time.process_time(), time.perf_counter()
    done = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return done, Step(cpu=cpu, wall=wall, memory=_megabytes("VmRSS"), peak=_megabytes("VmHWM"))


def _megabytes(name: str) -> float:
    """Of this process, as the kernel tells."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def main() -> None:
    sys.stdout.write(json.dumps({name: asdict(step) for name, step in _steps(Path(sys.argv[1]))}))


if __name__ == "__main__":
    main()
