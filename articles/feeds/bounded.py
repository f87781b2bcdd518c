"""What is done to the text of an XML feed before feedparser sees it, so that feedparser loses nothing over a trifle and stays linear."""

import re

from articles.feeds.item import MOST

TAGS = 500_000  # feedparser takes 12 us for each
ATTRIBUTES = 1_000  # of one tag: feedparser is quadratic in them
AUTHOR = 500  # characters: feedparser is quadratic in them (its issue 562)

_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>\s*")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,10}));", re.I)
_FIRST = re.compile(r"<\w")  # as feedparser finds the root
_SPACES = re.compile(r"(?<!\s)\s{100,}")
_ITEM = re.compile(r"<(?:\w{1,40}:)?(?:item|entry)[\s>]")
_ENDS = re.compile(r"</(?:\w{1,40}:)?(?:item|entry)\s*>")
_CROWDED = re.compile(rf"""<[^\s<>/!?"'=]++(?:\s++[^\s<>/"'=]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')){{{ATTRIBUTES}}}""")
_AUTHOR = re.compile(
    r"(<(?:\w{1,40}:)?(?:author|contributor|creator|editor|managingEditor|webMaster|owner|publisher|name|email)\b[^<>]{0,500}>\s*"
    rf"(?:<!\[CDATA\[)?[^<\]]{{{AUTHOR}}})[^<\]]*",
    re.I,
)


def unsafe(text: str) -> str | None:
    """Why feedparser should not see it. For Reason.UNSAFE_FEED."""
    lowered = text.lower()
    if "<!doctype" in lowered and "<!entity" in lowered:  # anywhere: comments and quotes can hide where the root starts
        return "it declares entities (<!ENTITY), which no feed needs and attacks do"
    if (tags := text.count("<")) > TAGS:
        return f"it has {tags} tags, more than {TAGS}"
    if _CROWDED.search(text):
        return f"one of its tags has more than {ATTRIBUTES} attributes"
    return None


def first_items(text: str) -> tuple[str, int]:
    """The text without the items past the first MOST, and how many these are."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    if len(starts) <= MOST:
        return text, 0
    end = max((found.end() for found in _ENDS.finditer(text, starts[-1])), default=len(text))
    return text[: starts[MOST]] + text[end:], len(starts) - MOST


def mended(text: str) -> str:
    """Without the declaration, for what it says of the encoding no longer holds, and without what XML forbids."""
    text = _REFERENCE.sub(_possible, _FORBIDDEN.sub("", _DECLARATION.sub("", text, count=1)))
    first = _FIRST.search(text)
    head = first.start() if first else len(text)
    return _SPACES.sub("\n", text[:head]) + _AUTHOR.sub(r"\1", text[head:])


def _possible(reference: re.Match[str]) -> str:
    """The reference, or U+FFFD where it names no character: feedparser would lose the whole feed over it."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    possible = number in (9, 10, 13) or 31 < number < 0xD800 or 0xDFFF < number < 0xFFFE or 0xFFFF < number < 0x110000
    return reference[0] if possible else "\ufffd"
