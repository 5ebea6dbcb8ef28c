"""What became of everything that was ever handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from musterbook.desk.lists import last_part
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import is_terminal, say, table
from musterbook.desk.views import View, outcome_view
from musterbook.desk.wiring import asked
from musterbook.ledger.outcomes import failures, settled, tally


def print_inputs(code: str | None, question: Question) -> None:
    """How many inputs ended in which way, and each that was not read, with its place and cure."""
    with asked(question) as view:
        found = settled(view.outcomes())
        notes = Counter(d.code for d in view.doubts() if d.stage == "intake" and d.report)
    counts = tally(found)
    rows = [outcome_view(one) for one in failures(found) if code in (None, one.code)]
    if question.as_json:
        print_json(
            {"inputs": len(found), "outcomes": counts, "notes": dict(sorted(notes.items())), "not_read": rows}
        )
        return
    say(f"inputs {len(found):,} = " + (_sum(counts, " + ") or "0"))
    if notes:
        say("notes on what was read: " + _sum(notes, ", "))
    if rows:
        _list(rows)


def _sum(counts: Mapping[str, int], between: str) -> str:
    return between.join(f"{name} {count:,}" for name, count in sorted(counts.items()))


def _list(rows: list[View]) -> None:
    """The inputs that were not read; the message names the place, so a terminal shows it alone."""
    columns = ("outcome", "at", "source", "what is wrong, and the cure")
    cells = [(r["code"], r["at"][:10], last_part(r["source"]), _wrong(r)) for r in rows]
    if not is_terminal():
        cells = [(r["code"], r["at"], r["source"], r["message"]) for r in rows]
    table(columns, cells, spare=("at",), elastic=("source", "what is wrong, and the cure"))
    if is_terminal():
        say("What to type next, once the cause is gone: musterbook retry")


def _wrong(row: View) -> str:
    """The message without the source at its beginning."""
    message: str = row["message"]
    return message.removeprefix(row["source"]).strip()
