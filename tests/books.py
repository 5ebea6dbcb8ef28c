"""Reports, statements and a clock to try books with, and what hypothesis draws them from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from musterbook.ledger.entries import record, replace, retract
from musterbook.model import Contingent, CountingRule, Doubt, Entry, Reading, Report, Statement, Status
from musterbook.values import Attribution, Figures, Mention, Period, Span

START = datetime(2020, 9, 9, 12, tzinfo=UTC)
IRAQ = Contingent("USA", "IRQ")
SYRIA = Contingent("USA", "SYR")


class Ticks:
    """A clock that goes on by a minute each time it is asked, unless it is held."""

    def __init__(self, start: datetime = START) -> None:
        self.moment = start
        self.step = timedelta(minutes=1)

    def __call__(self) -> datetime:
        self.moment += self.step
        return self.moment


def report(
    text: str = "About 5,200 American troops are in Iraq.", published: date | None = date(2020, 9, 9)
) -> Report:
    return Report(text, published=published, name="wire.txt")


def statement(
    of: Report,
    figures: Figures | None = None,
    status: Status = Status.CURRENT,
    place: str = "IRQ",
    period: Period | None = None,
    speaker: Attribution | None = None,
) -> Statement:
    evidence = (Span(0, len(of.text)),)
    figures = figures or Figures(level=5200, approx=True)
    return Statement(
        of.id, Mention("USA"), Mention(place), figures, status, evidence, period=period, speaker=speaker
    )


def line(said: Statement, contingent: Contingent | None = None) -> Entry:
    where = Contingent(said.force.code, said.place.code) if said.place else None
    return record(said, contingent or where, START, "reader", "0.1")


def reading(of: Report, *said: Statement, doubts: tuple[Doubt, ...] = ()) -> Reading:
    return Reading(of, said, doubts=doubts)


words = st.text(min_size=1, max_size=30).filter(lambda text: text.strip())
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
counts = st.none() | st.integers(0, 20_000)
spans = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda ends: Span(min(ends), max(ends)))
periods = st.tuples(days, days).map(lambda ends: Period(min(ends), max(ends)))
mentions = st.builds(Mention, words, st.none() | spans)
contingents = st.builds(Contingent, words, words, st.just("") | words)
voices = st.builds(
    Attribution,
    words,
    st.none() | words,
    named=st.booleans(),
    span=st.none() | spans,
    via=st.just(()) | st.tuples(words),
)
offsets = st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours)))


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    """Any numbers that a record accepts, in any company."""
    low, high = draw(counts), draw(counts)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    ratio = draw(st.none() | st.sampled_from([0.0, 0.5, 1.0, 2.0]))
    delta = draw(st.none() | st.integers(-20_000, 20_000))
    return Figures(draw(counts), draw(counts), draw(counts), delta, ratio, low, high, draw(st.booleans()))


statements = st.builds(
    Statement,
    report=words,
    force=mentions,
    place=st.none() | mentions,
    figures=figures(),
    status=st.sampled_from(Status),
    evidence=st.lists(spans, min_size=1, max_size=3).map(tuple),
    unit=st.none() | words,
    period=st.none() | periods,
    rule=st.sampled_from(CountingRule),
    speaker=st.none() | voices,
    marks=st.lists(spans, max_size=2).map(tuple),
    wording=st.just("") | words,
    confidence=st.floats(0, 1),
)
zoned = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=offsets)
entries = st.one_of(
    st.builds(record, statements, st.none() | contingents, zoned, words, words),
    st.builds(retract, words, zoned, words, words),
    st.builds(replace, words, statements, contingents, zoned, words, words, words),
)


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, list[Entry]]:
    """One report about a few contingents, with what was read in it and the lines for the book."""
    number = draw(st.integers(0, 7))
    published = draw(st.none() | st.dates(date(2020, 1, 1), date(2021, 12, 31)))
    told = Report(f"Report {number} tells of troops.", published=published, name=f"wire-{number}.txt")
    found = []
    for _ in range(draw(st.integers(0, 3))):
        place, status = draw(st.sampled_from(["IRQ", "SYR"])), draw(st.sampled_from(Status))
        period = draw(st.none() | st.dates(date(2019, 1, 1), date(2022, 1, 1)).map(Period.day))
        found.append(statement(told, draw(figures()), status, place, period))
    found = list({said.id: said for said in found}.values())
    return Reading(told, tuple(found)), [line(said) for said in found]
