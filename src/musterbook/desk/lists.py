"""The tables that several commands print, from views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from musterbook.desk.phrases import number_in_words, range_in_words
from musterbook.desk.screen import is_terminal, note, paragraph, say, table
from musterbook.desk.views import View, doubt_view
from musterbook.findings import Verdict
from musterbook.model import Doubt
from musterbook.pipeline import Tally

SHORT = 8  # signs of an id that are shown; six are enough to ask for it
HELD = "held for review"
MANY = 10  # lines of a kind before the rest is only counted
LEAD = 20  # signs before the words in question
DOUBT = ("stage", "code", "source", "message")
COLOURS = {  # of verdicts in a terminal
    "open": "cyan",
    "due": "bold cyan",
    "kept": "green",
    "kept late": "yellow",
    "partly kept": "yellow",
    "broken": "red",
    "reversed": "magenta",
    "superseded": "blue",
    "frozen": "blue",
    "unverifiable": "dim",
}
ELASTIC = ("who says so", "publisher", "force", "place")  # may be cut in a narrow terminal; figures never


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
    one_place = len({row[1] for row in rows}) == 1
    spare = (*(("place",) if one_place else ()), "publisher", "when", "place")
    table(columns, rows, title=title, numbers=("figures",), spare=spare, elastic=ELASTIC)


def contingents_table(found: Iterable[View], title: str = "") -> None:
    """Contingents with their strength and where it comes from."""
    columns = ("force", "place", "strength", "range", "confirmed", "who says so", "statements", "contingent")
    rows = [
        (
            v["force_name"],
            v["place_name"],
            number_in_words(v["low"], v["best"], v["high"]),
            range_in_words(v["low"], v["best"], v["high"]),
            confirmed_in_words(v),
            v["says"],
            str(v["statements"]),
            v["contingent"],
        )
        for v in found
    ]
    spare = ("range", "statements", "contingent", "who says so")
    numbers = ("strength", "range", "statements")
    table(columns, rows, title=title, numbers=numbers, spare=spare, elastic=(*ELASTIC, "contingent"))


def confirmed_in_words(view: View) -> str:
    """When somebody counted last, and how many where the estimate has another figure."""
    number, day = view["confirmed"], view["last_confirmed"]
    return f"{number:,} on {day}" if number not in (None, view["best"]) else day or ""


def pledges_table(found: Iterable[View], title: str = "", *, judged: bool = True) -> None:
    """Announced changes with their verdicts; without, where the title tells the verdict."""
    columns = ("verdict", "since", "force", "place", "change", "announced", "deadline", "who says so", "id")
    rows = [
        (
            v["verdict"],
            v["decided_on"] or "",
            v["force_name"],
            v["place_name"],
            v["words"],
            v["announced"] or "?",
            v["deadline"] or "",
            v["by"] or "the report",
            short(v["id"]),
        )
        for v in found
    ]
    kept = range(0 if judged else 2, len(columns))
    shown = [[row[i] for i in kept] for row in rows]
    alike = tuple(name for i, name in ((2, "force"), (3, "place")) if len({row[i] for row in rows}) == 1)
    names = [columns[i] for i in kept]
    spare = (*alike, "since", "announced", "who says so")
    table(names, shown, title=title, spare=spare, elastic=ELASTIC, colours=COLOURS)


def scores_table(found: Iterable[View], by: str) -> None:
    """What became of the announcements of each: counts by verdict, and the share kept with its interval."""
    rows = [(v["name"], *(str(v["counts"].get(str(word), "")) for word in Verdict), _share(v)) for v in found]
    names = (by, *map(str, Verdict), "kept in time (90 %)")
    empty = [name for i, name in enumerate(names) if all(not row[i] for row in rows)]
    kept = [i for i, name in enumerate(names) if name not in empty]
    cells = [[row[i] for i in kept] for row in rows]
    columns = [names[i] for i in kept]
    table(
        columns,
        cells,
        numbers=columns[1:],
        spare=("unverifiable", "open", "superseded", "frozen"),
        elastic=(by,),
    )


def _share(score: View) -> str:
    """``5 of 8 (35–84 %)``; nothing where nothing is judged."""
    if not score["judged"]:
        return ""
    return f"{score['kept']} of {score['judged']} ({score['low'] * 100:.0f}–{score['high'] * 100:.0f} %)"


def held_list(found: Sequence[View]) -> None:
    """What no figure above stands on, each with its reason and with the command that lets it go; a chorus once."""
    found = list({(row["contingent"], row["reason"]): row for row in reversed(found)}.values())[::-1]
    rows = [
        (v["contingent"], v["words"], v["published"] or "?", v["reason"], release(v["statement"]))
        for v in found[:MANY]
    ]
    if not is_terminal():
        if rows:
            table(("contingent", "figures", "published", "reason", "release"), rows, title=HELD)
        return
    for contingent, words, published, reason, command in rows:
        paragraph(f"{HELD}: {contingent} {words} ({published}): {reason}")
        say(f"    {command}")
    if len(found) > MANY:
        say(f"and {len(found) - MANY} more: musterbook queue")


def release(statement: str) -> str:
    """The command that lets a held statement go."""
    return f"musterbook review confirm {short(statement)} --reason WHY"


def doubts_table(found: Iterable[View], title: str = "") -> None:
    """Doubts with their place; in a terminal the words around it stand for the message."""
    if is_terminal():
        rows = [
            (v["stage"], v["code"], last_part(v["source"]), v["words"], around(v) or v["message"])
            for v in found
        ]
        columns = ("stage", "kind", "source", "words", "in the text")
        table(columns, rows, title=title, spare=("stage", "source"), elastic=("words", "in the text"))
        return
    columns = ("stage", "kind", "source", "message", "in the text")
    table(columns, [(*(v[k] for k in DOUBT), v["context"] or "") for v in found], title=title)


def around(doubt: View) -> str:
    """The words in question with a few before them and what follows."""
    context, words = doubt["context"] or "", doubt["words"]
    at = context.find(words)
    return context if at <= LEAD else "… " + context[at - LEAD :].partition(" ")[2]


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
