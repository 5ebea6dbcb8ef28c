"""What a page is asked through, as it stands in its address: which day, known when, published by when.

Everything that a reader chose stands there, so that an address may be sent to somebody else, and shows the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from musterbook.api import moment_of

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
YES = ("1", "yes", "true")
NO = ("", "0", "no", "false")


class WrongParameterError(ValueError):
    """A parameter says nothing that we understand; the message names it and shows how it is written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The clocks of one page; None: now, and everything."""

    on: date | None = None  # the day of the world
    known: datetime | None = None  # as the book, or the public, knew it by then
    public: date | None = None  # only what was published by then
    held: bool = False  # with what waits for review

    @property
    def is_now(self) -> bool:
        """Whether the book is asked as it stands, of whatever day: through no clock, and without what is held."""
        return not (self.known or self.public or self.held)

    def query(self, **others: str) -> str:
        """The same as the end of an address, with other parameters after it: ``?on=2020-09-30``; empty for none."""
        own = {
            "on": self.on.isoformat() if self.on else "",
            "known": written(self.known) if self.known else "",
            "public": self.public.isoformat() if self.public else "",
            "held": "1" if self.held else "",
        }
        given = {name: value for name, value in (own | others).items() if value}
        return f"?{urlencode(given, errors='replace')}" if given else ""


def asked_in(query: Mapping[str, str]) -> Asked:
    """What the parameters of an address ask; WrongParameterError."""
    return Asked(
        day_in(query, "on"), moment_in(query, "known"), day_in(query, "public"), flag_in(query, "held")
    )


def written(moment: datetime) -> str:
    """A moment as an address has it: a day where it is the end of one."""
    return moment.date().isoformat() if moment == moment_of(moment.date().isoformat()) else moment.isoformat()


def day_in(query: Mapping[str, str], name: str) -> date | None:
    """A day, None where none is given."""
    words = query.get(name, "").strip()
    if not words:
        return None
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise WrongParameterError(
            f"{name}={words[:40]} is not a day; write it as {name}=2020-09-30"
        ) from None
    if not EARLIEST <= day <= LATEST:
        raise WrongParameterError(f"{name}={words} lies outside of {EARLIEST} to {LATEST}")
    return day


def moment_in(query: Mapping[str, str], name: str) -> datetime | None:
    """A moment in UTC; a bare day stands for its end."""
    words = query.get(name, "").strip()
    if not words:
        return None
    try:
        moment = moment_of(words.replace(" ", "+"))  # in an address a plus sign stands for a blank
    except (ValueError, OverflowError):
        raise WrongParameterError(
            f"{name}={words[:40]} is not a moment; write it as {name}=2020-09-30 or {name}=2020-09-30T12:00"
        ) from None
    if not EARLIEST <= moment.date() <= LATEST:
        raise WrongParameterError(f"{name}={words[:40]} lies outside of {EARLIEST} to {LATEST}")
    return moment


def flag_in(query: Mapping[str, str], name: str) -> bool:
    """Yes or no; no where nothing is given."""
    words = query.get(name, "").strip().lower()
    if words in YES:
        return True
    if words in NO:
        return False
    raise WrongParameterError(f"{name}={words[:40]} is neither yes nor no; write it as {name}=1")


def number_in(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """A whole number between two ends."""
    words = query.get(name, "").strip()
    if not words:
        return default
    if not (
        words.isascii() and words.isdigit() and len(words) <= len(str(most)) and least <= int(words) <= most
    ):
        raise WrongParameterError(f"{name}={words[:40]} is no number from {least} to {most:,}")
    return int(words)
