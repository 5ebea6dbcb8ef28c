"""Before a web page is parsed it is measured: a parser loses words that nest too deep, without a word.

Of such a page the parser gets the beginning, for its title and its day; its words are taken one after the other, which
needs no tree and takes a time that grows with the length alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from musterbook.intake.fragments import words_of
from musterbook.intake.limits import DEPTH_LIMIT, TAG_LIMIT

HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|textarea)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)")
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
SELF_ENDING = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot"])
LEFT = re.compile(r"<[a-zA-Z]")  # a tag that was taken for words
CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset=[\"']?([\w-]{2,40})", re.IGNORECASE)


def declared_charset(raw: bytes) -> str:
    """The encoding that the page names in its head; empty when it names none."""
    found = CHARSET.search(raw[:4096])
    return found.group(1).decode("ascii") if found else ""


@dataclass(frozen=True, slots=True)
class Tangle:
    """What makes a page impossible to parse without losing words or hours."""

    code: str
    detail: str
    end: int  # up to where it can be parsed


def tangle_of(page: str) -> Tangle | None:
    """What is wrong with a page; None for nearly all."""
    tags, depth, end = measure(page)
    if tags > TAG_LIMIT:
        return Tangle("too-tangled", f"{TAG_LIMIT:,}", end)
    return Tangle("too-deep", str(DEPTH_LIMIT), end) if depth > DEPTH_LIMIT else None


def flat_words(page: str) -> str:
    """All words of a page in their order, however deep they stand, menus and all; empty where tags never end."""
    words = words_of(page)
    return "" if len(LEFT.findall(words)) > DEPTH_LIMIT else words


def measure(source: str) -> tuple[int, int, int]:
    """How many tags a page has, how deep they nest, and where reading ended: where either is too much, it stops."""
    stack: list[str] = []
    open_now: dict[str, int] = {}
    tags = deepest = 0
    for found in TAG.finditer(HIDDEN.sub(_blank, source)):
        tags += 1
        closing, name, rest = found.group(1), found.group(2).lower(), found.group(3)
        if closing:
            _close(name, stack, open_now)
        elif name not in VOID and not rest.endswith("/"):
            if name in SELF_ENDING and stack and stack[-1] == name:
                _close(name, stack, open_now)
            stack.append(name)
            open_now[name] = open_now.get(name, 0) + 1
            deepest = max(deepest, len(stack))
        if tags > TAG_LIMIT or deepest > DEPTH_LIMIT:
            return tags, deepest, found.start()
    return tags, deepest, len(source)


def _blank(found: re.Match[str]) -> str:
    """As many blanks, so that what follows keeps its place."""
    return " " * len(found.group(0))


def _close(name: str, stack: list[str], open_now: dict[str, int]) -> None:
    """Take everything down to the named tag off the stack, if it is open at all."""
    if not open_now.get(name):
        return
    while True:
        last = stack.pop()
        open_now[last] -= 1
        if last == name:
            return
