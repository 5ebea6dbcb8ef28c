"""``desk.toml``: how a desk is set up, each key with what it takes; an error names the file and the key."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from musterbook.desk.web.accounts.sessions import DAY, HOUR, Lasting
from musterbook.desk.web.provider.setup import Provider, provider_from
from musterbook.desk.web.site import LOOPBACK, Site
from musterbook.errors import UsageError

PORTS = range(1, 65_536)
HOURS, DAYS, CROWDS = range(1, 721), range(1, 91), range(1, 10_001)


@dataclass(frozen=True, slots=True)
class Setup:
    """What ``serve`` needs: where to listen, and the site."""

    book: str | None = None
    host: str = "127.0.0.1"
    port: int = 8420
    title: str = "Musterbook"
    names: tuple[str, ...] = ()
    public: bool = True
    read_only: bool = False
    https: bool = False
    proxies: tuple[str, ...] = ()
    accounts: str = ""
    idle_hours: int = 12
    session_days: int = 7
    crowd: int = 64
    checkpoints: str = ""
    oidc: Provider | None = None

    @property
    def address(self) -> str:
        """How people reach the desk: by its own name where it has one."""
        if self.https and self.names:
            return f"https://{self.names[0]}"
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 -- compared, not listened on
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def site(self, book: Path | str) -> Site:
        """The site over the book that was opened; the address that a provider calls back is one of its names."""
        provider = self.oidc.at(self.address) if self.oidc else None
        called = (urlsplit(provider.home).hostname or "",) if provider else ()
        return Site(
            book,
            self.title,
            (*LOOPBACK, *(name.lower() for name in self.names), *called),
            self.public,
            self.https or (provider is not None and provider.home.startswith("https:")),
            not self.read_only,
            Path(self.accounts).expanduser() if self.accounts else "",
            self.proxies,
            Lasting(self.idle_hours * HOUR, self.session_days * DAY),
            self.crowd,
            Path(self.checkpoints).expanduser() if self.checkpoints else None,
            provider,
        )


def setup_from(file: Path) -> Setup:
    """The settings in a file; UsageError naming the file, the key and how it is written."""
    try:
        held = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise UsageError(f"{file} cannot be read ({trouble.strerror})") from trouble
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise UsageError(f"{file} is no TOML: {wrong}") from wrong
    table = held.pop("oidc", None)
    oidc = None if table is None else provider_from(file, table)
    return replace(
        Setup(oidc=oidc), **{name.replace("-", "_"): _read(file, name, held[name]) for name in held}
    )


def _read(file: Path, name: str, value: Any) -> Any:  # noqa: ANN401 -- keys are of many types
    """The value of one key."""
    if name not in KEYS:
        raise UsageError(f"{file}: there is no key {name!r}; the keys are {', '.join(KEYS)}, and [oidc]")
    read, words = KEYS[name]
    try:
        return read(value)
    except (TypeError, ValueError):
        raise UsageError(f"{file}: {name} = {value!r} cannot be; it takes {words}") from None


def _words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError
    return value


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_words(one) for one in value)


def _addresses(value: object) -> tuple[str, ...]:
    return tuple(str(ipaddress.ip_address(one)) for one in _list(value))


def _number_of(numbers: range) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value not in numbers:
            raise ValueError
        return value

    return read


KEYS: Mapping[str, tuple[Callable[[Any], Any], str]] = {  # how each is read, and what it takes
    "book": (_words, "a file, or postgresql://…"),
    "title": (_words, "the name of your desk"),
    "host": (_words, "an address to listen on, such as 127.0.0.1"),
    "port": (_number_of(PORTS), "a number from 1 to 65535"),
    "names": (_list, 'a list of names in addresses, such as ["desk.example.org"]'),
    "public": (_yes_or_no, "true, or false where reading needs an account, too"),
    "read-only": (_yes_or_no, "true where nobody may change the book, or false"),
    "https": (_yes_or_no, "true where people reach the desk by https, or false"),
    "proxies": (_addresses, 'a list of addresses of your own proxies, such as ["127.0.0.1"]'),
    "accounts": (_words, "a file for passwords, sessions and keys"),
    "idle-hours": (_number_of(HOURS), "a number from 1 to 720"),
    "session-days": (_number_of(DAYS), "a number from 1 to 90"),
    "crowd": (_number_of(CROWDS), "a number from 1 to 10000"),
    "checkpoints": (_words, "the file in which the book's checkpoints are noted"),
}
