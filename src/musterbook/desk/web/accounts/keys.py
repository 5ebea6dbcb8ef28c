"""Keys for programs: shown once, kept hashed, with scopes that reach no further than the person's role in the book."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fastapi import Request
from sqlalchemy import Row, insert, select, update

from musterbook.desk.web.accounts.store import KEYS, Accounts, hashed, moment, new_token
from musterbook.errors import UsageError
from musterbook.model import Role

if TYPE_CHECKING:
    from musterbook.desk.web.accounts.visitor import Visitor

BEGINNING = "mb_"
READ, ADD, DECIDE, ADMIN = "read", "add", "decide", "admin"
SCOPES = {  # scope: what a key with it may do
    READ: "ask the book",
    ADD: "add reports",
    DECIDE: "confirm, correct, retract and undo",
    ADMIN: "grant roles",
}
ALLOWED = {
    Role.NONE: frozenset[str](),
    Role.READER: frozenset((READ,)),
    Role.EDITOR: frozenset((READ, ADD, DECIDE)),
    Role.ADMIN: frozenset(SCOPES),
}
LABEL = 60  # signs of a key's name
NOTED = 60.0  # seconds after which it is written down that a key was used
FORM = re.compile(BEGINNING + r"[\w-]{1,80}")


@dataclass(frozen=True, slots=True)
class Key:
    """One key, without what nobody has any more: its letters."""

    number: int
    person: str
    label: str
    scopes: frozenset[str]
    made: datetime | None
    seen: datetime | None
    is_revoked: bool


def make_key(accounts: Accounts, person: str, label: str, scopes: frozenset[str]) -> str:
    """A new key's letters, to be shown once."""
    label = " ".join(label.split())
    if not label or len(label) > LABEL:
        raise UsageError(f"name the key in 1 to {LABEL} signs, by what will use it")
    if not scopes or not scopes <= SCOPES.keys():
        raise UsageError(f"a key has one scope or more of: {', '.join(SCOPES)}")
    letters = BEGINNING + new_token()
    row = {"hash": hashed(letters), "person": person, "label": label, "scopes": " ".join(sorted(scopes))}
    accounts.change(insert(KEYS).values(row | {"made": accounts.now()}))
    return letters


def key_with(accounts: Accounts, letters: str) -> Key | None:
    """The key with these letters, unless it was revoked."""
    if not FORM.fullmatch(letters):
        return None
    found = accounts.first(select(KEYS).where(KEYS.c.hash == hashed(letters), KEYS.c.revoked.is_(None)))
    if found is None:
        return None
    if found.seen is None or accounts.now() - found.seen > NOTED:
        accounts.change(update(KEYS).where(KEYS.c.id == found.id).values(seen=accounts.now()))
    return _key(found)


def keys_of(accounts: Accounts, person: str) -> tuple[Key, ...]:
    """A person's keys, the newest first."""
    rows = accounts.ask(select(KEYS).where(KEYS.c.person == person).order_by(KEYS.c.id.desc()))
    return tuple(_key(row) for row in rows)


def revoke(accounts: Accounts, person: str, number: int | None = None) -> int:
    """A person's key, or all of them, open nothing from now on; how many."""
    mine = (KEYS.c.person == person) & KEYS.c.revoked.is_(None)
    chosen = mine if number is None else mine & (KEYS.c.id == number)
    return accounts.change(update(KEYS).where(chosen).values(revoked=accounts.now()))


def scopes_of(request: Request) -> frozenset[str]:
    """What the caller may do: by its key as far as the role goes; without one, read where the desk is open to read."""
    return _visitor(request).scopes


def person_of_key(request: Request) -> str:
    """Who signs what is done with the key of this request; empty without one."""
    visitor = _visitor(request)
    return visitor.person if visitor.has_key else ""


def _visitor(request: Request) -> Visitor:
    visitor: Visitor = request.state.visitor
    return visitor


def _key(row: Row[tuple[object, ...]]) -> Key:
    scopes = frozenset(row.scopes.split())
    used = moment(row.seen)
    return Key(row.id, row.person, row.label, scopes, moment(row.made), used, row.revoked is not None)
