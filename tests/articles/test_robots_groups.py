"""What is kept of a robots.txt says the same of us as the whole."""

import pytest

from articles import robots, robots_groups

PAGE = "https://paper.test/news/1"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("# hello\n\nUser-agent: *\nDisallow: /a # so\n", "User-agent: *\nDisallow: /a"),
        ("User-agent: other\nDisallow: /\n\nUser-agent: Tocsin\nAllow: /\n", "User-agent: Tocsin\nAllow: /"),
        ("User-agent: other\nUser-agent: *\nDisallow: /\n", "User-agent: other\nUser-agent: *\nDisallow: /"),
        ("Sitemap: https://paper.test/map\nUser-agent: *\nDisallow: /\n", "User-agent: *\nDisallow: /"),
        ("User-agent: tocsinet\nDisallow: /\n", ""),
        ("User-agent: toc*\nDisallow: /\n", "User-agent: toc*\nDisallow: /"),
    ],
)
def test_only_groups_that_can_speak_to_us_are_kept(text: str, kept: str) -> None:
    assert robots_groups.ours(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: tocsin\nwelcome\nUser-agent: other\nDisallow: /\n",
        "User-agent: tocsin\nSitemap: /map\nUser-agent: other\nDisallow: /\n",
        "User-agent: other\nDisallow /\nUser-agent *\nDisallow /news\n",
        "User agent: other\nDisallow: /sport\nuseragent: *\nDisallow: /news\n",
        "User-agent: other\nDisallow:\nUser-agent: *\nDisallow: /news\n",
        "User-agent: *\nDisallow: /news\n\nUser-agent: other\nDisallow: /\n\nUser-agent: tocsin\nCrawl-delay: 9\n",
        "User-agent: *\r\nDisallow: /\r\nUser-agent: tocsin\r\nDisallow: /sport\r\n",
    ],
)
def test_what_is_kept_says_the_same_of_us(text: str) -> None:
    kept = robots_groups.ours(text)

    assert (robots.allows(kept, PAGE), robots.rules(kept)) == (robots.allows(text, PAGE), robots.rules(text))


def test_a_hundred_kibibytes_at_most_are_kept_in_whole_lines() -> None:
    kept = robots_groups.ours("User-agent: *\n" + "Disallow: /archive\n" * 20_000)

    assert 100_000 < len(kept) <= 100 * 1024
    assert set(kept.splitlines()) == {"User-agent: *", "Disallow: /archive"}
