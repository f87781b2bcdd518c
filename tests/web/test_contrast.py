"""The colours: every text on its ground keeps WCAG 2.2 AA (1.4.3), 4.5 to 1, by day and by night."""

import re
from pathlib import Path

import pytest

import tocsin.web

CSS = (Path(tocsin.web.__file__).parent / "static" / "tocsin.css").read_text(encoding="utf-8")
LIGHT, DARK = (dict(re.findall(r"--([a-z-]+): #([0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL))
PAIRS = [(text, ground) for text in ("text", "quiet", "link", "ring", "news", "rest") for ground in ("ground", "card")] + [
    ("ring", "ring-tint"),
    ("news", "news-tint"),
    ("rest", "rest-tint"),
    ("found-text", "found"),
]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_a_text_can_be_read_on_its_ground(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


def test_both_schemes_name_the_same_colours_and_no_rule_names_another() -> None:
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)

    assert LIGHT.keys() == DARK.keys()
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl|url\(|@import", rules) == []
    assert set(re.findall(r"var\(--([a-z-]+)\)", rules)) == LIGHT.keys()
