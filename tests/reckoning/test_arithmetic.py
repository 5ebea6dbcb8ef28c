"""What does not add up is found, the likely misprint is named, and what does add up is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from books import line
from musterbook.findings import Conflict
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent, Entry, Report, Statement, Status
from musterbook.reckoning.belonging import Belonging
from musterbook.reckoning.misprints import slip_between
from musterbook.reckoning.within import within_reports
from musterbook.values import Figures, Mention, Span

DAY = date(2020, 9, 9)


class Story:
    """One report in the making: each piece of text is a statement, or words between two."""

    def __init__(self) -> None:
        self.text = ""
        self.said: list[tuple[Span, Figures, Status, str, str]] = []

    def tell(
        self,
        words: str,
        status: Status = Status.ANNOUNCED,
        force: str = "USA",
        place: str = "IRQ",
        **figures: object,
    ) -> Story:
        start = len(self.text)
        self.text += words
        self.said.append((Span(start, len(self.text)), Figures(**figures), status, force, place))  # type: ignore[arg-type]
        self.text += " "
        return self

    def lines(self) -> tuple[list[Entry], dict[str, Report]]:
        told = Report(self.text, published=DAY)
        statements = [
            Statement(told.id, Mention(force), Mention(place), figures, status, (span,))
            for span, figures, status, force, place in self.said
        ]
        return [line(one) for one in statements], {told.id: told}

    def conflicts(self) -> tuple[Conflict, ...]:
        return within_reports(*self.lines(), Belonging(load_register()).is_part)

    def misprints(self) -> list[tuple[int, int] | None]:
        """What was printed and what was likely meant, for every conflict."""
        return [c.misprint and (c.misprint.printed, c.misprint.likely) for c in self.conflicts()]


NOW = Status.CURRENT


@pytest.mark.parametrize(
    ("printed", "meant", "slip"),
    [
        (1200, 2200, "one digit differs"),
        (220, 2200, "a digit is missing"),
        (22000, 2200, "a digit is too many"),
        (2020, 2200, "two digits changed places"),
        (5, 5000, "the thousands are missing"),
        (1300, 2200, ""),
    ],
)
def test_a_misprint_is_one_slip_of_the_hand(printed: int, meant: int, slip: str) -> None:
    assert slip_between(printed, meant) == slip


def test_1200_where_5200_to_3000_makes_2200_is_named() -> None:
    """The United States will cut its force by 1,200, from 5,200 to 3,000."""
    story = Story().tell("A cut by 1,200, from 5,200 to 3,000.", before=5200, after=3000, delta=-1200)
    (found,) = story.conflicts()
    assert (found.code, found.message) == ("change", "5,200 and -1,200 make 4,000, not 3,000")
    assert found.misprint
    assert (found.misprint.printed, found.misprint.likely) == (1200, 2200)
    assert found.misprint.reason == "one digit differs, and 5,200 - 2,200 = 3,000"


def test_a_change_told_in_two_sentences_must_add_up() -> None:
    """There are 5,200 now. 1,200 will leave, leaving 3,000."""
    story = Story().tell("There are 5,200 now.", NOW, level=5200)
    story.tell("1,200 will leave, leaving 3,000.", after=3000, delta=-1200)
    assert story.misprints() == [(1200, 2200)]


def test_a_number_that_is_told_twice_stands() -> None:
    """There are 5,200 now. 2,200 of 5,200 will leave. 2,200 are packing, and 4,000 remain: this one is wrong."""
    story = Story().tell("There are 5,200 now.", NOW, level=5200)
    story.tell("2,200 of the 5,200 will leave.", before=5200, delta=-2200)
    story.tell("2,200 are packing, and 4,000 remain.", after=4000, delta=-2200)
    assert story.misprints() == [(4000, 3000)]


def test_a_drop_that_was_not_read_is_found_by_its_noun() -> None:
    """From 5,200 to 3,000, a drop of 1,200."""
    story = Story().tell("From 5,200 to 3,000, a drop of 1,200.", before=5200, after=3000)
    assert story.misprints() == [(1200, 2200)]


def test_about_leaves_room() -> None:
    """There are about 5,200; roughly 2,000 leave, and some 3,000 remain."""
    story = Story().tell("There are about 5,200.", NOW, level=5200, approx=True)
    story.tell("Roughly 2,000 leave and some 3,000 remain.", after=3000, delta=-2000, approx=True)
    assert story.conflicts() == ()


def test_a_first_group_is_no_whole_change() -> None:
    """From 5,200 to 3,000. A first group of 1,200 leaves next week."""
    story = Story().tell("From 5,200 to 3,000.", before=5200, after=3000)
    story.tell("A first group of 1,200 leaves next week.", delta=-1200)
    assert story.conflicts() == ()


def test_stages_that_make_the_change_together_are_right() -> None:
    """From 5,200 to 3,000: 1,200 will leave in May and 1,000 in June."""
    story = Story().tell("From 5,200 to 3,000.", before=5200, after=3000)
    story.tell("1,200 will leave in May,", delta=-1200).tell("1,000 in June.", delta=-1000)
    assert story.conflicts() == ()


def test_a_plan_that_was_dropped_is_another_one() -> None:
    """1,200 will leave. An earlier plan would have cut the force from 5,200 to 3,000."""
    story = Story().tell("1,200 will leave.", delta=-1200)
    story.tell("An earlier plan would have cut it from 5,200 to 3,000.", before=5200, after=3000)
    assert story.conflicts() == ()


def test_a_share_must_fit_its_numbers() -> None:
    """A third of the 3,000 will leave. The 2,000 go home in May."""
    story = Story().tell("A third of the 3,000 will leave.", before=3000, ratio=0.667)
    story.tell("The 2,000 go home in May.", delta=-2000)
    assert story.misprints() == [(2000, 1000)]


def test_two_hosts_make_a_joint_figure() -> None:
    """There are 3,400 in Iraq and Syria, 2,500 in Iraq and 9,000 in Syria."""
    story = Story().tell("There are 3,400 in both.", NOW, place="IRQ+SYR", level=3400)
    story.tell("2,500 are in Iraq", NOW, level=2500).tell("and 9,000 in Syria.", NOW, place="SYR", level=9000)
    assert story.misprints() == [(9000, 900)]


def test_a_list_after_a_colon_holds_all_the_parts() -> None:
    """250 more will go: 120 engineers, 90 medics and 400 trainers."""
    story = Story().tell("250 more will go:", delta=250).tell("120 engineers,", delta=120)
    story.tell("90 medics", delta=90).tell("and 400 trainers.", delta=400)
    assert story.misprints() == [(400, 40)]


def test_some_members_need_not_make_the_whole() -> None:
    """KFOR has 4,500 soldiers, among them 1,200 Italians and 600 Americans."""
    story = Story().tell("KFOR has 4,500,", NOW, "NATO:KFOR", "XKX", level=4500)
    story.tell("among them 1,200 Italians", NOW, "ITA", "XKX", level=1200)
    story.tell("and 600 Americans.", NOW, "USA", "XKX", level=600)
    assert story.conflicts() == ()


def test_no_member_is_larger_than_the_whole() -> None:
    """KFOR has 4,500 soldiers, among them 12,000 Italians."""
    story = Story().tell("KFOR has 4,500,", NOW, "NATO:KFOR", "XKX", level=4500)
    story.tell("among them 12,000 Italians.", NOW, "ITA", "XKX", level=12000)
    assert [c.code for c in story.conflicts()] == ["member"]


def test_a_number_that_is_spelled_out_is_no_slip_of_a_finger() -> None:
    """There are 5,200 now. Twelve hundred will leave and three thousand stay."""
    story = Story().tell("There are five thousand two hundred.", NOW, level=5200)
    story.tell("Twelve hundred leave and three thousand stay.", after=3000, delta=-1200)
    assert story.conflicts() == ()


def test_the_order_of_entries_changes_nothing() -> None:
    story = Story().tell("There are 5,200 now.", NOW, level=5200)
    story.tell("1,200 will leave, leaving 3,000.", after=3000, delta=-1200)
    entries, reports = story.lines()
    is_part = Belonging(load_register()).is_part
    assert within_reports(entries, reports, is_part) == within_reports(entries[::-1], reports, is_part)


def test_a_statement_of_another_contingent_is_no_part_of_the_sum() -> None:
    """There are 5,200 in Iraq. 1,200 will leave Syria, leaving 3,000 there."""
    story = Story().tell("There are 5,200 in Iraq.", NOW, level=5200)
    story.tell("1,200 will leave Syria, leaving 3,000.", place="SYR", after=3000, delta=-1200)
    assert story.conflicts() == ()


def test_a_report_without_a_text_is_doubted_by_its_figures_alone() -> None:
    said = Story().tell("x", before=5200, after=3000, delta=-1200).lines()[0][0].statement
    assert said
    lone = line(replace(said, report="gone"), Contingent("USA", "IRQ"))
    assert [c.code for c in within_reports([lone], {}, lambda part, whole: False)] == ["change"]
