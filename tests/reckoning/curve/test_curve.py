"""A curve says what the book supports for every day, as wide as it must be, and leads back to its statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from books import IRAQ, SYRIA, line, report, statement
from musterbook.findings import Estimate, Pledge, Verdict
from musterbook.model import CountingRule, Entry, Report, Statement, Status
from musterbook.reckoning.curve.curve import Curve
from musterbook.reckoning.curve.estimates import estimates
from musterbook.reckoning.curve.gather import Curves, Kept, Told, curves
from musterbook.values import Attribution, Figures, Period

MAIN = CountingRule.UNSPECIFIED
GENERAL = Attribution("Gen. Ann Lee", name="Ann Lee")
UNNAMED = Attribution("a U.S. official", named=False)


class Chronicle:
    """Reports, day by day."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.reports: dict[str, Report] = {}

    def tell(
        self,
        day: str,
        figures: Figures | int,
        status: Status = Status.CURRENT,
        speaker: Attribution | None = GENERAL,
        period: Period | None = None,
        rule: CountingRule = MAIN,
        of: Report | None = None,
        place: str = "IRQ",
    ) -> Statement:
        """A report of that day with one statement, or one more statement of a report."""
        told = of or report(f"Report {len(self.reports)} of {day}", date.fromisoformat(day))
        figures = Figures(level=figures) if isinstance(figures, int) else figures
        said = replace(statement(told, figures, status, place, period, speaker), rule=rule)
        self.reports[told.id] = told
        self.entries.append(line(said))
        return said

    def curves(
        self, *pledges: Pledge, first: dict[str, str] | None = None, kept: Kept | None = None
    ) -> Curves:
        """What the reports come to."""
        return curves(Told(self.entries, self.reports, pledges, first or {}), kept=kept)

    def main(self, *pledges: Pledge, first: dict[str, str] | None = None) -> Curve:
        """The main curve of Iraq."""
        return self.curves(*pledges, first=first)[IRAQ][0]

    def on(self, day: str) -> Estimate:
        """The main estimate of a day."""
        return self.main().estimate(date.fromisoformat(day))


@pytest.fixture
def book() -> Chronicle:
    return Chronicle()


def promise(
    target: int, announced: str, deadline: str, verdict: str = "open", decided_on: date | None = None
) -> Pledge:
    days = date.fromisoformat(announced), date.fromisoformat(deadline)
    judged = target, None, Verdict(verdict), decided_on, ""
    return Pledge(IRAQ, Figures(after=target), Status.ANNOUNCED, *days, *judged, None, None, (), (), ())


def share_below(curve: Curve, number: int, day: date) -> float:
    """The chances of fewer than so many on that day."""
    chances = curve.passes.on(np.array([float(day.toordinal())]))[0, 1:]
    return float(chances[curve.grid.numbers < number].sum())


def width(estimate: Estimate) -> float:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.high / max(1, estimate.low)


def test_one_count_is_given_in_its_own_words_with_room_for_error(book: Chronicle) -> None:
    said = book.tell("2020-09-09", 5262)
    found = book.on("2020-09-09")
    assert found.low is not None
    assert found.high is not None
    assert found.best == 5262
    assert 4300 < found.low < 5262 < found.high < 6200
    assert (found.basis, found.last_confirmed, found.confirmed) == ((said.id,), date(2020, 9, 9), 5262)


def test_the_band_widens_with_every_month_of_silence(book: Chronicle) -> None:
    book.tell("2020-09-09", 5200)
    days = ("2020-09-09", "2020-12-09", "2021-09-09", "2022-09-09")
    widths = [width(book.on(day)) for day in days]
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]


def test_what_is_said_later_narrows_what_was_before(book: Chronicle) -> None:
    book.tell("2020-01-01", 5200)
    before = book.on("2020-06-30")
    book.tell("2021-01-01", 5200)
    assert width(book.on("2020-06-30")) < width(before)


def test_a_gap_is_unknown_and_not_zero(book: Chronicle) -> None:
    book.tell("2010-01-01", 5200)
    book.tell("2020-01-01", 900)
    found = book.on("2016-01-01")
    assert (found.low, found.best, found.high) == (None, None, None)
    assert (found.last_confirmed, found.confirmed) == (date(2010, 1, 1), 5200)
    assert book.on("2009-01-01").best is None


