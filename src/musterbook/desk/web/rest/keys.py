"""Who may ask and who may write: a key is sent as ``Authorization: Bearer mb_…`` and has scopes.

What a key is good for is told by whoever keeps the accounts; without accounts there are no keys, and nobody writes.
"""

from __future__ import annotations

from typing import Protocol, cast

from fastapi import Request

from musterbook.desk.web.errors import WrongError
from musterbook.desk.web.site import Site

READ, ADD, DECIDE, ADMIN = "read", "add", "decide", "admin"
SCOPES = (READ, ADD, DECIDE, ADMIN)
HOW = "send a key: Authorization: Bearer mb_…"


class Keys(Protocol):
    """What is asked of the accounts."""

    def scopes_of(self, request: Request) -> frozenset[str]:
        """What the key of a request is good for, or who is signed in; nothing without a valid one."""
        ...

    def person_of_key(self, request: Request) -> str:
        """Whose key it is; empty without a valid one."""
        ...


def admit(request: Request, scope: str) -> str:
    """Let a request with that scope in, and say whose key it is; 401 without a valid key, 403 with one for less."""
    keys, site = cast(Keys, request.app.state.keys), cast(Site, request.app.state.site)
    held, person = keys.scopes_of(request), keys.person_of_key(request)
    if "authorization" in request.headers and not person:
        raise WrongError(
            401,
            "This key is not valid, or no longer; ask the keeper of this desk.",
            WWW_Authenticate="Bearer",
        )
    if scope == READ and (site.is_public or READ in held):
        return person
    if not person:
        raise WrongError(401, f"This needs a key with the scope “{scope}”: {HOW}", WWW_Authenticate="Bearer")
    if scope not in held:
        raise WrongError(403, f"This key may {', '.join(sorted(held))}; this needs the scope “{scope}”.")
    if scope != READ and not site.writes:
        raise WrongError(403, "This desk is only to look at; nothing can be written here.")
    return person
