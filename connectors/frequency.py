"""How frequent words are, from word lists that a process of its own loads: what it takes is given back when that ends."""

import json
import os
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from schemas.errors import Unreachable

Word: TypeAlias = tuple[str, str]  # the word, folded, `*` at an end for any letters; its language

_LIST = "small"  # words of Zipf 3 and more: a tenth of the time and the memory of the whole list
_LAST = "\U0010ffff"  # sorts behind every letter
_PATIENCE = 60  # seconds
_UNREADABLE = ("zh", "ja")  # their lists are read by libraries that we do not have


def frequencies(words: Collection[Word]) -> dict[Word, float]:
    """On the scale of Zipf: 5 is once in ten thousand words, 6 once in a thousand. 0: rare, or in a language without a list.

    A word with a star is all that it stands for, taken together. Raises Unreachable.
    """
    asked = [word for word in words if word[1] not in _UNREADABLE]
    found = dict.fromkeys(words, 0.0)
    if asked:
        found |= zip(asked, _asked(asked), strict=True)
    return found


def main() -> None:
    json.dump(list(_answers(json.load(sys.stdin))), sys.stdout)


def _asked(words: Collection[Word]) -> list[float]:
    path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    command = (sys.executable, "-P", "-W", "ignore", "-m", "connectors.frequency")
    try:
        ended = subprocess.run(
            command,
            input=json.dumps([*words]),
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
        answers: list[float] = json.loads(ended.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise Unreachable("word frequencies", f"the process that reads them failed: {error}", "Try again with more memory free") from error
    return answers


def _answers(words: Iterable[Word]) -> Iterator[float]:
    from wordfreq import freq_to_zipf  # here: whoever only asks does not pay for it

    for word, language in words:
        known = _known(language)
        share = sum(known[one] for one in _matching(word, language)) if "*" in word else known.get(word, 0.0)
        yield round(freq_to_zipf(share), 2) if share else 0.0


@cache
def _known(language: str) -> Mapping[str, float]:
    from wordfreq import get_frequency_dict

    try:
        return get_frequency_dict(language, _LIST)
    except LookupError:
        return {}


def _matching(starred: str, language: str) -> Sequence[str]:
    part = starred.strip("*")
    if starred.endswith("*"):
        return [word for word in _known(language) if part in word] if starred.startswith("*") else _beginning(part, _sorted(language))
    return [word[::-1] for word in _beginning(part[::-1], _sorted(language, backwards=True))]


@cache
def _sorted(language: str, backwards: bool = False) -> Sequence[str]:
    return sorted(word[::-1] if backwards else word for word in _known(language))


def _beginning(part: str, words: Sequence[str]) -> Sequence[str]:
    return words[bisect_left(words, part) : bisect_left(words, part + _LAST)]


if __name__ == "__main__":
    main()