def test_all_gone_is_zero_and_stays_so(book: Chronicle) -> None:
    book.tell("2021-03-01", 2500)
    book.tell("2021-08-30", Figures(ratio=0.0), Status.DONE)
    assert (book.on("2021-08-30").best, book.on("2023-08-30").best) == (0, 0)
    assert book.on("2021-04-01").best == 2500


def test_a_misprint_among_many_moves_little(book: Chronicle) -> None:
    for month in range(1, 10):
        book.tell(f"2020-{month:02}-10", 5200 if month != 5 else 52_000)
    found = book.on("2020-05-10")
    assert found.best == 5200
    assert found.high is not None
    assert found.high < 6500


def test_somebody_named_weighs_more_than_somebody_unnamed(book: Chronicle) -> None:
    book.tell("2020-05-10", 5000)
    book.tell("2020-05-10", 3000, speaker=UNNAMED)
    assert book.on("2020-05-10").best == 5000


def test_more_than_leans_upwards(book: Chronicle) -> None:
    book.tell("2020-05-10", Figures(level=5000, low=5000))
    found = book.on("2020-05-10")
    assert found.low is not None
    assert found.high is not None
    assert 5000 - found.low < found.high - 5000


def test_about_leaves_more_room_than_an_exact_count(book: Chronicle) -> None:
    other = Chronicle()
    book.tell("2020-05-10", Figures(level=3000, approx=True))
    other.tell("2020-05-10", 3012)
    assert width(book.on("2020-05-10")) > width(other.on("2020-05-10"))


def test_a_ceiling_bounds_from_above_and_is_no_level(book: Chronicle) -> None:
    said = book.tell("2020-05-10", Figures(level=600, high=600))
    found = book.on("2020-05-10")
    assert (found.low, found.best, found.high, found.basis) == (None, None, 600, (said.id,))
    book.tell("2020-05-11", 200)
    assert book.on("2020-05-11").best == 200


def test_a_ceiling_pushes_a_wide_band_down(book: Chronicle) -> None:
    book.tell("2018-05-10", 5000)
    before = book.on("2020-05-10")
    book.tell("2020-05-10", 5262, rule=CountingRule.AUTHORISED_CAP)
    after = book.on("2020-05-10")
    assert before.high is not None
    assert after.high is not None
    assert after.high < before.high


def test_counting_rules_have_curves_of_their_own(book: Chronicle) -> None:
    book.tell("2017-09-30", 5200)
    book.tell("2017-09-30", 8892, rule=CountingRule.PERMANENTLY_ASSIGNED)
    main, tables = book.curves()[IRAQ]
    assert (main.rule, tables.rule) == (MAIN, CountingRule.PERMANENTLY_ASSIGNED)
    day = date(2017, 9, 30)
    assert (main.estimate(day).best, tables.estimate(day).best) == (5200, 8892)


def test_of_one_report_the_whole_counts_and_not_its_parts(book: Chronicle) -> None:
    told = report("A report of many parts.", date(2020, 5, 10))
    book.tell("2020-05-10", 5200, of=told)
    book.tell("2020-05-10", 800, of=told)
    assert [h.number for h in book.main().heard] == [5200]


def test_an_echo_adds_no_weight(book: Chronicle) -> None:
    said = book.tell("2020-05-10", 5200)
    alone = book.on("2020-08-01")
    echoes = {book.tell(f"2020-0{month}-01", 5200, speaker=None).id: said.id for month in (6, 7, 8)}
    assert book.main(first=echoes).estimate(date(2020, 8, 1)) == alone


def test_an_announcement_draws_towards_its_target(book: Chronicle) -> None:
    book.tell("2020-09-09", 5200)
    day = date(2020, 10, 1)
    without = book.main().estimate(day)
    drawn = book.main(promise(3000, "2020-09-09", "2020-09-30")).estimate(day)
    assert without.best == 5200
    assert drawn.low is not None
    assert without.low is not None
    assert drawn.low <= 3000 < without.low


def test_a_plan_that_was_dropped_draws_no_longer(book: Chronicle) -> None:
    book.tell("2020-06-15", 34_500)
    day = date(2021, 6, 1)
    dropped = promise(25_000, "2020-06-15", "2022-06-15", "reversed", decided_on=date(2020, 7, 1))
    still, gone = promise(25_000, "2020-06-15", "2022-06-15"), dropped
    assert share_below(book.main(gone), 28_000, day) < share_below(book.main(still), 28_000, day) / 2


