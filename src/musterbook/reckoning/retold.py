"""Many outlets retell one announcement: where one gives another number for the same change, one slip apart, it erred.

"From 5,200 to 3,000" in four reports and "1,200 leave" in a fifth of the same days: 2,200 was meant. A number that
other changes told of in these days make up, that is called a part, or that another person gives, is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from musterbook.findings import Conflict, Misprint
from musterbook.model import Contingent, Entry, Report, Statement, Status
from musterbook.reckoning.cues import cues_of, is_printed, language_of, words_of
from musterbook.reckoning.facts import PROMISED
from musterbook.reckoning.misprints import slip_between
from musterbook.reckoning.sums import comes_out, number_of
from musterbook.reckoning.voices import same_voice

RETOLD = "retold"
TOGETHER = timedelta(days=2)  # reports of one announcement follow each other within so many days
JOINT = "+"
SEVERAL = 3  # changes that may make one up
MANY = 30  # different changes of one contingent in these days beyond which nobody can tell them apart


@dataclass(frozen=True, slots=True)
class Retelling:
    """One change as one report gives it."""

    statement: Statement
    published: date

    @property
    def order(self) -> tuple[date, str]:
        """By publication: the same in every order of entries."""
        return self.published, self.statement.id


def retold(
    entries: Iterable[Entry], reports: Mapping[str, Report], first: Mapping[str, str] | None = None
) -> tuple[Conflict, ...]:
    """The changes that reports of one utterance give differently; ``first`` leads to the first statement of each.

    Without it, statements of one contingent that follow each other within two days are taken for one utterance.
    """
    told: dict[tuple[Contingent, str], list[Retelling]] = defaultdict(list)
    for entry in entries:
        said, contingent = entry.statement, entry.contingent
        report = reports.get(said.report) if said else None
        if (
            said
            and contingent
            and report
            and report.published
            and _is_told(said)
            and JOINT not in contingent.place
        ):
            told[contingent, (first or {}).get(said.id, "")].append(Retelling(said, report.published))
    return tuple(
        conflict
        for (contingent, _), several in sorted(told.items())
        for group in _groups(several)
        for conflict in _wrong(contingent, group, reports)
    )


def _is_told(said: Statement) -> bool:
    return said.figures.is_change and (said.status in PROMISED or said.status is Status.DONE)


def _groups(told: Sequence[Retelling]) -> Iterator[list[Retelling]]:
    """Runs of statements that follow each other closely."""
    group: list[Retelling] = []
    for one in sorted(told, key=lambda one: one.order):
        if group and one.published - group[-1].published > TOGETHER:
            yield group
            group = []
        group.append(one)
    yield group


def _wrong(
    contingent: Contingent, group: Sequence[Retelling], reports: Mapping[str, Report]
) -> Iterator[Conflict]:
    """The changes that are one slip away from what a start and an end of another report make."""
    pairs = {
        _pair(one.statement): one.statement for one in reversed(group) if None not in _pair(one.statement)
    }
    flows: dict[int, Statement] = {}
    for one in group:
        if one.statement.figures.delta is not None:
            flows.setdefault(one.statement.figures.delta, one.statement)
    if not pairs or len(pairs) + len(flows) > MANY:
        return
    for delta, said in flows.items():
        others = [other for other in flows if other != delta]
        for (before, after), pair in pairs.items():
            if before is None or after is None or pair.report == said.report:
                continue
            if found := _slip(contingent, said, pair, others, reports):
                if not any(_fits(said, other, []) for other in pairs.values()):
                    yield found
                break


def _is_one_utterance(one: Statement, other: Statement) -> bool:
    """Whether both name the same speaker, or both the same last day, and nothing speaks against it."""
    spoken = one.speaker is not None and other.speaker is not None
    dated = one.period is not None and other.period is not None
    same_day = one.period is None or other.period is None or one.period.last == other.period.last
    return (spoken or dated) and same_day and same_voice(one, other)


def _pair(said: Statement) -> tuple[int | None, int | None]:
    return said.figures.before, said.figures.after


def _fits(said: Statement, pair: Statement, others: Sequence[int]) -> bool:
    """Whether a change leads from a start to an end, alone or with others told of in these days."""
    before, after, delta = pair.figures.before, pair.figures.after, said.figures.delta
    if before is None or after is None or delta is None:
        return False
    start, end = (number_of(n, pair.figures) for n in (before, after))
    flow = number_of(delta, said.figures)
    rest = [number_of(n, said.figures) for n in others]
    sets = (some for size in range(SEVERAL) for some in combinations(rest, size))
    return any(comes_out([start, flow, *some], end) for some in sets)


def _slip(
    contingent: Contingent,
    said: Statement,
    pair: Statement,
    others: Sequence[int],
    reports: Mapping[str, Report],
) -> Conflict | None:
    """The conflict, where one slip of the hand leads from what was meant to what one report prints."""
    before, after, delta = pair.figures.before, pair.figures.after, said.figures.delta
    if before is None or after is None or delta is None or (after > before) != (delta > 0):
        return None
    meant, kind = abs(after - before), slip_between(abs(delta), abs(after - before))
    number = number_of(delta, said.figures, said.id)
    heard, words = cues_of(language_of(said, reports)), words_of(said, reports)
    part = any(cue.search(words) for cue in (heard.part, heard.gone, heard.more, heard.unreal))
    alike = kind and not part and _is_one_utterance(said, pair) and is_printed(number, said, reports)
    if not alike or number.at_most or number.at_least or _fits(said, pair, others):
        return None
    sum_ = f"{before:,} {'-' if delta < 0 else '+'} {meant:,} = {after:,}"
    message = (
        f"{abs(delta):,} in one report of what others tell as {before:,} to {after:,}, which makes {meant:,}"
    )
    misprint = Misprint(said.id, abs(delta), meant, f"{kind}, and {sum_}")
    return Conflict(contingent, RETOLD, message, (said.id, pair.id), misprint)
