"""A paper's page as HTML, in the article's shape, with the margins that real pages have around the text."""

import json
from collections.abc import Sequence
from html import escape

from demo.article import Block, Shape
from demo.labels import LABELS
from demo.printed import Printed


def page(printed: Printed, related: Sequence[Printed], base: str) -> str:
    """related: what its margin points to."""
    article, labels = printed.article, LABELS[printed.article.language]
    if article.shape is Shape.CONSENT:
        heading, text, button = labels.consent
        return _html(printed, "", f"<main><h1>{heading}</h1><p>{text}</p><button>{button}</button></main>")
    boxes = "".join(f'<li><a href="{base}{other.path}">{escape(other.article.title)}</a></li>' for other in related)
    body = (
        f'<header class="site"><a href="{base}/">{escape(printed.paper)}</a>\n<nav><ul>{_each(labels.nav, "li")}</ul></nav></header>\n'
        f"<main>\n<article>\n{_head(printed)}\n{_text(printed)}\n</article>\n"
        f'<aside class="related"><h3>{labels.related}</h3><ul>{boxes}</ul></aside>\n</main>\n'
        f'<footer><p>© {escape(printed.paper)}</p><p><a href="{base}/">{labels.imprint}</a></p></footer>'
    )
    return _html(printed, "" if article.shape is Shape.STAND else _metadata(printed, base), body)


def _html(printed: Printed, metadata: str, body: str) -> str:
    article = printed.article
    charset = "windows-1251" if article.shape is Shape.CP1251 else "utf-8"
    return (
        f'<!DOCTYPE html>\n<html lang="{article.language}">\n<head>\n<meta charset="{charset}">\n'
        f"<title>{escape(article.title)} | {escape(printed.paper)}</title>\n{metadata}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _head(printed: Printed) -> str:
    article = printed.article
    date = "" if article.shape is Shape.UNDATED else f'<p class="date">{printed.local_dt.strftime(LABELS[article.language].dated)}</p>'
    return (
        f'<header><p class="kicker">{escape(article.kicker)}</p>\n<h1>{escape(article.title)}</h1>\n'
        f'<p class="author">{escape(article.author)}</p>\n{date}</header>\n<p class="lead"><strong>{escape(article.lead)}</strong></p>'
    )


def _text(printed: Printed) -> str:
    article = printed.article
    if article.shape is not Shape.PAYWALL:
        return "\n".join(_block(block) for block in article.body)
    offer = LABELS[article.language].paywall
    return f'{_block(article.body[0])}\n<div class="paywall"><p>{offer}</p></div>'


def _block(block: Block) -> str:
    return f"<h2>{escape(block.text)}</h2>" if block.heading else f"<p>{escape(block.text)}</p>"


def _metadata(printed: Printed, base: str) -> str:
    """JSON-LD and OpenGraph, as papers write them."""
    article, url = printed.article, base + printed.path
    dates = {} if article.shape is Shape.UNDATED else {"datePublished": printed.local_dt.isoformat()}
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead,
        **dates,
        "author": [{"@type": "Organization" if article.papers else "Person", "name": article.author}],
        "publisher": {"@type": "Organization", "name": printed.paper},
        "articleSection": article.section,
        "keywords": list(article.tags),
        "inLanguage": article.language,
        "isAccessibleForFree": article.shape is not Shape.PAYWALL,
        "mainEntityOfPage": url,
    }
    graph = {"og:type": "article", "og:title": article.title, "og:description": article.lead, "og:url": url, "og:site_name": printed.paper}
    if dates:
        graph["article:published_time"] = dates["datePublished"]
    tags = "".join(f'<meta property="{name}" content="{escape(text)}">\n' for name, text in graph.items())
    # a closing tag inside a string would end the script
    script = json.dumps(linked, ensure_ascii=False).replace("</", "<\\/")
    return f'<link rel="canonical" href="{url}">\n{tags}<script type="application/ld+json">{script}</script>\n'


def _each(texts: Sequence[str], tag: str) -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)