def test_a_kept_past_makes_promises_draw_harder(book: Chronicle) -> None:
    book.tell("2020-09-09", 5200)
    new = promise(3000, "2020-09-09", "2020-09-30")
    before = [promise(9000 - n, f"201{n}-01-01", f"201{n}-03-01", "kept") for n in range(6)]
    day = date(2020, 11, 15)
    assert share_below(book.main(new), 4000, day) < share_below(book.main(new, *before), 4000, day)


def test_each_support_says_what_it_moves(book: Chronicle) -> None:
    first, second = book.tell("2020-01-10", 5200), book.tell("2020-09-09", 3000)
    found = book.on("2020-09-10")
    assert found.supports[0].statement == second.id
    assert found.supports[0].moved < -1500
    assert all(0 <= s.weight <= 1 for s in found.supports)
    assert first.id in {s.statement for s in book.on("2020-05-01").supports}


def test_without_a_statement_is_what_the_others_say(book: Chronicle) -> None:
    for month, number in ((1, 5200), (3, 5000), (5, 4000), (5, 4100), (8, 3900)):
        book.tell(f"2020-{month:02}-10", number)
    whole, day = book.main(), date(2020, 4, 1)
    for i, support in enumerate(whole.heard):
        others = [e for e in book.entries if e.statement and e.statement.id != support.statement.id]
        less = curves(Told(others, book.reports))[IRAQ][0]
        assert less.grid == whole.grid or i in (0, 4)  # the ends of the ladder
        if less.grid != whole.grid or less.passes.motion != whole.passes.motion:
            continue
        at = np.array([float(day.toordinal())])
        share = float(np.abs(whole.passes.on(at) - less.passes.on(at)).sum() / 2)
        told = {s.statement: s.weight for s in whole.supports(day)}
        assert told.get(support.statement.id, 0.0) == pytest.approx(share, abs=0.02)


def test_only_what_changed_is_reckoned_again(book: Chronicle) -> None:
    kept: Kept = {}
    book.tell("2020-05-10", 5200)
    book.tell("2020-05-10", 900, place="SYR")
    before = book.curves(kept=kept)
    book.tell("2020-06-10", 1000, place="SYR")
    after = book.curves(kept=kept)
    assert after[IRAQ] is before[IRAQ]
    assert after[SYRIA] is not before[SYRIA]


def test_mere_words_are_unknown_and_take_the_place_of_no_number(book: Chronicle) -> None:
    said = book.tell("2020-05-10", Figures())
    day = date(2020, 6, 1)
    (found,) = estimates(book.curves(), book.entries, book.reports, day)
    assert found == Estimate(IRAQ, day, None, None, None, None, (said.id,))
    book.tell("2020-05-01", 500)
    (found,) = estimates(book.curves(), book.entries, book.reports, day)
    assert found.best == 500


def test_a_promise_alone_is_no_contingent(book: Chronicle) -> None:
    book.tell("2020-05-10", Figures(after=3000), Status.ANNOUNCED)
    assert estimates(book.curves(), book.entries, book.reports, date(2020, 6, 1)) == ()


def test_a_past_level_counts_on_its_own_days(book: Chronicle) -> None:
    year = Period(date(2011, 1, 1), date(2011, 12, 31))
    book.tell("2020-05-10", 101_000, Status.PAST, period=year)
    assert (book.on("2011-07-02").best, book.on("2020-05-10").best) == (101_000, None)


def test_a_long_history_is_reckoned_for_every_week(book: Chronicle) -> None:
    for week in range(300):
        day = date(2015, 1, 1) + timedelta(7 * week)
        book.tell(day.isoformat(), 5000 + 10 * (week % 7))
    days = [date(2015, 1, 1) + timedelta(7 * week) for week in range(300)]
    assert all(
        e.low is not None and e.high is not None and e.low <= 5060 <= e.high * 1.02
        for e in book.main().on(days)
    )


def test_what_many_say_one_day_is_not_drowned_by_what_many_say_the_next(book: Chronicle) -> None:
    """However unlikely each makes the other: chances are kept with fewer digits than they are reckoned with."""
    for _ in range(60):
        book.tell("2020-03-01", 90_000, of=report(f"Early {len(book.reports)}", date(2020, 3, 1)))
    for _ in range(60):
        book.tell("2020-03-02", 12, of=report(f"Late {len(book.reports)}", date(2020, 3, 2)))
    early, late = book.main().on([date(2020, 3, 1), date(2020, 3, 2)])
    assert (early.best, late.best) == (90_000, 12)
