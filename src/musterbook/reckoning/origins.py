"""Forty outlets, two utterances: the reports of a book by the announcement that they go back to.

Reports are of one origin where they are of one family and begin with one contingent: what a report gives on the side
joins its statement with others, and does not join the report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from musterbook.findings import Origin, Utterance
from musterbook.lexicon.register import Register, load_register
from musterbook.model import Contingent, Entry, Report
from musterbook.reckoning.counts import source_of
from musterbook.reckoning.families import Kin

Lead = tuple[str, str]  # force and place
HEAD = re.compile(r"(?s)\s*(.{40,}?[.!?](?=\s+\S)|.+)")  # the first sentence, and a dateline with it
TOGETHER = re.compile(r"\w[\w'’-]*")


def origins(
    entries: Sequence[Entry],
    reports: Mapping[str, Report],
    kin: Kin,
    told: Iterable[Utterance] = (),
) -> tuple[Origin, ...]:
    """The groups of reports that go back to one announcement each, first published first.

    ``kin`` are the families of every contingent (``families.kin_of``), ``told`` what was said (``echoes``): an origin
    names what was said there first. A report of which no statement stands has no origin.
    """
    leads = leads_of(entries, reports)
    joined = Joined(leads)
    for contingent in sorted(kin):
        for family in kin[contingent]:
            for alike in _with_one_lead([sheet.report for sheet in family.sheets], leads):
                joined.join(alike)
    where = {e.statement.id: e.statement.report for e in entries if e.statement}
    said: dict[str, list[str]] = defaultdict(list)
    for one in told:
        said[joined.top(where[one.statements[0]])].append(one.id)
    groups = joined.groups()
    found = (_origin(group, reports, said.get(joined.top(group[0]), ())) for group in groups)
    return tuple(sorted(found, key=lambda one: (one.first_published or date.max, one.reports)))


def _with_one_lead(reports: Sequence[str], leads: Mapping[str, set[Lead]]) -> Iterable[list[str]]:
    """Those of the reports that lead with one contingent, for each that any of them leads with."""
    found: dict[Lead, list[str]] = defaultdict(list)
    for report in reports:
        for lead in leads[report]:
            found[lead].append(report)
    return found.values()


def leads_of(entries: Iterable[Entry], reports: Mapping[str, Report]) -> dict[str, set[Lead]]:
    """Of which contingents each report tells first, by its id."""
    told: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.statement and entry.contingent:
            told[entry.statement.report].append(entry)
    register = load_register()
    return {report: set(_leads(held, reports.get(report), register)) for report, held in told.items()}


def spots_of(contingent: Contingent) -> Iterator[Lead]:
    """Force and place, each part of a joint place for itself."""
    return ((contingent.force, place) for place in contingent.place.split("+"))


def _leads(told: list[Entry], report: Report | None, register: Register) -> Iterator[Lead]:
    """The contingents of the first statement, of those said with it, and of the places that the beginning names."""
    said = [(e.statement, e.contingent) for e in told if e.statement and e.contingent]
    said.sort(key=lambda one: (one[0].evidence[0].start, one[0].id))
    first, leading = said[0]
    named = places_in(_beginning(report), register) if report else set()
    for statement, contingent in said:
        with_it = statement.evidence == first.evidence or (
            first.speaker is not None
            and statement.speaker is not None
            and (statement.speaker.words, statement.status) == (first.speaker.words, first.status)
        )
        yield from (spot for spot in spots_of(contingent) if with_it or spot[1] in named)
    yield from ((leading.force, place) for place in named)


def places_in(words: str, register: Register) -> set[str]:
    """The places that are named in some words, by one word or two."""
    found = TOGETHER.findall(words)
    pairs = (f"{one} {other}" for one, other in pairwise(found))
    names = (name for name in (*found, *pairs) if name[0].isupper())
    return {place for name in names if (place := register.resolve_place(name)) and not name.isupper()}


def _beginning(report: Report) -> str:
    """The title and the first sentence."""
    head = HEAD.match(report.text)
    return f"{report.title}. {head.group(1) if head else ''}"


class Joined:
    """Things that were found to belong together, step by step (union-find)."""

    def __init__(self, names: Iterable[str]) -> None:
        self._above = {name: name for name in names}

    def top(self, name: str) -> str:
        """What stands for the group of a thing: the least of its names."""
        while self._above[name] != name:
            self._above[name] = name = self._above[self._above[name]]
        return name

    def join(self, names: Sequence[str]) -> None:
        """These belong together."""
        for name in names[1:]:
            one, other = sorted((self.top(names[0]), self.top(name)))
            self._above[other] = one

    def groups(self) -> list[list[str]]:
        """All groups, each in the order of its names."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._above):
            found[self.top(name)].append(name)
        return list(found.values())


def _origin(group: Sequence[str], reports: Mapping[str, Report], said: Sequence[str]) -> Origin:
    """The record of a group: reports by publication, outlets as they came."""
    days = {one: reports[one].published for one in group if one in reports}
    ordered = sorted(group, key=lambda one: (days.get(one) or date.max, one))
    outlets = tuple(dict.fromkeys(source_of(reports[one]) for one in ordered if one in reports))
    return Origin(tuple(ordered), days.get(ordered[0]), outlets, tuple(said))
