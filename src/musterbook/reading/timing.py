"""Which day belongs to a claim: a day named near it, the day of publication, or none.

A level that holds now carries the day of publication; a change carries its deadline or start where one is
named. The day on which somebody spoke is neither. The choice among the days near a claim is learned
(``bench/learn_timing.py``); the weights are a table one can read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from musterbook.lexicon.pack import Pack
from musterbook.lexicon.weights import load_weights, weighed
from musterbook.model import Status
from musterbook.reading.date_scene import moved, turned, yearly
from musterbook.reading.date_words import Words, words_of
from musterbook.reading.marks import Claim, Day
from musterbook.reading.sheet import Sheet
from musterbook.values import Period, Span

AHEAD = frozenset((Status.ANNOUNCED, Status.EXPECTED, Status.CONSIDERED, Status.UNDERWAY))
BACK = frozenset((Status.PAST, Status.DONE))
BINDING = frozenset(("by", "during"))  # relations that make a day right behind the number its deadline
BEHIND = 5  # words between the number and such a day
REACH = 3  # sentences before the claim in which its day may stand
MOST = 8  # days looked at for one claim
SPEAKING = 4  # words between a day and a verb of saying that makes it the day of speaking
WINDOW = 12  # words of the clause on either side of the number that are looked at
TRUST = 1.0  # how much a second view weighs against the table
STEPS = (0, 1, 3, 6, 10, 16, 25, 40)  # how far apart words stand, in steps


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: a period and its reasoning, with what speaks for and against it."""

    period: Period | None
    reason: str
    features: tuple[str, ...]
    form: str  # none, publication, or how a day that is named was read
    span: Span | None = None  # the day's words
    lies: str = ""  # how it lies to the day of publication: undated, around, ahead, back


SecondView = Callable[[Sequence[Choice]], list[float] | None]  # log chances of the choices by somebody else


def day_of(
    claim: Claim,
    status: Status,
    sheet: Sheet,
    days: tuple[Day, ...],
    published: date | None,
    pack: Pack,
    second: SecondView | None = None,
) -> tuple[Period | None, str]:
    """The period of the claim and how it was found, in words; ``second`` is weighed with the table."""
    bound = bound_day(claim, status, sheet, days, published)
    if bound is not None:
        return bound.period, told(bound, sheet, published)
    choices = choices_of(claim, status, sheet, days, published, pack)
    weights = load_weights(pack.language, "timing")
    best = choices[
        weighed([weights.score(c.features) for c in choices], second(choices) if second else None, TRUST)
    ]
    return best.period, best.reason


def bound_day(
    claim: Claim, status: Status, sheet: Sheet, days: tuple[Day, ...], published: date | None
) -> Day | None:
    """The deadline right behind a number of a change to come: "to 3,000 soldiers by the end of the month"."""
    if published is None or status not in AHEAD:
        return None
    for day in days_near(claim, sheet, days):
        if (
            day.relation in BINDING
            and day.period
            and day.period.last >= published
            and claim.clause.covers(day.span)
        ):
            here = sheet.token_at(day.span.start)
            if any(0 < here - sheet.token_at(n.end - 1) <= BEHIND for n in claim.numbers):
                return day
    return None


def choices_of(
    claim: Claim, status: Status, sheet: Sheet, days: tuple[Day, ...], published: date | None, pack: Pack
) -> list[Choice]:
    """All answers that are possible: none, the day of publication, and each day near the claim."""
    words, near = words_of(pack), days_near(claim, sheet, days)
    settings = tuple(setting(claim, sheet, day, near, words) for day in near)
    named = (*summary(settings), *clause_words(claim, sheet))
    choices = [Choice(None, "no day is given for it", crossed(("none", *named), status), "none")]
    if published:
        reason = "a level that holds on the day of publication"
        features = crossed(("publication", *named), status)
        choices.append(Choice(Period.day(published), reason, features, "publication"))
    for day, held in zip(near, settings, strict=True):
        for period, form in forms(day, status, near, published):
            lying = lies(period, published)
            features = (*held, f"form {form}", *lying, f"form {form} {held[0]}")
            where = lying[0].removeprefix("lies ")
            choices.append(
                Choice(period, told(day, sheet, published), crossed(features, status), form, day.span, where)
            )
    return choices


