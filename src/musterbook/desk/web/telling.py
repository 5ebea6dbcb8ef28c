"""The statements of one contingent as a table: filtered, sorted and paged by what the address says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from musterbook.api import BookView
from musterbook.desk.views import View, statement_view
from musterbook.desk.web.asked import WrongParameterError, number_in
from musterbook.desk.wiring import label
from musterbook.ledger.asof import Standing
from musterbook.model import Contingent, CountingRule, Report, Statement, Status

PAGE = 200  # rows at once
Pair = tuple[Statement, Report]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which statements a reader wants to see, and in which order."""

    status: str = ""
    rule: str = ""
    origin: str = ""  # the beginning of the id of the statement that they go back to
    sort: str = "-published"
    page: int = 1


SORTS: Mapping[str, Callable[[Pair], Any]] = {
    "published": lambda pair: pair[1].published or date.min,
    "day": lambda pair: pair[0].period.last if pair[0].period else pair[1].published or date.min,
    "figure": lambda pair: size_of(pair[0]),
    "publisher": lambda pair: (pair[1].publisher or pair[1].name).casefold(),
}


def wish_in(query: Mapping[str, str]) -> Wish:
    """What the parameters of an address wish for; WrongParameterError."""
    return Wish(
        one_of(query, "status", [str(one) for one in Status]),
        one_of(query, "rule", [str(one) for one in CountingRule]),
        origin_in(query),
        one_of(query, "sort", [*SORTS, *(f"-{name}" for name in SORTS)]) or "-published",
        number_in(query, "page", 1, 1, 10_000),
    )


def one_of(query: Mapping[str, str], name: str, words: Sequence[str]) -> str:
    """One of these words, empty where none is given."""
    found = query.get(name, "").strip()
    if found and found not in words:
        raise WrongParameterError(f"{name}={found[:40]} is not known; it is one of: {', '.join(words)}")
    return found


def origin_in(query: Mapping[str, str]) -> str:
    """The beginning of a statement's id."""
    found = query.get("origin", "").strip()
    if found and (len(found) < 6 or set(found) - set("0123456789abcdef")):
        raise WrongParameterError(
            f"origin={found[:40]} is no id; write six or more signs of 0 to 9 and a to f"
        )
    return found


def told(view: BookView, contingent: Contingent, wish: Wish) -> dict[str, Any]:
    """One page of the table, how many rows there are in all, and what they can be filtered by."""
    standing, first = view.standing(contingent), view.echoes(contingent)
    everything = _pairs(view, standing)
    found = [pair for pair in everything if _fits(pair[0], wish, first)]
    found.sort(key=lambda pair: pair[0].evidence[0].start)
    found.sort(key=SORTS[wish.sort.removeprefix("-")], reverse=wish.sort.startswith("-"))
    pages = max(1, -(-len(found) // PAGE))
    page = min(wish.page, pages)
    families, held = (
        Counter(first.values()),
        {hold.statement: hold.message for hold in view.holds(contingent)},
    )
    shown = found[(page - 1) * PAGE : page * PAGE]
    return {
        "statements": [_row(pair, first, families, held, standing) for pair in shown],
        "count": len(found),
        "count_all": len(everything),
        "page": page,
        "pages": pages,
        "statuses": sorted({str(said.status) for said, _ in everything}),
        "rules": sorted({str(said.rule) for said, _ in everything}),
    }


def _pairs(view: BookView, standing: Standing) -> list[Pair]:
    reports = view.reports_of(standing.entries)
    return [(e.statement, reports[e.statement.report]) for e in standing.entries if e.statement]


def _fits(said: Statement, wish: Wish, first: Mapping[str, str]) -> bool:
    return (
        wish.status in ("", said.status)
        and wish.rule in ("", said.rule)
        and first.get(said.id, said.id).startswith(wish.origin)
    )


def _row(
    pair: Pair,
    first: Mapping[str, str],
    families: Mapping[str, int],
    held: Mapping[str, str],
    standing: Standing,
) -> View:
    said, report = pair
    origin = first.get(said.id, said.id)
    return statement_view(said, report, label) | {
        "origin": origin,
        "kin": families.get(origin, 1),
        "held": held.get(said.id, ""),
        "confirmed": said.id in standing.confirmed,
    }


def size_of(said: Statement) -> int:
    """The number by which figures are put in order; -1 where none is told."""
    figures = said.figures
    told_ = (figures.after, figures.level, figures.high, figures.low, figures.delta, figures.before)
    return next((number for number in told_ if number is not None), -1)


def query_of(wish: Wish, **others: str) -> dict[str, str]:
    """The wish as parameters, what is usual left out."""
    own = {"status": wish.status, "rule": wish.rule, "origin": wish.origin}
    own["sort"] = "" if wish.sort == "-published" else wish.sort
    return own | others


def learned_days(pairs: Iterable[date], most: int = 240) -> tuple[date, ...]:
    """The days in order, each once; of very many as many as a slider can show."""
    days = sorted(set(pairs))
    if len(days) <= most:
        return tuple(days)
    return tuple(dict.fromkeys(days[round(i * (len(days) - 1) / (most - 1))] for i in range(most)))
