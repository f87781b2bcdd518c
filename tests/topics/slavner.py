"""Reads the texts and the named entities of the Slavic corpus (BSNLP 2021), and tells how many documents of an entity its forms find."""

import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from topics.fold import fold

CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", Path(__file__).parents[2] / "../shared/corpora"))
FOLDER = CORPORA / "slavner-train"
LEAST_DOCUMENTS = 5
_WORD = re.compile(r"[^\W_]+")
_TERM_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """text: its folded words, each between spaces, so that a phrase is a part of it."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """documents: those of its topic and language. gold: the ids of those that it is annotated in.

    surfaces: of each base form, folded. Base forms that differ in case alone are one, in its commonest spelling.
    """

    documents: dict[str, Document]
    gold: frozenset[str]
    surfaces: dict[str, frozenset[str]]
    commonest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Recall:
    """Shares of the documents of all entities. The oracle knows every annotated surface form."""

    commonest: float
    commonest_oracle: float
    all_bases: float
    all_bases_oracle: float


def digest(language: str) -> str:
    files = sorted(FOLDER.glob(f"*/*/{language}/*"), key=lambda file: file.relative_to(FOLDER).as_posix())
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()


def words(base: str) -> list[str]:
    """The words of a term, as the caller of the forms splits it."""
    return _TERM_WORD.findall(base.replace("\u2019", "'"))


@cache
def entities(language: str) -> list[Entity]:
    """The cross-language ids that at least LEAST_DOCUMENTS documents of a topic have in this language."""
    return [entity for folder in sorted(FOLDER.glob(f"*/raw/{language}")) for entity in _entities(folder.parents[1], language)]


def measure(language: str, inflected: Callable[[Collection[str]], dict[str, frozenset[str]]]) -> Recall:
    found = entities(language)
    forms = inflected({word for entity in found for base in entity.surfaces for word in words(base)})
    parts = {word: frozenset(fold(form) for form in forms[word]) for word in forms}
    counts: Counter[str] = Counter()
    for entity in found:
        ours = {base: _ours(entity, [parts[word] for word in words(base)]) for base in entity.surfaces}
        oracle = {base: _oracle(entity, surfaces) for base, surfaces in entity.surfaces.items()}
        counts["all"] += len(entity.gold)
        counts["commonest"] += len(ours[entity.commonest])
        counts["commonest_oracle"] += len(oracle[entity.commonest])
        counts["all_bases"] += len(set[str]().union(*ours.values()))
        counts["all_bases_oracle"] += len(set[str]().union(*oracle.values()))
    return Recall(**{name: counts[name] / counts["all"] for name in Recall.__slots__})


def _oracle(entity: Entity, surfaces: Collection[str]) -> set[str]:
    return {name for name in entity.gold if any(f" {surface} " in entity.documents[name].text for surface in surfaces)}


def _ours(entity: Entity, phrase: list[frozenset[str]]) -> set[str]:
    """The documents that have the words of the phrase one after another, each in any of its forms."""
    firsts = [{form.partition("'")[0] for form in forms} for forms in phrase]
    pattern = re.compile(" " + " ".join(f"(?:{'|'.join(map(re.escape, sorted(_spaced(forms))))})" for forms in phrase) + " ")
    near = {name for name in entity.gold if not any(entity.documents[name].words.isdisjoint(first) for first in firsts)}
    return {name for name in near if pattern.search(entity.documents[name].text)}


def _spaced(forms: Iterable[str]) -> set[str]:
    """An apostrophe ends a word, but between Cyrillic letters; here it does everywhere, in forms as in texts."""
    return {" ".join(_WORD.findall(form)) for form in forms}


def _entities(topic: Path, language: str) -> Iterator[Entity]:
    documents = {lines[0].strip(): _document("\n".join(lines[4:])) for lines in _files(topic / "raw" / language)}
    gold: defaultdict[str, set[str]] = defaultdict(set)
    surfaces: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    spellings: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for lines in _files(topic / "annotated" / language):
        rows = (map(str.strip, line.split("\t")) for line in lines[1:] if line.count("\t") == 3)
        for surface, base, _, name in rows:
            if words(base):
                gold[name].add(lines[0].strip())
                surfaces[name][_folded(base)] |= {_folded(surface), _folded(base)}
                spellings[name][_folded(base)][base] += 1
    for name in sorted(name for name in gold if len(gold[name]) >= LEAST_DOCUMENTS):
        written = {folded: counts.most_common(1)[0][0] for folded, counts in spellings[name].items()}
        commonest = max(spellings[name], key=lambda folded: spellings[name][folded].total())
        bases = {written[folded]: frozenset(forms) for folded, forms in surfaces[name].items()}
        yield Entity(documents=documents, gold=frozenset(gold[name]), surfaces=bases, commonest=written[commonest])


def _document(text: str) -> Document:
    folded = _folded(text)
    return Document(text=f" {folded} ", words=frozenset(folded.split()))


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _files(folder: Path) -> Iterator[list[str]]:
    return (file.read_text(encoding="utf-8-sig").split("\n") for file in sorted(folder.iterdir()))
