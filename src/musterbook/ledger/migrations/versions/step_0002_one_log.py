"""One log of lines instead of four tables, with a tree of hashes over it.

The lines come in the order in which the moments and the old tables give them; every id is made anew from content.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from musterbook.ledger.lines import Line, book_line, doubt_line, entry_line, outcome_line, report_line
from musterbook.ledger.merkle import Edge
from musterbook.ledger.outcomes import Outcome
from musterbook.ledger.schema import head, tables
from musterbook.ledger.stores.sql import put, row_of
from musterbook.model import Act, Doubt, Entry, Reading, Report
from musterbook.notation import parse

revision = "0002"
down_revision = "0001"

OLD = ("report", "entry", "doubt", "outcome")  # lines of one moment come in this order
LOT = 1_000  # lines written at a time
MARK = "\ufdd0"  # before text that was held as JSON


def upgrade() -> None:
    """Carry every row over, then let the old tables go."""
    db = op.get_bind()
    made_by = db.scalar(sa.text("SELECT made_by FROM meta"))
    op.drop_table("meta")
    tables.create_all(db)
    db.execute(sa.insert(tables.tables["meta"]).values(made_by=made_by))
    edge, at = Edge(), ""
    lines = _lines(db)
    while lot := list(islice(lines, LOT)):
        lot = [one.at_place(n) for n, one in enumerate(lot, edge.size + 1)]
        leaves = [one.leaf for one in lot]
        put(db, [row_of(*one) for one in zip(lot, leaves, strict=True)])
        edge, at = edge.grown(leaves), lot[-1].at
    db.execute(sa.insert(head).values(one=1, size=edge.size, peaks=edge.write(), at=at))
    for name in reversed(OLD):
        op.drop_table(name)


def _lines(db: sa.Connection) -> Iterator[Line]:
    """The old rows as lines, in order."""
    matters: dict[str, str] = {}
    begun = False
    for recorded, rank, _, row in heapq.merge(*(_rows(db, rank, name) for rank, name in enumerate(OLD))):
        at = datetime.fromisoformat(recorded)
        if not begun:
            begun = True
            yield book_line(at)
        if OLD[rank] == "report":
            report = replace(parse(_exact(row["head"]), Report), text=_exact(row["text"]))
            yield report_line(replace(parse(_exact(row["findings"]), Reading), report=report), at)
        elif OLD[rank] == "entry":
            yield _entry(parse(_exact(row["line"]), Entry), matters)
        elif OLD[rank] == "doubt":
            yield doubt_line(parse(_exact(row["line"]), Doubt), at)
        else:
            source, message = _exact(row["source"]), _exact(row["message"])
            yield outcome_line(row["id"], Outcome(source, row["code"], message, row["report"] or "", at))


def _entry(entry: Entry, matters: dict[str, str]) -> Line:
    """An entry on the matter that its target, or else its own statement, began."""
    said = entry.statement.id if entry.statement else ""
    matter = matters.get(said, said) if entry.act is Act.RECORD else matters.get(entry.target, entry.target)
    if said:
        matters.setdefault(said, matter)
    return entry_line(entry, matter)


def _rows(db: sa.Connection, rank: int, name: str) -> Iterator[tuple[str, int, int, dict[str, Any]]]:
    """The rows of an old table with what they are sorted by; a clock that was set back does not unsort them."""
    at = ""
    for row in _all(db, name):
        at = max(at, row["recorded"])
        yield at, rank, row["seq"], dict(row)


def _all(db: sa.Connection, name: str) -> Iterable[sa.RowMapping]:
    return db.execute(sa.text(f"SELECT * FROM {name} ORDER BY seq")).mappings()  # noqa: S608 -- one of OLD


def _exact(text: str) -> str:
    """Text as it was before it was held as JSON."""
    return str(json.loads(text[1:])) if text.startswith(MARK) else text
