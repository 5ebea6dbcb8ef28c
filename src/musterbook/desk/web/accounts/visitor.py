"""Who a request comes from, and what that person may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from musterbook.model import Role

RANKS = (Role.NONE, Role.READER, Role.EDITOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Nobody, somebody who signed in, or a program with somebody's key."""

    person: str = ""
    role: Role = Role.NONE  # READER for nobody in particular, where the desk is open to read
    scopes: frozenset[str] = frozenset()
    has_key: bool = False
    token: str = ""  # of the session; empty without one

    def may(self, role: Role) -> bool:
        """Whether what the role may is theirs; a key opens no pages but those of readers."""
        held = min(self.role, Role.READER, key=RANKS.index) if self.has_key else self.role
        return RANKS.index(held) >= RANKS.index(role)


def visitor_of(request: Request) -> Visitor:
    """Who asks."""
    return cast(Visitor, request.state.visitor)
