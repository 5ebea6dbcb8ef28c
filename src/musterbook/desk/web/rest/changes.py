"""The book line by line, for whoever keeps a copy: what came after a place, exactly as it is hashed."""

from __future__ import annotations

from musterbook.desk.views import View
from musterbook.desk.web.rest import parameters, shapes
from musterbook.desk.web.rest.call import Call
from musterbook.desk.web.rest.operations import Part
from musterbook.ledger.lines import Line
from musterbook.ledger.store import Query, Shelf

part = Part("Changes")
FARTHEST = 10**12
SINCE = parameters.number("since", "The place of the last line that you have; 0: none.", 0, FARTHEST, 0)


@part.tells("/changes", shapes.Changes, SINCE, parameters.LIMIT, rows="items")
def changes(call: Call) -> View:
    """Lines of the book after a place.

    Each with its place, its hash (SHA-256 of a zero byte and the line) and its text exactly as it is hashed: reports,
    statements, decisions, doubts. Ask again with the `since` of the answer; where `items` is empty there is nothing
    new. `root` is that of the tree over all `size` lines.
    """
    since = call["since"]

    def work(shelf: Shelf) -> View:
        head = shelf.head()
        rows = [_row(line) for line in shelf.find(Query(first=since + 1, last=since + call["limit"]))]
        last = rows[-1]["n"] if rows else since
        return {"items": rows, "since": last, "size": head.edge.size, "root": head.edge.root.hex()}

    return call.shelf.book.ledger.store.ask(work)


def _row(line: Line) -> View:
    told = {"n": line.n, "hash": line.leaf.hex(), "kind": str(line.kind), "id": line.id}
    return told | {"at": line.at, "line": line.text}
