"""What goes back to one utterance counts once, however many print it.

A statement is an *echo* of an earlier one about the same contingent with the same figure where
- their reports are of one announcement, and no two persons vouch for it on their own;
- the same speaker said it within days;
- nobody in particular vouches for it, or only another outlet: an old figure in a background paragraph is told again.
It is a *confirmation*, an utterance of its own, where another person says it, the same one on another day, or an
office counts anew. An editor's word goes before all rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from musterbook.findings import Descent, Utterance
from musterbook.model import Contingent, CountingRule, Entry, Report
from musterbook.reckoning.alike import Drawer, Said, agree, beside, repeats
from musterbook.reckoning.families import Family, Kin, kin_of
from musterbook.reckoning.kinship import HALF
from musterbook.reckoning.lineage import Lineage
from musterbook.reckoning.sayers import bare, heads_of
from musterbook.reckoning.sheets import Sheet

DAYS = 3  # within which a speaker's figure is one utterance, wherever it is printed
STALE = 730  # days after which a figure that nobody named in between is news again, even without a speaker
KEPT = 6  # earlier statements under one key that another is held against: the first ones and the last ones
TABLES = {CountingRule.PERMANENTLY_ASSIGNED, CountingRule.MANDATE_CEILING}  # what only offices count
EDITOR = "an editor says so"


def utterances(
    entries: Iterable[Entry], reports: Mapping[str, Report], decided: Mapping[str, str] | None = None
) -> tuple[Utterance, ...]:
    """Everything that was said, each with all statements that go back to it, by contingent and first appearance.

    ``entries`` are those that stand, of all contingents or of one; ``decided`` names what a person decided: for a
    statement the one that it echoes, or "" where it stands by itself.
    """
    return utterances_of(kin_of(entries, reports), decided)


def utterances_of(kin: Kin, decided: Mapping[str, str] | None = None) -> tuple[Utterance, ...]:
    """The same from the families of every contingent, where these are at hand."""
    told = (_uttered(contingent, kin[contingent], decided or {}) for contingent in sorted(kin))
    return tuple(one for found in told for one in found)


def first_of(told: Iterable[Utterance]) -> dict[str, str]:
    """For every statement the first one of its utterance; one that stands alone is its own."""
    return {statement: one.statements[0] for one in told for statement in one.statements}


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A statement in its report and family."""

    said: Said
    sheet: Sheet
    family: int
    is_own: (
        bool  # whether somebody vouches for it: a named speaker who is no outlet, or an office that counts
    )

    @property
    def id(self) -> str:
        """The statement's."""
        return self.said.statement.id


@dataclass(slots=True)
class Memory:
    """What was told of a contingent so far, by figure: within each family, and altogether."""

    kin: dict[tuple[int, Drawer], list[Told]] = field(default_factory=lambda: defaultdict(list))
    all: dict[Drawer, list[Told]] = field(default_factory=lambda: defaultdict(list))
    stale: set[str] = field(default_factory=set)  # ids of what only repeats, and of what goes back to that

    def add(self, told: Told, descent: Descent | None) -> None:
        """One more, and what it goes back to."""
        if descent and (descent.repeats or descent.parent in self.stale):
            self.stale.add(told.id)
        for drawer in told.said.drawers:
            _keep(self.kin[told.family, drawer], told)
            _keep(self.all[drawer], told)

    def in_family(self, told: Told) -> list[Told]:
        """Earlier ones of the same family with the same figure."""
        keys = (key for drawer in told.said.drawers for key in beside(drawer))
        held = (one for key in keys for one in self.kin.get((told.family, key), ()))
        return [one for one in held if self._is_kin(one, told)]

    def anywhere(self, told: Told) -> list[Told]:
        """Earlier ones of any report with the same figure."""
        keys = (key for drawer in told.said.drawers for key in beside(drawer))
        held = (one for key in keys for one in self.all.get(key, ()))
        return [one for one in held if agree(one.said, told.said)]

    def _is_kin(self, one: Told, told: Told) -> bool:
        """Whether two of one family are one utterance: nobody vouches by repeating what is old."""
        a, b = one.said, told.said
        alike = one.sheet is not told.sheet or a.is_plan is b.is_plan
        return alike and agree(a, b) and _one_voice(one, told) and not (told.is_own and one.id in self.stale)


