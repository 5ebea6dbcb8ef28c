"""The book line by line, for whoever keeps a copy: what came after a place, exactly as it is hashed."""

from __future__ import annotations

import re
from typing import Any

from musterbook.desk.views import View
from musterbook.desk.web.rest import parameters, shapes
from musterbook.desk.web.rest.call import Call
from musterbook.desk.web.rest.operations import Part
from musterbook.ledger.lines import Kind, Line
from musterbook.ledger.store import Query, Shelf
from musterbook.notation import parse, write_plain

part = Part("Changes")
FARTHEST = 10**12
NAMING = {
    Kind.REPORT: "name",
    Kind.DOUBT: "source",
    Kind.OUTCOME: "source",
}  # fields that may hold a file's name
ADDRESS, FOLDERS = re.compile(r"[a-z][a-z+]+://"), re.compile(r"^.*[/\\](?=.)", re.DOTALL)
SINCE = parameters.number("since", "The place of the last line that you have; 0: none.", 0, FARTHEST, 0)


@part.tells("/changes", shapes.Changes, SINCE, parameters.LIMIT, rows="items")
def changes(call: Call) -> View:
    """Lines of the book after a place.

    Each with its place, its hash (SHA-256 of a zero byte and the line) and its text exactly as it is hashed: reports,
    statements, decisions, doubts. Where a line names a file of the machine that read it, its folders are left out;
    then `whole` is false, and the hash is that of the line with them. Ask again with the `since` of the answer; where
    `items` is empty there is nothing new. `root` is that of the tree over all `size` lines.
    """
    since = call["since"]

    def work(shelf: Shelf) -> View:
        head = shelf.head()
        rows = [_row(line) for line in shelf.find(Query(first=since + 1, last=since + call["limit"]))]
        last = rows[-1]["n"] if rows else since
        return {"items": rows, "since": last, "size": head.edge.size, "root": head.edge.root.hex()}

    return call.shelf.book.ledger.store.ask(work)


def _row(line: Line) -> View:
    shown = without_folders(line)
    told = {"n": line.n, "hash": line.leaf.hex(), "kind": str(line.kind), "id": line.id, "at": line.at}
    return told | {"line": shown, "whole": shown == line.text}


def without_folders(line: Line) -> str:
    """The text of a line; of a file that it names on the machine that read it only the last part."""
    if line.kind not in NAMING:
        return line.text
    whole = parse(line.text, dict[str, Any])
    held: dict[str, Any] = whole["body"]["report"] if line.kind is Kind.REPORT else whole["body"]
    name = held.get(NAMING[line.kind], "")
    last = last_part(name)
    if last == name:
        return line.text
    for field in {NAMING[line.kind], "message"} & held.keys():
        held[field] = held[field].replace(name, last)
    return write_plain(whole)


def last_part(name: str) -> str:
    """The name of a file without its folders; an address of the web as it is."""
    return name if ADDRESS.match(name) else FOLDERS.sub("", name)
