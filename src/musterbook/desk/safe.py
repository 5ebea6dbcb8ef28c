"""Nothing that a report says may command the reader's terminal or pass for another line."""

from __future__ import annotations

import re

# Control characters, the marks that reverse the direction of writing, and halves of characters.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SPACE = re.compile(r"[\s\u2028\u2029]+")


def on_one_line(text: str) -> str:
    """The text as one harmless line: white space becomes a blank, control characters become visible."""
    return harmless(text).strip()


def harmless(text: str) -> str:
    """The same with the blanks at both ends kept, for a part of a line."""
    return UNSAFE.sub(_visible, SPACE.sub(" ", text))


def _visible(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
