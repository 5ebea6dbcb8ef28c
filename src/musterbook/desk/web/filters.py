"""What a list is narrowed to, as it stands in its address, and which page of it is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from musterbook.desk.web.asked import EARLIEST, LATEST, WrongParameterError, number_in
from musterbook.desk.web.errors import missing
from musterbook.lexicon.register import load_register

T = TypeVar("T")
Query = Mapping[str, str]
ROWS, MOST_ROWS, MOST_PAGES = 50, 200, 100_000
LONGEST = 200  # signs of a name


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list."""

    rows: tuple[T, ...]
    total: int  # of the whole list
    number: int  # from 1
    size: int  # rows of a full page

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of the first row in the whole list; 0 in an empty one."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The place of the last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0


def sheet(found: Sequence[T], query: Query, size: int = ROWS) -> Sheet[T]:
    """The page of a list that an address asks for; 404 behind its end."""
    number, size = page_in(query, size)
    return checked(
        Sheet(tuple(found[(number - 1) * size : number * size]), len(found), number, size),
    )


def page_in(query: Query, size: int = ROWS) -> tuple[int, int]:
    """Which page, and how many rows it has."""
    return number_in(query, "page", 1, 1, MOST_PAGES), number_in(query, "rows", size, 1, MOST_ROWS)


def checked(one: Sheet[T]) -> Sheet[T]:
    """The page; 404 where the list does not reach so far."""
    if one.number > one.pages:
        raise missing(
            f"The list has {one.pages:,} page{'' if one.pages == 1 else 's'}; there is no page {one.number:,}."
        )
    return one


def force_in(query: Query) -> str | None:
    """The code of the force asked for; 404 where no register knows it, None where none is asked for."""
    return _code(query, "force", "Write it as in us, France or UN:MINUSMA.")


def place_in(query: Query) -> str | None:
    """The code of the place asked for."""
    return _code(query, "place", "Write it as in iraq, MLI or Sahel.")


def _code(query: Query, name: str, example: str) -> str | None:
    words = words_in(query, name)
    if not words:
        return None
    register = load_register()
    found = register.resolve_force(words) if name == "force" else register.resolve_place(words)
    if found is None:
        raise missing(f"No {name} is known as {words[:80]}. {example}")
    return found


def words_in(query: Query, name: str) -> str:
    """Words as they are."""
    words = query.get(name, "").strip()
    if len(words) > LONGEST:
        raise WrongParameterError(f"{name} is longer than {LONGEST} signs")
    return words


def choice_in(query: Query, name: str, choices: Collection[str], default: str = "") -> str:
    """One of several words."""
    words = query.get(name, "").strip() or default
    if words and words not in choices:
        raise WrongParameterError(f"{name}={words[:40]} is none of: {', '.join(choices)}")
    return words


def year_in(query: Query) -> int | None:
    """A year; None where none is asked for."""
    return number_in(query, "year", 0, EARLIEST.year, LATEST.year) or None


class Kept(dict[str, str]):
    """The filters that somebody set; one that was not set is empty."""

    def __missing__(self, name: str) -> str:
        return ""


def kept(query: Query, *names: str) -> Kept:
    """The filters of an address, for the links of its list; the page is not among them."""
    return Kept({name: query[name].strip() for name in (*names, "rows") if query.get(name, "").strip()})
