"""What waits for review as an editor asked for it, and what comes before and after one of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from musterbook.desk.views import View, statement_view
from musterbook.desk.web.asked import WrongParameterError, number_in
from musterbook.desk.web.snapshot import Snapshot
from musterbook.desk.wiring import force_code, label, matches, place_code
from musterbook.errors import UsageError
from musterbook.findings import Item
from musterbook.model import Contingent
from musterbook.reckoning.queue import SURE

ROWS = 40  # of a page
PAGES = 100_000
LONGEST = 100  # signs of a filter
NOWHERE = Contingent("", "")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which part of the queue; empty: all of it."""

    force: str = ""
    place: str = ""
    publisher: str = ""
    reason: str = ""
    page: int = 1

    def query(self, **others: str) -> str:
        """The end of an address that asks for the same."""
        own = {name: getattr(self, name) for name in ("force", "place", "publisher", "reason")}
        own["page"] = str(self.page) if self.page > 1 else ""
        given = {name: value for name, value in (own | others).items() if value}
        return f"?{urlencode(given)}" if given else ""


def filter_in(query: Mapping[str, str]) -> Filter:
    """The filter in an address; WrongParameterError."""
    words = {name: query.get(name, "").strip() for name in ("force", "place", "publisher", "reason")}
    for name, said in words.items():
        if len(said) > LONGEST:
            raise WrongParameterError(f"{name} has more than {LONGEST} signs")
    if words["reason"] and words["reason"] not in REASONS:
        raise WrongParameterError(f"reason={words['reason']} is none of {', '.join(REASONS)}")
    try:
        for name, resolve in (("force", force_code), ("place", place_code)):
            if words[name]:
                resolve(words[name])
    except UsageError as wrong:
        raise WrongParameterError(str(wrong)) from wrong
    return Filter(**words, page=number_in(query, "page", 1, 1, PAGES))


def chosen(found: Snapshot, asked: Filter) -> list[Item]:
    """The part of the queue, what moves a figure most first."""
    items = list(found.queue)
    if asked.force or asked.place:
        force = found.view.current_name(force_code(asked.force)) if asked.force else None
        place = found.view.current_name(place_code(asked.place)) if asked.place else None
        items = [item for item in items if matches(item.contingent or NOWHERE, force, place)]
    if asked.reason:
        fits = REASONS[asked.reason][1](found)
        items = [item for item in items if fits(item)]
    if asked.publisher:
        wanted = asked.publisher.casefold()
        items = [item for item in items if wanted in _publisher(found, item).casefold()]
    return items


def rows_of(found: Snapshot, items: list[Item]) -> list[View]:
    """What the list shows of them."""
    rows = []
    for item in items:
        said = found.said[item.statement]
        report = found.view.report(said.report)
        if report is not None:
            row = statement_view(said, report, label)
            rows.append(row | {"moves": item.moves, "reason": item.reason, "is_held": _is_held(item)})
    return rows


def neighbours(items: list[Item], statement: str) -> tuple[str, str]:
    """The statements before and after one; for one that waits no more, the first of all comes next."""
    names = [item.statement for item in items]
    if statement not in names:
        return "", next((name for name in names if name != statement), "")
    at = names.index(statement)
    return (names[at - 1] if at else ""), (names[at + 1] if at + 1 < len(names) else "")


def _publisher(found: Snapshot, item: Item) -> str:
    report = found.view.report(found.said[item.statement].report)
    return report.publisher if report else ""


def _is_held(item: Item) -> bool:
    return item.reason.startswith("held: ")


def _held(found: Snapshot) -> Callable[[Item], bool]:
    names = {hold.statement for hold in found.holds}
    return lambda item: item.statement in names


def _moves(_: Snapshot) -> Callable[[Item], bool]:
    return lambda item: item.moves > 0


def _unsure(found: Snapshot) -> Callable[[Item], bool]:
    return lambda item: found.said[item.statement].confidence < SURE


REASONS: dict[str, tuple[str, Callable[[Snapshot], Callable[[Item], bool]]]] = {
    "held": ("held for review", _held),
    "figure": ("moves a figure", _moves),
    "unsure": ("an unsure reading", _unsure),
}
