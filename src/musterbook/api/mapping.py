"""Gathers the contingents of a day for the map and the bars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from musterbook.api.charting import Link, name_of, nowhere
from musterbook.charts.records import Bar, Holding
from musterbook.findings import Estimate
from musterbook.lexicon.register import load_register

if TYPE_CHECKING:
    from musterbook.api.view import BookView


def holdings_of(view: BookView, on: date | None = None, link: Link = nowhere) -> tuple[Holding, ...]:
    """Every contingent of a day as the map wants it."""
    return holdings(view.strengths(on), link)


def holdings(estimates: Iterable[Estimate], link: Link = nowhere) -> tuple[Holding, ...]:
    """These estimates as the map wants them."""
    return tuple(_holding(estimate, link) for estimate in estimates)


def _holding(found: Estimate, link: Link) -> Holding:
    one, label = found.contingent, load_register().label
    ends = found.low, found.best, found.high
    names = name_of(one), one.force, label(one.force), label(one.place)
    return Holding(one.id, *names, hosts_of(one.place), *ends, found.last_confirmed, link(one.id))


def hosts_of(place: str) -> tuple[str, ...]:
    """The states of a place: itself, the parts of a joint one, what a region takes in."""
    parts = place.split("+")
    hosts = load_register().hosts
    return tuple(host for part in parts for host in (hosts(part) or (part,)))


def largest_of(holdings: tuple[Holding, ...], top: int = 10) -> tuple[Bar, ...]:
    """The largest contingents as bars."""
    known = sorted((h for h in holdings if h.best), key=lambda h: (-(h.best or 0), h.contingent))
    return tuple(Bar(h.name, h.low, h.best, h.high, href=h.href) for h in known[:top])
