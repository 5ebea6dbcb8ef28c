"""Official tables beside what was said in public: where they agree, where they part, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from books import line
from musterbook.api.comparing import estimator
from musterbook.model import Contingent, CountingRule, Entry, Report, Statement, Status
from musterbook.reckoning.beside import Comparison
from musterbook.reckoning.compare import compare
from musterbook.reckoning.partings import sum_up
from musterbook.values import Figures, Mention, Period, Span

SEPTEMBER = date(2017, 9, 30)
CAP, GROUND, ASSIGNED = (
    CountingRule.AUTHORISED_CAP,
    CountingRule.ON_THE_GROUND,
    CountingRule.PERMANENTLY_ASSIGNED,
)


class Shelf:
    """A table and what others say, as lines of a book."""

    def __init__(self) -> None:
        self.series: list[Entry] = []
        self.public: list[Entry] = []
        self.reports: dict[str, Report] = {}

    def _line(
        self, place: str, figures: Figures, day: date | None, published: date, rule: CountingRule
    ) -> Entry:
        report = Report(f"{place} {len(self.reports)}", published=published)
        self.reports[report.id] = report
        period = Period.day(day) if day else None
        evidence = (Span(0, len(report.text)),)
        head = report.id, Mention("USA"), Mention(place), figures, Status.CURRENT, evidence
        return line(Statement(*head, period=period, rule=rule))

    def table(
        self, place: str, number: int, day: date = SEPTEMBER, rule: CountingRule = GROUND, floor: bool = False
    ) -> None:
        figures = Figures(low=number) if floor else Figures(level=number)
        self.series.append(self._line(place, figures, day, day + timedelta(58), rule))

    def said(
        self,
        place: str,
        number: int,
        day: date = date(2017, 8, 31),
        rule: CountingRule = CountingRule.UNSPECIFIED,
        published: date | None = None,
    ) -> None:
        self.public.append(self._line(place, Figures(level=number), day, published or day, rule))

    def compared(self, joint: Sequence[Contingent] = ()) -> tuple[Comparison, ...]:
        return compare(
            self.series, self.public, self.reports, lambda own: estimator(own, self.reports), joint
        )

    def verdict(self) -> str:
        [one] = self.compared()
        return one.verdict


def test_what_was_said_agrees_within_a_tenth() -> None:
    shelf = Shelf()
    shelf.table("DEU", 34_516, rule=ASSIGNED)
    shelf.said("DEU", 35_000)
    assert shelf.verdict() == "agree"


def test_half_as_many_under_the_same_rule_is_a_parting() -> None:
    shelf = Shelf()
    shelf.table("IRQ", 8_892)
    shelf.said("IRQ", 5_200)
    [one] = shelf.compared()
    assert (one.verdict, one.gap) == ("part", 3_692)
    assert one.ratio is not None
    assert round(one.ratio, 2) == 0.58


def test_a_cap_is_counted_by_another_rule() -> None:
    shelf = Shelf()
    shelf.table("IRQ", 8_892)
    shelf.said("IRQ", 5_262, rule=CAP)
    assert shelf.verdict() == "other rule"


def test_a_statement_by_the_same_rule_goes_before_a_nearer_cap() -> None:
    shelf = Shelf()
    shelf.table("IRQ", 8_892)
    shelf.said("IRQ", 5_262, date(2017, 9, 29), CAP)
    shelf.said("IRQ", 8_800, date(2017, 8, 1))
    assert shelf.verdict() == "agree"


def test_what_others_said_on_the_same_day_is_told_as_well() -> None:
    shelf = Shelf()
    shelf.table("AFG", 15_298)
    for number in (12_000, 8_400, 12_000):
        shelf.said("AFG", number)
    [one] = shelf.compared()
    assert one.said is not None
    assert {one.said.number, *(other.number for other in one.also)} == {8_400, 12_000}
    assert len(one.also) == 1


def test_a_table_that_leaves_some_out_cannot_be_compared() -> None:
    shelf = Shelf()
    shelf.table("SYR", 1, date(2021, 12, 31), ASSIGNED, floor=True)
    shelf.said("SYR", 900, date(2021, 12, 1))
    [one] = shelf.compared()
    assert (one.verdict, one.ratio, one.is_within) == ("not comparable", None, None)


def test_what_was_said_years_ago_says_nothing() -> None:
    shelf = Shelf()
    shelf.table("IRQ", 8_892)
    shelf.said("IRQ", 8_900, date(2016, 1, 1))
    shelf.said("IRQ", 8_900, date(2018, 3, 1))
    assert shelf.verdict() == "no statement"


def test_a_report_that_repeats_the_table_is_no_statement_of_its_own() -> None:
    """In November 2017 papers printed the table's 8,892 of September; one of them misprinted it."""
    shelf = Shelf()
    shelf.table("IRQ", 8_892)
    shelf.said("IRQ", 8_892, SEPTEMBER, published=date(2017, 11, 28))
    shelf.said("IRQ", 8_992, SEPTEMBER, published=date(2017, 11, 27))
    shelf.said("IRQ", 5_200)
    [one] = shelf.compared()
    assert (one.said and one.said.number, one.verdict, one.repeats) == (5_200, "part", 2)
    assert one.estimate is not None
    assert one.estimate.best == 5_200


