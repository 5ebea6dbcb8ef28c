"""The first report: a machine-translated copy without a day; what the book must hold from it, in ten points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import musterbook as mb
from musterbook.model import Reading, Status
from musterbook.reading.reader import read
from musterbook.values import Period

SEED = Path(__file__).with_name("seed.txt")
TEXT = SEED.read_text(encoding="utf-8")
LONG_AFTER = datetime(2020, 9, 20, 12, tzinfo=UTC)
MCKENZIE = "Kenneth McKenzie"


@pytest.fixture(scope="module")
def seed() -> Reading:
    return read(mb.Report(TEXT, name="seed.txt"))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[mb.OpenBook]:
    with mb.open_book(tmp_path_factory.mktemp("seed") / "book.sqlite", clock=lambda: LONG_AFTER) as opened:
        opened.add(SEED)
        yield opened


def said_of(seed: Reading, place: str) -> list[mb.Statement]:
    return [s for s in seed.statements if s.force.code == "USA" and s.place and s.place.code == place]


def cut_of(seed: Reading) -> list[mb.Statement]:
    return [s for s in said_of(seed, "IRQ") if (s.figures.before, s.figures.after) == (5200, 3000)]


def words(spans: tuple[mb.Span, ...]) -> str:
    return " | ".join(span.cut(TEXT) for span in spans)


def test_1_three_sentences_announce_one_cut_and_make_one_pledge(seed: Reading, book: mb.OpenBook) -> None:
    found = cut_of(seed)
    assert [s.status for s in found] == [Status.ANNOUNCED] * 3
    assert {s.period.last for s in found if s.period} == {date(2020, 9, 30)}
    september = next(s for s in found if "during the month of September" in words(s.evidence))
    assert september.period == Period(date(2020, 9, 1), date(2020, 9, 30))
    assert september.figures.approx
    (pledge,) = book.pledges(date(2020, 9, 15))
    assert (pledge.contingent.id, pledge.deadline, pledge.verdict) == (
        "USA/IRQ",
        date(2020, 9, 30),
        "open",
    )
    assert set(pledge.basis) == {s.id for s in found}


def test_2_the_general_is_known_though_his_name_is_torn_and_he_spoke_in_baghdad(seed: Reading) -> None:
    quoted = next(s for s in cut_of(seed) if "In recognition" in words(s.evidence))
    assert quoted.speaker is not None
    assert (quoted.speaker.name, quoted.speaker.rank, quoted.speaker.at) == (MCKENZIE, "General", "Baghdad")
    assert "military command in the Middle East" in (quoted.speaker.office or "")


def test_3_the_day_follows_from_the_text_and_the_reasoning_is_shown(seed: Reading) -> None:
    assert seed.report.published == date(2020, 9, 9)
    for sign in ("Wednesday, September 9", "November 3", "2020"):
        assert sign in seed.report.published_reason


def test_4_reasons_and_partners_are_kept(seed: Reading) -> None:
    quoted = next(s for s in cut_of(seed) if "In recognition" in words(s.evidence))
    assert "progress made by Iraqi forces" in words(quoted.reasons)
    assert "advise and assist our Iraqi partners" in words(quoted.reasons)
    assert "the Iraqi government and our coalition partners" in words(quoted.partners)


def test_5_the_white_house_expects_a_further_reduction(seed: Reading) -> None:
    (further,) = (s for s in said_of(seed, "IRQ") if "further reduction" in s.wording)
    assert (further.status, further.figures.is_empty) == (Status.EXPECTED, True)
    assert further.speaker is not None
    assert "White House" in further.speaker.words
    assert further.speaker.on == date(2020, 9, 8)


def test_6_a_limited_presence_in_syria_is_kept_without_a_number(seed: Reading, book: mb.OpenBook) -> None:
    (kept,) = said_of(seed, "SYR")
    assert (kept.wording, kept.figures.is_empty) == ("a limited presence", True)
    assert [e.best for e in book.contingents(date(2020, 9, 15)) if e.contingent.id == "USA/SYR"] in (
        [],
        [None],
    )


def test_7_general_calvert_takes_command_of_the_coalition(seed: Reading) -> None:
    (taken,) = seed.appointments
    assert (taken.person, taken.act) == ("Paul Calvert", "takes")
    assert "commander of the anti-IS coalition" in taken.office


def test_8_the_president_the_election_and_three_countries_are_found(seed: Reading) -> None:
    assert "Donald Trump" in {person.name for person in seed.people}
    assert [(e.what, e.period) for e in seed.events] == [("election", Period.day(date(2020, 11, 3)))]
    endless = next(s for s in seed.statements if "continues to reduce troops" in words(s.evidence))
    assert endless.place is not None
    assert set(endless.place.code.split("+")) == {"AFG", "IRQ", "SYR"}


def test_9_quotations_keep_their_speaker_and_the_torn_one_is_marked(seed: Reading) -> None:
    by_general = [q for q in seed.quotations if q.speaker and q.speaker.name == MCKENZIE]
    starts = [q.span.cut(TEXT).lstrip("“")[:20] for q in by_general]
    assert {"We must continue our", "This reduced presenc"} <= set(starts)
    (torn,) = (q for q in seed.quotations if q.damaged)
    assert "has been difficult" in torn.span.cut(TEXT)
    assert torn in by_general


def test_10_it_came_through_afp_and_reuters(seed: Reading) -> None:
    assert seed.report.credits == ("AFP", "Reuters")
