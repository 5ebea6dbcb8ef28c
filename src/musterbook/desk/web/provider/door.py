"""The way in by a provider: out with a browser, back with a code, and in as somebody whom an admin invited.

The provider says who somebody is, and nothing else: an account of it opens the desk for the one person whom an admin
wrote down under its address, and only while the book grants that person a role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from musterbook.desk.web.accounts import identities
from musterbook.desk.web.accounts.store import Accounts
from musterbook.desk.web.provider import journey as journeys
from musterbook.desk.web.provider.asking import ask, asked_for
from musterbook.desk.web.provider.card import Card, Cards
from musterbook.desk.web.provider.journey import Journey
from musterbook.desk.web.provider.setup import MAIL, Provider
from musterbook.desk.web.provider.standard import StrangeKeyError, proven_claims, token_request, way_there
from musterbook.desk.web.provider.troubles import Trouble
from musterbook.model import Role

AT_ONCE = 4  # conversations with the provider, so that a slow one holds up nobody else
PATIENCE = 1.0  # seconds to wait for one's turn
LONGEST = 4_000  # signs of a code, and of a token that is used
WORD = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True, slots=True)
class Return:
    """What the browser brought back from the provider."""

    state: str = ""
    code: str = ""
    error: str = ""
    issuer: str = ""


class Door:
    """One provider, and the desk's accounts."""

    def __init__(self, provider: Provider, accounts: Accounts) -> None:
        self.provider, self._accounts = provider, accounts
        self._cards = Cards(provider, accounts.now)
        self._turns = BoundedSemaphore(AT_ONCE)

    def begin(self, back: str) -> tuple[Journey, str]:
        """A journey, and the address where it leads; Trouble."""
        journey, secret = journeys.begun(self._accounts, back), self._accounts.secret
        state, nonce, verifier = (journey.sealed(what, secret) for what in ("state", "nonce", "verifier"))
        return journey, way_there(self.provider, self._card().authorization, state, nonce, verifier)

    def owner(self, cookie: str, brought: Return) -> Journey:
        """The journey that this browser began and comes back from; Trouble for every other return."""
        journey = journeys.read(cookie)
        if journey is None or not journey.fits(brought.state, self._accounts):
            raise Trouble("no-journey")
        return journey

    def finish(self, journey: Journey, brought: Return, role_of: Callable[[str], Role]) -> str:
        """Who came back; Trouble where it is nobody whom this desk lets in."""
        if not journeys.ended(self._accounts, journey):
            raise Trouble("no-journey", "a second time")
        card = self._card()
        self._check_return(card, brought)
        with self._turn():
            person = self._person(card, *self._told(card, journey, brought.code))
        if role_of(person) is Role.NONE:
            raise Trouble("no-role", person)
        return person

    def _check_return(self, card: Card, brought: Return) -> None:
        """Trouble for an answer of another provider, and for one without a code."""
        if brought.issuer != self.provider.issuer and (brought.issuer or card.names_itself):
            raise Trouble("unproven", "the answer of another issuer")
        if brought.error:
            code = "denied" if brought.error == "access_denied" else "refused"
            raise Trouble(code, brought.error if WORD.fullmatch(brought.error) else "an error without a name")
        if not brought.code or len(brought.code) > LONGEST:
            raise Trouble("odd-answer", "no code")

    def _told(self, card: Card, journey: Journey, code: str) -> tuple[dict[str, Any], str]:
        """What the provider proves about whoever has the code, and the token to ask for more."""
        secret = self._accounts.secret
        address, heads, form = token_request(
            self.provider, card.token, card.way, code, journey.sealed("verifier", secret)
        )
        status, answer = ask(address, self.provider.patience, heads, form)
        if status >= 500:
            raise Trouble("unreachable", f"status {status}")
        if status != 200:
            error = str(answer.get("error", ""))
            raise Trouble("refused", f"status {status} {error if WORD.fullmatch(error) else ''}")
        claims = self._proven(card, answer, journey.sealed("nonce", secret))
        access = answer.get("access_token")
        return claims, access if isinstance(access, str) and len(access) <= LONGEST else ""

    def _proven(self, card: Card, answer: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of the ID token; keys that were changed are asked for once more."""
        now, keys = self._accounts.now(), self._cards.keys()
        try:
            return proven_claims(self.provider, card.algorithms, keys, answer, nonce, now)
        except StrangeKeyError:
            newer = self._cards.newer_keys()
        try:
            if newer is not None:
                return proven_claims(self.provider, card.algorithms, newer, answer, nonce, now)
        except StrangeKeyError:
            pass  # told below, as where no newer keys were to be had
        raise Trouble("unproven", "signed by no key of the provider")

    def _person(self, card: Card, claims: Mapping[str, Any], access: str) -> str:
        """Whom an admin wrote down under this account, or, the first time, under its address."""
        issuer, subject = self.provider.issuer, str(claims["sub"])
        if person := identities.person_of(self._accounts, issuer, subject):
            return person
        known_as = self._known_as(card, claims, access)
        person = identities.person_expected(self._accounts, known_as)
        if not person:
            raise Trouble("unknown", known_as)
        if not identities.bind(self._accounts, person, known_as, issuer, subject):
            raise Trouble("other-account", known_as)
        return person

    def _known_as(self, card: Card, claims: Mapping[str, Any], access: str) -> str:
        """The claim that people are known by, from the ID token or from what the provider says besides."""
        name = self.provider.claim
        if name not in claims and card.userinfo and access:
            claims = self._besides(card, str(claims["sub"]), access)
        value = claims.get(name)
        if not isinstance(value, str) or not identities.is_possible(value):
            raise Trouble("no-claim", name)
        if name == MAIL and claims.get("email_verified") not in (True, "true"):
            raise Trouble("unverified")
        return identities.normal(value)

    def _besides(self, card: Card, subject: str, access: str) -> dict[str, Any]:
        """What the provider says about the same person beside the token."""
        found = asked_for(card.userinfo, self.provider.patience, {"Authorization": f"Bearer {access}"})
        if found.get("sub") != subject:
            raise Trouble("unproven", "the userinfo of another person")
        return found

    def _card(self) -> Card:
        if self._cards.is_kept:
            return self._cards.card()
        with self._turn():
            return self._cards.card()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One's turn to talk to the provider; Trouble where too many wait."""
        if not self._turns.acquire(timeout=PATIENCE):
            raise Trouble("busy")
        try:
            yield
        finally:
            self._turns.release()
