"""Reads the test sets of Universal Dependencies, and tells how well forms find the tokens of a lemma."""

import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from topics.fold import fold

CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", Path(__file__).parents[2] / "../shared/corpora"))
FOLDER = CORPORA / "ud"
TREEBANKS = {
    "de": "UD_German-PUD/de_pud",
    "en": "UD_English-PUD/en_pud",
    "fr": "UD_French-PUD/fr_pud",
    "es": "UD_Spanish-PUD/es_pud",
    "ru": "UD_Russian-PUD/ru_pud",
    "uk": "UD_Ukrainian-IU/uk_iu",
    "pl": "UD_Polish-PUD/pl_pud",
    "cs": "UD_Czech-PUD/cs_pud",
}
PARTS_OF_SPEECH = {"NOUN", "PROPN", "ADJ"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    recall: float
    precision: float


def path(language: str) -> Path:
    return FOLDER / f"{TREEBANKS[language]}-ud-test.conllu"


def digest(language: str) -> str:
    return hashlib.sha256(path(language).read_bytes()).hexdigest()


def tokens(language: str) -> Counter[tuple[str, str]]:
    """(form, lemma) of the nouns, names and adjectives to how often they stand in the test set.

    Words of letters alone: numerals (4-м) and abbreviations with a full stop are no inflected forms. Lemmas of three letters or more.
    """
    rows = (line.split("\t") for line in path(language).read_text(encoding="utf-8").splitlines())
    words = ((row[1], row[2]) for row in rows if len(row) == 10 and row[3] in PARTS_OF_SPEECH)
    return Counter((form, lemma) for form, lemma in words if len(lemma) >= 3 and lemma.isalpha() and form.isalpha())


def measure(counts: Counter[tuple[str, str]], inflected: Callable[[Collection[str]], dict[str, frozenset[str]]]) -> Figures:
    """Recall: the tokens of a lemma that its forms find. Precision: the found tokens that have the lemma. All folded.

    A lemma that is written in several ways (Market, market) is one term, in its commonest spelling.
    """
    of_form: defaultdict[str, Counter[str]] = defaultdict(Counter)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (form, lemma), count in counts.items():
        of_form[fold(form)][fold(lemma)] += count
        spellings[fold(lemma)][lemma] += count
    terms = {folded: spelling.most_common(1)[0][0] for folded, spelling in spellings.items()}
    forms = inflected(set(terms.values()))
    right = found = 0
    for folded, term in terms.items():
        for form in {fold(form) for form in forms[term]}:
            right += of_form[form][folded]
            found += of_form[form].total()
    return Figures(recall=right / counts.total(), precision=right / found)
