"""What became of everything that was ever handed in: printed, and tried again on request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from musterbook.desk.adding import add_files
from musterbook.desk.cli import PROBLEMS
from musterbook.desk.lists import last_part
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import is_terminal, note, say, table
from musterbook.desk.views import View, outcome_view
from musterbook.desk.wiring import asked, existing_book
from musterbook.errors import UsageError
from musterbook.intake import Given
from musterbook.intake.trouble import CURES
from musterbook.ledger.outcomes import Outcome, failures, settled, tally

PART = re.compile(r"(.+?)(?:, (?:line|record|entry|item|row|mail) \d+|: [^:/]+)+", re.DOTALL)
ARCHIVE = re.compile(r"\.warc(\.gz|\.zst)?\Z", re.IGNORECASE)


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


def retry(
    codes: Collection[str],
    place: str | None,
    given: Given,
    by: str | None,
    as_json: bool,
) -> int:
    """Hand in again what was not read, or only what ended in one of these ways; nothing is replaced."""
    for code in codes:
        if code not in CURES:
            raise UsageError(f"no input ends as {code!r}; how inputs end, see: musterbook doubts --intake")
    with existing_book(place) as book:
        lost = [one for one in failures(settled(book.outcomes())) if not codes or one.code in codes]
    files = list(_files(lost))
    if not files:
        note("nothing to try again")
        return PROBLEMS if lost else 0
    return add_files(files, place, given, by, as_json)


def _files(lost: Iterable[Outcome]) -> Iterator[str]:
    """The files that the outcomes tell of, each once; a note for what is no file any more."""
    for source in dict.fromkeys(_whole(one.source) for one in lost):
        if ARCHIVE.search(source):
            note(f"{source} is an archive; read it again with: musterbook archive {source} --manifest NEW")
        elif "://" in source or not Path(source).exists():
            note(f"{source} is no file here any more; fetch it again and add it")
        else:
            yield source


def _whole(source: str) -> str:
    """The file of which an outcome names a part."""
    found = PART.fullmatch(source)
    return found.group(1) if found else source
