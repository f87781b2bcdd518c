"""From trafilatura's tree to plain text in blocks: its own plain text joins paragraphs by one line end and drops headings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from articles import text
from schemas.article import Block, BlockKind

LIMIT = 256 * 1024  # bytes of UTF-8
_KINDS = {"p": BlockKind.P, "head": BlockKind.H, "item": BlockKind.LI, "quote": BlockKind.QUOTE, "row": BlockKind.P}
_APART = frozenset(_KINDS) | {"list", "table", "div", "code", "graphic"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    text: str
    blocks: tuple[Block, ...]
    truncated: bool


def build(tree: Any, title: str) -> Body:
    """The text of the tree without a first block that only repeats the title, cut at LIMIT."""
    pieces = [(kind, clean) for kind, raw in _pieces(tree) if (clean := _lines(raw))]
    if len(pieces) > 1 and title and text.fold(pieces[0][1]) == text.fold(title):
        pieces = pieces[1:]
    whole = "\n\n".join(piece for _, piece in pieces)
    kept = text.cut(whole, LIMIT)
    return Body(text=kept, blocks=tuple(_blocks(pieces, len(kept))), truncated=len(kept) < len(whole))


def _blocks(pieces: list[tuple[BlockKind, str]], end: int) -> Iterator[Block]:
    start = 0
    for kind, piece in pieces:
        if start < end:
            yield Block(start=start, kind=kind)
        start += len(piece) + 2


def _pieces(tree: Any) -> Iterator[tuple[BlockKind, str]]:
    """Every run of text that ends where a block starts or ends. What stands in a quotation or a list item is of that kind."""
    open_kinds, parts = [BlockKind.P], [""]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _APART:
            yield open_kinds[-1], "".join(parts)
            parts = []
        if event == "start":
            outer = open_kinds[-1]
            open_kinds.append(outer if outer in (BlockKind.QUOTE, BlockKind.LI) else _KINDS.get(element.tag, outer))
            parts.append(_opening(element) + (element.text or ""))
        else:
            open_kinds.pop()
            parts.append(element.tail or "")
    yield BlockKind.P, "".join(parts)


def _opening(element: Any) -> str:
    if element.tag == "lb":
        return "\n"
    return " | " if element.tag == "cell" and element.getprevious() is not None else ""


def _lines(raw: str) -> str:
    """Clean lines, white space folded in each; only a line break element makes a new one."""
    return "\n".join(folded for part in text.clean(raw).split("\n") if (folded := " ".join(part.split())))
