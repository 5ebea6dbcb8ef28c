"""Prints the records of speakers, offices and publishers."""

from __future__ import annotations

from dataclasses import asdict

from musterbook.desk.lists import short
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, table
from musterbook.desk.views import View
from musterbook.desk.wiring import asked
from musterbook.reckoning.record import Comparison, Record, Share

COLUMNS = (
    "figures",
    "compared",
    "within 10 %",
    "within 25 %",
    "too low",
    "too high",
    "told to found",
    "other rule",
    "pledges",
)
EACH = ("name", "contingent", "told", "found", "how", "rule", "statement", "shown by")


def print_records(by: str, name: str | None, series: tuple[str, ...], question: Question) -> None:
    """Everybody's record on a line each, or one name's figure by figure."""
    with asked(question) as view:
        found = view.record(by, series=series)
    if name:
        found = tuple(record for record in found if name.casefold() in record.name.casefold())
    if question.as_json:
        print_json({"records": [record_view(record) for record in found]})
        return
    table((by, *COLUMNS), [_cells(record) for record in found], numbers=COLUMNS[:2], elastic=(by, "pledges"))
    if name:
        table(
            EACH,
            [_each(r, c) for r in found for c in (*r.compared, *r.other_rule)],
            numbers=("told", "found"),
        )
    if not found:
        note("no such record; see them all with: musterbook record")


def record_view(record: Record) -> View:
    """A record for programs; bounds that are not known are null."""
    low, median, high = record.ratios
    return {
        "name": record.name,
        "by": record.by,
        "figures": record.figures,
        "compared": len(record.compared),
        "within_tenth": _share_view(record.within_tenth),
        "within_quarter": _share_view(record.within_quarter),
        "too_low": record.under,
        "too_high": record.over,
        "ratio": {"low": low, "median": median, "high": high},
        "pledges": dict(record.verdicts),
        "comparisons": [_comparison_view(c) for c in (*record.compared, *record.other_rule)],
    }


def _share_view(share: Share) -> View:
    return {"count": share.count, "of": share.of, "low": share.low, "high": share.high}


def _comparison_view(one: Comparison) -> View:
    shown = asdict(one.disclosure)
    told = {"contingent": one.contingent.id, "told": one.told, "statement": one.statement}
    return told | {
        "found": shown["number"],
        "kind": shown["kind"],
        "shown_by": shown["statement"],
        "same_rule": shown["same_rule"],
    }


def _cells(record: Record) -> tuple[str, ...]:
    low, median, high = record.ratios
    bounds = f" ({low:.2f} to {high:.2f})" if low is not None and high is not None else ""
    return (
        record.name,
        str(record.figures),
        str(len(record.compared)),
        share_in_words(record.within_tenth),
        share_in_words(record.within_quarter),
        str(record.under),
        str(record.over),
        f"{median:.2f}{bounds}" if median is not None else "",
        str(len(record.other_rule)),
        ", ".join(f"{verdict} {count}" for verdict, count in record.verdicts.items()),
    )


def share_in_words(share: Share) -> str:
    """``3 of 4 (36 to 94 %)``; empty where nothing was compared."""
    if share.low is None or share.high is None:
        return ""
    return f"{share.count} of {share.of} ({100 * share.low:.0f} to {100 * share.high:.0f} %)"


def _each(record: Record, one: Comparison) -> tuple[str, ...]:
    shown = one.disclosure
    rule = "the same" if shown.same_rule else "another"
    told = f"{one.told:,}", f"{shown.number:,}"
    return (
        record.name,
        one.contingent.id,
        *told,
        shown.kind,
        rule,
        short(one.statement),
        short(shown.statement),
    )