def crossed(features: Sequence[str], status: Status) -> tuple[str, ...]:
    """Every feature alone and together with the status."""
    bare, behind = " | ", f" | {status.value}"
    return (*[f + bare for f in features], *[f + behind for f in features])


def days_near(claim: Claim, sheet: Sheet, days: tuple[Day, ...]) -> tuple[Day, ...]:
    """The days of the claim's sentence, a few before it and the one after."""
    sentence = sheet.sentence_at(claim.clause.start)
    end = min(sheet.sentence_at(max(claim.clause.start, claim.clause.end - 1)) + 1, len(sheet.sentences) - 1)
    if not sheet.sentences:
        return ()
    start = sheet.sentences[max(0, sentence - REACH)].span.start
    first = bisect_left(days, start, key=lambda day: day.span.start)
    last = bisect_left(days, sheet.sentences[end].span.end, key=lambda day: day.span.start)
    middle = anchor(claim).start
    nearest = sorted(days[first:last][:200], key=lambda day: abs(day.span.start - middle))[:MOST]
    return tuple(sorted(nearest, key=lambda day: day.span.start))


def anchor(claim: Claim) -> Span:
    """Where the claim's number stands, or its clause begins."""
    return claim.numbers[0] if claim.numbers else claim.clause


def nearest_number(claim: Claim, day: Day) -> Span:
    """The claim's number that stands nearest to a day; its clause's beginning where it has none."""
    return min(claim.numbers, key=lambda n: abs(n.start - day.span.start), default=claim.clause)


def forms(
    day: Day, status: Status, near: tuple[Day, ...], published: date | None
) -> Iterator[tuple[Period, str]]:
    """The readings of one day: as found, turned as the status looks, carried on from a year named before."""
    if day.period is None:
        return
    yield day.period, "as found"
    kind, bare, faced = day.rule.partition(":")
    if bare and published:
        way = "back" if faced == "ahead" else "ahead"
        other = turned(day.period, day.rule, published, way)
        if other != day.period:
            yield other, f"turned {way}"
    if bare and kind != "weekday" and kind != "day of month":
        year = year_before(day, near)
        if year and year.first.year != day.period.first.year:
            yield carried(day.period, year), "carried"
    if day.relation == "since" and published and day.period.first < published:
        yield Period(day.period.first, published), "up to publication"


def year_before(day: Day, near: tuple[Day, ...]) -> Period | None:
    """The last day with a written year in front of this one."""
    for other in reversed(near):
        if (
            other.span.start < day.span.start
            and other.period
            and ":" not in other.rule
            and other.grain in WRITTEN
        ):
            return other.period
    return None


WRITTEN = ("year", "month", "day", "season", "fiscal", "quarter")


def carried(period: Period, year: Period) -> Period:
    """The same month in the year named before, or the next one if that lies behind it."""
    there = moved(period, year.first.year - period.first.year)
    return there if there.last >= year.first else yearly(there, year.first, "ahead")


def setting(claim: Claim, sheet: Sheet, day: Day, near: tuple[Day, ...], words: Words) -> tuple[str, ...]:
    """How a day stands to the claim; the first feature is where."""
    where = place_of(claim, sheet, day)
    number, here = sheet.token_at(nearest_number(claim, day).start), sheet.token_at(day.span.start)
    gap = bisect_left(STEPS, abs(here - number))
    side = "after" if here > number else "before"
    last, kind = sheet.token_at(day.span.end - 1), day.rule.partition(":")[0]
    spoken = speaking(sheet, day, words)
    closest = min(near, key=lambda d: abs(d.span.start - anchor(claim).start)) is day
    nth = sum(d.span.start < day.span.start and place_of(claim, sheet, d) == where for d in near)
    return (
        where,
        f"{where} {side} {gap}",
        f"relation {day.relation}",
        f"{where} relation {day.relation}",
        f"grain {day.grain}",
        f"rule {kind}",
        f"{where} rule {kind}",
        f"spoken {spoken}",
        f"{where} spoken {spoken}",
        f"spoken {spoken} rule {kind}",
        f"closest {closest} {where}",
        f"nth {min(nth, 3)} {where}",
        f"others {min(len(near), 5)}",
        f"crossed {boundary(sheet, here, number)} {where}",
        f"before {word_before(sheet, day)}",
        f"starts {sheet.tokens[here].lower}",
        f"words {' '.join(t.lower for t in sheet.tokens[here : min(here + 3, last + 1)])}",
        f"holds number {between(sheet, here, number)} {where}",
    )


