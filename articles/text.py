"""Text is text: markup, control and bidi characters and invisible ones taken out, white space folded."""

import re
import unicodedata
from typing import Any

from lxml import html

TITLE, AUTHOR, URL, ID, TAG, SUMMARY = 1_000, 200, 2_048, 1_024, 100, 20_000  # characters kept at most

# C0 and C1 but tab and newline, soft hyphen, zero width and bidi marks, interlinear and tag characters, non-characters
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_APART = "\0"  # no clean text has one
_EMPTY_LINES = re.compile(r"\n\s*\n")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
_WORD = re.compile(r"\w+")
_INVISIBLE = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg"})
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp"}
    | {"small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)


def clean(text: str) -> str:
    """The text in NFC, without a character that nobody should see; line ends are `\\n`."""
    text = _SURROGATE.sub("\ufffd", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def line(text: str, limit: int) -> str:
    """One clean line of at most `limit` characters."""
    return " ".join(clean(text).split())[:limit].rstrip()


def plain(markup: str, limit: int) -> str:
    """What a reader sees of a piece of HTML, as one clean line."""
    return line(visible(_fragment(markup)) if "<" in markup or "&" in markup else markup, limit)


def paragraphs(markup: str) -> str:
    """The same with its blocks, or those of a plain text, an empty line apart."""
    marked = "<" in markup or "&" in markup
    pieces = visible(_fragment(markup), _APART).split(_APART) if marked else _EMPTY_LINES.split(clean(markup))
    return "\n\n".join(filter(None, (line(piece, len(piece)) for piece in pieces)))


def visible(root: Any, apart: str = " ") -> str:
    """The text of an HTML tree without scripts and the like; `apart` stands between what stands in different blocks."""
    parts: list[str] = []
    _gather(root, parts, apart)
    return "".join(parts)


def fold(text: str) -> str:
    """Only its words, without case, one space apart: for telling whether two texts say the same."""
    return " ".join(_WORD.findall(text.casefold()))


def cut(text: str, limit: int) -> str:
    """The first `limit` bytes of its UTF-8, ended on a character."""
    encoded = text.encode()
    return text if len(encoded) <= limit else encoded[:limit].decode(errors="ignore")


def _fragment(markup: str) -> Any:
    return html.document_fromstring(f"<html><body><div>{clean(markup)}</div></body></html>".encode(), parser=_PARSER)


def _gather(element: Any, parts: list[str], apart: str) -> None:
    if not isinstance(element.tag, str) or element.tag in _INVISIBLE:
        return
    between = "" if element.tag in _INLINE else apart
    parts += (between, element.text or "")
    for child in element:
        _gather(child, parts, apart)
        parts.append(child.tail or "")
    parts.append(between)
