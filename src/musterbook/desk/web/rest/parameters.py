"""The parameters of the API: how each is read from an address, and how the description of the API tells of it.

What is not understood is refused with the name of the parameter and how it is written; so is a name that an address
does not take, for a filter that is misspelt would else let everything through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from musterbook.desk.web.asked import WrongParameterError, day_in, flag_in, moment_in, number_in
from musterbook.desk.wiring import force_code, place_code
from musterbook.findings import Verdict
from musterbook.model import Status

Query = Mapping[str, str]
Read = Callable[[Query, str], Any]
LONGEST = 200  # signs of words that are looked for
MANY = 1_000  # items of one answer
USUAL = 100
DAY = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z?)?$"}
FLAG = {"type": "string", "enum": ["0", "1", "yes", "no", "true", "false"]}
WORDS = {"type": "string", "minLength": 1, "maxLength": LONGEST}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address."""

    name: str
    words: str  # what it is for
    example: str
    schema: Mapping[str, Any]
    read: Read
    is_needed: bool = False


def words_in(query: Query, name: str) -> str:
    """Words to look for; empty where none are given."""
    words = query.get(name, "").strip()
    if len(words) > LONGEST:
        raise WrongParameterError(f"{name} is longer than {LONGEST} signs; give fewer words")
    if "\x00" in words:
        raise WrongParameterError(f"{name} holds a zero byte; leave it out")
    return words


def code_in(resolve: Callable[[str], str]) -> Read:
    """The code of a force or place; UsageError where no register knows the name."""

    def read(query: Query, name: str) -> str | None:
        words = words_in(query, name)
        return resolve(words) if words else None

    return read


def one_of(*choices: str) -> Read:
    """One of several words; the first is meant where none is given."""

    def read(query: Query, name: str) -> str:
        words = words_in(query, name) or choices[0]
        if words not in choices:
            told = ", ".join(choice for choice in choices if choice)
            raise WrongParameterError(f"{name}={words[:40]} is not known; write one of: {told}")
        return words

    return read


def within(least: int, most: int, usual: int) -> Read:
    """A whole number between two ends."""
    return lambda query, name: number_in(query, name, usual, least, most)


def choice(name: str, words: str, choices: Iterable[str], usual: str = "") -> Parameter:
    """A parameter that takes one of several words; ``usual`` is meant where it is not given, empty: all of them."""
    listed = list(choices)
    schema: dict[str, Any] = {"type": "string", "enum": listed}
    if usual:
        schema["default"] = usual
    ordered = (usual, *(one for one in listed if one != usual))
    return Parameter(name, words, usual or listed[0], schema, one_of(*ordered))


def text(name: str, words: str, example: str, is_needed: bool = False) -> Parameter:
    """A parameter of free words."""
    return Parameter(name, words, example, WORDS, words_in, is_needed)


def day(name: str, words: str, example: str) -> Parameter:
    """A parameter that is a day."""
    return Parameter(name, words, example, DAY, day_in)


def flag(name: str, words: str) -> Parameter:
    """A parameter that is yes or no."""
    return Parameter(name, words, "1", FLAG, flag_in)


def number(name: str, words: str, least: int, most: int, usual: int) -> Parameter:
    """A parameter that is a whole number."""
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": usual}
    return Parameter(name, words, str(usual), schema, within(least, most, usual))


ON = day("on", "The day of the world that is asked about; today where it is not given.", "2021-06-01")
KNOWN = Parameter(
    "known",
    "Only what the book knew by that moment (UTC; a day stands for its end). A moment before the book was begun stands "
    "for what had been published by its day.",
    "2021-06-01",
    MOMENT,
    moment_in,
)
PUBLIC = day("public", "Only what was published by that day.", "2021-06-01")
HELD = flag("held", "With the statements that are held for review.")
CLOCKS = (ON, KNOWN, PUBLIC, HELD)
FORCE = Parameter(
    "force", "Only this force, by code or name: `us`, `USA`, `NATO`.", "us", WORDS, code_in(force_code)
)
PLACE = Parameter(
    "place", "Only this place, by code or name: `iraq`, `IRQ`.", "iraq", WORDS, code_in(place_code)
)
WHERE = (FORCE, PLACE)
LIMIT = number("limit", "How many items an answer holds at most.", 1, MANY, USUAL)
AFTER = text(
    "after", "Where the last answer ended; take it from `next`, it is not to be read or made.", "WyJjIl0"
)
FORMAT = choice(
    "format",
    "How the answer is written. The header `Accept: text/csv`, or `.csv` at the end of the path, says the same.",
    ("json", "csv"),
    "json",
)
PAGING = (LIMIT, AFTER, FORMAT)
PUBLISHED = (
    day("published_from", "Only what was published on that day or later.", "2020-09-01"),
    day("published_to", "Only what was published on that day or earlier.", "2021-06-01"),
)
STATUS = choice("status", "Only statements of this status.", map(str, Status))
VERDICT = choice("verdict", "Only announcements with this verdict.", map(str, Verdict))
PUBLISHER = text(
    "publisher", "Only reports of this publisher; large and small letters are the same.", "Wire One"
)
SPEAKER = text("speaker", "Only what speakers said whose name or office holds these words.", "McKenzie")
WANTED = text(
    "q",
    "Only where all of these words stand, as they begin; accents and large letters do not matter.",
    "troops iraq",
)


def read_all(query: QueryParams, taken: Iterable[Parameter]) -> dict[str, Any]:
    """The values of all parameters that an address takes; WrongParameterError for what it does not."""
    known = {one.name: one for one in taken}
    for name in query:
        if name not in known:
            there = ", ".join(sorted(known)) or "no parameters"
            raise WrongParameterError(f"{name[:40]} is not a parameter of this address; it takes {there}")
        if len(query.getlist(name)) > 1:
            raise WrongParameterError(f"{name} is given more than once; give it once")
        if not query[name].strip():
            example = known[name].example
            raise WrongParameterError(f"{name} is empty; leave it out, or write it as in {name}={example}")
    for name, one in known.items():
        if one.is_needed and name not in query:
            raise WrongParameterError(f"{name} is missing; write it as in {name}={one.example}")
    return {name: one.read(query, name) for name, one in known.items()}
