"""Whom an account of the provider stands for: an admin writes down an address, the first sign-in binds the account.

From then on the account counts and not the address, which a provider may give to somebody else one day.
"""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from musterbook.desk.web.accounts.store import IDENTITIES, Accounts
from musterbook.errors import UsageError
from musterbook.safe import UNSAFE

LONGEST = 200  # signs of an address


def normal(address: str) -> str:
    """The address as it is compared; only plain letters are made small, since others may look like them."""
    words = address.strip()
    return words.lower() if words.isascii() and "@" in words else words


def is_possible(address: str) -> bool:
    """Whether somebody may be known so."""
    return 0 < len(address.strip()) <= LONGEST and not UNSAFE.search(address)


def checked(accounts: Accounts, person: str, address: str) -> str:
    """An address that a person may be known by; UsageError."""
    if not is_possible(address):
        raise UsageError(f"write the address as the provider has it, in 1 to {LONGEST} signs")
    known_as = normal(address)
    if person_expected(accounts, known_as) not in ("", person):
        raise UsageError(f"{known_as} is the address of another person here")
    return known_as


def expect(accounts: Accounts, person: str, address: str) -> None:
    """Who signs in with this address is that person; an account that was bound before is let go. UsageError."""
    row = {"known_as": checked(accounts, person, address), "issuer": "", "subject": ""}
    order = insert(IDENTITIES).values(person=person, **row)
    accounts.change(order.on_conflict_do_update(index_elements=[IDENTITIES.c.person], set_=row))


def forget(accounts: Accounts, person: str) -> None:
    """No account opens the desk for this person any more."""
    accounts.change(delete(IDENTITIES).where(IDENTITIES.c.person == person))


def addresses(accounts: Accounts) -> dict[str, str]:
    """Everyone's address."""
    return {row.person: row.known_as for row in accounts.ask(select(IDENTITIES))}


def bound(accounts: Accounts, issuer: str) -> frozenset[str]:
    """Everyone who has signed in with that provider."""
    return frozenset(
        row.person for row in accounts.ask(select(IDENTITIES).where(IDENTITIES.c.issuer == issuer))
    )


def person_of(accounts: Accounts, issuer: str, subject: str) -> str:
    """Whom an account is bound to; empty for nobody."""
    held = (IDENTITIES.c.issuer == issuer) & (IDENTITIES.c.subject == subject)
    found = accounts.first(select(IDENTITIES.c.person).where(held))
    return str(found.person) if found else ""


def person_expected(accounts: Accounts, known_as: str) -> str:
    """Who was written down under an address; empty for nobody."""
    found = accounts.first(select(IDENTITIES.c.person).where(IDENTITIES.c.known_as == known_as))
    return str(found.person) if found else ""


def bind(accounts: Accounts, person: str, known_as: str, issuer: str, subject: str) -> bool:
    """The account stands for the person from now on; False where another one of this provider does already."""
    free = or_(IDENTITIES.c.subject == "", IDENTITIES.c.issuer != issuer)
    mine = (IDENTITIES.c.person == person) & (IDENTITIES.c.known_as == known_as) & free
    return accounts.change(update(IDENTITIES).where(mine).values(issuer=issuer, subject=subject)) == 1
