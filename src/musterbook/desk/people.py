"""Prints and grants the roles that people have in a book."""

from __future__ import annotations

from pathlib import Path

from musterbook.desk.deeds import entry_view
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say, table
from musterbook.desk.views import View
from musterbook.desk.wiring import asked, existing_book
from musterbook.errors import UsageError
from musterbook.model import Entry, Role
from musterbook.settings import person


def print_people(question: Question) -> None:
    """Everyone with a role, and who gave it when."""
    with asked(question) as view:
        roles = view.standing().roles
        rows = [_view(name, str(role), view.history(name)[-1]) for name, role in sorted(roles.items())]
    if question.as_json:
        print_json({"people": rows})
        return
    columns = ("name", "role", "granted", "by", "reason")
    table(columns, [[row[column] for column in columns] for row in rows], elastic=("reason",))
    if not rows:
        note(
            "this book has no people of its own: everybody may write; begin with: musterbook people grant NAME admin"
        )


def _view(name: str, role: str, last: Entry) -> View:
    return {
        "name": name,
        "role": role,
        "granted": f"{last.recorded:%Y-%m-%d %H:%M}",
        "by": last.by,
        "reason": last.reason,
    }


def grant_role(name: str, role: str, by: str | None, reason: str, given: str | None, as_json: bool) -> None:
    """Grant it, and say so."""
    with existing_book(given, by) as book:
        new = book.grant(name, role, reason)
        line = book.history(name)[-1]
    if as_json:
        print_json({"written": new} | entry_view(line))
    else:
        say(f"{name}: {role}" if new else f"nothing changed: {name} is {role} already")


def print_invitation(
    name: str,
    role: str | None,
    address: str,
    file: str | None,
    by: str | None,
    given: str | None,
    as_json: bool,
    known_as: str = "",
) -> None:
    """A link by which somebody sets a password for the web desk; the role is granted first, where one is named."""
    try:
        from musterbook.desk.web.accounts import identities, links
        from musterbook.desk.web.accounts.people import invite
        from musterbook.desk.web.accounts.store import Accounts, file_beside
    except ImportError as lacking:
        raise UsageError(
            f"the web desk needs more packages: pip install 'musterbook[desk]' ({lacking.name} is not there)"
        ) from None
    with existing_book(given, by) as book:
        accounts = Accounts(Path(file).expanduser() if file else file_beside(book.ledger.store.name))
        if known_as:
            identities.checked(accounts, name, known_as)
        token = invite(accounts, book, name, Role(role) if role else None, by or person())
        if known_as:
            identities.expect(accounts, links.name_of(accounts, token), known_as)
        accounts.close()
    link = f"{address.rstrip('/')}/welcome/{token}"
    if as_json:
        print_json({"name": name, "link": link})
    else:
        say(f"{name} sets a password here, once, within a day:")
        say(f"  {link}")
        if known_as:
            say(f"or signs in with the desk's provider as {known_as}")
