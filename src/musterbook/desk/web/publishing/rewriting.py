"""A page of the desk as a page of plain files: links lead to files, and what needs a server is gone.

The page is kept as it was written, byte for byte, but for the places that change.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

from musterbook.desk.web.guarding import POLICY

LINK = re.compile(r'(\s(?:href|src|xlink:href))="([^"]*)"')
STEP = re.compile(r'\srel="(prev|next)"')  # to a neighbour that is not there
NOTHING = re.compile(
    r"""\s*<(li|div|nav)(>| class="(?:signed|steps)"[^>]*>)\s*</\1>"""
)  # what held only something that is gone
FRAMES = "; frame-ancestors 'none'"  # a meta tag cannot say that
META = (
    f'\n<meta http-equiv="Content-Security-Policy" content="{POLICY.replace(FRAMES, "")}">'
    '\n<meta name="referrer" content="no-referrer">'
)
CLOSED = object()
Found = str | None | object
"""Where a link leads from now on: None where nothing is there, CLOSED where nobody is to see it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What stands between two places from now on."""

    start: int
    end: int
    words: str = ""


def rewritten(page: str, find: Callable[[str, bool], Found]) -> str:
    """The page with every link as ``find`` has it (told whether it must be whole), and without forms."""
    rewriter = Rewriter(page, find)
    rewriter.feed(page)
    rewriter.close()
    parts, at = [], 0
    for change in rewriter.changes:
        parts += [page[at : change.start], change.words]
        at = change.end
    return NOTHING.sub("", "".join([*parts, page[at:]]))


class Rewriter(HTMLParser):
    """Goes through a page once and notes the changes, in their order."""

    def __init__(self, page: str, find: Callable[[str, bool], Found]) -> None:
        super().__init__(convert_charrefs=False)
        self.changes: list[Change] = []
        self._page, self._find = page, find
        self._lines = [0, *(found.end() for found in re.finditer("\n", page))]
        self._leaving: tuple[str, int, int] | None = None  # an element that goes: tag, depth, start

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that opens."""
        if self._leaving:
            name, depth, start = self._leaving
            self._leaving = name, depth + (tag == name), start
            return
        start, words = self._place(), self.get_starttag_text() or ""
        fresh = self._linked(tag, words)
        if tag == "form" or (fresh is None and tag == "a"):
            self._leaving = tag, 1, start
        elif fresh != words:
            self.changes.append(Change(start, start + len(words), fresh or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself, as in a drawing."""
        if not self._leaving:
            start, words = self._place(), self.get_starttag_text() or ""
            if (fresh := self._linked(tag, words)) != words:
                self.changes.append(Change(start, start + len(words), fresh or ""))

    def handle_endtag(self, tag: str) -> None:
        """A tag that ends an element."""
        if not self._leaving or tag != self._leaving[0]:
            return
        name, depth, start = self._leaving
        self._leaving = (name, depth - 1, start) if depth > 1 else None
        if self._leaving is None:
            self.changes.append(Change(start, self._page.index(">", self._place()) + 1))

    def _linked(self, tag: str, words: str) -> str | None:
        """The tag with its links led anew; None where the whole element goes."""
        if tag == "head":
            return words + META
        closed = False

        def led(found: re.Match[str]) -> str:
            nonlocal closed
            target = self._find(html.unescape(found[2]), 'rel="canonical"' in words)
            closed = closed or target is CLOSED
            return f'{found[1]}="{html.escape(target)}"' if isinstance(target, str) else ""

        fresh = LINK.sub(led, words)
        leads = LINK.search(fresh) or not LINK.search(words)
        if closed or (not leads and (tag == "link" or STEP.search(words))):
            return None
        return fresh

    def _place(self) -> int:
        """Where in the page the tag begins."""
        line, column = self.getpos()
        return self._lines[line - 1] + column
