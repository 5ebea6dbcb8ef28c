"""Before a web page is parsed it is measured: where a parser would lose words without a word, we say so instead."""

from __future__ import annotations

import re

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
CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset=[\"']?([\w-]{2,40})", re.IGNORECASE)


def declared_charset(raw: bytes) -> str:
    """The encoding that the page names in its head; empty when it names none."""
    found = CHARSET.search(raw[:4096])
    return found.group(1).decode("ascii") if found else ""


def tangle_of(page: str) -> tuple[str, str] | None:
    """The code and detail of what makes a page impossible to parse without losing words or hours."""
    tags, depth = measure(page)
    if tags > TAG_LIMIT:
        return "too-tangled", f"{TAG_LIMIT:,}"
    return ("too-deep", str(DEPTH_LIMIT)) if depth > DEPTH_LIMIT else None


def measure(source: str) -> tuple[int, int]:
    """How many tags a page has and how deep they nest; reading stops where either is too much."""
    stack: list[str] = []
    open_now: dict[str, int] = {}
    tags = deepest = 0
    for found in TAG.finditer(HIDDEN.sub("", source)):
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
            break
    return tags, deepest


def _close(name: str, stack: list[str], open_now: dict[str, int]) -> None:
    """Take everything down to the named tag off the stack, if it is open at all."""
    if not open_now.get(name):
        return
    while True:
        last = stack.pop()
        open_now[last] -= 1
        if last == name:
            return
