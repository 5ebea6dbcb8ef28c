"""The options that several commands share, worded once."""

from __future__ import annotations

from collections.abc import Callable
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


def on_option(command: Command) -> Command:
    """``--on``: the day of the world."""
    return click.option("--on", type=Day(), metavar="DAY", help="How it stood on that day [default: today].")(
        command
    )


def known_option(command: Command) -> Command:
    """``--known``: the day of the book."""
    return click.option(
        "--known", type=Moment(), metavar="DAY", help="Only what the book held by then [default: now]."
    )(command)


def reading_options(command: Command) -> Command:
    """``--published`` and ``--lang``: what the reports do not say themselves."""
    command = click.option(
        "--lang", metavar="CODE", help="Language of the reports, such as en [default: told from the text]."
    )(command)
    return click.option(
        "--published", type=Day(), metavar="DAY", help="Day of publication, for reports that give none."
    )(command)
