"""``musterbook people``: who may do what to a book."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, as_option, asking, book_option, json_option, known_option

EXAMPLES = """
\b
Examples:
  musterbook people
  musterbook people grant ann admin
  musterbook people grant bob editor --as ann --reason "new on the desk"
  musterbook people invite bob
"""


@click.group("people", epilog=EXAMPLES, invoke_without_command=True)
@asking(known_option)
def command(question: Question) -> None:
    """List the people of the book with their roles; a book without people is open to all.

    A reader asks, an editor also adds reports and decides, an admin also grants roles. The first grant, which must
    make an admin, gives a book people of its own; from then on nobody else writes.
    """
    from musterbook.desk.people import print_people

    if click.get_current_context().invoked_subcommand is None:
        print_people(question)


@command.command("grant", epilog=EXAMPLES)
@click.argument("name")
@click.argument("role", type=click.Choice(["reader", "editor", "admin", "none"]))
@as_option
@click.option("--reason", metavar="WHY", default="", help="Why, for whoever reads the history.")
@book_option
@json_option
def grant(name: str, role: str, by: str | None, reason: str, book: str | None, as_json: bool) -> None:
    """Give NAME a role; none takes it away."""
    from musterbook.desk.people import grant_role

    grant_role(name, role, by, reason, book, as_json)


@command.command("invite", epilog=EXAMPLES)
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(["reader", "editor", "admin"]),
    help="Grant it in the book first [default: the role that NAME has].",
)
@click.option(
    "--address",
    metavar="URL",
    default="http://127.0.0.1:8420",
    show_default=True,
    help="How the web desk is reached.",
)
@click.option(
    "--accounts", metavar="FILE", help="Where its accounts lie [default: beside the book: BOOK.desk.sqlite]."
)
@click.option(
    "--known-as",
    metavar="ADDRESS",
    default="",
    help="By which address the desk's provider knows NAME, who then needs no password (docs/desk.md).",
)
@as_option
@book_option
@json_option
def invite(
    name: str,
    role: str | None,
    address: str,
    accounts: str | None,
    known_as: str,
    by: str | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Print a link by which NAME sets a password for the web desk.

    It may be a first one, or a new one for one that was lost. The link works once, within a day.
    """
    from musterbook.desk.people import print_invitation

    print_invitation(name, role, address, accounts, by, book, as_json, known_as)
