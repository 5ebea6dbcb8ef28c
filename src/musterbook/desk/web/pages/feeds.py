"""Atom feeds: new announcements, new verdicts, what is new of one contingent, and every change of the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time

from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.desk.ask import pairs
from musterbook.desk.deeds import about, deed_in_words
from musterbook.desk.pledging import sentence
from musterbook.desk.views import View, pledge_view, statement_view
from musterbook.desk.web.answering import kept, shelf_of
from musterbook.desk.web.atom import KIND, Feed, News, written
from musterbook.desk.web.errors import missing
from musterbook.desk.web.render import address_of
from musterbook.desk.web.rest.keys import READ, admit
from musterbook.desk.web.scenes import codes_of
from musterbook.desk.web.snapshot import Snapshot
from musterbook.desk.wiring import label, matches
from musterbook.findings import Pledge
from musterbook.ledger.telling import Step, steps
from musterbook.model import Entry, digest

router = APIRouter()
MANY = 50  # entries of a feed
Moments = Mapping[str, datetime]
"""When the book learned of each statement."""


@router.get("/feeds/announcements.atom")
def announcements(request: Request) -> Response:
    """Announced changes, those that the book learned of last."""

    def tell(found: Snapshot) -> Feed:
        learned = moments_of(found.view.entries())
        news = [announced(one, learned) for one in found.pledges]
        title = "Announced changes of troops abroad"
        return _feed(title, "What was announced, as the book learned of it.", request, "/pledges", news)

    return _answer(request, tell)


@router.get("/feeds/verdicts.atom")
def verdicts(request: Request) -> Response:
    """What became of announced changes, those that were decided last."""

    def tell(found: Snapshot) -> Feed:
        learned = moments_of(found.view.entries())
        news = [decided(one, learned) for one in found.pledges if one.decided_on]
        title = "What became of announced changes"
        return _feed(title, "Kept, broken, reversed: each with what decides.", request, "/pledges", news)

    return _answer(request, tell)


@router.get("/feeds/changes.atom")
def changes(request: Request) -> Response:
    """What was written to the book last, decisions of people included."""

    def tell(found: Snapshot) -> Feed:
        last = steps(found.view.journal()[-MANY:])
        title = "Changes of the book"
        return _feed(title, "Statements and decisions as they were written.", request, "/", map(deed, last))

    return _answer(request, tell)


@router.get("/{force}/{place}/feed.atom")
def contingent(request: Request, force: str, place: str) -> Response:
    """New statements on a force in a place, and what was announced of it."""
    codes = codes_of(force, place)

    def tell(found: Snapshot) -> Feed:
        entries = [e for e in found.view.entries() if e.contingent and matches(e.contingent, *codes)]
        if not entries:
            raise missing(f"The book has nothing on {label(codes[0])} in {label(codes[1])}.")
        learned = moments_of(entries)
        latest = sorted(entries, key=lambda e: e.recorded)[-MANY:]
        news = [said(statement_view(*pair, label), learned) for pair in pairs(found.view, latest)]
        news += [announced(one, learned) for one in found.pledges if matches(one.contingent, *codes)]
        title = f"{label(codes[0])} in {label(codes[1])}"
        return _feed(title, "New statements and announcements.", request, address_of("/".join(codes)), news)

    return _answer(request, tell)


def moments_of(entries: Iterable[Entry]) -> Moments:
    """When the book learned of each of these statements."""
    return {entry.statement.id: entry.recorded for entry in entries if entry.statement}


def announced(one: Pledge, learned: Moments) -> News:
    """An announced change as news."""
    view = pledge_view(one, label)
    told = one.basis and learned.get(one.basis[0])
    due = f", by {view['deadline']}" if view["deadline"] else ""
    who = one.speaker or "a report"
    return News(
        one.id,
        f"{view['force_name']} in {view['place_name']}: {view['words']}{due}",
        f"Announced on {view['announced'] or 'no day that we know'} by {who}; {sentence(view)}.",
        address_of(one.contingent),
        told or midnight(one.announced),
        who,
        midnight(one.announced) if one.announced else None,
    )


def decided(one: Pledge, learned: Moments) -> News:
    """A verdict as news: another verdict on the same announcement is news again."""
    view = pledge_view(one, label)
    moments = [learned[name] for name in one.deciding if name in learned]
    return News(
        digest("verdict", one.id, str(one.verdict)),
        f"{one.verdict}: {view['force_name']} in {view['place_name']}, {view['words']}",
        f"Announced on {view['announced'] or 'no day that we know'}; {sentence(view)}.",
        address_of(one.contingent),
        max(moments, default=midnight(one.decided_on)),
        one.speaker or "a report",
        midnight(one.decided_on),
    )


def said(view: View, learned: Moments) -> News:
    """A statement as news."""
    when = f", {view['when']}" if view["when"] else ""
    day = date.fromisoformat(view["published"]) if view["published"] else None
    return News(
        view["id"],
        f"{view['force_name']} in {view['place_name'] or 'no place named'}: {view['words']}, {view['status']}{when}",
        f"“{view['evidence']}” ({view['publisher'] or 'no publisher named'}, {view['published'] or 'no day'})",
        f"/statement/{view['id']}",
        learned[view["id"]],
        view["speaker"] or view["publisher"],
        midnight(day) if day else None,
    )


def deed(step: Step) -> News:
    """A line of the book as news."""
    entry, matter = step.entry, about(step.entry)
    reason = f" Because: {entry.reason}" if entry.reason else ""
    is_statement = len(matter) == len(entry.id)
    return News(
        entry.id,
        f"{entry.act} by {entry.by}",
        f"{deed_in_words(step)}.{reason}",
        f"/statement/{matter}" if is_statement else "/",
        entry.recorded,
        entry.by,
    )


def midnight(day: date | None) -> datetime:
    """The beginning of a day in UTC; of no day, that of all counting."""
    return datetime.combine(day or date(1970, 1, 1), time.min, UTC)


def _feed(title: str, subtitle: str, request: Request, page: str, news: Iterable[News]) -> Feed:
    """The latest of the news."""
    latest = sorted({one.mark: one for one in news}.values(), key=lambda one: (one.updated, one.mark))
    return Feed(title, subtitle, request.url.path, page, latest[::-1][:MANY])


def _answer(request: Request, tell: Callable[[Snapshot], Feed]) -> Response:
    admit(request, READ)
    base = str(request.base_url).rstrip("/")
    return kept(
        request, lambda: Response(written(shelf_of(request).reckon(tell), base), 200, media_type=KIND)
    )
