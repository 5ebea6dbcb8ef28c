"""``musterbook review``: people decide about statements and names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from musterbook.desk.options import Decision, Question, asking, deciding

EXAMPLES = """
\b
Examples:
  musterbook queue
  musterbook review show 3fa9c1d2
  musterbook review confirm 3fa9c1d2 --reason "as in the report" --as ann
  musterbook review correct 3fa9c1d2 --level 2500 --reason "misread" --as ann
  musterbook review undo 3fa9c1d2 --reason "the first reading was right" --as ann
"""
CORRECT = """
\b
Examples:
  musterbook review correct 3fa9c1d2 --level 2500 --reason "misread"
  musterbook review correct 3fa9c1d2 --place SYR --status announced --period 2020-09-30 --reason "misread"
"""
SPLIT = """
\b
Example:
  musterbook review split 3fa9c1d2 --part "level=900 place=SYR" --part "level=2500 place=IRQ" --reason "two places"
"""
MERGE = """
\b
Examples:
  musterbook review merge 3fa9c1d2 77ab01c9 --reason "one claim"
  musterbook review merge GROUP:A GROUP:B --reason "two spellings of one name"
"""
ECHO = """
\b
Example:
  musterbook review echo 3fa9c1d2 77ab01c9 --reason "both report the same briefing"
"""
FIELDS = {  # name: how it is written, and what it is; read in api/correcting.py
    "level": ("N", "So many are or were there."),
    "before": ("N", "So many before the change."),
    "after": ("N", "So many after it."),
    "delta": ("N", "So many come, or go: -500."),
    "ratio": ("SHARE", "The share that stays: 0.5, or 0 where all leave."),
    "low": ("N", "At least so many."),
    "high": ("N", "At most so many."),
    "approx": ("yes|no", "Whether it is about so many."),
    "status": ("STATUS", "current, past, done, underway, announced, expected, considered, denied."),
    "force": ("FORCE", "Whose they are: a code or a name."),
    "place": ("PLACE", "Where they are: a code or a name."),
    "period": ("DAY[/DAY]", "When it was or shall be so."),
    "rule": ("RULE", 'What was counted, such as "on the ground" or "authorised cap".'),
    "speaker": ("WORDS", "Who says so."),
    "unit": ("NOUN", "The noun as written."),
}


@click.group("review", epilog=EXAMPLES)
def command() -> None:
    """Decide about statements and names. Every decision is one more line; nothing is changed or lost.

    ID is the id of a statement or decision; its first six signs are enough. In a book with people of its own you
    need to be an editor.
    """


@command.command("show")
@click.argument("id")
@asking()
def show(id: str, question: Question) -> None:  # noqa: A002 -- the word of the help
    """Print a statement with its words, its history, and the entry to name with --seen."""
    from musterbook.desk.reviewing import print_item

    print_item(id, question)


@command.command("confirm")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@deciding
def confirm(ids: tuple[str, ...], decision: Decision) -> None:
    """Vouch for statements after a look at their words; what was held is let go."""
    from musterbook.desk.reviewing import confirm as decide

    decide(ids, decision)


@command.command("retract")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@deciding
def retract(ids: tuple[str, ...], decision: Decision) -> None:
    """Take statements back: they support nothing from now on."""
    from musterbook.desk.reviewing import retract as decide

    decide(ids, decision)


@command.command("hold")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@deciding
def hold(ids: tuple[str, ...], decision: Decision) -> None:
    """Keep statements from every published figure until somebody confirms them."""
    from musterbook.desk.reviewing import hold as decide

    decide(ids, decision)


def field_options(called: Callable[..., Any]) -> Callable[..., Any]:
    """An option for every field that a person may correct."""
    for name, (written, meaning) in reversed(FIELDS.items()):
        called = click.option(f"--{name}", f"field_{name}", metavar=written, help=meaning)(called)
    return called


@command.command("correct", epilog=CORRECT)
@click.argument("id")
@field_options
@deciding
def correct(id: str, decision: Decision, **given: str | None) -> None:  # noqa: A002 -- the word of the help
    """Put the statement right, field by field; its words stay its evidence.

    "none" empties a field.
    """
    from musterbook.desk.reviewing import correct as decide

    fields = {name.removeprefix("field_"): words for name, words in given.items() if words is not None}
    if not fields:
        raise click.UsageError("name what is to be corrected, such as --level 2500")
    decide(id, fields, decision)


@command.command("split", epilog=SPLIT)
@click.argument("id")
@click.option("--part", "parts", multiple=True, required=True, metavar="FIELDS", help="One of the parts.")
@deciding
def split(id: str, parts: tuple[str, ...], decision: Decision) -> None:  # noqa: A002 -- the word of the help
    """Put two or more statements in the place of one that was read as one claim too few."""
    from musterbook.desk.reviewing import split as decide

    decide(id, parts, decision)


@command.command("echo", epilog=ECHO)
@click.argument("told")
@click.argument("of")
@deciding
def echo(told: str, of: str, decision: Decision) -> None:
    """The statement TOLD only tells again what OF told: both stand, and count as one utterance."""
    from musterbook.desk.reviewing import echo as decide

    decide(told, of, decision)


@command.command("apart")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@deciding
def apart(ids: tuple[str, ...], decision: Decision) -> None:
    """Let statements stand by themselves: they echo no other, whatever they resemble."""
    from musterbook.desk.reviewing import apart as decide

    decide(ids, decision)


@command.command("merge", epilog=MERGE)
@click.argument("same")
@click.argument("into")
@deciding
def merge(same: str, into: str, decision: Decision) -> None:
    """Two statements are one claim, or two codes one name: SAME goes, INTO stays."""
    from musterbook.desk.reviewing import merge as decide

    decide(same, into, decision)


@command.command("reassign")
@click.argument("id")
@click.argument("contingent")
@deciding
def reassign(id: str, contingent: str, decision: Decision) -> None:  # noqa: A002 -- the word of the help
    """Let the statement count for another contingent, such as USA/SYR; what it says stays."""
    from musterbook.desk.reviewing import reassign as decide

    decide(id, contingent, decision)


@command.command("undo")
@click.argument("id")
@deciding
def undo(id: str, decision: Decision) -> None:  # noqa: A002 -- the word of the help
    """Take back a decision, or the last one on a statement, code or person; an undoing can be undone as well."""
    from musterbook.desk.reviewing import undo as decide

    decide(id, decision)
