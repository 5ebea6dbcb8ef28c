"""Prints an official series beside public statements and the estimate that stands on these alone."""

from __future__ import annotations

from datetime import date

from musterbook.api import BookView
from musterbook.desk.options import Question
from musterbook.desk.phrases import range_in_words, strength_in_words
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import heading, note, say, table
from musterbook.desk.views import View, contingent_view
from musterbook.desk.wiring import asked, force_code, label, place_code
from musterbook.findings import Estimate
from musterbook.lexicon.series import load_series
from musterbook.model import Contingent
from musterbook.reckoning.beside import NO_STATEMENT, VERDICTS, Comparison, Official, Said
from musterbook.reckoning.partings import Summary, sum_up

COLUMNS = (
    "force",
    "place",
    "of",
    "table",
    "said",
    "said of",
    "said/table",
    "also said",
    "estimate",
    "range",
    "verdict",
    "rule",
)
NUMBERS = ("table", "said", "said/table", "estimate", "range")
Named = tuple[str | None, str | None]
Window = tuple[date | None, date | None]


def print_comparison(series: str, named: Named, window: Window, question: Question) -> None:
    """The figures of that series, force, place and time, and what they come to."""
    load_series(series)  # a wrong name is told before a book is opened
    with asked(question) as view:
        found = [one for one in _compared(view, series, *named) if _is_in(one.official.day, *window)]
    summary = sum_up(found)
    if question.as_json:
        rows = [comparison_view(one) for one in found]
        print_json({"series": series, "comparisons": rows, "summary": summary_view(summary)})
        return
    shown = found if named[1] else [one for one in found if one.verdict != NO_STATEMENT]
    table(
        COLUMNS,
        map(_cells, shown),
        numbers=NUMBERS,
        spare=("rule", "range", "force", "also said", "said of"),
        elastic=("place",),
    )
    _tell(summary)
    if not found:
        note(
            f"the book has no such figures of {series}; add a file of it: musterbook series add {series} FILE"
        )


def _compared(view: BookView, series: str, force: str | None, place: str | None) -> tuple[Comparison, ...]:
    """The comparisons of a force and a place; of several places also their sum."""
    whose = view.current_name(force_code(force)) if force else None
    where = view.current_name(place_code(place)) if place else None
    if where is None:
        return view.compare(series, lambda c: whose in (None, c.force))
    parts = sorted(set(where.split("+")))
    whole = "+".join(parts)  # as reports' joint places are written
    joint = [Contingent(whose, whole)] if whose and len(parts) > 1 else []
    wanted = {where, whole, *parts}
    return view.compare(series, lambda c: whose in (None, c.force) and c.place in wanted, joint)


def _is_in(day: date, first: date | None, last: date | None) -> bool:
    return (first or day) <= day <= (last or day)


def _cells(one: Comparison) -> tuple[str, ...]:
    """One line of the table."""
    official, said, estimate = one.official, one.said, one.estimate
    mission = f" ({label(official.contingent.mission)})" if official.contingent.mission else ""
    return (
        label(official.contingent.force),
        label(official.contingent.place) + mission,
        official.day.isoformat(),
        f"{official.number:,}{' or more' if official.is_floor else ''}",
        f"{said.number:,}" if said else "",
        said.day.isoformat() if said else "",
        f"{one.ratio:.0%}" if one.ratio is not None else "",
        "; ".join(f"{other.number:,}" for other in one.also),
        strength_in_words(None, estimate.best, None)
        if estimate and estimate.best is not None
        else _bounds(estimate),
        range_in_words(estimate.low, estimate.best, estimate.high) if estimate else "",
        one.verdict,
        f"{official.rule} / {said.rule}" if said else str(official.rule),
    )


def _bounds(estimate: Estimate | None) -> str:
    """An estimate without a best number in words."""
    return strength_in_words(estimate.low, None, estimate.high) if estimate else ""


def _tell(summary: Summary) -> None:
    """What the comparisons come to, for people."""
    heading("Taken together")
    counts = ", ".join(f"{verdict} {summary.verdicts[verdict]}" for verdict in VERDICTS)
    say(f"figures {summary.figures} = {counts}")
    if summary.median_ratio is not None:
        say(f"in the middle, {summary.median_ratio:.0%} of the tables' figures was said")
    if summary.estimated:
        say(f"the estimate's bounds hold {summary.within} of {summary.estimated} figures")
    for one in summary.largest:
        official, said = one.official, one.said
        says = f"{said.number:,} said of {said.day}" if said else ""
        say(f"widest apart: {official.contingent.id} on {official.day}: table {official.number:,}, {says}")
    for day in summary.partings:
        say(f"by day: {day.day}, table {day.table:,} in {', '.join(day.contingents)}, said {day.said:,}")


def comparison_view(one: Comparison) -> View:
    """One figure for programs; ``estimate`` stands on all statements but those of the series."""
    return (
        contingent_view(one.official.contingent, label)
        | official_view(one.official)
        | {
            "said": said_view(one.said),
            "also": [said_view(other) for other in one.also],
            "estimate": _estimate_view(one.estimate),
            "ratio": None if one.ratio is None else round(one.ratio, 4),
            "verdict": one.verdict,
            "within": one.is_within,
            "repeats": one.repeats,
        }
    )


def official_view(one: Official) -> View:
    """The table's own figure."""
    return {
        "day": one.day.isoformat(),
        "table": one.number,
        "at_least": one.is_floor,
        "rule": str(one.rule),
        "published": one.published.isoformat() if one.published else None,
        "basis": list(one.statements),
    }


def said_view(said: Said | None) -> View | None:
    """What somebody else said."""
    if said is None:
        return None
    return {
        "number": said.number,
        "low": said.low,
        "high": said.high,
        "day": said.day.isoformat(),
        "rule": str(said.rule),
        "basis": list(said.statements),
    }


def _estimate_view(estimate: Estimate | None) -> View | None:
    if estimate is None:
        return None
    held = {"low": estimate.low, "best": estimate.best, "high": estimate.high}
    return held | {"basis": list(estimate.basis)}


def summary_view(summary: Summary) -> View:
    """What the comparisons come to, for programs."""
    return {
        "figures": summary.figures,
        "compared": summary.compared,
        "verdicts": dict(summary.verdicts),
        "median_ratio": None if summary.median_ratio is None else round(summary.median_ratio, 4),
        "estimated": summary.estimated,
        "within": summary.within,
        "largest": [comparison_view(one) for one in summary.largest],
        "by_day": [
            {
                "day": one.day.isoformat(),
                "contingents": list(one.contingents),
                "table": one.table,
                "said": one.said,
            }
            for one in summary.partings
        ],
    }
