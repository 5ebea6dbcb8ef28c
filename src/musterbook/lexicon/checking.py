"""An editor may change every register, so a fault in one is told with its file, its line and a cure, all at once.

What is checked is written as tables: which columns must be filled, what shape a field has, what it may point to.
Faults that take more than one line to see are in ``check_rules.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from musterbook.errors import BrokenRowError
from musterbook.lexicon.naming import FORMS
from musterbook.lexicon.tables import Row, header, items, records


class Finding(NamedTuple):
    """One fault: where it stands, what is wrong and what to do about it. ``kind`` is for sorting and tests."""

    file: str
    line: int
    kind: str
    problem: str
    cure: str


class Shape(NamedTuple):
    """What a field must look like where it is filled."""

    pattern: re.Pattern[str]
    cure: str


Tables = dict[str, list[Row]]

FORM = Shape(re.compile("|".join(sorted(FORMS))), f"write one of: {', '.join(sorted(FORMS))}")
ISO3 = Shape(re.compile(r"[A-Z]{3}"), "write the three letters of ISO 3166-1, such as USA")
ISO2 = Shape(re.compile(r"[A-Z]{2}"), "write the two letters of ISO 3166-1, such as US")
M49 = Shape(re.compile(r"\d{3}"), "write the three figures of the United Nations' list, such as 008")
COW = Shape(re.compile(r"[1-9]\d{0,2}"), "write the number of Correlates of War without zeros before it")
YEAR = Shape(re.compile(r"\d{4}"), "write a year such as 2019, or nothing")
STATE_CONTROLLED = Shape(re.compile("state"), "write state, or nothing")
PUBLISHER_KINDS = (
    *("agency", "newspaper", "broadcaster", "magazine", "defence press"),
    *("government", "international organisation", "research"),
)
PUBLISHER_KIND = Shape(re.compile("|".join(PUBLISHER_KINDS)), f"write one of: {', '.join(PUBLISHER_KINDS)}")
GROUP = Shape(re.compile(r"GROUP:.+"), "begin it with GROUP:")

COLUMNS = {  # file: its columns; those with a * must be filled
    "parties": "code* alpha2* m49 cow name* from to names adjectives people capitals source*",
    "former_codes": "party* name* alpha3* alpha2* m49* cow from to source*",
    "missions": "force* form* hosts from to part_of names* source*",
    "members": "whole* members* from to source*",
    "groups": "code* hosts names* source*",
    "places": "code force form* hosts names*",
    "metonyms": "force* form* names*",
    "offices": "organisation* office* names stands_for checked* source*",
    "holders": "organisation* office* holder* from* to remark source*",
    "agencies": "code* name* country aliases*",
    "publishers": "code* name* kind* country controlled domains* aliases",
    "official_suffixes": "country suffixes*",
    "sources": "key* name*",
}
SHAPES = {  # days are read by check_rules.py
    "parties": {"code": ISO3, "alpha2": ISO2, "m49": M49, "cow": COW, "from": YEAR, "to": YEAR},
    "former_codes": {"alpha3": ISO3, "alpha2": ISO2, "m49": M49, "cow": COW},
    "missions": {"form": FORM, "from": YEAR, "to": YEAR},
    "groups": {"code": GROUP},
    "places": {"form": FORM},
    "metonyms": {"form": FORM},
    "publishers": {"kind": PUBLISHER_KIND, "controlled": STATE_CONTROLLED},
}
POINTERS = {  # file: {column: the kind of code that each part of the field must be}
    "former_codes": {"party": "state", "source": "source"},
    "parties": {"source": "source"},
    "missions": {"hosts": "place", "part_of": "force", "source": "source"},
    "members": {"whole": "force", "members": "state", "source": "source"},
    "groups": {"hosts": "place", "source": "source"},
    "places": {"force": "state", "hosts": "state"},
    "metonyms": {"force": "force"},
    "offices": {"organisation": "force", "stands_for": "force", "source": "source"},
    "holders": {"organisation": "force", "source": "source"},
    "agencies": {"country": "state"},
    "publishers": {"country": "state"},
    "official_suffixes": {"country": "state"},
}
HOMES = {  # where codes of a kind are written
    "state": (("parties", "code"),),
    "place": (("parties", "code"), ("places", "code")),
    "force": (("parties", "code"), ("missions", "force"), ("groups", "code")),
    "source": (("sources", "key"),),
}


def check_registers(folder: Path | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong in the registers of a folder, in the order of files and lines.

    A file that the folder lacks is the shipped one. Where fields are missing the rest is not looked at yet.
    """
    from musterbook.lexicon.check_rules import RULES

    tables: Tables = {}
    found = [finding for file in COLUMNS for finding in take_in(file, folder, tables)]
    if not found:
        found = [*fields(tables), *(finding for rule in RULES for finding in rule(tables))]
    order = {file: place for place, file in enumerate(COLUMNS)}
    found.sort(key=lambda one: (order[one.file], one.line, one.kind, one.problem))
    return tuple(dict.fromkeys((*strays(folder), *found)))


