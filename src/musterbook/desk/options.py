"""The options that several commands share, worded once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """An ISO day."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """The day, or a usage error that shows how one is written."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2020-09-09", param, ctx)


class Moment(click.ParamType[datetime]):
    """A moment in UTC; a bare day stands for its end, since what was recorded that day was known by then."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401
        """The moment, or a usage error that shows how one is written."""
        from musterbook.api import moment_of

        try:
            return moment_of(value)
        except ValueError:
            self.fail(f"{value!r} is not a moment; write it as 2020-09-09 or 2020-09-09T12:00", param, ctx)


def book_option(command: Command) -> Command:
    """``--book``: where the book lies."""
    return click.option(
        "--book",
        metavar="BOOK",
        help="A file, or postgresql://… [default: MUSTERBOOK_BOOK, else one in your data folder].",
    )(command)


def checkpoint_option(command: Command) -> Command:
    """``--checkpoint``: how the book stood before."""
    return click.option(
        "--checkpoint", "file", metavar="FILE", help="Hold it against the checkpoints in this file as well."
    )(command)


def force_option(command: Command) -> Command:
    """``--force``: against the advice of the program."""
    return click.option("--force", is_flag=True, help="Do it although something would be replaced or lost.")(
        command
    )


def json_option(command: Command) -> Command:
    """``--json``: the result for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON value instead.")(command)


@dataclass(frozen=True, slots=True)
class Question:
    """What a book is asked through: which book, which clocks, what is left out, and how the answer is told."""

    book: str | None
    as_json: bool
    on: date | None = None
    known: datetime | None = None
    public: date | None = None
    with_held: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides why about which book, and what they had seen of the matter."""

    book: str | None
    as_json: bool
    reason: str
    by: str | None = None
    seen: str | None = None


def on_option(command: Command) -> Command:
    """``--on``: the day of the world."""
    return click.option(
        "--on", type=Day(), metavar="DAY", help="How it stood on that day [default: today, or --known]."
    )(command)


def known_option(command: Command) -> Command:
    """``--known``: the moment of the book."""
    return click.option(
        "--known",
        type=Moment(),
        metavar="DAY",
        help="What was known by then: what the book held or, before its first line, what was published.",
    )(command)


def public_option(command: Command) -> Command:
    """``--public``: the day of publication."""
    return click.option("--public", type=Day(), metavar="DAY", help="Only reports published by that day.")(
        command
    )


def held_option(command: Command) -> Command:
    """``--with-held``: figures with what waits for review."""
    return click.option(
        "--with-held", is_flag=True, help="Reckon with the statements that are held for review, too."
    )(command)


def as_option(command: Command) -> Command:
    """``--as``: who does it."""
    return click.option(
        "--as",
        "by",
        metavar="NAME",
        help="Who you are [default: MUSTERBOOK_PERSON, else nobody in particular].",
    )(command)


def reason_option(command: Command) -> Command:
    """``--reason``: why it is done."""
    return click.option("--reason", metavar="WHY", required=True, help="Why, for whoever reads the history.")(
        command
    )


def seen_option(command: Command) -> Command:
    """``--seen``: the last entry on the matter when its editor looked."""
    return click.option(
        "--seen",
        metavar="ENTRY",
        help="The last entry that you saw on it (review show); refused if somebody was quicker.",
    )(command)


def packed(kind: type, *options: Callable[[Command], Command]) -> Callable[[Callable[..., Any]], Any]:
    """Options that are handed to a command as one record, in the argument named for it."""
    own = {field.name for field in fields(kind)}

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def called(**given: Any) -> Any:  # noqa: ANN401 -- whatever the command takes
            record = kind(**{name: value for name, value in given.items() if name in own})
            rest = {name: value for name, value in given.items() if name not in own}
            return command(**{kind.__name__.lower(): record}, **rest)

        for option in (json_option, book_option, *reversed(options)):
            called = option(called)
        return called

    return decorate


def asking(*options: Callable[[Command], Command]) -> Callable[[Callable[..., Any]], Any]:
    """The options of a command that asks a book, handed to it as ``question``."""
    return packed(Question, *options)


def deciding(command: Callable[..., Any]) -> Any:  # noqa: ANN401 -- click's own types
    """The options of a command that decides, handed to it as ``decision``."""
    return packed(Decision, reason_option, as_option, seen_option)(command)


def reading_options(command: Callable[..., Any]) -> Any:  # noqa: ANN401 -- click's own types
    """``--published``, ``--lang``, ``--column``, ``--fast``: what the reports do not say, handed over as ``given``."""

    @functools.wraps(command)
    def called(published: date | None, lang: str | None, column: str | None, fast: bool, **rest: Any) -> Any:  # noqa: ANN401 -- whatever the command takes
        from musterbook.intake import Given

        return command(given=Given(published, lang, column=column or "", fast=fast), **rest)

    for option in (
        click.option(
            "--fast",
            is_flag=True,
            help="Read web pages as archives are read: several times as fast, less exact.",
        ),
        click.option(
            "--column",
            metavar="NAME",
            help="The column of a CSV file that holds the texts [default: text, body …].",
        ),
        click.option(
            "--lang",
            metavar="CODE",
            help="Language of the reports, such as en [default: told from the text].",
        ),
        click.option(
            "--published", type=Day(), metavar="DAY", help="Day of publication, for reports that give none."
        ),
    ):
        called = option(called)
    return called
