"""What goes back to one utterance counts once: copies, retellings and old figures; confirmations count anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import IRAQ, SYRIA, line, statement
from chronicle import labelled
from musterbook.findings import Utterance
from musterbook.model import Entry, Report, Statement, Status
from musterbook.reckoning.alike import agree, said_of
from musterbook.reckoning.echoes import first_of, utterances
from musterbook.reckoning.family import tree
from musterbook.reckoning.likeness import likenesses_of
from musterbook.values import Attribution, Figures

DAY = date(2020, 9, 9)
STORY = (
    "The force in Iraq will shrink from 5,200 to 3,000 troops this month, Gen. Frank McKenzie said on Wednesday. "
    "The cut shows how far Washington trusts the army that it has trained for years. The rest will advise units, guard "
    "the airfield and fly supplies to outposts in the north. Families learned of the order from a letter."
)
GENERAL, MINISTER = (
    Attribution("Gen. Frank McKenzie", "Frank McKenzie"),
    Attribution("Mark Esper", "Mark Esper"),
)
Pair = tuple[Report, Entry]


def told(
    text: str = STORY,
    days: int = 0,
    paper: str = "",
    figures: Figures | None = None,
    who: Attribution | None = None,
    status: Status = Status.CURRENT,
    place: str = "IRQ",
) -> Pair:
    of = Report(text, published=DAY + timedelta(days=days), publisher=paper or f"Paper {days} {len(text)}")
    return of, line(statement(of, figures or Figures(level=3000), status, place, speaker=who))


def said(pairs: Iterable[Pair], decided: dict[str, str] | None = None) -> tuple[Utterance, ...]:
    held = list(pairs)
    return utterances([entry for _, entry in held], {of.id: of for of, _ in held}, decided)


def of(pair: Pair) -> Statement:
    assert pair[1].statement
    return pair[1].statement


def test_a_wire_story_in_forty_papers_is_one_utterance() -> None:
    """The same words, over three days, with another paper's name each."""
    found = said(told(STORY, n % 3, f"Paper {n}", who=GENERAL) for n in range(40))
    assert [len(one.statements) for one in found] == [40]
    assert len(found[0].outlets) == 40


def test_a_copy_that_is_dated_anew_is_recognised_by_its_first_appearance() -> None:
    """The same words six weeks later."""
    first, late = told(STORY, 0, who=GENERAL), told(STORY, 45, "Mirror", who=GENERAL)
    (one,) = said([late, first])
    assert one.first_published == DAY
    assert one.descents[0].reason.startswith("same words as")


def test_a_trimmed_copy_without_its_speaker_is_an_echo() -> None:
    """Two sentences of four, and nobody who says it."""
    cut = STORY.partition(" The rest")[0].replace(", Gen. Frank McKenzie said on Wednesday", "")
    assert len(said([told(STORY, who=GENERAL), told(cut, 1)])) == 1


def test_a_translation_is_an_echo_by_its_numbers_and_names() -> None:
    """German, a day later: no word of it is the same."""
    german = (
        "Die Truppe im Irak wird auf 3.000 Soldaten verkleinert, sagte General McKenzie nach seinem Besuch."
    )
    assert len(said([told(STORY, who=GENERAL), told(german, 1, who=GENERAL)])) == 1


def test_the_same_speaker_on_another_day_confirms() -> None:
    """The general gives the figure again after two months, in other words."""
    later = told("We are at 3,000 in Iraq now, Gen. Frank McKenzie told a committee.", 60, who=GENERAL)
    assert len(said([told(STORY, who=GENERAL), later])) == 2


def test_another_speaker_confirms() -> None:
    """Three days later the minister gives the same figure."""
    other = told("Some 3,000 stay in Iraq, Mark Esper said in London.", 3, who=MINISTER)
    assert len(said([told(STORY, who=GENERAL), other])) == 2


def test_an_old_figure_in_a_background_paragraph_adds_nothing() -> None:
    """Nobody vouches for it in December; it is told again, as of September."""
    late = told("Rockets hit a base near Baghdad. The United States has 3,000 troops in Iraq.", 90)
    (one,) = said([told(STORY, who=GENERAL), late])
    assert one.repeats == (of(late).id,)
    assert one.descents[0].reason == "repeats the figure of 3 months before"


def test_what_a_newspaper_says_of_itself_is_no_voice_of_its_own() -> None:
    """The speaker is the outlet."""
    late = told("The Baghdad Post counts 3,000.", 90, "The Baghdad Post", who=Attribution("Baghdad Post"))
    assert len(said([told(STORY, who=GENERAL), late])) == 1


