"""Learns from simplemma's dictionaries which endings words take, and where their records stand: topics/inflection/endings and blocks.

The result depends on the dictionaries alone. Run it after an update of simplemma."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "topics/inflection"
sys.path.insert(0, str(ROOT))

from topics.inflection import blocks, dictionary, inverted  # noqa: E402

LONGEST, LONGEST_ADDED = 4, 6  # letters
LEAST_LEMMAS = 10  # that end so: fewer are chance
LEAST_SHARE = 0.15  # of them that take a change: fewer are other kinds of words

Ending: TypeAlias = tuple[bool, str]  # of capitalised words or not, last letters
Change: TypeAlias = tuple[int, str]  # letters taken away, letters added


def main() -> None:
    for language in sys.argv[1:] or sorted(inverted.LANGUAGES):
        opened = dictionary.opened(language)
        learned = learn(words(opened))
        write(FOLDER / f"endings/{language}.txt", lines(learned))
        write(FOLDER / f"blocks/{language}.txt", blocks.lines(language, opened.stream))


def words(opened: dictionary.Dictionary) -> Iterator[tuple[str, str]]:
    """Forms and lemmas of letters alone: what else there is (Trump-owi, more than one word) ends in no way that others follow."""
    pairs = ((form.decode(), lemma.decode()) for form, lemma in opened.records())
    return ((form, lemma) for form, lemma in pairs if form.isalpha() and lemma.isalpha())


def write(path: Path, lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{path.relative_to(ROOT)}: {len(text.encode())} bytes\n")


def learn(pairs: Iterable[tuple[str, str]]) -> dict[Ending, list[Change]]:
    """The changes that enough of the lemmas with an ending take."""
    taken: Counter[tuple[Ending, Change]] = Counter()
    forms: Counter[str] = Counter()
    for form, lemma in pairs:
        forms[lemma] += 1
        change = difference(lemma.casefold(), form.casefold())
        if change != (0, "") and change[0] <= LONGEST and len(change[1]) <= LONGEST_ADDED:
            taken.update((ending, change) for ending in endings(lemma) if len(ending[1]) >= change[0])
    lemmas = Counter(ending for lemma, count in forms.items() if count > 1 for ending in endings(lemma))
    learned: defaultdict[Ending, list[Change]] = defaultdict(list)
    for (ending, change), count in sorted(taken.items()):
        if lemmas[ending] >= LEAST_LEMMAS:
            learned[ending] += [change] if count >= LEAST_SHARE * lemmas[ending] else []
    return learned


def difference(lemma: str, form: str) -> Change:
    shared = next((i for i, (a, b) in enumerate(zip(lemma, form, strict=False)) if a != b), min(len(lemma), len(form)))
    return len(lemma) - shared, form[shared:]


def endings(lemma: str) -> Iterator[Ending]:
    """The last one to four letters, never the whole word."""
    folded = lemma.casefold()
    return ((lemma[0].isupper(), folded[-length:]) for length in range(1, min(LONGEST, len(folded) - 1) + 1))


def lines(learned: dict[Ending, list[Change]]) -> Iterator[str]:
    """An ending that changes as the shorter one in it does is left out: it is found there."""
    for (capital, ending), changes in sorted(learned.items()):
        shorter = next((learned[capital, ending[i:]] for i in range(1, len(ending)) if (capital, ending[i:]) in learned), None)
        if changes != shorter:
            yield f"{'^' if capital else ''}{ending} {' '.join(f'{taken}{added}' for taken, added in changes)}".rstrip()


if __name__ == "__main__":
    main()