def _keep(held: list[Told], told: Told) -> None:
    """Put one behind the others; of many the first and the last ones are kept."""
    held.append(told)
    if len(held) > KEPT:
        del held[KEPT // 2]


def _uttered(contingent: Contingent, kin: Sequence[Family], decided: Mapping[str, str]) -> list[Utterance]:
    """The utterances about one contingent."""
    place = {id(sheet): n for n, family in enumerate(kin) for sheet in family.sheets}
    sheets = sorted((sheet for family in kin for sheet in family.sheets), key=lambda sheet: sheet.order)
    outlets = frozenset(head for sheet in sheets for head in heads_of(sheet.outlet))
    every = [
        Told(said, sheet, place[id(sheet)], _is_own(said, outlets)) for sheet in sheets for said in sheet.said
    ]
    memory, lineage = Memory(), Lineage([told.id for told in every])
    for told in every:
        if told.sheet.is_table:  # goes back to nobody, and nobody to it
            continue
        descent = _descent(told, memory)
        if descent:
            lineage.add(descent)
        memory.add(told, descent)
    for statement, into in sorted(decided.items()):
        lineage.decide(statement, into, EDITOR)
    by_id = {told.id: told for told in every}
    return [_utterance(contingent, [by_id[one] for one in group], lineage) for group in lineage.groups()]


def _is_own(said: Said, outlets: frozenset[str]) -> bool:
    """Whether a named speaker vouches for a statement who is none of the outlets, or an office counts by its rule."""
    statement, speaker = said.statement, said.statement.speaker
    if statement.rule in TABLES and statement.period is not None:
        return True
    if speaker is None or not said.sayer.is_own:
        return False
    return bare(speaker.words) not in outlets


def _descent(told: Told, memory: Memory) -> Descent | None:
    """What a statement goes back to, None where it is an utterance of its own."""
    if kin := memory.in_family(told):
        parent = min(kin, key=lambda one: _nearness(one, told))
        return Descent(told.id, parent.id, _why(parent, told), False)
    earlier = memory.anywhere(told)
    if spoken := [one for one in earlier if _same_speech(one, told)]:
        return Descent(told.id, spoken[0].id, "same speaker, figure and day", False)
    old = [one for one in earlier if repeats(one.said, told.said)]
    if not old or _is_news(told, old):
        return None
    last = max(old, key=lambda one: one.sheet.order)
    days = told.sheet.days_from(last.sheet)
    if days is not None and days > STALE:
        return None
    return Descent(told.id, last.id, f"repeats the figure of {_ago(days)}", True)


def _is_news(told: Told, old: Sequence[Told]) -> bool:
    """Whether a known figure is told anew: somebody vouches for it, or a report begins with it as with a plan."""
    if told.is_own:
        return not _is_recalled(told, old)
    return told.said.is_plan and told.sheet.said[0] is told.said


def _one_voice(one: Told, other: Told) -> bool:
    """Whether two statements of one family may go back to one speaker."""
    a, b = one.said.sayer, other.said.sayer
    if a.key == b.key or not (a.is_person and b.is_person):
        return True
    if one.sheet is other.sheet:
        return False
    known = other.sheet.names(a.key) or one.sheet.names(b.key)
    both = {a.key, b.key} <= one.sheet.voices & other.sheet.voices
    return known and not both


def _nearness(one: Told, other: Told) -> tuple[bool, float, tuple[date, str]]:
    """Sorts the likeliest parent to the front: the same speaker, then the likest words, then the earliest."""
    copied = one.sheet.likeness.copied(other.sheet.likeness)
    return one.said.sayer.key != other.said.sayer.key, -copied if copied >= HALF else 0.0, one.sheet.order


def _why(parent: Told, told: Told) -> str:
    """Why a statement goes back to another of its family."""
    if parent.sheet is told.sheet:
        return "said twice in one report"
    if parent.sheet.likeness.copied(told.sheet.likeness) >= HALF:
        return f"same words as {parent.sheet.outlet}"
    if agencies := parent.sheet.agencies & told.sheet.agencies:
        return f"credits {sorted(agencies)[0]}"
    if parent.said.sayer.key and parent.said.sayer.key == told.said.sayer.key:
        return "same speaker, figure and day"
    return "same announcement, same figure"


def _same_speech(one: Told, other: Told) -> bool:
    """Whether the same speaker said both within days."""
    a, b = one.said.sayer, other.said.sayer
    if not a.is_own or a.key != b.key:
        return False
    if a.on and b.on:
        return abs((a.on - b.on).days) <= 1
    days = other.sheet.days_from(one.sheet)
    return days is not None and days <= DAYS


def _is_recalled(told: Told, earlier: Sequence[Told]) -> bool:
    """Whether a speaker's figure is only recalled: behind another's news, and with no later day of saying."""
    sayer, lead = told.said.sayer, told.sheet.said[0]
    if not sayer.key or lead is told.said or lead.sayer.key == sayer.key:
        return False
    if sayer.on is not None and told.sheet.published is not None:
        return (told.sheet.published - sayer.on).days > DAYS
    return any(one.said.sayer.key == sayer.key for one in earlier)


def _ago(days: int | None) -> str:
    """How long before, in words."""
    if days is None:
        return "an earlier report"
    for size, name in ((365, "year"), (30, "month"), (7, "week"), (1, "day")):
        if days >= size:
            many = days // size
            return f"{many} {name}{'s' if many > 1 else ''} before"
    return "the same day"


def _utterance(contingent: Contingent, told: Sequence[Told], lineage: Lineage) -> Utterance:
    """The record of statements that belong together, the first one first."""
    outlets = dict.fromkeys(one.sheet.outlet for one in told)
    descents = tuple(descent for one in told if (descent := lineage.of(one.id)))
    return Utterance(
        contingent, tuple(one.id for one in told), told[0].sheet.published, tuple(outlets), descents
    )
