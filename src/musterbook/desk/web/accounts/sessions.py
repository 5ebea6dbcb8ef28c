"""Who has signed in: a token of chance in a cookie, kept as a hash; it ends when idle, and in any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from musterbook.desk.web.accounts.store import SESSIONS, Accounts, hashed, moment, new_token

HOUR, DAY = 3600.0, 86_400.0
NOTED = 60.0  # seconds after which it is written down that a session was used


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long people stay signed in."""

    idle: float = 12 * HOUR
    longest: float = 7 * DAY


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that somebody has signed in with."""

    mark: str  # the hash of its token
    person: str
    made: datetime | None
    seen: datetime | None


def begin(accounts: Accounts, person: str, lasting: Lasting, old: str = "") -> str:
    """A new session under a new token; the one that the browser had before is over."""
    token, now = new_token(), accounts.now()
    row = {"hash": hashed(token), "person": person, "made": now, "seen": now, "ends": now + lasting.longest}
    over = (SESSIONS.c.hash == hashed(old)) | (SESSIONS.c.ends < now)
    accounts.change(delete(SESSIONS).where(over), insert(SESSIONS).values(row))
    return token


def person_with(accounts: Accounts, token: str, lasting: Lasting) -> str:
    """Whose session has this token; empty where none goes on."""
    found = accounts.first(select(SESSIONS).where(SESSIONS.c.hash == hashed(token)))
    now = accounts.now()
    if found is None or now > found.ends or now - found.seen > lasting.idle:
        return ""
    if now - found.seen > NOTED:
        accounts.change(update(SESSIONS).where(SESSIONS.c.hash == found.hash).values(seen=now))
    return str(found.person)


def end(accounts: Accounts, token: str) -> None:
    """Sign out."""
    accounts.change(delete(SESSIONS).where(SESSIONS.c.hash == hashed(token)))


def end_all(accounts: Accounts, person: str) -> None:
    """Sign out everywhere."""
    accounts.change(delete(SESSIONS).where(SESSIONS.c.person == person))


def sessions_of(accounts: Accounts, person: str, lasting: Lasting) -> tuple[Session, ...]:
    """Where a person is signed in, the latest first."""
    now = accounts.now()
    goes_on = (SESSIONS.c.ends >= now) & (SESSIONS.c.seen >= now - lasting.idle)
    asked = select(SESSIONS).where(SESSIONS.c.person == person, goes_on).order_by(SESSIONS.c.seen.desc())
    return tuple(
        Session(row.hash, row.person, moment(row.made), moment(row.seen)) for row in accounts.ask(asked)
    )
