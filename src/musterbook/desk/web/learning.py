"""What was learned of one contingent between two days: which figure changed, and by which reports and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from musterbook.api import BookView
from musterbook.charts.records import figures_told, strength
from musterbook.desk.phrases import figures_in_words
from musterbook.findings import Estimate
from musterbook.model import Contingent, Entry
from musterbook.reckoning.difference import News, PledgeShift, difference

MOST = 60  # rows


@dataclass(frozen=True, slots=True)
class Between:
    """One contingent at two moments."""

    before: BookView
    after: BookView
    since: datetime

    def told(self, contingent: Contingent, on: date) -> dict[str, Any]:
        """The figure of that day before and after, what brought the change, and announcements judged otherwise."""
        was, now = self.before.knowledge(on), self.after.knowledge(on)
        found = difference(was, now, tuple(self._journal()), self.since)
        shift = next((one for one in found.shifts if one.contingent == contingent), None)
        news = shift.news if shift else ()
        rows = sorted(map(self._row, news), key=lambda row: (row["day"] or date.min, row["statement"]))
        pledges = [_pledge(one) for one in found.pledges if _of(one) == contingent]
        return {
            "was": _figure(was.estimates, contingent),
            "now": _figure(now.estimates, contingent),
            "news": rows[:MOST],
            "news_all": len(rows),
            "pledges": pledges[:MOST],
            "day": on,
        }

    def _journal(self) -> Iterator[Entry]:
        """The lines that can have made a difference, in the order written."""
        old = {e.statement.id: e for e in self.before.entries() if e.statement}
        new = {e.statement.id: e for e in self.after.entries() if e.statement}
        entries: dict[str, Entry] = {}
        for name in {**old, **new}:
            entry = new.get(name)
            if entry is not None and name not in old and entry.recorded > self.since:
                entries[entry.id] = entry
            else:
                entries |= {one.id: one for one in self.after.history(name)}
        yield from sorted(entries.values(), key=lambda one: one.recorded)

    def _row(self, news: News) -> dict[str, Any]:
        said = news.entry.statement if news.entry else None
        report = self.after.report(said.report) if said else None
        act = news.act
        return {
            "what": news.what,
            "statement": news.statement,
            "words": figures_in_words(said.figures, said.wording) if said else "",
            "status": str(said.status) if said else "",
            "day": report.published if report else None,
            "publisher": (report.publisher or report.name) if report else "",
            "detail": news.detail or (act.reason if act else ""),
            "by": act.by if act and act.target else "",
        }


def _figure(estimates: Sequence[Estimate], contingent: Contingent) -> str:
    found = next((one for one in estimates if one.contingent == contingent), None)
    return strength(found.low, found.best, found.high) if found else "unknown"


def _of(shift: PledgeShift) -> Contingent | None:
    pledge = shift.after or shift.before
    return pledge.contingent if pledge else None


def _pledge(shift: PledgeShift) -> dict[str, Any]:
    pledge = shift.after or shift.before
    return {
        "words": figures_told(pledge.figures) if pledge else "",
        "was": str(shift.before.verdict) if shift.before else "",
        "now": str(shift.after.verdict) if shift.after else "",
        "deadline": pledge.deadline if pledge else None,
    }
