"""One way to the provider and back: bound to the browser that began it, over after ten minutes, and made once.

The browser keeps a seed in a cookie. State, nonce and the verifier of PKCE are sealed from it with the desk's secret,
so that nothing of a journey lies in any file, and a cookie that was tampered with fits no state.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import quote, unquote

from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert

from musterbook.desk.web.accounts.store import JOURNEYS, Accounts, hashed, new_token

LASTS = 600.0  # seconds
FARTHEST = 1_000  # signs of the page to come back to


@dataclass(frozen=True, slots=True)
class Journey:
    """What the cookie of a journey holds."""

    seed: str
    begun: int  # seconds
    back: str  # the page to come back to, as the browser asked for it

    def written(self) -> str:
        """The value of the cookie."""
        return f"{self.seed}.{self.begun}.{quote(self.back, safe='')}"

    def sealed(self, what: str, secret: bytes) -> str:
        """64 signs for one purpose, that only this desk can make and only for this journey."""
        key = hmac.digest(secret, f"journey {what}".encode(), "sha256")
        return hmac.new(key, self.written().encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def fits(self, state: str, accounts: Accounts) -> bool:
        """Whether the state that came back is this journey's, and in time."""
        good = self.sealed("state", accounts.secret).encode()
        in_time = 0 <= accounts.now() - self.begun <= LASTS
        return hmac.compare_digest(good, state.encode("utf-8", "replace")) and in_time


def begun(accounts: Accounts, back: str) -> Journey:
    """A new journey."""
    return Journey(new_token(), int(accounts.now()), back if len(back) <= FARTHEST else "/")


def read(cookie: str) -> Journey | None:
    """The journey of a cookie; whether it is one of ours, its state tells."""
    seed, _, rest = cookie.partition(".")
    moment, _, back = rest.partition(".")
    if not seed or not moment.isascii() or not moment.isdigit() or len(cookie) > 4 * FARTHEST:
        return None
    return Journey(seed, int(moment[:12]), unquote(back))


def ended(accounts: Accounts, journey: Journey) -> bool:
    """Count it as made; True for the first time alone."""
    now = accounts.now()
    with accounts.writing() as db:
        db.execute(delete(JOURNEYS).where(JOURNEYS.c.ends < now))
        row = {"hash": hashed(journey.seed), "ends": now + LASTS}
        return db.execute(insert(JOURNEYS).values(row).on_conflict_do_nothing()).rowcount == 1
