"""Agencies that a byline or a page's data name are credited: their report is theirs, whoever prints it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from musterbook.lexicon.register import load_register

LONGEST = 300  # signs of a byline


def agencies_in(bylines: Iterable[str]) -> tuple[str, ...]:
    """The agencies that these bylines name, as written there."""
    found = (name for words in bylines for name in _known().findall(words[:LONGEST]))
    return tuple(dict.fromkeys(found))


@cache
def _known() -> re.Pattern[str]:
    """All names of agencies, the longer first, as whole words and in their own capitals."""
    names = {name for one in load_register().agencies for name in (one.name, *one.aliases)}
    listed = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