def clause_words(claim: Claim, sheet: Sheet) -> tuple[str, ...]:
    """The words of the clause around the number: its tense speaks for or against a day that is not named."""
    number = sheet.token_at(anchor(claim).start)
    first, last = (
        sheet.token_at(claim.clause.start),
        sheet.token_at(max(claim.clause.start, claim.clause.end - 1)),
    )
    near = sheet.tokens[max(first, number - WINDOW) : min(last + 1, number + WINDOW)]
    return tuple(dict.fromkeys(f"word {t.lower}" for t in near if t.lower.isalpha()))


def place_of(claim: Claim, sheet: Sheet, day: Day) -> str:
    """Where a day stands as seen from the claim: clause, sentence, before or after it."""
    if claim.clause.meets(day.span):
        return "clause"
    mine, its = sheet.sentence_at(claim.clause.start), sheet.sentence_at(day.span.start)
    if its == mine:
        return "sentence"
    if its > mine:
        return "later"
    return f"earlier {mine - its}"


def boundary(sheet: Sheet, here: int, number: int) -> str:
    """What stands between the day and the number: a full clause break, a comma, or nothing."""
    first, last = sorted((here, number))
    signs = {t.text for t in sheet.tokens[first : min(last, first + 40)] if len(t.text) == 1}
    if signs & {";", ":", "—", "–", "(", ")"}:
        return "break"
    return "quote" if signs & {'"', "“", "”"} else "comma" if "," in signs else "nothing"


def between(sheet: Sheet, here: int, number: int) -> int:
    """How many other numbers stand between the day and the number, up to three."""
    first, last = sorted((here, number))
    return min(3, sum(t.text[0].isdigit() for t in sheet.tokens[first + 1 : min(last, first + 40)]))


def word_before(sheet: Sheet, day: Day) -> str:
    """The word in front of the date expression."""
    at = sheet.token_at(day.span.start)
    return sheet.tokens[at - 1].lower if at > 0 else ""


def speaking(sheet: Sheet, day: Day, words: Words) -> str:
    """Whether the day stands beside a verb of saying, and on which side."""
    first, last = sheet.token_at(day.span.start), sheet.token_at(day.span.end - 1)
    for step in range(1, SPEAKING + 1):
        if first - step >= 0 and sheet.tokens[first - step].lower in words.saying:
            return f"after {min(step, 2)}"
        if last + step < len(sheet.tokens) and sheet.tokens[last + step].lower in words.saying:
            return "before"
    return "no"


def summary(settings: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """What the days near the claim have in common, for the answers that take none of them."""
    places = {held[0] for held in settings}
    return (
        "",
        f"a day in the clause {'clause' in places}",
        f"a day in the sentence {'sentence' in places} {'clause' in places}",
        f"days {min(len(settings), 4)}",
    )


def lies(period: Period, published: date | None) -> tuple[str, ...]:
    """How the days lie to the day of publication."""
    if published is None:
        return ("lies undated",)
    if period.first <= published <= period.last:
        return ("lies around", f"lies around, {'one day' if period.first == period.last else 'longer'}")
    away = (period.first - published).days if period.first > published else (period.last - published).days
    side = "ahead" if away > 0 else "back"
    return (f"lies {side}", f"lies {side} {bisect_left((8, 40, 200, 400, 1200), abs(away))}")


def told(day: Day, sheet: Sheet, published: date | None) -> str:
    """The reasoning for a day that is named."""
    what = "deadline" if day.relation in ("by", "before", "until", "within") else "day named,"
    counted = f" counted from {published}" if published and not day.rule.startswith("iso") else ""
    return f"{what} “{' '.join(day.span.cut(sheet.text).split())}”{counted}"
