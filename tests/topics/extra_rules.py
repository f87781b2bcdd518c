"""The rules of the EXTRA corpus, where it is at hand."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", Path(__file__).parents[2] / "../shared/corpora"))
FOLDER = CORPORA / "extra-rules" / "rules"
LANGUAGES = {"english": "en", "german": "de"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    number: int
    name: str
    query: str
    language: str

    @property
    def topic_id(self) -> str:
        return f"extra-{self.language}-{self.number}"


def rules() -> Sequence[Rule]:
    found = []
    for name, language in LANGUAGES.items():
        lines = (FOLDER / f"IPTC-Media-Topics-{name}.txt").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            rule = json.loads(line)
            found.append(Rule(number=number, name=rule["name"], query=rule["query"], language=language))
    return found
