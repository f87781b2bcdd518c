"""A home in which a day has passed: two articles came, one of them rang on two channels, and a third was held back."""

from pathlib import Path

from tests.town import BODY, FEED, NEWS, SPORT, Town, answer, page

COPY = ("Nato und Moskau: neue Spannungen (Kopie)", "http://zeitung.test/3", "Der gleiche Text unter einer anderen Adresse")


def fill(home: Path) -> Town:
    town = Town(folder=home)
    town.prints()
    town.run()
    town.later(minutes=20)
    town.prints(NEWS, SPORT)
    town.run()
    town.later(minutes=20)
    town.site.pages[COPY[1]] = answer(COPY[1], page(NEWS[0], BODY))
    town.prints(NEWS, SPORT, COPY)
    town.run()
    for path, text in town.texts.items():
        target = home / "config" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    assert town.site.pages[FEED].ok
    return town
