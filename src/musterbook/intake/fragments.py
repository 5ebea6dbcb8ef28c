"""A piece of HTML becomes its words, a paragraph a line; nothing is left out but what no reader sees.

For articles in feeds, mails and data, where there are no menus around the text that a page's extraction would cut off.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

UNSEEN = frozenset(["script", "style", "head", "title", "template", "noscript"])
BLOCKS = frozenset(
    [
        "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "table",
        "blockquote", "section", "article", "header", "footer", "figure", "figcaption", "pre", "hr", "dt", "dd", "dl", "main", "aside",
    ]
)  # fmt: skip
LOOKS_MARKED = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,31});")
BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")


def words_of(piece: str) -> str:
    """The words of a piece of HTML; a text without marks keeps its lines."""
    if not LOOKS_MARKED.search(piece):
        return piece.strip()
    parser = _Words()
    parser.feed(piece)
    parser.close()
    lines = (BLANKS.sub(" ", line).strip() for line in "".join(parser.found).split("\0"))
    return "\n".join(filter(None, lines))


class _Words(HTMLParser):
    """Collects the words; a zero sign parts the paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a paragraph."""
        if tag in UNSEEN and not self._unseen:
            self._unseen = tag
        if tag in BLOCKS:
            self.found.append("\0")

    def handle_endtag(self, tag: str) -> None:
        """A block ends a paragraph."""
        if tag == self._unseen:
            self._unseen = ""
        if tag in BLOCKS:
            self.found.append("\0")

    def handle_data(self, data: str) -> None:
        """Words that are seen."""
        if not self._unseen:
            self.found.append(data.replace("\0", " "))
