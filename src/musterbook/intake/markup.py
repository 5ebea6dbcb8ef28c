"""Markdown is text with marks: the marks go, the words stay as they were written.

No pattern here takes longer than in proportion to the text, whatever the text: what they repeat they do not give back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(.*)$", re.MULTILINE)
FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~).*\n?", re.MULTILINE)
RULE = re.compile(
    r"^[ \t]{0,3}(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|=++)[ \t]*$", re.MULTILINE
)
LEAD = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?)+|[-*+][ \t]+)", re.MULTILINE)
PICTURE = re.compile(r"!\[[^\]\[\n]*+\]\([^()\n]*+\)")
LINK = re.compile(r"\[([^\]\[\n]++)\]\([^()\n]*+\)")
STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]+?)(?<=\S)\1")
SOFT = re.compile(r"(?<!\w)([*_`])(?=\S)([^*_`\n]+?)(?<=\S)\1(?!\w)")
HEADING = re.compile(r"\A\s*+#[ \t]++([^\n]+)(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A Markdown file: its front matter by field, its first heading, and its words."""

    fields: dict[str, str]
    title: str
    text: str


def strip_marks(source: str) -> Marked:
    """The words of a Markdown text; its first heading is the title, not part of the text."""
    front = FRONT.match(source)
    fields = {k.lower(): v.strip().strip("\"'") for k, v in FIELD.findall(front.group(1))} if front else {}
    body = source[front.end() :] if front else source
    heading = HEADING.match(body)
    if heading:
        body = body[heading.end() :]
    title = fields.get("title") or (_plain(heading.group(1).rstrip(" \t#")) if heading else "")
    return Marked(fields, title, _plain(body).strip("\n"))


def _plain(text: str) -> str:
    for pattern in (FENCE, RULE, LEAD, PICTURE):
        text = pattern.sub("", text)
    text = LINK.sub(r"\1", text)
    return SOFT.sub(r"\2", STRONG.sub(r"\2", text))
