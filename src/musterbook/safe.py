"""Nothing that a report says may command a terminal, a page or a table, or pass for another line."""

from __future__ import annotations

import re

# Control characters, the marks that reverse the direction of writing, halves of characters and what is none.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
SPACE = re.compile(r"[\s\u2028\u2029]+")
COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")  # how a formula may begin


def on_one_line(text: str) -> str:
    """The text as one harmless line: white space becomes a blank, control characters become visible."""
    return harmless(text).strip()


def harmless(text: str) -> str:
    """The same with the blanks at both ends kept, for a part of a line."""
    return UNSAFE.sub(_visible, SPACE.sub(" ", text))


def as_cell(text: str) -> str:
    """The words as a cell of a table that no spreadsheet takes for a formula: an apostrophe stands before one."""
    words = on_one_line(text)
    return f"'{words}" if words.startswith(COMMANDS) or text.startswith(COMMANDS) else words


def _visible(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
