"""A long list is told in parts: the end of each is known by its last item, so nothing is told twice or left out.

What is added, or taken back, between two parts does not shift the others.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from musterbook.desk.views import View
from musterbook.desk.web.asked import WrongParameterError

T = TypeVar("T")
Key = list[Any]
"""By what items are ordered, of texts and numbers; its last part tells every item from all others."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """Items to be told in parts, and how one is shown."""

    items: Sequence[T]
    key: Callable[[T], Key]
    show: Callable[[T], View]
    falling: bool = False  # the largest key first
    order: str = ""  # the name of the order, where there are several
    more: View = field(default_factory=dict)  # told beside the items


@dataclass(frozen=True, slots=True)
class Part:
    """Some items as they are told, and where the next part begins; None at the end."""

    rows: list[View]
    after: str | None


def known_or_not(value: object) -> list[object]:
    """A value that may be unknown, as a key: what is unknown comes first, or last where the order falls."""
    return [0, ""] if value is None else [1, value]


def part_of(listing: Listing[Any], limit: int, after: str) -> Part:
    """The part of a list that begins after a place; WrongParameterError where that is none of this list."""
    pairs = sorted(((listing.key(one), at) for at, one in enumerate(listing.items)), reverse=listing.falling)
    if after:
        last = _read(after, listing.order)
        try:
            pairs = [p for p in pairs if (p[0] < last if listing.falling else p[0] > last)]
        except TypeError:
            raise _wrong(after) from None
    taken = pairs[:limit]
    end = _written(taken[-1][0], listing.order) if len(pairs) > limit else None
    return Part([listing.show(listing.items[at]) for _, at in taken], end)


def _written(key: Key, order: str) -> str:
    words = json.dumps([order, key], separators=(",", ":"))
    return base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")


def _read(after: str, order: str) -> Key:
    try:
        found = json.loads(base64.urlsafe_b64decode(after.encode("ascii") + b"=" * (-len(after) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        raise _wrong(after) from None
    if not (isinstance(found, list) and len(found) == 2 and found[0] == order and isinstance(found[1], list)):
        raise _wrong(after)
    return found[1]


def _wrong(after: str) -> WrongParameterError:
    return WrongParameterError(
        f"after={after[:40]} is no place in this list; take it from `next` of the answer before"
    )
