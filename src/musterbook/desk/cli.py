"""The ``musterbook`` command: reads arguments, calls one function, prints what comes back.

It ends with 0 when all is done, 1 when problems in the data were found, 2 when it was used wrongly.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

PROBLEMS = 1
WRONG_USE = 2
COMMANDS = {  # name: help line; each lies in desk/commands/<name>.py and is loaded when it is called
    "demo": "Read the sample reports into a book of their own and print what it holds.",
    "read": "Print what reports say, without touching a book.",
    "add": "Read reports into the book.",
    "retry": "Hand in again what could not be read.",
    "archive": "Read archives of millions of web pages (WARC) into the book.",
    "watch": "Fetch feeds and pages politely, again and again, and read what is new into the book.",
    "series": "Tables of official figures: add them, and which are known.",
    "serve": "The desk in a browser: map, curves, evidence, announcements, review.",
    "publish": "The public pages of the desk as plain files for any web host.",
    "contingents": "Who has how many troops where, as the book has it.",
    "show": "One force in one place: figures over time, announcements, sources.",
    "chart": "A curve or the map as a picture, a table or a page.",
    "pledges": "Announced changes and what became of them.",
    "scoreboard": "How often announced changes happen, by force, place or speaker.",
    "compare": "Official tables beside public statements and the estimate: where they part.",
    "conflicts": "What does not add up, and where sources contradict each other.",
    "search": "Words in reports and statements.",
    "why": "The sentences, speakers and sources behind a line.",
    "origins": "Which reports go back to one announcement, and what only repeats it.",
    "doubts": "What could not be settled, with its place in the text.",
    "history": "Every line on a statement, contingent, code or person: when, who, what and why.",
    "diff": "What the book learned between two moments, and how figures changed.",
    "queue": "What to review first: what moves published figures most.",
    "review": "Decide about statements and names: confirm, correct, retract, merge, split, echo, hold, undo.",
    "reread": "Read the book's reports again with today's reader, and compare.",
    "people": "Who may do what to a book.",
    "sources": "Who published what the book stands on.",
    "record": "How the figures of speakers and publishers compared with what came out later.",
    "register": "Who is meant by a name, who held an office, who hosts a mission; checks the data files.",
    "checkpoint": "Note how the book stands now, to be kept elsewhere.",
    "verify": "Whether the book is what it was.",
    "prove": "A proof that one line stands in the book.",
    "fsck": "Everything that can be looked at in a book.",
    "export": "The book as text, a line an entry.",
    "import": "A book from text.",
    "join": "Other books' reports, statements and decisions into this one.",
    "backup": "A checked copy of the book, while others write to it.",
    "restore": "A copy takes the place of the book.",
    "migrate": "Bring a book of an older version up to date.",
    "version": "Print the version.",
}


class Desk(click.Group):
    """A group that loads a command only when it is called, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"musterbook.desk.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- click's own signature
        """Run a command; an error of ours becomes one line and an exit code, never a traceback."""
        from musterbook.errors import MusterbookError, UsageError

        try:
            return super().invoke(ctx)
        except UsageError as wrong:
            raise _WrongUse(str(wrong)) from wrong
        except MusterbookError as broken:
            raise _Problem(str(broken)) from broken


class _WrongUse(click.ClickException):
    """A force, place, file or id was named that does not exist."""

    exit_code = WRONG_USE


class _Problem(click.ClickException):
    """Something is wrong with the data, not with the way the command was called."""

    exit_code = PROBLEMS


@click.group(cls=Desk, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "--version", package_name="musterbook", message="musterbook %(version)s")
def main() -> None:
    """Who has how many troops where, who says so, since when, and whether announced changes happened.

    \b
    Start with:   musterbook demo
    Then:         musterbook show us iraq
    Your own:     musterbook read report.txt --published 2020-09-09

    Exit codes: 0 done, 1 problems in the data were found, 2 wrong use.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a sign still gets the line