def test_another_figure_is_another_utterance() -> None:
    """The same speaker on the same day, about those before."""
    assert len(said([told(STORY, who=GENERAL), told(STORY, 0, "B", Figures(level=5200), GENERAL)])) == 2


def test_another_place_is_another_utterance() -> None:
    """3,000 in Syria."""
    assert {one.contingent for one in said([told(), told(STORY + " Too.", place="SYR")])} == {IRAQ, SYRIA}


def test_a_plan_carried_out_is_news() -> None:
    """What was announced in September is done in October, says the writer alone."""
    done = told("The drawdown to 3,000 is complete.", 30, status=Status.DONE, figures=Figures(after=3000))
    assert len(said([told(status=Status.ANNOUNCED, figures=Figures(after=3000), who=GENERAL), done])) == 2


def test_a_denial_echoes_nothing() -> None:
    """The figure is wrong, says the ministry."""
    assert (
        len(said([told(), told("It is not 3,000, says Mark Esper.", 1, status=Status.DENIED, who=MINISTER)]))
        == 2
    )


def test_an_editor_goes_before_the_rules() -> None:
    """Two that the rules part are one, one that they join stands alone, and what is not there changes nothing."""
    first, other = told(STORY, who=GENERAL), told("Mark Esper: 3,000.", 30, who=MINISTER)
    copy = told(STORY, 1, "Copy", who=GENERAL)
    decided = {of(other).id: of(first).id, of(copy).id: "", "0" * 64: of(first).id, of(first).id: "1" * 64}
    found = said([first, other, copy], decided)
    assert sorted(one.statements for one in found) == sorted([(of(first).id, of(other).id), (of(copy).id,)])


def test_the_first_may_be_made_an_echo_of_its_copy() -> None:
    """No statement goes back to itself."""
    first, copy = told(STORY, who=GENERAL), told(STORY, 1, "Copy", who=GENERAL)
    (one,) = said([first, copy], {of(first).id: of(copy).id})
    assert one.statements == (of(copy).id, of(first).id)


def test_every_statement_has_one_first_and_the_tree_holds_all() -> None:
    """On the chronicle: what is told is told of all statements, parents before children."""
    entries, reports = labelled()
    found = utterances(entries, reports)
    first = first_of(found)
    assert set(first) == {e.statement.id for e in entries if e.statement and e.contingent}
    for one in found:
        grown = tree(one)
        assert sorted(branch.statement for branch in grown) == sorted(one.statements)
        seen = [branch.statement for branch in grown]
        assert all(seen.index(b.descent.parent) < seen.index(b.statement) for b in grown if b.descent)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_entries_changes_nothing(seed: int) -> None:
    """Shuffled, the chronicle says the same."""
    entries, reports = labelled()
    other = entries[:]
    Random(seed).shuffle(other)
    assert utterances(other, reports) == utterances(entries, reports)


def test_one_contingent_alone_gives_what_all_give() -> None:
    """So an added statement touches its own contingent only."""
    entries, reports = labelled()
    alone = [entry for entry in entries if entry.contingent == IRAQ]
    assert utterances(alone, reports) == tuple(
        one for one in utterances(entries, reports) if one.contingent == IRAQ
    )


def figure(**numbers: int) -> Statement:
    return of(told(figures=Figures(**numbers)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (figure(level=615), figure(level=600, approx=True), True),
        (figure(delta=-12000), figure(delta=-11900), True),
        (figure(before=5200, after=3000), figure(delta=-2200), True),
        (figure(before=5200, after=3000), figure(level=5200), False),
        (figure(delta=275), figure(delta=300), False),
        (figure(delta=500), figure(delta=-500), False),
        (figure(level=0), figure(level=10), False),
        (figure(ratio=0), figure(after=0), True),
    ],
)
def test_what_is_one_figure(one: Statement, other: Statement, same: bool) -> None:
    """Rounding is no difference; direction and kind are."""
    assert agree(said_of(one), said_of(other)) is same
    assert agree(said_of(other), said_of(one)) is same


@given(st.lists(st.text(max_size=200), max_size=4))
def test_sketches_depend_on_the_words_alone(texts: list[str]) -> None:
    """Whatever else is sketched with them."""
    reports = [Report(text) for text in texts]
    together = [sketch for _, sketch in likenesses_of(reports)]
    assert together == [likenesses_of([report])[0][1] for report in reports]
