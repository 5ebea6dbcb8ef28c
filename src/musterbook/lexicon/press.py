"""Who publishes: an address is proof, a name is only claimed; whoever copies Reuters does not become Reuters by it.

An address is known by its longest registered ending, so hosts beneath a domain belong to it. Where no publisher has it,
an ending that only governments give out (mil, gov.uk) makes it an official site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from musterbook.lexicon.folding import fold
from musterbook.lexicon.records import Agency, Publisher

CARRIED = re.compile(r"\s+via\s+|\s*\(", re.IGNORECASE)  # what stands before it names the original
OFFICIAL = "government"  # the kind of a site that is known by its ending


@dataclass(frozen=True, slots=True)
class Press:
    """The publishers by domain and by folded name, and the official endings with their states."""

    domains: Mapping[str, Publisher]
    names: Mapping[str, Publisher]
    official: Mapping[str, str]

    def at(self, url: str) -> Publisher | None:
        """Who publishes at an address; None where its domain is not registered."""
        host = host_of(url)
        found = next((self.domains[end] for end in endings(host) if end in self.domains), None)
        return found or self.official_site(host)

    def official_site(self, host: str) -> Publisher | None:
        """The government's site of a host such as "www.af.mil", called by its own domain."""
        narrower = ""
        for end in endings(host):
            if end in self.official:
                own = narrower or end
                return Publisher(own, own, OFFICIAL, self.official[end], False, (own,), ())
            narrower = end
        return None

    def called(self, name: str) -> Publisher | None:
        """Who is called so, or is named before "via" or a bracket; a bare domain is a name too."""
        found = self.names.get(fold(name)) or self.names.get(fold(original(name)))
        return found or (None if " " in name else self.at(name))


def gather(publishers: Iterable[Publisher], agencies: Iterable[Agency], official: Mapping[str, str]) -> Press:
    """The publishers made ready to be asked; the first who has a domain or a name counts."""
    credited = {one.code: one.aliases for one in agencies}
    domains: dict[str, Publisher] = {}
    names: dict[str, Publisher] = {}
    for one in publishers:
        for domain in one.domains:
            domains.setdefault(domain, one)
        for name in (one.name, *one.aliases, *credited.get(one.code, ())):
            names.setdefault(fold(name), one)
    return Press(domains, names, official)


def original(name: str) -> str:
    """The part of a publisher's name before "via" or a bracket: "AP via WAOW" names AP."""
    return CARRIED.split(name.strip(), maxsplit=1)[0]


def host_of(url: str) -> str:
    """The host of an address in small letters, without port and "www."; empty where there is none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:  # such as a bracket that is not closed
        return ""
    return host.rstrip(".").removeprefix("www.")


def endings(host: str) -> Iterator[str]:
    """The host and each domain above it, the longest first."""
    while host:
        yield host
        host = host.partition(".")[2]
