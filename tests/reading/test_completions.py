"""A withdrawal told as finished leaves nobody, with or without a number; a part of one does not."""

from __future__ import annotations

import pytest

import musterbook as mb

Told = tuple[str, str, str, str | None]  # force, place, status, day


def told(text: str, published: str = "2014-03-10") -> list[Told]:
    """The statements by which nobody is left."""
    found = [s for s in mb.read(text, published=published) if s.figures.ratio == 0]
    return [
        (s.force.code, s.place.code if s.place else "", str(s.status), s.period.iso() if s.period else None)
        for s in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The pullout of American forces from Chad is to be completed by mid-September, both governments said.",
            ("USA", "TCD", "announced", "2014-09-15"),
        ),
        (
            "The withdrawal of French forces from Mali will be finished by the end of August.",
            ("FRA", "MLI", "announced", "2014-08-31"),
        ),
        (
            "Canada will finish withdrawing its soldiers from Kandahar by July 1.",
            ("CAN", "AFG", "announced", "2014-07-01"),
        ),
        (
            "Australian soldiers will be out of Iraq by the middle of next year, the prime minister said.",
            ("AUS", "IRQ", "announced", "2015-06-30"),
        ),
        (
            "Russian troops will have left Armenia by the end of the year, the ministry said.",
            ("RUS", "ARM", "announced", "2014-12-31"),
        ),
        (
            "Italy has 120 soldiers in Chad and wants its combat troops out of Niger by the end of 2015.",
            ("ITA", "NER", "announced", "2015-12-31"),
        ),
        (
            "Denmark completed the withdrawal of its soldiers from Iraq last month.",
            ("DNK", "IRQ", "done", "2014-02-01/2014-02-28"),
        ),
        (
            "Germany has completed its withdrawal from Mali, the Bundeswehr said.",
            ("DEU", "MLI", "done", None),
        ),
        ("The Dutch pullout from Uruzgan was completed on Sunday.", ("NLD", "AFG", "done", "2014-03-09")),
        ("No American soldier remains in Niger, the commander said.", ("USA", "NER", "done", None)),
        ("None of the Italian soldiers remains in Niger.", ("ITA", "NER", "done", None)),
    ],
)
def test_a_finished_withdrawal_leaves_nobody(text: str, expected: Told) -> None:
    """Force, place, status and deadline stand, and the ratio is 0, though no number is given."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The withdrawal from Gabon is nearly complete, a French spokesman said.",
        "France completed the first phase of its withdrawal from Niger.",
        "Talks on completing the withdrawal of U.S. troops from Iraq are under way.",
        "Their soldiers would be gone for a year, the Germans in Mali were told.",
        "Britain completed its withdrawal from the European Union.",
        "French troops will have left the service by the end of the year.",
        "There is no doubt that French troops remain in Mali.",
        "No decision on American troops in Niger remains open.",
    ],
)
def test_a_part_or_another_matter_leaves_everybody(text: str) -> None:
    """Phases, doubts, absences and treaties are no complete withdrawal."""
    assert told(text) == []


def test_what_has_begun_and_will_be_completed_keeps_its_deadline() -> None:
    """The two halves of one sentence are one statement."""
    text = "The withdrawal of Spanish troops from Mali has begun and is to be completed by May 31, officials said."
    assert [(force, place, day) for force, place, _, day in told(text)] == [("ESP", "MLI", "2014-05-31")]


def test_a_number_keeps_its_word() -> None:
    """Where a number or "the last" tells the same withdrawal, it is told once."""
    text = "The withdrawal from Chad was completed in May, when the last 84 Irish soldiers came home."
    found = [s.figures for s in mb.read(text, published="2014-09-10")]
    assert [(f.before, f.delta, f.ratio) for f in found] == [(84, -84, 0.0)]


def test_the_next_sentence_has_figures_of_its_own() -> None:
    """A completed withdrawal does not draw in the number of the sentence behind it."""
    text = "The withdrawal from Niger will be finished by May 1, the Pentagon said. About 900 U.S. troops remain."
    found = mb.read(text, published="2014-03-10")
    assert [(s.figures.ratio, s.figures.level) for s in found] == [(0.0, None), (None, 900)]


def test_a_doubt_about_a_fact_is_no_fact() -> None:
    """Where the sign before it leaves no fact open, the sign has it."""
    text = "It is not clear whether Germany has completed its withdrawal from Mali."
    assert "done" not in {status for _, _, status, _ in told(text)}
