"""Parts make their whole where a report tells all of them, and no part is larger than its whole.

All parts are told where a joint figure of two countries is followed by one for each, where a colon or "made up of"
opens a list, or where "in all" closes one. Then a sum that does not come out is flagged, if one slip of the hand
explains it. "Among them" opens a list of some parts: of these none may be larger than the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from musterbook.findings import Conflict, Misprint
from musterbook.model import Contingent, CountingRule, Report, Statement, Status
from musterbook.reckoning.arithmetic import in_words, misprint_of
from musterbook.reckoning.cues import Cues, cues_of, ends_sentence, place_of
from musterbook.reckoning.strength import CEILINGS, STOCKS
from musterbook.reckoning.sums import Number, comes_out, left_out, likeliest, number_of, repairs

PARTS, MEMBER = "parts", "member"
NUMBER, YEAR = re.compile(r"\d+(?:,\d{3})*"), re.compile(r"(?:19|20)\d\d")
BARE = "bare"
FLOWS = ("coming less", "coming more", "done less", "done more")
MOST = 8  # parts of one whole
OPENING = 80  # characters between a whole and the list of its parts
REACH = 300  # characters between one part and the next
Belongs = Callable[[Contingent, Contingent], bool]  # whether the first may be a part of the second


@dataclass(frozen=True, slots=True)
class Told:
    """One number that may be a whole or a part, with the words it stands in."""

    statement: Statement
    contingent: Contingent
    kind: str  # numbers of different kinds are never added
    number: Number

    @property
    def is_bare(self) -> bool:
        """Whether it is the only number of its statement, in a part that nobody can be sure of."""
        return self.kind == BARE

    @property
    def start(self) -> int:
        """Where its words begin."""
        return self.statement.evidence[0].start

    @property
    def end(self) -> int:
        """Where they end."""
        return self.statement.evidence[-1].end

    def place(self, text: str) -> tuple[int, int]:
        """Where its number stands in the text; the whole statement where it is not printed in digits."""
        return place_of(self.number.size, self.statement, text) or (self.start, self.end)


def told_of(statement: Statement, contingent: Contingent) -> Told | None:
    """The number of a statement that may be added to others, or None."""
    figures, status = statement.figures, statement.status
    if status is Status.DENIED or statement.rule in CEILINGS:
        return None
    value, kind = figures.level, f"level {status}"
    if status not in STOCKS or figures.is_change:
        coming = "done" if status is Status.DONE else "coming"
        value, kind = figures.delta, coming
        if value is None and figures.before is not None and figures.after is not None:
            value = figures.after - figures.before
        if value is None and figures.before is not None and figures.ratio is None:
            value, kind = figures.before, BARE
        elif value is None and figures.before is None:
            value, kind = figures.after, f"{coming} after"
        elif value is not None:
            kind = f"{coming} {'less' if value < 0 else 'more'}"
    return (
        None if not value else Told(statement, contingent, kind, number_of(abs(value), figures, statement.id))
    )


def parts(
    said: Sequence[tuple[Statement, Contingent]], reports: Mapping[str, Report], is_part: Belongs
) -> Iterator[Conflict]:
    """The wholes of one report that their parts do not make; ``said`` in the order of the text."""
    told = [one for statement, contingent in said if (one := told_of(statement, contingent))]
    report = reports.get(said[0][0].report) if said else None
    if report is None or len(told) < 2:
        return
    heard = cues_of(report.language)
    for place, whole in enumerate(told):
        after = _list_after(whole, told[place + 1 :], report.text, is_part)
        nested = bool(after and heard.within.search(report.text[after[0].start : after[-1].end]))
        if found := _wrong(whole, after, _is_closed(whole, after, report.text, heard), nested):
            yield found
            continue
        if heard.total.search(report.text[whole.start : whole.end]):
            before = _list_before(whole, told[:place], report.text)
            if found := _wrong(whole, before, len(before) > 1):
                yield found
                continue
        yield from _too_large(whole, after, report.text, heard)


def _list_after(whole: Told, others: Sequence[Told], text: str, is_part: Belongs) -> list[Told]:
    """The numbers that follow a whole and may be its parts, up to the first that may not."""
    found: list[Told] = []
    last = whole
    for other in others:
        broken = found and ends_sentence(text[last.end : other.start + 1]) and not _is_by_host(whole, other)
        alike = other.kind == whole.kind or (other.is_bare and whole.kind in FLOWS)
        if not alike or other.start - last.end > REACH or broken or len(found) == MOST:
            break
        listed = not ends_sentence(text[whole.start : other.start + 1]) and is_beside(other, whole)
        if not (listed or is_part(other.contingent, whole.contingent)) or not _same_time(whole, other):
            break
        found.append(other)
        last = other
    return found


def _list_before(whole: Told, others: Sequence[Told], text: str) -> list[Told]:
    """The same for a whole that closes its list: the numbers before it, in the order of the text."""
    found: list[Told] = []
    last = whole
    for other in reversed(others):
        apart = ends_sentence(text[other.end : last.start + 1])
        if other.kind != whole.kind or last.start - other.end > REACH or len(found) == MOST:
            break
        if apart or not is_beside(other, whole) or not _same_time(whole, other):
            break
        found.insert(0, other)
        last = other
    return found


def is_beside(one: Told, other: Told) -> bool:
    """Whether two numbers of one sentence have the force or the place in common."""
    return one.contingent.force == other.contingent.force or one.contingent.place == other.contingent.place


def _same_time(one: Told, other: Told) -> bool:
    """Whether two stocks may be of one day; changes may come in stages."""
    first, second = one.statement.period, other.statement.period
    return one.kind in FLOWS or first is None or second is None or first.last == second.last


def _is_by_host(whole: Told, part: Told) -> bool:
    return "+" in whole.contingent.place and "+" not in part.contingent.place


def _is_closed(whole: Told, found: Sequence[Told], text: str, heard: Cues) -> bool:
    """Whether the list holds all the parts: one for each host, or as its words say."""
    if len(found) < 2 or _unread(whole, found, text):
        return False
    hosts = whole.contingent.place.split("+")
    if len(hosts) > 1:
        return sorted(part.contingent.place for part in found) == sorted(hosts)
    between = _between(whole, found[0], text)
    opened = heard.closed.search(between)
    if heard.rest.search(text[whole.start : found[-1].end]):
        return False
    if heard.of_whole.match(text[whole.start :]):
        return not ends_sentence(text[whole.start : found[-1].end - 1])
    printed = all(place_of(one.number.size, one.statement, text) for one in (whole, *found))
    return printed and bool(opened) and len(between) <= OPENING and not heard.within.search(between)


def _unread(whole: Told, found: Sequence[Told], text: str) -> bool:
    """Whether numbers stand in the list that were not read as parts of it; years are none."""
    region = text[whole.place(text)[1] : found[-1].place(text)[1]]
    numbers = [words for words in NUMBER.findall(region) if not YEAR.fullmatch(words)]
    return len(numbers) > len(found)


def _between(one: Told, other: Told, text: str) -> str:
    """The text between two numbers."""
    return text[one.place(text)[1] : other.place(text)[0]]


def _wrong(whole: Told, found: Sequence[Told], closed: bool, nested: bool = False) -> Conflict | None:
    """The conflict of a whole with the list of all its parts, where one slip explains it and no part of it does."""
    if not closed:
        return None
    numbers = [part.number for part in found]
    sizes = range(2, len(numbers) + 1)
    heads = (numbers[:size] for size in sizes)
    sets = (some for size in sizes for some in combinations(numbers, size)) if nested else heads
    if any(comes_out(some, whole.number) for some in sets):
        return None
    if not left_out(numbers, whole.number) or not repairs(numbers, whole.number):
        return None
    sum_ = in_words(numbers, whole.number.printed_as(sum(n.value for n in numbers)))
    basis = tuple(dict.fromkeys(one.statement.id for one in (whole, *found)))
    message = f"the parts make {sum_}, not {whole.number.size:,}"
    return Conflict(whole.contingent, PARTS, message, basis, _misprint(numbers, whole.number))


def _misprint(numbers: list[Number], whole: Number) -> Misprint | None:
    """The one number that a slip explains; None where there are several."""
    sure = likeliest(repairs(numbers, whole))
    if len(sure) != 1:
        return None
    number, slip = sure[0]
    right = [n.printed_as(slip.likely) if n is number else n for n in numbers]
    end = whole.printed_as(slip.likely) if number is whole else whole
    return misprint_of(number, slip, in_words(right, end))


def _too_large(whole: Told, found: Sequence[Told], text: str, heard: Cues) -> Iterator[Conflict]:
    """A part that is larger than its whole, where the words call it a part."""
    for part in found[:1]:
        if part.number.size <= whole.number.size or not left_out([part.number], whole.number):
            continue
        first, last = part.place(text)
        joined = not ends_sentence(text[whole.place(text)[1] : first])
        ahead, behind = text[max(0, first - 40) : first], text[last : last + 40]
        called = heard.before_part.search(ahead) or heard.after_part.match(behind)
        if (joined and called) or _is_share(part, whole):
            yield too_large(part.number, whole.number, whole.contingent)


def too_large(part: Number, whole: Number, contingent: Contingent) -> Conflict:
    """The conflict of a part that exceeds its whole."""
    message = f"{part.size:,} cannot be a part of {whole.size:,}"
    return Conflict(contingent, MEMBER, message, (whole.statement, part.statement))


def _is_share(part: Told, whole: Told) -> bool:
    """Whether it is counted as a share of the whole force."""
    return (
        part.statement.rule is CountingRule.COALITION_SHARE
        and part.contingent.force != whole.contingent.force
    )
