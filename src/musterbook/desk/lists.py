"""The tables that several commands print, from views."""

from __future__ import annotations

from collections.abc import Iterable

from musterbook.desk.screen import note, table
from musterbook.desk.views import View, doubt_view
from musterbook.model import Doubt
from musterbook.pipeline import Tally

SHORT = 8  # signs of an id that are shown; six are enough to ask for it
MANY = 10  # lines of a kind before the rest is only counted


def short(identity: str) -> str:
    """The beginning of an id, enough to ask ``why``."""
    return identity[:SHORT]


def history_table(found: Iterable[View], title: str = "") -> None:
    """Statements of one contingent in the order in which they were published."""
    columns = ("published", "place", "figures", "status", "when", "who says so", "publisher", "id")
    rows = [
        (
            v["published"] or "?",
            v["place_name"] or "?",
            v["words"],
            v["status"],
            v["when"],
            v["speaker"] or "the report",
            v["publisher"],
            short(v["id"]),
        )
        for v in found
    ]
    table(columns, rows, title=title, numbers=("figures",))


def contingents_table(found: Iterable[View], title: str = "") -> None:
    """Contingents with their strength and where it comes from."""
    columns = ("force", "place", "strength", "reported", "who says so", "statements", "contingent")
    rows = [
        (
            v["force_name"],
            v["place_name"],
            v["words"],
            v["reported"] or "",
            v["says"],
            str(v["statements"]),
            v["contingent"],
        )
        for v in found
    ]
    table(columns, rows, title=title, numbers=("strength", "statements"))


def pledges_table(found: Iterable[View], title: str = "") -> None:
    """Announced changes with their verdicts."""
    columns = ("verdict", "force", "place", "change", "announced", "deadline", "who says so", "id")
    rows = [
        (
            v["verdict"],
            v["force_name"],
            v["place_name"],
            v["words"],
            v["announced"] or "?",
            v["deadline"] or "",
            v["speaker"] or "the report",
            short(v["id"]),
        )
        for v in found
    ]
    table(columns, rows, title=title)


def doubts_table(found: Iterable[View], title: str = "") -> None:
    """Doubts with their place."""
    columns = ("stage", "kind", "source", "message", "in the text")
    rows = [(v["stage"], v["code"], last_part(v["source"]), v["message"], v["context"] or "") for v in found]
    table(columns, rows, title=title)


def last_part(source: str) -> str:
    """The file's own name, which is enough for a line."""
    return source.replace("\\", "/").rpartition("/")[2] or source


def tally_line(tally: Tally) -> str:
    """``inputs 150 = read 140 + without statements 8 + already known 0 + not read 2 (empty-file 2)``."""
    causes = ", ".join(f"{code} {count}" for code, count in tally.causes)
    refused = f"not read {tally.refused}" + (f" ({causes})" if causes else "")
    return (
        f"inputs {tally.inputs} = read {tally.read} + without statements {tally.silent} "
        f"+ already known {tally.known} + {refused}"
    )


def tell_notes(notes: Iterable[Doubt]) -> None:
    """Intake's messages, one line each, beside the result."""
    for doubt in notes:
        note(f"{doubt.message} [{doubt.code}]")


def notes_view(notes: Iterable[Doubt]) -> list[View]:
    """The same for programs."""
    return [doubt_view(doubt) for doubt in notes]
