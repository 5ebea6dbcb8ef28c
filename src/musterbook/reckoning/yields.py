"""A source that suddenly gives ten times as many statements, or none, has changed its pages or its mind.

What came is compared with what so many reports of this source gave before. An alarm needs evidence on both sides: a
quiet day, one long table and a source that has hardly been seen are none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import prod

from musterbook.findings import Hold, OddYield, Yield
from musterbook.model import Entry

FLOOD, SILENT = "source-flood", "source-silent"
TIMES = 10  # as many statements a report as before
KNOWN = 20  # reports before which nobody can tell what is usual for a source
BATCH = 5  # reports in a batch below which chance rules
TELLING = 3  # reports that must take part in a flood: one long table is none
FLOODED = 20  # statements below which a flood is a puddle
UNLIKELY = 1e-5  # the chance of silence that is no chance: for fifty sources read daily, one false alarm in five years


def yields(sources: Mapping[str, str], told: Mapping[str, int]) -> dict[str, Yield]:
    """What each source gave: ``sources`` names that of every report, ``told`` counts the statements of those that told.

    Both go by the ids of reports.
    """
    found: dict[str, list[int]] = {source: [0, 0, 0] for source in sources.values()}
    for report, source in sources.items():
        statements = told.get(report, 0)
        found[source][0] += 1
        found[source][1] += statements > 0
        found[source][2] += statements
    return {source: Yield(*counts) for source, counts in found.items()}


def odd_yields(history: Mapping[str, Yield], batch: Mapping[str, Yield]) -> tuple[OddYield, ...]:
    """The sources whose batch is out of all proportion to what they gave before, by name."""
    known = [s for s in sorted(batch) if s in history and history[s].reports >= KNOWN]
    odd = (_odd(source, history[source], batch[source]) for source in known if batch[source].reports >= BATCH)
    return tuple(one for one in odd if one is not None)


def flooded(
    odd: Iterable[OddYield],
    sources: Mapping[str, str],
    entries: Iterable[Entry],
    released: Collection[str] = (),
) -> tuple[Hold, ...]:
    """The statements of a batch that are held because their source floods, in the order of their ids.

    ``sources`` names the source of every report of the batch, by the report's id.
    """
    floods = {one.source: one for one in odd if one.code == FLOOD}
    of_flood = {report: floods[source] for report, source in sources.items() if source in floods}
    holds = [
        Hold(e.statement.id, e.contingent, FLOOD, of_flood[e.statement.report].message, ())
        for e in entries
        if e.statement and e.contingent and e.statement.report in of_flood
    ]
    return tuple(sorted((h for h in holds if h.statement not in released), key=lambda hold: hold.statement))


def chance_of_none(history: Yield, reports: int) -> float:
    """How likely so many reports in a row tell nothing, after a history of which some did (Laplace's succession)."""
    silent, seen = history.reports - history.telling, history.reports
    return prod((silent + 1 + more) / (seen + 2 + more) for more in range(reports))


def _odd(source: str, before: Yield, now: Yield) -> OddYield | None:
    """What is odd about a batch, or None."""
    expected = before.statements / before.reports * now.reports
    if now.statements == 0 and chance_of_none(before, now.reports) < UNLIKELY:
        why = "its pages may have changed: look at one of them, then read the batch again"
        return _record(source, SILENT, now, expected, why)
    many = now.statements >= max(FLOODED, TIMES * expected)
    if many and now.telling >= TELLING:
        why = "none is published: look at one of them, then confirm or retract them"
        return _record(source, FLOOD, now, expected, why)
    return None


def _record(source: str, code: str, now: Yield, expected: float, why: str) -> OddYield:
    """The record with its sentence."""
    came = f"{now.statements:,} statements in {now.reports:,} reports where {expected:,.1f} were usual"
    return OddYield(source, code, now.reports, expected, now.statements, f"{source}: {came}; {why}")
