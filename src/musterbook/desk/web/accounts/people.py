"""Who has a password here. What each may do stands in the book, as roles that admins grant."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from musterbook.api import OpenBook
from musterbook.desk.web.accounts import identities, links, passwords, tries
from musterbook.desk.web.accounts.store import PEOPLE, Accounts
from musterbook.desk.web.errors import WrongError
from musterbook.desk.web.provider.setup import Provider
from musterbook.desk.web.shelf import Shelf
from musterbook.errors import UsageError
from musterbook.model import Role

WRONG = "The name or the password is wrong."


class Roles:
    """The roles that the book grants, read again when it has grown."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf, self._lock = shelf, Lock()
        self._kept: tuple[tuple[int, str] | None, Mapping[str, Role]] = (None, {})

    def of(self, person: str) -> Role:
        """The person's role; NONE where the book has none for that name."""
        return self.all().get(person, Role.NONE)

    def all(self) -> Mapping[str, Role]:
        """Everyone's."""
        edge = self._shelf.edge()
        with self._lock:
            if self._kept[0] != edge:
                self._kept = edge, self._shelf.book.roles()
            return self._kept[1]


def sign_in(accounts: Accounts, name: str, password: str, address: str) -> str:
    """The person with that name and password; WrongError, which does not tell what was wrong or who is known."""
    said = " ".join(name.split())
    tries.count_try(accounts, said, address)
    kept = _password_of(accounts, said)
    if not passwords.fits(password, kept):
        raise WrongError(401, WRONG)
    tries.forgive(accounts, said)
    return said


def check_password(accounts: Accounts, name: str, password: str, address: str) -> None:
    """The same for somebody who has signed in and changes something that matters."""
    sign_in(accounts, name, password, address)


def set_password(accounts: Accounts, name: str, password: str) -> None:
    """The person's password from now on, which makes the account where there was none."""
    row = {"password": passwords.make_hash(passwords.checked_password(password, name))}
    order = insert(PEOPLE).values(name=name, made=accounts.now(), **row)
    accounts.change(order.on_conflict_do_update(index_elements=[PEOPLE.c.name], set_=row))


def names(accounts: Accounts) -> frozenset[str]:
    """Everyone with a password."""
    return frozenset(row.name for row in accounts.ask(select(PEOPLE.c.name)))


def has_password(accounts: Accounts, name: str) -> bool:
    """Whether that person has one."""
    return _password_of(accounts, name) is not None


def is_lone(accounts: Accounts, roles: Mapping[str, Role], provider: Provider | None = None) -> bool:
    """Whether no admin of the book can sign in yet: then whoever starts the desk gets a link."""
    able = names(accounts) if provider is None or provider.passwords else frozenset()
    if provider is not None:
        able |= identities.bound(accounts, provider.issuer)
    return not any(roles.get(name) is Role.ADMIN for name in able)


def invite(accounts: Accounts, book: OpenBook, name: str, role: Role | None, by: str) -> str:
    """The token of a link by which a person sets a password; the role is granted in the book, where one is named."""
    known = book.roles()
    name = name if name in known else checked_new_name(name, frozenset(known))
    if role is not None and known.get(name) is not role:
        book.grant(name, role, "invited to the desk", by=by)
    elif known.get(name, Role.NONE) is Role.NONE:
        raise UsageError(f"{name} has no role in this book; name one: reader, editor or admin")
    return links.make_link(accounts, links.INVITED, name, by)


def checked_new_name(name: str, known: frozenset[str]) -> str:
    """A name to sign with that is not all but the same as another; UsageError."""
    checked = passwords.checked_name(name)
    alike = [one for one in known if one.casefold() == checked.casefold() and one != checked]
    if alike:
        raise UsageError(f"{alike[0]} is in the book already; write the name so, or choose another")
    return checked


def _password_of(accounts: Accounts, name: str) -> str | None:
    found = accounts.first(select(PEOPLE.c.password).where(PEOPLE.c.name == name))
    return str(found.password) if found else None
