"""What every reader of dates sees: words, tense and relation around a place, and the day of publication.

A bare weekday or month looks back or ahead as the sentence does; its rule ends in ``:back`` or ``:ahead``, so
that a later stage which knows more about the tense can turn it round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from musterbook.reading import almanac
from musterbook.reading.date_words import Words
from musterbook.reading.sheet import Token
from musterbook.values import Period

REACH = 12  # words on either side in which the tense is looked for
DEPTH = 2  # "the end of the first quarter of next year" nests twice


@dataclass(frozen=True, slots=True)
class Scene:
    """The words of one sentence as the readers see them, the day of publication and the day named before."""

    tokens: Sequence[Token]
    words: Words
    now: date
    first: int
    last: int
    before: Period | None = None
    reader: Reader | None = None  # reads what an expression is part of
    depth: int = 0  # an end of the end of the end is nobody's date

    def inner(self, at: int) -> Found | None:
        """The expression that starts there and is part of another."""
        if self.reader is None or at >= self.last or self.depth >= DEPTH:
            return None
        return self.reader(replace(self, depth=self.depth + 1), at)

    def lower(self, at: int) -> str:
        """The folded word at that place; empty outside the sentence."""
        return self.tokens[at].lower if self.first <= at < self.last else ""

    def match(self, kind: str, at: int) -> tuple[object, int] | None:
        """A phrase of that kind inside the sentence."""
        found = self.words.match(kind, self.tokens, at) if at < self.last else None
        return found if found and found[1] <= self.last else None

    def touches(self, at: int) -> bool:
        """Whether the word stands right after the one before, without a space."""
        return 0 < at < self.last and self.tokens[at].start == self.tokens[at - 1].end


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found: the index after it, the days, and whether they need no publication day."""

    end: int
    period: Period | None
    grain: str
    rule: str
    free: bool = False


Reader = Callable[[Scene, int], Found | None]


def looks(scene: Scene, at: int) -> str:
    """``ahead`` or ``back``, as the nearest word of tense says; empty where none stands near."""
    for step in range(1, REACH):
        for place in (at - step, at + step):
            facing = tense_of(scene, place)
            if facing:
                return facing
    return ""


def tense_of(scene: Scene, at: int) -> str:
    """Which way one word looks."""
    word = scene.lower(at)
    if not word or (not word[0].isalpha() and word[0] not in "'’"):
        return ""
    if word in scene.words.ahead or f"{word} {scene.lower(at + 1)}" in scene.words.ahead:
        return "ahead"
    if word in scene.words.back or (len(word) > 4 and word.endswith(scene.words.back_endings)):
        return "back"
    return ""


def facing(scene: Scene, at: int) -> str:
    """Which way a bare day at this place looks: what stands before it may settle that alone."""
    relation = relation_before(scene, at)
    if relation == "since":
        return "back"
    tense = looks(scene, at)
    return tense or ("ahead" if relation in ("by", "until", "before", "within", "from") else "back")


def relation_before(scene: Scene, at: int) -> str:
    """The relation word in front of this place, fillers skipped; empty where none stands."""
    return relation_at(scene, at)[0]


def relation_at(scene: Scene, at: int) -> tuple[str, int]:
    """The relation and the index of its first word; ("", at) where none stands."""
    end = at
    for _ in range(4):
        found = scene.words.match_back("relations", scene.tokens, end)
        if found and found[1] >= scene.first:
            return str(found[0]).removeprefix("relations."), found[1]
        filler = scene.words.match_back("fillers", scene.tokens, end)
        if not filler or filler[1] < scene.first:
            return "", at
        end = filler[1]
    return "", at


def turned(period: Period, rule: str, now: date, way: str) -> Period:
    """A bare weekday, month or date turned to look ``ahead`` or ``back`` from the day of publication."""
    kind, _, faced = rule.partition(":")
    if not faced or faced == way:
        return period
    if kind == "weekday":
        return weekday_period(now, period.first.weekday(), way)
    if kind == "weekend":
        return almanac.weekend_of(almanac.shifted(period.first, 7 if way == "ahead" else -7))
    if kind == "day of month":
        step = 1 if way == "ahead" else -1
        return Period.day(almanac.months_on(period.first, step))
    return yearly(period, now, way)


def yearly(period: Period, now: date, way: str) -> Period:
    """The same days of the calendar in the nearest year that lies that way, the running one included."""
    years = now.year - period.first.year
    period = moved(period, years - 1)
    while way == "ahead" and period.last < now:
        period = moved(period, 1)
    if way == "back":
        while moved(period, 1).first <= now:
            period = moved(period, 1)
    return period


def moved(period: Period, years: int) -> Period:
    """The period so many years on; ends of months stay ends of months."""
    first = almanac.months_on(period.first, 12 * years)
    last = almanac.shifted(almanac.months_on(almanac.shifted(period.last, 1), 12 * years), -1)
    return Period(first, max(first, last))


def weekday_period(now: date, weekday: int, way: str) -> Period:
    """The latest such weekday up to the day of publication, or the first one after it."""
    if way == "ahead":
        return Period.day(almanac.shifted(now, (weekday - now.weekday() - 1) % 7 + 1))
    return Period.day(almanac.shifted(now, -((now.weekday() - weekday) % 7)))
