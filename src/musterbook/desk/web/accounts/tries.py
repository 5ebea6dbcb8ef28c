"""Who guesses waits: a few tries are free, then the pause doubles, for a name and for an address alike.

A try is counted before it is looked at, so that a thousand at once are no way round. Names that nobody has are counted
in the same way, so that a pause tells nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from musterbook.desk.web.accounts.store import TRIES, Accounts, hashed
from musterbook.desk.web.errors import WrongError

LONGEST = 1800.0  # seconds of a pause
FORGOTTEN = 86_400.0  # seconds after which old tries count no more
NETWORK = 64  # bits of an IPv6 address that one household shares


@dataclass(frozen=True, slots=True)
class Patience:
    """How many tries are free."""

    kind: str
    free: int


BY_NAME, BY_ADDRESS, BY_RETURN = Patience("name", 5), Patience("address", 20), Patience("return", 20)


def count_try(accounts: Accounts, name: str, address: str) -> None:
    """One more try for a name from an address; WrongError 429, and not counted, while either must wait."""
    subjects = {subject(BY_NAME, name): BY_NAME, subject(BY_ADDRESS, household(address)): BY_ADDRESS}
    _count_all(accounts, subjects)


def count_return(accounts: Accounts, address: str) -> None:
    """One more who comes back from a provider, which is asked about each; WrongError 429."""
    _count_all(accounts, {subject(BY_RETURN, household(address)): BY_RETURN})


def forgive_return(accounts: Accounts, address: str) -> None:
    """Somebody was signed in: what came to nothing before is forgotten."""
    accounts.change(delete(TRIES).where(TRIES.c.subject == subject(BY_RETURN, household(address))))


def _count_all(accounts: Accounts, subjects: Mapping[str, Patience]) -> None:
    now = accounts.now()
    asked = select(func.max(TRIES.c.until)).where(TRIES.c.subject.in_(subjects))
    pause = (accounts.ask(asked)[0][0] or 0.0) - now  # a crowd of tries is turned away without a word written
    if pause <= 0:
        with accounts.writing() as db:
            db.execute(delete(TRIES).where(TRIES.c.last < now - FORGOTTEN))
            pause = (db.execute(asked).scalar() or 0.0) - now
            if pause <= 0:
                for held, patience in subjects.items():
                    _count(db, held, patience, now)
    if pause > 0:
        raise WrongError(
            429,
            f"There were too many tries. Try again in {in_words(pause)}.",
            Retry_After=str(int(pause) + 1),
        )


def forgive(accounts: Accounts, name: str) -> None:
    """The password was right: the tries for this name are forgotten; those of the address stay."""
    accounts.change(delete(TRIES).where(TRIES.c.subject == subject(BY_NAME, name)))


def subject(patience: Patience, who: str) -> str:
    """What tries are counted under; hashed, since people type passwords into the field of the name."""
    return hashed(f"{patience.kind}:{who.casefold()}")


def household(address: str) -> str:
    """An address, or the network that one household has of them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, NETWORK), strict=False))


def in_words(seconds: float) -> str:
    """``2 minutes``."""
    whole = max(1, round(seconds))
    amount, noun = (whole, "second") if whole < 90 else (round(whole / 60), "minute")
    return f"{amount} {noun}{'' if amount == 1 else 's'}"


def _count(db: Connection, held: str, patience: Patience, now: float) -> None:
    before = db.execute(select(TRIES.c["count"]).where(TRIES.c.subject == held)).scalar() or 0
    over = before + 1 - patience.free
    until = now + min(LONGEST, 2.0 ** min(over, 20)) if over >= 0 else 0.0
    row = {"count": before + 1, "last": now, "until": until}
    order = insert(TRIES).values(subject=held, **row)
    db.execute(order.on_conflict_do_update(index_elements=[TRIES.c.subject], set_=row))
