"""A rehearsal as rows, for programs, and as tables and a line of blocks, for people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tocsin.cli.context import say, show

if TYPE_CHECKING:
    from pipeline.rehearse import Rehearsed
    from schemas.article import Headline

_BLOCKS = "▁▂▃▄▅▆▇█"
_WIDEST = 60  # days in a line of blocks
_FACTS = ("read", "found", "alerts", "messages", "precision", "recall", "labelled")
_SECTIONS = {
    "language": "by language",
    "day": "by day",
    "wrong": "labelled otherwise",
    "compound": "words with a listed one glued in, five times or more, that no term hits: a star may be missing",
    "gained": "gained",
    "lost": "lost",
}


def summary(rehearsed: "Rehearsed", edited: bool) -> dict[str, Any]:
    """Everything in numbers; None where no label tells."""
    from topics.rehearsal import quality

    found = rehearsed.found
    plain = {
        "about": "summary",
        "read": sum(day.read for day in found.days),
        "found": len(found.matches),
        **_rung(rehearsed.alerts),
        **asdict(quality(found.judged)),
        "labelled": len(found.judged) + len(found.unstored),
        "unstored": len(found.unstored),
    }
    if not edited:
        return plain
    after = {"found": len(found.edited_matches), **_rung(rehearsed.edited_alerts), **asdict(quality(found.judged, edited=True))}
    return plain | {f"{name}_edited": value for name, value in after.items()} | {"gained": len(found.gained), "lost": len(found.lost)}


def _rung(alerts: Sequence[Any]) -> dict[str, int]:
    from pipeline.rehearse import opened

    return {"alerts": sum(opened(alerts).values()), "messages": len(alerts)}


def rows(rehearsed: "Rehearsed", edited: bool) -> Iterator[dict[str, Any]]:
    """Each of a section."""
    from pipeline.rehearse import opened

    found = rehearsed.found
    before, after = ({str(day): count for day, count in opened(alerts).items()} for alerts in (rehearsed.alerts, rehearsed.edited_alerts))
    for language in found.languages:
        yield {"about": "language", "language": language.name, **_counts(language, edited)}
    for day in found.days:
        if day.read:
            rung = {"alerts": before.get(day.name, 0)} | ({"alerts_edited": after.get(day.name, 0)} if edited else {})
            yield {"about": "day", "day": day.name, **_counts(day, edited), **rung}
    said = {judged.label.article_id: "yes" if judged.label.relevant else "no" for judged in found.judged}
    for judged in found.judged:
        if judged.found_edited is not judged.label.relevant:
            label = judged.label
            yield {"about": "wrong", "title": label.title, "url": label.url, "article": label.article_id, "label": said[label.article_id]}
    for compound in found.compounds:
        yield {"about": "compound", **asdict(compound)}
    for name, headlines in (("gained", found.gained), ("lost", found.lost)):
        yield from ({"about": name, **_headline(headline, said)} for headline in headlines)


def _headline(headline: "Headline", said: Mapping[str, str]) -> dict[str, Any]:
    plain = {"title": headline.title, "url": headline.url, "article": headline.article_id}
    return plain | {"label": said.get(headline.article_id)}


def _counts(counted: Any, edited: bool) -> dict[str, int]:
    return {"read": counted.read, "found": counted.found} | ({"found_edited": counted.found_edited} if edited else {})


def draw(rehearsed: "Rehearsed", edited: bool) -> None:
    """For people."""
    told, days = summary(rehearsed, edited), rehearsed.found.days
    lines = sparkline([day.found for day in days]), sparkline([day.found_edited for day in days])
    facts = [(name, _shown(told[name]), _shown(told.get(f"{name}_edited", ""))) for name in _FACTS]
    facts += [("found a day", *lines), *((name, "", _shown(told[name])) for name in ("gained", "lost") if edited)]
    show([{"": name, "now": now, "edited": then} if edited else {"": name, " ": now} for name, now, then in facts], False)
    found = [*rows(rehearsed, edited)]
    for name, heading in _SECTIONS.items():
        if section := [{key: value for key, value in row.items() if key != "about"} for row in found if row["about"] == name]:
            say(f"\n{heading}:")
            show(section, False, table=[key for key in section[0] if key != "article"])
    if gone := told["unstored"]:
        say(f"{gone} labelled {'article is' if gone == 1 else 'articles are'} not stored any more")


def _shown(value: Any) -> str:
    return "no label tells" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


def sparkline(counts: Sequence[int]) -> str:
    """The last days of them, a block a day: none is a space, the most is a whole block."""
    shown = counts[-_WIDEST:]
    most = max(shown, default=0) or 1
    return "".join(_BLOCKS[(count * len(_BLOCKS) - 1) // most] if count else " " for count in shown)
