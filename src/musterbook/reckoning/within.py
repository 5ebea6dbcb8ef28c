"""What does not add up inside single reports: in one statement, between sentences, between parts and wholes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from musterbook.findings import Conflict
from musterbook.model import Contingent, Entry, Report, Statement
from musterbook.reckoning import arithmetic
from musterbook.reckoning.changes import changes
from musterbook.reckoning.cues import cues_of, ends_sentence, language_of, words_of
from musterbook.reckoning.facts import in_text_order
from musterbook.reckoning.parts import Belongs, parts

LONGEST = 400  # statements of one report beyond which it is a table, whose rows are no sentences
Said = tuple[Statement, Contingent]


def within_reports(
    entries: Iterable[Entry], reports: Mapping[str, Report], is_part: Belongs
) -> tuple[Conflict, ...]:
    """The sums that do not come out, each told once, in the order of contingents."""
    by_report: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.statement and entry.contingent:
            by_report[entry.statement.report].append(entry)
    found = [c for told in by_report.values() for c in _within(told, reports, is_part)]
    return tuple(sorted(found, key=arithmetic.order))


def _within(told: Sequence[Entry], reports: Mapping[str, Report], is_part: Belongs) -> Iterator[Conflict]:
    """The conflicts of one report; what is wrong in itself is not counted again among others."""
    alone = [c for c in arithmetic.conflicts(told) if not _mixes(c, told, reports)]
    yield from alone
    if len(told) > LONGEST:
        return
    wrong = {identity for conflict in alone for identity in conflict.basis}
    said = [
        (e.statement, e.contingent) for e in sorted(told, key=in_text_order) if e.statement and e.contingent
    ]
    sound = [(statement, contingent) for statement, contingent in said if statement.id not in wrong]
    summed = list(parts(sound, reports, is_part))
    yield from summed
    wrong = {identity for conflict in summed for identity in conflict.basis}
    by_contingent: dict[Contingent, list[Statement]] = defaultdict(list)
    for statement, contingent in sound:
        by_contingent[contingent].append(statement)
    for contingent, statements in by_contingent.items():
        if len(statements) > 1 or statements[0].figures.before is not None:
            broken = changes(contingent, statements, reports)
            yield from (c for c in broken if wrong.isdisjoint(c.basis))


def _mixes(conflict: Conflict, told: Sequence[Entry], reports: Mapping[str, Report]) -> bool:
    """Whether a statement was read out of two plans: one was given up, or no slip explains numbers of two sentences."""
    said = next(e.statement for e in told if e.statement and e.statement.id == conflict.basis[0])
    if conflict.misprint is None and ends_sentence(words_of(said, reports)):
        return True
    return bool(cues_of(language_of(said, reports)).unreal.search(words_of(said, reports)))
