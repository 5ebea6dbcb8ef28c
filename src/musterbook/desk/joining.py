"""Joins other books to one, and tells what they brought."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from musterbook.desk.cli import PROBLEMS
from musterbook.desk.lists import short
from musterbook.desk.progress import bar
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say
from musterbook.desk.wiring import book_to_write, existing_book
from musterbook.ledger.joining import Joined, Left
from musterbook.settings import book_place


def join_books(others: Sequence[str], given: str | None, by: str | None, as_json: bool) -> int:
    """Add what the others hold; the exit code says whether anything of it cannot stand in this book."""
    with ExitStack() as open_books, bar("joining") as steps:
        told = [open_books.enter_context(existing_book(other)) for other in others]
        book = open_books.enter_context(book_to_write(book_place(given), by))
        place = book.ledger.store.name
        found = book.join(told, steps)
        head = book.ledger.head()
    if as_json:
        left = [{"entry": one.entry, "by": one.by, "act": str(one.act), "why": one.why} for one in found.left]
        lines, root = head.edge.size, head.edge.root.hex()
        print_json(
            {
                "book": place,
                "added": found.lines,
                "known": found.known,
                "left": left,
                "lines": lines,
                "root": root,
            }
        )
    else:
        _tell(found, place, head.edge.root.hex())
    return PROBLEMS if found.left else 0


def _tell(found: Joined, place: str, root: str) -> None:
    for one in found.left:
        note(_left_in_words(one))
    added = sum(found.lines.values())
    if not added:
        say(f"nothing changed: {place} holds it all")
    else:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in found.lines.items())
        say(f"{added:,} lines added to {place} ({kinds}); {found.known:,} were there already")
    say(f"root {root}")


def _left_in_words(left: Left) -> str:
    what = f"{left.act} by {left.by} [{short(left.entry)}]"
    return f"left out: {what}: {left.why}; decide it again here if it still holds"
