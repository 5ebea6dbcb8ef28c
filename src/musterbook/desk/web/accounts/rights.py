"""Every route that is not for readers says whom it is for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request

from musterbook.desk.web.accounts.gate import ask_to_sign_in
from musterbook.desk.web.accounts.visitor import visitor_of
from musterbook.desk.web.errors import WrongError
from musterbook.model import Role


def needs(role: Role) -> Callable[[Request], Awaitable[None]]:
    """A dependency: whoever asks has signed in, and has this role or more."""

    async def check(request: Request) -> None:
        visitor = visitor_of(request)
        if not visitor.person or visitor.has_key:
            raise ask_to_sign_in(request)
        if not visitor.may(role):
            raise WrongError(
                403, f"This needs the role {role}; {visitor.person} is {visitor.role}. An admin grants roles."
            )

    return check
