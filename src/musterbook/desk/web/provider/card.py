"""What a provider tells of itself: believed only where it names itself as the settings do, and kept for an hour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.jwk import KeySet

from musterbook.desk.web.provider.asking import asked_for
from musterbook.desk.web.provider.setup import Provider, is_safe
from musterbook.desk.web.provider.standard import ALGORITHMS, card_address, key_set
from musterbook.desk.web.provider.troubles import Trouble

LASTS = 3600.0  # seconds that a card and its keys are kept
PAUSE = 30.0  # seconds before keys are asked for again because of a signature that none of them made
WAYS = ("client_secret_basic", "client_secret_post")  # how the desk proves itself, the better one first


@dataclass(frozen=True, slots=True)
class Card:
    """The provider's addresses, and what it can do."""

    authorization: str
    token: str
    keys: str
    userinfo: str  # empty where it has none
    algorithms: tuple[str, ...]
    way: str  # how it wants the client's secret
    names_itself: bool  # whether it says in each answer who it is


class Cards:
    """The card and the keys of one provider, asked for when they are needed; many threads may ask at once."""

    def __init__(self, provider: Provider, now: Callable[[], float]) -> None:
        self._provider, self._now = provider, now
        self._card: tuple[float, Card] | None = None
        self._keys: tuple[float, KeySet] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the card needs no asking."""
        return self._card is not None and self._now() - self._card[0] < LASTS

    def card(self) -> Card:
        """The card; Trouble where none can be had."""
        kept, now = self._card, self._now()
        if kept is None or now - kept[0] >= LASTS:
            told = asked_for(card_address(self._provider.issuer), self._provider.patience)
            kept = self._card = now, card_from(self._provider, told)
        return kept[1]

    def keys(self) -> KeySet:
        """The public keys; Trouble where there are none."""
        kept, now = self._keys, self._now()
        return kept[1] if kept is not None and now - kept[0] < LASTS else self._asked_keys(now)

    def newer_keys(self) -> KeySet | None:
        """The keys asked for again; None where that was done a moment ago."""
        kept, now = self._keys, self._now()
        return None if kept is not None and now - kept[0] < PAUSE else self._asked_keys(now)

    def _asked_keys(self, now: float) -> KeySet:
        found = key_set(asked_for(self.card().keys, self._provider.patience))
        self._keys = now, found
        return found


def card_from(provider: Provider, told: Mapping[str, Any]) -> Card:
    """The card that a provider gave of itself; Trouble where it is another's, or leads to an unsafe place."""
    if told.get("issuer") != provider.issuer:
        raise Trouble("odd-card", "it names another issuer")
    algorithms = tuple(one for one in ALGORITHMS if one in _listed(told, _SIGNS, ("RS256",)))
    if not algorithms:
        raise Trouble("odd-card", "none of its signatures is taken here")
    if "S256" not in _listed(told, "code_challenge_methods_supported", ("S256",)):
        raise Trouble("odd-card", "it does not know PKCE with S256")
    ways = [one for one in WAYS if one in _listed(told, "token_endpoint_auth_methods_supported", WAYS[:1])]
    if provider.secret and not ways:
        raise Trouble("odd-card", "it takes no client secret")
    return Card(
        authorization=_address(provider, told, "authorization_endpoint"),
        token=_address(provider, told, "token_endpoint"),
        keys=_address(provider, told, "jwks_uri"),
        userinfo=_address(provider, told, "userinfo_endpoint") if told.get("userinfo_endpoint") else "",
        algorithms=algorithms,
        way=ways[0] if provider.secret else "none",
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )


_SIGNS = "id_token_signing_alg_values_supported"


def _listed(told: Mapping[str, Any], name: str, usual: tuple[str, ...]) -> tuple[object, ...]:
    """A list of the card; what the standard says where it is left out."""
    found = told.get(name)
    return tuple(found) if isinstance(found, list) else usual


def _address(provider: Provider, told: Mapping[str, Any], name: str) -> str:
    """An address of the card, no less safe than the provider's own."""
    found = told.get(name)
    scheme = "http" if provider.issuer.startswith("http:") else "https"
    base = (
        found.partition("?")[0] if isinstance(found, str) else ""
    )  # an endpoint may have a query of its own
    is_good = is_safe(base) and base.startswith((f"{scheme}:", "https:"))
    if not isinstance(found, str) or not is_good or "#" in found:
        raise Trouble("odd-card", f"its {name} is no safe address")
    return found