def strays(folder: Path | None) -> Iterator[Finding]:
    """Files of the folder that no register is called like, so that nobody would ever read them."""
    for path in sorted(folder.glob("*.csv")) if folder else ():
        if path.stem not in COLUMNS:
            yield Finding(
                path.stem, 1, "stray", "no register is called so", f"call it one of {', '.join(COLUMNS)}"
            )


def take_in(file: str, folder: Path | None, tables: Tables) -> Iterator[Finding]:
    """Reads a register into the tables; what cannot be told apart into fields is a finding."""
    wanted = [column.rstrip("*") for column in COLUMNS[file].split()]
    try:
        line, columns = header(file, folder)
        tables[file] = list(records(file, folder))
    except BrokenRowError as broken:
        yield Finding(file, broken.line, "unreadable", broken.what, "the rest is checked when that is mended")
        return
    if columns != wanted:
        yield Finding(
            file, line, "header", "the header is not as expected", f"write it as {','.join(wanted)}"
        )
        return
    for row in tables[file]:
        if row.is_torn:
            words = f"{len(row.cells)} fields where the header has {len(wanted)}"
            yield at(row, "fields", words, 'look for a comma too many or few; put a field with a comma in ""')


def at(row: Row, kind: str, problem: str, cure: str) -> Finding:
    """A finding in this line."""
    return Finding(row.file, row.line, kind, problem, cure)


def fields(tables: Tables) -> Iterator[Finding]:
    """What is wrong with single fields."""
    known = {
        kind: {row[column] for file, column in homes for row in tables[file]} for kind, homes in HOMES.items()
    }
    for file, found in tables.items():
        needed = [column[:-1] for column in COLUMNS[file].split() if column.endswith("*")]
        for row in found:
            yield from empty(row, needed)
            yield from misshapen(row)
            yield from astray(row, known)


def empty(row: Row, needed: list[str]) -> Iterator[Finding]:
    """Columns that must be filled and are not."""
    for column in needed:
        if not row[column]:
            yield at(row, "empty", f"{column} is empty", f"fill in {column}")


def misshapen(row: Row) -> Iterator[Finding]:
    """Fields that do not look like what they should hold."""
    for column, shape in SHAPES.get(row.file, {}).items():
        if row[column] and not shape.pattern.fullmatch(row[column]):
            yield at(row, "shape", f"{column} is {row[column]!r}", shape.cure)


def astray(row: Row, known: dict[str, set[str]]) -> Iterator[Finding]:
    """Codes that no register knows; a joint code such as IRQ+SYR is known by its parts."""
    for column, kind in POINTERS.get(row.file, {}).items():
        for code in items(row[column]):
            if code not in known[kind] and not set(code.split("+")) <= known[kind]:
                homes = " or ".join(f"{file}.csv" for file, _ in HOMES[kind])
                yield at(
                    row,
                    "unknown",
                    f"{column} names {code!r}, which is not known",
                    f"add it to {homes}, or correct it",
                )
