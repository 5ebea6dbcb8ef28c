"""What is reckoned from the lines that stand: each thing once, as long as they stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from musterbook.findings import Estimate, Hold, Pledge, Utterance
from musterbook.ledger.asof import Standing
from musterbook.ledger.deciding import GUARD
from musterbook.lexicon.series import is_table
from musterbook.model import Contingent, Entry, Report

if TYPE_CHECKING:
    from musterbook.api.view import BookView
    from musterbook.reckoning.curve.estimates import LightEstimates
    from musterbook.reckoning.curve.gather import Curves, Kept
    from musterbook.reckoning.families import KeptKin, Kin
    from musterbook.reckoning.regulars import Regulars

BY_HAND = "by-hand"  # the code of a hold that somebody wrote


class Reckoned:
    """The reckoning of one view; ``found`` is what stands in it, of the whole book or of one contingent."""

    def __init__(self, view: BookView) -> None:
        self._view = view
        self._kept_holds: tuple[Standing, tuple[Hold, ...]] | None = None
        self._kept_curves: Kept = {}
        self._kept_drawn: tuple[Standing, date, Curves] | None = None
        self._kept_families: KeptKin = {}
        self._kept_light: tuple[Curves, LightEstimates] | None = None
        self._kept_regulars: tuple[Standing, Regulars] | None = None
        self._kept_kin: tuple[Standing, Kin] | None = None
        self._kept_utterances: tuple[Standing, tuple[Utterance, ...]] | None = None

    def lean_on(self, other: Reckoned) -> None:
        """Take over what the reckoning of a wider view keeps, as far as it holds for this one."""
        self._whole, self._kept_curves = other._whole, other._kept_curves
        self._kept_families = other._kept_families

    def take_over(self, other: Reckoned) -> None:
        """Start from what another view of the same book keeps of each contingent: what differs is reckoned anew."""
        self._kept_curves = dict(other._kept_curves)
        self._kept_families = dict(other._kept_families)

    def strengths(self, found: Standing, day: date) -> tuple[Estimate, ...]:
        """The estimates of a day."""
        from musterbook.reckoning.curve.estimates import estimates

        reports, held = self._view.reports_of(found.entries), self.left_out(found)
        told = estimates(self.curves(found), found.entries, reports, day, held)
        return tuple(replace(estimate, known_at=self._view.known) for estimate in told)

    def light(self, found: Standing, day: date) -> tuple[Estimate, ...]:
        """The same figures without who supports them; once the curves are reckoned, any day is quick."""
        from musterbook.reckoning.curve.estimates import LightEstimates

        drawn = self.curves(found)
        if self._kept_light is None or self._kept_light[0] is not drawn:
            reports = self._view.reports_of(found.entries)
            self._kept_light = drawn, LightEstimates(drawn, found.entries, reports)
        return self._kept_light[1].on(day, self._view.known)

    def curves(self, found: Standing) -> Curves:
        """The curves of what is not held, each reckoned once as long as nothing of it changes."""
        day, drawn = self._view.asked_for(), self._kept_drawn
        if drawn is None or drawn[0] is not found or drawn[1] != day:
            drawn = self._kept_drawn = found, day, self._curves(found, day)
        return drawn[2]

    def _curves(self, found: Standing, day: date) -> Curves:
        from musterbook.reckoning.curve.gather import Told, curves

        vouched = frozenset(found.confirmed)
        promised, reports = self.pledges(found, day, whole=False), self._view.reports_of(found.entries)
        told = Told(found.entries, reports, promised, self.first(found), vouched)
        return curves(told, self.left_out(found), self._kept_curves)

    def pledges(self, found: Standing, day: date, whole: bool = True) -> tuple[Pledge, ...]:
        """The pledges as they stood on a day; where not ``whole``, each contingent's by what was said of it alone."""
        from musterbook.reckoning.guards import without
        from musterbook.reckoning.pledges import pledges

        with_held = self._view.lens.with_held
        entries = found.entries if with_held else without(found.entries, self.holds(found))
        areas = areas_of(entries) if whole else {}
        return pledges(entries, self._view.reports_of(entries), day, self.first(found), areas)

    def left_out(self, found: Standing) -> frozenset[str]:
        """The ids of the statements that no figure stands on."""
        holds = () if self._view.lens.with_held else self.holds(found)
        return frozenset(hold.statement for hold in holds)

    def holds(self, found: Standing) -> tuple[Hold, ...]:
        """What is held: by entries, then by the guards of the rest."""
        if self._kept_holds is None or self._kept_holds[0] is not found:
            self._kept_holds = found, self._holds(found)
        return self._kept_holds[1]

    def first(self, found: Standing) -> Mapping[str, str]:
        """For every statement the first one of its utterance."""
        from musterbook.reckoning.echoes import first_of

        return first_of(self.utterances(found))

    def utterances(self, found: Standing) -> tuple[Utterance, ...]:
        """What was said, of what stands."""
        from musterbook.reckoning.echoes import utterances_of

        if self._kept_utterances is None or self._kept_utterances[0] is not found:
            self._kept_utterances = found, utterances_of(self.kin(found), found.echoes)
        return self._kept_utterances[1]

    def kin(self, found: Standing) -> Kin:
        """The reports of each contingent in their families."""
        from musterbook.reckoning.families import kin_of

        if self._kept_kin is None or self._kept_kin[0] is not found:
            reports = self._view.reports_of(found.entries)
            self._kept_kin = found, kin_of(found.entries, reports, self._kept_families)
        return self._kept_kin[1]

    def _holds(self, found: Standing) -> tuple[Hold, ...]:
        """What entries hold, then what the guards hold of the rest."""
        from musterbook.reckoning.chorus import chorus
        from musterbook.reckoning.guards import held, without

        by_entry = [
            _hold(e.statement.id, e.contingent, found.held[e.statement.id])
            for e in found.entries
            if e.statement and e.contingent and e.statement.id in found.held
        ]
        rest = [e for e in found.entries if e.statement and e.statement.id not in found.held]
        reports = self._view.reports_of(rest)
        sung = chorus(rest, reports, found.confirmed.keys(), self._regulars)
        told = _of_texts(without(rest, sung), reports)
        return (*by_entry, *sung, *held(told, reports, found.confirmed.keys()))

    @cached_property
    def _whole(self) -> BookView:
        """The view with all its contingents, which keeps what it has read."""
        return self._view if self._view.lens.wanted is None else self._view.of(None)

    def _regulars(self) -> Regulars:
        """What every source told so far, of whatever contingent."""
        from musterbook.reckoning.regulars import regulars

        whole = self._whole
        found = whole.standing()
        if self._kept_regulars is None or self._kept_regulars[0] is not found:
            self._kept_regulars = found, regulars(found.entries, whole.reports_of(found.entries))
        return self._kept_regulars[1]


def _of_texts(entries: Iterable[Entry], reports: Mapping[str, Report]) -> Iterator[Entry]:
    """The entries that the guards judge: a table is not misread, and that statements part from it is no slip."""
    return (e for e in entries if e.statement and not is_table(reports[e.statement.report].language))


def areas_of(entries: Iterable[Entry]) -> Mapping[str, tuple[str, ...]]:
    """The places that the areas among these entries take in, by the register."""
    from musterbook.lexicon.register import load_register

    places = {entry.contingent.place for entry in entries if entry.contingent}
    hosts = ((place, load_register().hosts(place)) for place in sorted(places))
    return {place: inside for place, inside in hosts if inside and inside != (place,)}


def _hold(statement: str, contingent: Contingent, entry: Entry) -> Hold:
    """What an entry holds, with who holds it."""
    from musterbook.reckoning.yields import FLOOD

    if entry.by == GUARD:
        return Hold(statement, contingent, FLOOD, entry.reason, ())
    return Hold(statement, contingent, BY_HAND, f"{entry.reason} ({entry.by})", ())
