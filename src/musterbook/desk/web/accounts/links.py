"""Links that work once: the first admin's, an invitation, a new password. Whoever has one is let in, within a day."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from musterbook.desk.web.accounts.store import LINKS, Accounts, hashed, new_token

LASTS = 86_400.0  # seconds
FIRST, INVITED = "first", "invited"  # whom a link makes an admin; who has a role already


@dataclass(frozen=True, slots=True)
class Link:
    """What an unused link is for."""

    purpose: str
    name: str  # empty: whoever comes chooses one
    by: str


def make_link(accounts: Accounts, purpose: str, name: str = "", by: str = "") -> str:
    """A new link's token; older ones of the same kind for the same person are void."""
    token, now = new_token(), accounts.now()
    old = (LINKS.c.purpose == purpose) & (LINKS.c.name == name) & LINKS.c.used.is_(None)
    row = {
        "hash": hashed(token),
        "purpose": purpose,
        "name": name,
        "by": by,
        "made": now,
        "ends": now + LASTS,
    }
    accounts.change(delete(LINKS).where(old), insert(LINKS).values(row))
    return token


def link_with(accounts: Accounts, token: str) -> Link | None:
    """The link, while it may be used; to look at it does not use it."""
    found = accounts.first(select(LINKS).where(_may_be_used(accounts, token)))
    return _link(found) if found else None


def name_of(accounts: Accounts, token: str) -> str:
    """Whom the link is for, as the book writes the name."""
    found = link_with(accounts, token)
    return found.name if found else ""


def use(accounts: Accounts, token: str) -> bool:
    """Use it; True for one caller alone."""
    return (
        accounts.change(update(LINKS).where(_may_be_used(accounts, token)).values(used=accounts.now())) == 1
    )


def _may_be_used(accounts: Accounts, token: str) -> ColumnElement[bool]:
    return (LINKS.c.hash == hashed(token)) & LINKS.c.used.is_(None) & (LINKS.c.ends > accounts.now())


def _link(row: Row[tuple[str, ...]]) -> Link:
    return Link(row.purpose, row.name, row.by)
