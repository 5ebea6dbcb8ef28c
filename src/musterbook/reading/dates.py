"""Every date expression of a report, resolved against its day of publication; what cannot be says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from musterbook.lexicon.pack import Pack
from musterbook.reading import almanac
from musterbook.reading.date_grammar import read_day
from musterbook.reading.date_names import year_at
from musterbook.reading.date_scene import Found, Scene, moved, relation_at
from musterbook.reading.date_words import Words, words_of
from musterbook.reading.marks import Day
from musterbook.reading.sheet import Sentence, Sheet
from musterbook.values import Period, Span

NOWHERE = date(2000, 1, 1)  # stands in for an unknown day of publication; what depends on it is thrown away


def find_days(sheet: Sheet, published: date | None, pack: Pack) -> tuple[Day, ...]:
    """The days, intervals and deadlines of a report in text order, none overlapping another."""
    words, days = words_of(pack), []
    before: Period | None = None
    for sentence in sheet.sentences:
        for day in days_of(sheet, sentence, published, words, before):
            days.append(day)
            before = day.period or before
    return tuple(days)


def days_of(
    sheet: Sheet, sentence: Sentence, published: date | None, words: Words, before: Period | None
) -> list[Day]:
    """The days of one sentence."""
    found, starts, tokens = [], words.seconds, sheet.tokens
    scene = Scene(tokens, words, published or NOWHERE, sentence.first, sentence.last, before, read_day)
    at, floor = sentence.first, sentence.first
    while at < sentence.last:
        word = tokens[at].lower
        hit = read_day(scene, at) if word in starts or word[0].isdigit() else None
        if hit is None:
            at += 1
            continue
        day, at = finished(scene, floor, at, hit, published)
        floor = at
        found.append(day)
        if day.period:
            scene = replace(scene, before=day.period)
    return found


def finished(scene: Scene, floor: int, at: int, hit: Found, published: date | None) -> tuple[Day, int]:
    """The day with its relation and, where it is the first end of an interval, with the second."""
    relation, start = relation_at(scene, at)
    if start < floor:
        relation, start = "", at
    hit = joined(scene, at, hit, relation)
    span = Span(scene.tokens[start].start, scene.tokens[hit.end - 1].end)
    if published is None and not hit.free:
        return Day(span, relation or "at", None, hit.grain, "needs-publication"), hit.end
    return Day(span, relation or "at", hit.period, hit.grain, hit.rule), hit.end


def joined(scene: Scene, at: int, hit: Found, relation: str) -> Found:
    """ "from 1 May to 11 September", "between June and August", "June-August": both ends as one interval."""
    link = scene.match("joins.to", hit.end)
    if not link or hit.period is None:
        return hit
    tight = scene.lower(hit.end) in ("-", "–", "—")
    if relation not in ("from", "during") and not tight:
        return hit
    place = scene.words.skip("joins.the", scene.tokens, link[1])
    other = second_end(scene, hit, place) if place < scene.last else None
    if other is None or other.period is None:
        return hit
    return spanned(hit, hit.period, other, other.period)


def second_end(scene: Scene, hit: Found, at: int) -> Found | None:
    """The other end of an interval; a bare year where the first end is a year."""
    year = year_at(scene, at) if hit.grain == "year" else None
    return Found(at + 1, almanac.year_of(year), "year", "year", free=True) if year else read_day(scene, at)


def spanned(hit: Found, first: Period, other: Found, last: Period) -> Found:
    """One interval from two ends; the first without a year takes one that puts it before the second."""
    bare = ":" in hit.rule and not hit.rule.startswith("weekday")
    if bare:
        first = moved(first, last.first.year - first.first.year)
        first = moved(first, -1) if first.first > last.last else first
    if first.first > last.last:
        last = moved(last, 1) if ":" in other.rule else last
    if first.first > last.last:
        return hit
    rule = f"interval:{other.rule.partition(':')[2]}" if bare and ":" in other.rule else "interval"
    return Found(
        other.end, Period(first.first, last.last), other.grain, rule, (hit.free or bare) and other.free
    )
