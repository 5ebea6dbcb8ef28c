"""Across reports: one announcement told differently, sources that differ, and what explains the difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from books import line
from musterbook.findings import Conflict
from musterbook.lexicon.register import load_register
from musterbook.model import CountingRule, Entry, Report, Statement, Status
from musterbook.reckoning.belonging import Belonging
from musterbook.reckoning.conflicts import all_conflicts
from musterbook.reckoning.guards import held
from musterbook.values import Attribution, Figures, Mention, Period, Span

START = date(2020, 9, 1)
CUT = Figures(before=5200, after=3000)
MCKENZIE = Attribution("Gen. Kenneth McKenzie", name="Kenneth McKenzie")


class News:
    """Reports of one statement each, by default of the Americans in Iraq."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.reports: dict[str, Report] = {}

    def __call__(
        self,
        day: int,
        figures: Figures,
        status: Status = Status.CURRENT,
        source: str = "",
        rule: CountingRule = CountingRule.UNSPECIFIED,
        speaker: Attribution | None = None,
        words: str = "",
        on: int | None = None,
    ) -> Statement:
        number = len(self.reports)
        text = words or f"Report {number}: {figures.level or figures.delta or 0:,} troops."
        told = Report(text, publisher=source or f"Paper {number}", published=START + timedelta(day))
        period = None if on is None else Period.day(START + timedelta(on))
        said = Statement(
            told.id,
            Mention("USA"),
            Mention("IRQ"),
            figures,
            status,
            (Span(0, len(text)),),
            period=period,
            rule=rule,
            speaker=speaker,
        )
        self.reports[told.id] = told
        self.entries.append(line(said))
        return said

    def conflicts(self, first: dict[str, str] | None = None) -> tuple[Conflict, ...]:
        holds = held(self.entries, self.reports)
        return all_conflicts(self.entries, self.reports, Belonging(load_register()), first, holds)

    def codes(self, first: dict[str, str] | None = None) -> list[tuple[str, bool]]:
        return [(c.code, c.explained) for c in self.conflicts(first)]


def told_by(news: News, words: str, figures: Figures, day: int = 8) -> Statement:
    return news(day, figures, Status.ANNOUNCED, speaker=MCKENZIE, words=words)


def test_one_outlet_misprints_what_the_others_tell() -> None:
    """Two tell "from 5,200 to 3,000", a third that 1,200 leave; all quote McKenzie."""
    news = News()
    told_by(news, "It goes from 5,200 to 3,000.", CUT)
    told_by(news, "From 5,200 to 3,000, he said.", CUT)
    wrong = told_by(news, "He said 1,200 will leave.", Figures(delta=-1200))
    (found,) = news.conflicts()
    assert (found.code, found.basis[0]) == ("retold", wrong.id)
    assert found.misprint
    assert (found.misprint.printed, found.misprint.likely) == (1200, 2200)


def test_the_right_difference_contradicts_nobody() -> None:
    news = News()
    told_by(news, "It goes from 5,200 to 3,000.", CUT)
    told_by(news, "He said 2,200 will leave.", Figures(delta=-2200))
    assert news.conflicts() == ()


def test_another_person_may_give_another_number() -> None:
    news = News()
    told_by(news, "It goes from 5,200 to 3,000.", CUT)
    other = Attribution("Mark Esper", name="Mark Esper")
    news(8, Figures(delta=-1200), Status.ANNOUNCED, speaker=other, words="Esper said 1,200 leave.")
    assert news.conflicts() == ()


def test_two_sources_of_one_week_that_differ_cannot_both_be_right() -> None:
    news = News()
    one, other = news(1, Figures(level=2500)), news(5, Figures(level=3500))
    (found,) = news.conflicts()
    assert (found.code, found.explained, found.basis) == ("sources", False, (one.id, other.id))


def test_rounding_is_no_contradiction() -> None:
    news = News()
    news(1, Figures(level=5200)), news(2, Figures(level=5000, approx=True))
    assert news.conflicts() == ()


def test_a_change_between_two_counts_explains_them() -> None:
    news = News()
    news(1, Figures(level=5200))
    news(10, Figures(before=5200, after=3500), Status.DONE, words="Down from 5,200 to 3,500.")
    news(20, Figures(level=3500))
    assert news.codes() == []


def test_other_rules_are_no_contradiction_and_are_said_to_be_none() -> None:
    """503 is the cap for Syria; 900 were counted."""
    news = News()
    news(1, Figures(level=503), rule=CountingRule.AUTHORISED_CAP)
    news(2, Figures(level=900))
    assert news.codes() == [("rule-difference", True)]


def test_a_figure_told_together_with_temporary_forces_is_counted_otherwise() -> None:
    """900 for years; then "2,000, of whom 1,100 on temporary duty"."""
    news = News()
    news(1, Figures(level=900))
    whole = news(9, Figures(level=2000))
    part = replace(whole, figures=Figures(level=1100), rule=CountingRule.TEMPORARY)
    news.entries.append(line(part))
    assert ("sources", False) not in news.codes()
    assert ("rule-difference", True) in news.codes()


def test_an_old_figure_that_is_repeated_is_called_stale() -> None:
    news = News()
    for day in (0, 60, 120):
        news(day, Figures(level=5200))
    news(121, Figures(level=7000))
    assert ("stale", True) in news.codes()


def test_an_echo_contradicts_nobody() -> None:
    news = News()
    one, other = news(1, Figures(level=2500)), news(5, Figures(level=3500))
    assert news.codes({one.id: one.id, other.id: one.id}) == []


def test_one_pair_of_figures_is_told_once() -> None:
    news = News()
    for day in range(10):
        news(day, Figures(level=2500)), news(day, Figures(level=3500))
    assert news.codes() == [("sources", False)]


def test_what_the_guards_hold_is_in_the_list_and_not_doubted_twice() -> None:
    news = News()
    news(1, Figures(level=5200)), news(9, Figures(level=52000))
    assert news.codes() == [("ten-times", False)]


def test_a_number_that_only_one_has_is_the_misprint_of_the_one_that_several_have() -> None:
    news = News()
    news(1, Figures(level=8892)), news(2, Figures(level=8892))
    lone = news(3, Figures(level=8992))
    found = [c.misprint for c in news.conflicts() if c.misprint]
    assert [(m.statement, m.printed, m.likely) for m in found] == [(lone.id, 8992, 8892)]
