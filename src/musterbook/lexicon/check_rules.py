"""Faults that only show when lines are laid side by side: one code twice, two meanings, times that do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from musterbook.errors import BrokenRowError
from musterbook.lexicon.check_press import PRESS_RULES
from musterbook.lexicon.checking import Finding, Tables, at
from musterbook.lexicon.naming import phrases, spelled_out, state_phrases
from musterbook.lexicon.records import Phrase, Tenure
from musterbook.lexicon.register import fold
from musterbook.lexicon.tables import Row, items

KEYS = {  # columns that together name a record; missions.csv may name one force more than once
    "parties": ("code",),
    "groups": ("code",),
    "offices": ("organisation", "office"),
    "agencies": ("code",),
    "publishers": ("code",),
    "sources": ("key",),
}
NUMBERINGS = ("alpha2", "m49", "cow")
TIMED = ("holders", "members", "former_codes")  # files whose from and to may be days, months or years
GAP = timedelta(days=62)  # a vacancy of up to two months needs no line of its own


def told_twice(tables: Tables) -> Iterator[Finding]:
    """A code that has two lines."""
    for file, key in KEYS.items():
        seen: dict[tuple[str, ...], int] = {}
        for row in tables[file]:
            code = tuple(row[column] for column in key)
            if code in seen:
                words = f"{' '.join(code)} stands already in line {seen[code]}"
                yield at(row, "twice", words, "make one line of the two, or give this one another code")
            seen.setdefault(code, row.line)


def numbers_shared(tables: Tables) -> Iterator[Finding]:
    """A number that two states have at the same time."""
    for numbering in NUMBERINGS:
        owners: dict[str, list[Row]] = {}
        for row in tables["parties"]:
            for other in owners.setdefault(row[numbering], []):
                if row[numbering] and years_meet(row, other):
                    words = (
                        f"{numbering} {row[numbering]} is also that of {other['code']} (line {other.line})"
                    )
                    yield at(row, "number", words, "look it up; put a former number into former_codes.csv")
            owners[row[numbering]].append(row)


def years_meet(one: Row, other: Row) -> bool:
    """Whether two states stood together for more than the year of the change."""
    first, last = max(one["from"], other["from"]), min(one["to"] or "9999", other["to"] or "9999")
    return first < last


def years_backwards(tables: Tables) -> Iterator[Finding]:
    """A time that ends before it begins."""
    for file in ("parties", "missions"):
        for row in tables[file]:
            if row["from"] and row["to"] and row["from"] > row["to"]:
                yield backwards(row)
    for file in TIMED:
        for row, held in timed(tables[file]):
            if held.earliest and held.latest and held.earliest > held.latest:
                yield backwards(row)


def backwards(row: Row) -> Finding:
    """The finding for such a time."""
    return at(
        row, "order", f"it ends ({row['to']}) before it begins ({row['from']})", "correct one of the two"
    )


def days_that_are_none(tables: Tables) -> Iterator[Finding]:
    """Days that nobody can read, or that are in no calendar, such as 2019-02-30."""
    for file in TIMED:
        for row in tables[file]:
            try:
                row.tenure()
            except BrokenRowError as wrong:
                yield at(row, "shape", wrong.what, "correct the day")
    for row in tables["offices"]:
        try:
            row.bounds("checked")
        except BrokenRowError as wrong:
            yield at(row, "shape", wrong.what, "correct the day")


def timed(rows: Iterable[Row]) -> Iterator[tuple[Row, Tenure]]:
    """The rows with their times, without those whose days are none."""
    for row in rows:
        try:
            yield row, row.tenure()
        except BrokenRowError:  # told by days_that_are_none
            continue


def names_with_two_meanings(tables: Tables) -> Iterator[Finding]:
    """A name that stands for two parties in the same form where only the first would ever be found.

    "^Stabilization Force" and then "stabilization force" may stand for two, as the capital tells them apart.
    """
    seen: dict[tuple[str, str, str], list[tuple[Row, Phrase]]] = {}
    for row, phrase in all_phrases(tables):
        before = seen.setdefault((fold(phrase.words), phrase.form, phrase.beside), [])
        for first, other in before:
            if (other.force, other.place) != (phrase.force, phrase.place) and other.rule in (
                "any",
                phrase.rule,
            ):
                meant = f"{other.force or other.place} ({first.file}.csv, line {first.line})"
                words = f"{phrase.words!r} stands also for {meant}"
                yield at(
                    row, "two-meanings", words, "leave it to one, or say with [words] what must follow it"
                )
        before.append((row, phrase))


def all_phrases(tables: Tables) -> Iterator[tuple[Row, Phrase]]:
    """Every name of the registers with the line where it stands."""
    for row in tables["parties"]:
        yield from ((row, phrase) for phrase in state_phrases(row))
    for row in tables["missions"]:
        names = tuple(spelled_out(items(row["names"])))
        yield from ((row, phrase) for phrase in phrases(names, row["form"], row["force"], None))
    for row in tables["groups"]:
        yield from ((row, phrase) for phrase in phrases(items(row["names"]), "group", row["code"], None))
    for row in tables["places"]:
        place = phrases(items(row["names"]), row["form"], row["force"] or None, row["code"] or None)
        yield from ((row, phrase) for phrase in place)
    for row in tables["metonyms"]:
        yield from ((row, phrase) for phrase in phrases(items(row["names"]), row["form"], row["force"], None))


def holders_of_nothing(tables: Tables) -> Iterator[Finding]:
    """Holders of an office that offices.csv does not have, and offices without holders."""
    offices = {(row["organisation"], row["office"]): row for row in tables["offices"]}
    held = {(row["organisation"], row["office"]) for row in tables["holders"]}
    for row in tables["holders"]:
        if (row["organisation"], row["office"]) not in offices:
            words = f"there is no {row['office']!r} of {row['organisation']}"
            yield at(row, "unknown", words, "add the office to offices.csv, or correct its name")
    for key, row in offices.items():
        if key not in held:
            yield at(row, "empty", "nobody ever held this office", "add its holders to holders.csv")


def holders_at_once(tables: Tables) -> Iterator[Finding]:
    """Two who surely held one office on the same day, and neither line has a remark that explains it."""
    for _, found in by_office(tables):
        for (one, early), (other, late) in combinations(found, 2):
            if overlap(early, late) and not (one["remark"] or other["remark"]):
                words = f"{other['holder']} and {one['holder']} (line {one.line}) were in office at once"
                yield at(other, "overlap", words, "correct the days, or say why in remark, such as: acting")


def holders_missing(tables: Tables) -> Iterator[Finding]:
    """Months in which nobody is known to have held an office."""
    for office, found in by_office(tables):
        covered = found[0][1].latest
        for row, held in found[1:]:
            if covered and held.earliest and held.earliest - covered > GAP:
                yield gap(row, f"between {covered} and {held.earliest}")
            covered = max(covered, held.latest) if covered and held.latest else None
        try:
            _, checked = office.bounds("checked")
        except BrokenRowError:  # told by days_that_are_none
            continue
        if covered and checked - covered > GAP:
            yield gap(found[-1][0], f"after {covered}, though it was checked until {checked}")


def gap(row: Row, when: str) -> Finding:
    """The finding for such months."""
    return at(row, "gap", f"nobody held {row['office']} {when}", 'add who did, or a line with the holder "?"')


def by_office(tables: Tables) -> Iterator[tuple[Row, list[tuple[Row, Tenure]]]]:
    """The offices with their holders in the order of time."""
    found: dict[tuple[str, str], list[tuple[Row, Tenure]]] = {}
    for row, held in timed(tables["holders"]):
        found.setdefault((row["organisation"], row["office"]), []).append((row, held))
    for office in tables["offices"]:
        holders = found.get((office["organisation"], office["office"]))
        if holders:
            yield office, sorted(holders, key=lambda pair: pair[1].earliest or date.min)


def overlap(one: Tenure, other: Tenure) -> bool:
    """Whether both surely held on more than the day of a change."""
    return max(one.surely_from, other.surely_from) < min(one.surely_until, other.surely_until)


def members_twice(tables: Tables) -> Iterator[Finding]:
    """A state that is in an organisation twice at the same time."""
    seen: dict[tuple[str, str], list[tuple[Row, Tenure]]] = {}
    for row, held in timed(tables["members"]):
        for member in items(row["members"]):
            before = seen.setdefault((row["whole"], member), [])
            for other, time in before:
                if overlap(held, time):
                    words = f"{member} is in {row['whole']} twice (see line {other.line})"
                    yield at(row, "overlap", words, "leave out one, or correct the days")
            before.append((row, held))


RULES: tuple[Callable[[Tables], Iterator[Finding]], ...] = (
    told_twice,
    numbers_shared,
    years_backwards,
    days_that_are_none,
    names_with_two_meanings,
    holders_of_nothing,
    holders_at_once,
    holders_missing,
    members_twice,
    *PRESS_RULES,
)
