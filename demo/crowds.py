"""A crowd of articles for measurements: variants of the shipped ones, as long and in the same languages, no two alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice
from random import Random

from demo.article import Article, Block, Shape
from demo.news_site import Site
from demo.papers import Feed

_ROUNDS = 8  # variants of one article in one feed: at most 56 entries
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "ne", "pi", "ra", "se", "ti", "vo", "wu", "ze")


def crowd(site: Site, n: int, seed: int = 0) -> Site:
    """A site that starts now, with `n` more articles, out at once, in feeds of their own: `crowd-de-0`, `crowd-de-1`, `crowd-en-0` ..."""
    rng, texts = Random(seed), site.articles
    variants = [_variant(article, number, number // len(texts) // _ROUNDS, rng) for number, article in enumerate(islice(cycle(texts), n))]
    return Site([*texts, *variants], site.clock, site.speed, site.moved, [*site.feeds, *_feeds(variants)])


def _feeds(variants: Sequence[Article]) -> list[Feed]:
    languages = {v.feed: v.language for v in variants}
    return [Feed(feed_id=feed_id, paper=feed_id, language=language) for feed_id, language in sorted(languages.items())]


def _variant(article: Article, number: int, volume: int, rng: Random) -> Article:
    """Its paragraphs in another order, each with a word of its own at the end."""
    paragraphs = [Block(text=f"{block.text} {_word(rng)}.") for block in article.body if not block.heading]
    rng.shuffle(paragraphs)
    return replace(
        article,
        slug=f"{article.slug}-{number}",
        title=f"{article.title} ({_word(rng)})",
        feed=f"crowd-{article.language}-{volume}",
        papers=(),
        release=timedelta(0),
        shape=Shape.NORMAL,
        body=tuple(paragraphs),
    )


def _word(rng: Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=6)).capitalize()
