"""A page as a browser takes it apart: which elements, which attributes, which text."""

from html.parser import HTMLParser

_VOID = {"meta", "link", "img", "br"}
_APART = {"br", "dd", "div", "dt", "h1", "h2", "li", "p", "td", "th", "title"}  # their text does not touch what stands before


class Read(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in _APART:
            self.text += " "
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        assert self._open == [], "every element is closed"

    @property
    def words(self) -> str:
        return " ".join(self.text.split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """What no text may change: the elements, and the names of their attributes."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]