def test_who_counts_the_same_on_that_day_is_believed_to_have_counted() -> None:
    shelf = Shelf()
    shelf.table("IRQ", 8_892)
    shelf.said("IRQ", 8_900, SEPTEMBER, published=SEPTEMBER)
    assert shelf.verdict() == "agree"


def test_the_estimate_stands_on_public_statements_alone() -> None:
    shelf = Shelf()
    shelf.table("DEU", 34_516)
    shelf.said("DEU", 35_000)
    [one] = shelf.compared()
    assert one.estimate is not None
    assert set(one.estimate.basis) == {e.statement.id for e in shelf.public if e.statement}


def november_2017() -> Shelf:
    """The tables of September 2017, and the caps that were told at the time."""
    shelf = Shelf()
    for place, number, cap in (("AFG", 15_298, 9_000), ("IRQ", 8_892, 5_262), ("SYR", 1_720, 503)):
        shelf.table(place, number)
        shelf.said(place, cap, date(2017, 11, 27), CAP)
    return shelf


def test_25910_in_three_countries_stand_beside_caps_of_14765() -> None:
    summary = sum_up(november_2017().compared())
    assert summary.verdicts["other rule"] == 3
    [parting] = summary.partings
    assert parting.contingents == ("USA/AFG", "USA/IRQ", "USA/SYR")
    assert (parting.table, parting.said) == (25_910, 14_765)


def test_a_joint_place_is_compared_with_the_sum_of_its_parts() -> None:
    whole = Contingent("USA", "AFG+IRQ+SYR")
    found = {one.official.contingent: one for one in november_2017().compared([whole])}
    one = found[whole]
    assert (one.official.number, one.said and one.said.number, one.verdict) == (25_910, 14_765, "other rule")
    assert len(one.official.statements) == 3


def test_a_joint_statement_is_compared_unasked() -> None:
    shelf = november_2017()
    shelf.said("AFG+IRQ+SYR", 26_000, date(2017, 10, 15))
    found = {one.official.contingent.place: one.verdict for one in shelf.compared()}
    assert found["AFG+IRQ+SYR"] == "agree"


def test_a_sum_that_lacks_a_part_is_not_made() -> None:
    shelf = november_2017()
    shelf.series.pop()
    assert Contingent("USA", "AFG+IRQ+SYR") not in {
        one.official.contingent for one in shelf.compared([Contingent("USA", "AFG+IRQ+SYR")])
    }


def test_the_order_of_lines_changes_nothing() -> None:
    shelf = november_2017()
    shelf.said("IRQ", 5_200)
    shelf.said("IRQ", 5_300)
    before, summary = shelf.compared(), sum_up(shelf.compared())
    Random(7).shuffle(shelf.public)
    Random(8).shuffle(shelf.series)
    assert shelf.compared() == before
    assert sum_up(shelf.compared()[::-1]) == summary


def test_a_summary_says_how_many_agree_and_what_the_bounds_hold() -> None:
    shelf = november_2017()
    shelf.table("DEU", 34_516)
    shelf.said("DEU", 34_516)
    summary = sum_up(shelf.compared())
    assert (summary.figures, summary.compared, summary.verdicts["agree"]) == (4, 4, 1)
    assert summary.largest[0].official.contingent.place == "AFG"
    assert summary.within == 1
