"""Announcements in time: from the day they were made to the day they were due, and what became of each.

A verdict has a sign and a word, so that its colour is never alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from musterbook.charts.picture import Key, Picture
from musterbook.charts.records import Promise
from musterbook.charts.scales import HALO, Days, Frame
from musterbook.charts.svg import group, line, tag, text, titled
from musterbook.findings import Verdict

WIDTH, ROW, UNDER, SIDE = 720, 44, 34, 8
GOOD, BAD, OTHER, WAITING = (
    ("#00795a", "mb-f3"),
    ("#c04f00", "mb-f2"),
    ("#4a5158", "mb-f0"),
    ("#0072b2", "mb-f1"),
)
RING, CROSS = "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M-4-4 4 4M4-4-4 4"
SIGNS = {  # verdict: (path, filled, colour)
    Verdict.OPEN: (RING, False, WAITING),
    Verdict.DUE: ("M0-5 5.4 4.4h-10.8z", False, WAITING),
    Verdict.KEPT: (RING, True, GOOD),
    Verdict.KEPT_LATE: ("M-5-5h10v10h-10z", True, GOOD),
    Verdict.PARTLY_KEPT: ("M-5 0a5 5 0 0 1 10 0z", True, GOOD),
    Verdict.BROKEN: (CROSS, False, BAD),
    Verdict.REVERSED: ("M4-5-4 0 4 5z", True, BAD),
    Verdict.SUPERSEDED: ("M-4-5 4 0-4 5z", True, OTHER),
    Verdict.FROZEN: ("M-4-5h3v10h-3zM1-5h3v10h-3z", True, OTHER),
    Verdict.UNVERIFIABLE: ("M-5-1.2h10v2.4h-10z", True, OTHER),
}
LETTER = 6.6


def timeline(
    promises: Sequence[Promise], today: date, title: str = "Announcements", width: int = WIDTH
) -> Picture:
    """The announcements in the order given, a row each, up to ``today``; those without any day are told beside."""
    dated = [p for p in promises if days_of(p)]
    frame = Frame(SIDE, 6, width - SIDE, 6 + ROW * max(1, len(dated)))
    days = _axis(dated, today, frame)
    now = line(
        days.at(today),
        frame.top,
        days.at(today),
        frame.bottom,
        stroke="#8b949c",
        stroke_dasharray="2 3",
        class_="mb-axis",
    )
    rows = [_row(promise, frame.top + i * ROW, days) for i, promise in enumerate(dated)]
    body = _years(days) + days.draw() + now + "".join(rows)
    desc = "; ".join(map(sentence, promises)) or "No announcements"
    height = round(frame.bottom + UNDER)
    return Picture(title, f"{desc}.", width, height, body, tuple(_keys(dated)), f"timeline {title}")


def days_of(promise: Promise) -> list[date]:
    """All days on which something happened to it or was to happen."""
    told = (promise.announced, promise.deadline, promise.decided_on, promise.replaced_on, *promise.again)
    return sorted(day for day in told if day)


def sentence(promise: Promise) -> str:
    """One announcement in words."""
    parts = [promise.told]
    if promise.announced:
        parts.append(f"announced {promise.announced}" + (f" by {promise.speaker}" if promise.speaker else ""))
    if promise.deadline:
        parts.append(f"due {promise.deadline}")
    decided = f" on {promise.decided_on}" if promise.decided_on else ""
    return ", ".join([*parts, f"{promise.verdict}{decided}"])


def _axis(promises: Sequence[Promise], today: date, frame: Frame) -> Days:
    found = [day for promise in promises for day in days_of(promise)] + [today]
    room = timedelta(max(15, (max(found) - min(found)).days // 30))
    return Days(min(found) - room, max(found) + room, frame)


def _years(days: Days) -> str:
    ends = ((days.at(day), days.frame) for day, _ in days.ticks())
    lines = (line(x, frame.top, x, frame.bottom, stroke="#d9dde1", class_="mb-grid") for x, frame in ends)
    return group(lines)


def _row(promise: Promise, top: float, days: Days) -> str:
    """The words, and below them what happened in time."""
    y, known = top + 28, days_of(promise)
    left, right = days.at(known[0]), days.at(known[-1])
    told = f"{promise.told}: {promise.verdict}"
    x, anchor = _words_at(left, told, days.frame)
    parts = [
        titled(sentence(promise)),
        text(
            x,
            top + 15,
            told,
            font_size=12,
            text_anchor=anchor,
            class_="mb-strong mb-halo",
            fill="#14181c",
            **HALO,
        ),
        line(left, y, right, y, stroke="#6b737b", stroke_width=1.5, class_="mb-axis"),
        *_events(promise, y, days),
    ]
    inside = "".join(parts)
    return (
        tag("a", inside, href=promise.href, class_="mb-row")
        if promise.href
        else tag("g", inside, class_="mb-row")
    )


def _words_at(left: float, told: str, frame: Frame) -> tuple[float, str]:
    """Over the beginning of the row, or to its left where there is no room."""
    if left + LETTER * len(told) <= frame.right:
        return left, "start"
    return frame.right, "end"


def _events(promise: Promise, y: float, days: Days) -> Iterator[str]:
    for day in promise.again:
        yield line(
            days.at(day), y - 3, days.at(day), y + 3, stroke="#6b737b", stroke_width=1.5, class_="mb-axis"
        )
    if promise.announced:
        yield tag(
            "circle",
            cx=days.at(promise.announced),
            cy=y,
            r=3.5,
            fill="currentColor",
            color="#4a5158",
            class_="mb-f0",
        )
    if promise.deadline:
        yield line(
            days.at(promise.deadline),
            y - 7,
            days.at(promise.deadline),
            y + 7,
            stroke="#14181c",
            stroke_width=2,
            class_="mb-edge",
        )
    last = promise.decided_on or promise.replaced_on or promise.deadline or promise.announced
    if last:
        yield tag("g", verdict_sign(promise.verdict), transform=f"translate({days.at(last):.1f} {y:.1f})")


def verdict_sign(verdict: Verdict) -> str:
    """The sign of a verdict around nought; for legends and tables, too."""
    path, filled, (colour, class_) = SIGNS[verdict]
    if filled:
        return tag("path", d=path, fill="currentColor", color=colour, class_=class_)
    return tag(
        "path",
        d=path,
        fill="#fff",
        stroke="currentColor",
        stroke_width=2.2,
        color=colour,
        class_=f"{class_} mb-open",
    )


def _keys(promises: Sequence[Promise]) -> Iterator[Key]:
    if promises:
        yield Key(
            tag("circle", cx=10, cy=7, r=3.5, fill="currentColor", color="#4a5158", class_="mb-f0"),
            "announced",
        )
        yield Key(line(10, 0, 10, 14, stroke="#14181c", stroke_width=2, class_="mb-edge"), "its day")
    if any(p.again for p in promises):
        yield Key(line(10, 4, 10, 10, stroke="#6b737b", stroke_width=1.5, class_="mb-axis"), "said again")
    verdicts = {p.verdict for p in promises}
    for verdict in SIGNS:
        if verdict in verdicts:
            yield Key(tag("g", verdict_sign(verdict), transform="translate(10 7)"), str(verdict))
