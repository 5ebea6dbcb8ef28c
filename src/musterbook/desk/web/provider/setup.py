"""``[oidc]`` in ``desk.toml``: which provider is believed about who somebody is, and how it calls us back."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from musterbook.errors import UsageError
from musterbook.safe import UNSAFE

VARIABLE = "MUSTERBOOK_OIDC_SECRET"
MAIL = "email"  # the claim that people are known by, unless another one is named; it must be verified
BACK = "/signin/oidc/back"
PRINTED = re.compile(r"[\x21-\x7e]*")  # signs of a secret
LONGEST = 200  # signs of a value


@dataclass(frozen=True, slots=True)
class Provider:
    """Whom the desk asks; ``home`` is the desk's own address, under which people come back to it."""

    name: str
    issuer: str
    client: str
    secret: str = field(default="", repr=False)  # empty: a client without one, proved by PKCE alone
    home: str = ""
    claim: str = MAIL
    passwords: bool = True  # False: nobody comes in with a password
    patience: float = 5.0  # seconds until the next byte of an answer

    @property
    def back(self) -> str:
        """The redirect address, as it is registered with the provider."""
        return self.home + BACK

    def at(self, home: str) -> Provider:
        """The same for a desk of this address, unless one was named; UsageError where that is not safe."""
        found = (self.home or home).rstrip("/")
        if not is_safe(found) or urlsplit(found).path:
            raise UsageError(
                f"sign-in with {self.name} cannot come back to {found or 'no address'}: set https = true and names "
                'in the settings, or address = "https://…" under [oidc]'
            )
        return replace(self, home=found)


def provider_from(file: Path, table: object) -> Provider:
    """The provider that a file sets up; UsageError naming the key and how it is written."""
    if not isinstance(table, dict):
        raise UsageError(f"{file}: oidc is a table: write [oidc], and its keys below")
    if unknown := sorted(set(table) - set(KEYS)):
        raise UsageError(f"{file}: [oidc] has no key {unknown[0]!r}; its keys are {', '.join(KEYS)}")
    held = {name: _read(file, name, table.get(name)) for name in KEYS}
    passwords = table.get("passwords", True)
    if not isinstance(passwords, bool):
        raise UsageError(f"{file}: [oidc] passwords takes true, or false where nobody has one")
    return Provider(
        name=held["name"],
        issuer=held["issuer"],
        client=held["client-id"],
        secret=_secret(file, held["secret-file"]),
        home=held["address"],
        claim=held["claim"] or MAIL,
        passwords=passwords,
    )


def is_safe(address: str) -> bool:
    """Whether nobody listens on the way there: https, or this machine itself."""
    parts = _parts(address)
    if parts is None or parts.username is not None or parts.query or parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))


def is_loopback(host: str) -> bool:
    """Whether the name is this machine's own."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return None if UNSAFE.search(address) or " " in address or "\\" in address else parts


KEYS: Mapping[str, str] = {  # what each takes
    "name": 'what the button says, such as "Example Login"',
    "issuer": 'the https address that the provider calls itself by, such as "https://login.example.org"',
    "client-id": "the name that the provider gave this desk",
    "secret-file": f"a file that holds the client's secret and nothing else; without it {VARIABLE} is looked for",
    "address": 'the https address of this desk, such as "https://desk.example.org"',
    "claim": 'what people are known by at the provider: "email", or another claim that it alone decides',
    "passwords": "true, or false where nobody comes in with a password",
}
NEEDED = ("name", "issuer", "client-id")


def _read(file: Path, name: str, value: Any) -> str:  # noqa: ANN401 -- whatever TOML holds
    """The words of a key; empty where it may be left out and was."""
    if name == "passwords" or (value is None and name not in NEEDED):
        return ""
    is_words = isinstance(value, str) and value.strip() and len(value) <= LONGEST and not UNSAFE.search(value)
    if not is_words or (name in ("issuer", "address") and not is_safe(value)):
        raise UsageError(f"{file}: [oidc] {name} takes {KEYS[name]}")
    return str(value)


def _secret(file: Path, place: str) -> str:
    """The client's secret; never shown again, not even where it cannot be."""
    if not place:
        found, where = os.environ.get(VARIABLE, "").strip(), VARIABLE
    else:
        where = place
        try:
            found = Path(place).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as trouble:
            reason = getattr(trouble, "strerror", None) or "it is no text"
            raise UsageError(f"{file}: the secret in {place} cannot be read ({reason})") from None
        if not found:
            raise UsageError(f"{file}: the secret in {place} is empty")
    if not PRINTED.fullmatch(found):
        raise UsageError(f"{file}: the secret in {where} is one word of letters, digits and signs")
    return found
