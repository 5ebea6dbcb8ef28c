"""That one line stands in the book of a checkpoint; anyone can check it without the book (RFC 9162, 2.1.3).

``tools/check_proof.py`` does so with nothing but Python, and none of our code.
"""

from __future__ import annotations

import msgspec

from musterbook.errors import BookError, UsageError
from musterbook.ledger.checkpoints import Checkpoint
from musterbook.ledger.lines import Line
from musterbook.ledger.merkle import is_in, path_of
from musterbook.ledger.store import Shelf, Store

LEAST = 6  # signs of an id


class Proof(msgspec.Struct, frozen=True):
    """A line, and the way from it to the root of a book of that size."""

    line: str
    n: int  # its place, from 1
    path: list[str]  # the audit path, lowest sister first, in hexadecimal digits
    root: str
    size: int


def prove(store: Store, beginning: str, note: Checkpoint | None = None) -> Proof:
    """The proof for the line of an entry, a statement, a report or a doubt whose id begins so.

    It leads to the root of that checkpoint, of the book as it is now when None. UsageError where there is no such line
    or it came after the checkpoint, BookError where the book is not what it was.
    """

    def work(shelf: Shelf) -> Proof:
        head = shelf.head()
        size, root = (note.size, bytes.fromhex(note.root)) if note else (head.edge.size, head.edge.root)
        line = _named(shelf, beginning)
        if line.n > size:
            raise UsageError(
                f"line {line.n} came after that checkpoint of {size} lines; write a new one: musterbook checkpoint FILE"
            )
        path = path_of(shelf.leaves(size), line.n - 1, size)
        if not is_in(line.leaf, line.n - 1, size, path, root):
            raise BookError(f"{store.name} is not what it was; find out where: musterbook verify")
        return Proof(line.text, line.n, [sister.hex() for sister in path], root.hex(), size)

    return store.ask(work)


def _named(shelf: Shelf, beginning: str) -> Line:
    """The line with that id, or the last one that brought the statement with it; UsageError unless it is one."""
    if len(beginning) < LEAST or set(beginning) - set("0123456789abcdef"):
        raise UsageError(f"{beginning!r} is no id; give at least {LEAST} of its signs")
    found: dict[str, Line] = {}
    for line in shelf.named(beginning):
        found[line.id if line.id.startswith(beginning) else line.statement] = line
    if not found:
        raise UsageError(f"nothing in the book has the id {beginning!r}")
    if len(found) > 1:
        raise UsageError(f"more than one line begins with {beginning!r}; give more signs of the id")
    return next(iter(found.values()))
