"""Which addresses may be asked: names and numbers of the public internet, spelled as they are meant.

Nothing is repaired. A number in any disguise, a sign that programs read differently, a name that belongs to a house's
own network is refused before anything is looked up; and what a name stands for is judged by ``is_public`` afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from musterbook.fetching.troubles import Trouble

LONGEST = 4_000  # signs of an address
PORTS = {"http": 80, "https": 443}
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\xa0\\\u2028\u2029\ufeff\ud800-\udfff]")
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)", re.IGNORECASE)  # a last label that makes a name a number
KEPT = "/%:@!$&'()*+,;=~-._?[]"
OWN_NETWORK = (  # endings of names that no public server has
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "arpa",
    "onion",
    "invalid",
    "alt",
)
CLOSED_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # behind a provider
            "127.0.0.0/8",  # this machine
            "168.63.129.16/32",  # a cloud's own service, at a public number
            "169.254.0.0/16",  # this cable, and the services of clouds
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocols
            "192.0.2.0/24",  # examples in documents
            "192.88.99.0/24",  # relays of 6to4
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # measurements
            "198.51.100.0/24",  # examples
            "203.0.113.0/24",  # examples
            "224.0.0.0/4",  # many at once
            "240.0.0.0/4",  # reserved, and all at once
        ),
    )
)
OPEN_6 = IPv6Network(
    "2000::/3"
)  # all that is given out; the rest (this machine, houses, cables, NAT64, …) is closed
CLOSED_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols: Teredo, ORCHID, measurements
            "2001:db8::/32",  # examples
            "2002::/16",  # 6to4: an IPv4 number inside
            "3ffe::/16",  # given back
            "3fff::/20",  # examples
            "5f00::/16",  # segments
        ),
    )
)
ISATAP = (0x00005EFE, 0x02005EFE)  # an IPv4 number behind these is inside


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that may be asked as far as its spelling goes; the host is a name or a number."""

    scheme: str
    host: str  # lower case, in ASCII, without brackets
    port: int
    path: str  # with the query, in ASCII

    @property
    def origin(self) -> str:
        """Scheme, host and port: whose robots.txt it is."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """The host as the server is told of it; the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in its plain form."""
        return self.origin + self.path

    @property
    def number(self) -> IPv4Address | IPv6Address | None:
        """The host where it is a number."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None


def address_of(url: str, ports: frozenset[int] | None) -> Address:
    """The parts of an address; Trouble where it is not plainly one of the public web. None allows any port."""
    url = url.strip(" ").replace(" ", "%20")  # as browsers do; in a host it is refused below
    if len(url) > LONGEST:
        raise Trouble("fetch-address", "too long")
    if found := UNSAFE.search(url):
        raise Trouble("fetch-address", f"it holds {found.group()!r}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise Trouble("fetch-address", str(wrong)) from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise Trouble("fetch-address", f"not http or https: {scheme[:20] or 'no scheme'}")
    if "@" in parts.netloc:
        raise Trouble("fetch-address", "a name before @")
    port = PORTS[scheme] if port is None else port
    if ports is not None and port not in ports:
        raise Trouble("fetch-address", f"port {port}")
    return Address(scheme, _host(parts), port, _path(parts))


def joined(base: Address, place: str) -> str:
    """The address that a page at ``base`` means by ``place``; Trouble where it means none."""
    try:
        return urljoin(base.url, place.strip())
    except ValueError as wrong:
        raise Trouble("fetch-address", str(wrong)) from None


def is_public(number: IPv4Address | IPv6Address) -> bool:
    """Whether a number belongs to the public internet, whatever is packed inside it."""
    if isinstance(number, IPv4Address):
        return number.is_global and not any(number in net for net in CLOSED_4)
    if number.scope_id is not None or number not in OPEN_6 or not number.is_global:
        return False
    return not any(number in net for net in CLOSED_6) and (int(number) >> 32) & 0xFFFFFFFF not in ISATAP


def is_loopback(number: IPv4Address | IPv6Address) -> bool:
    """Whether it is this machine in the plain way: what tests may ask."""
    return number in IPv4Network("127.0.0.0/8") if number.version == 4 else number == IPv6Address("::1")


def _host(parts: SplitResult) -> str:
    """The host in its plain form."""
    if "[" in parts.netloc or "]" in parts.netloc:
        return _bracketed(parts)
    host = _in_ascii(parts.hostname or "").removesuffix(".")
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1]):
        return _numeric(host, parts.netloc)
    if len(host) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise Trouble("fetch-address", f"no name of a host: {host[:60]!r}")
    if len(labels) == 1 or labels[-1] in OWN_NETWORK:
        raise Trouble("fetch-not-public", host[:60])
    return host


def _in_ascii(host: str) -> str:
    """The name as it is looked up; full-width signs and foreign full stops become what they stand for."""
    if host.isascii():
        return host.lower()
    import idna  # only for names that need it

    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except UnicodeError as wrong:
        raise Trouble("fetch-address", f"no name of a host: {wrong}") from None


def _numeric(host: str, written: str) -> str:
    """A number of four plain parts, exactly as written; all other spellings of numbers are disguise."""
    plain = written.rpartition(":")[0] if ":" in written else written
    try:
        if plain == host:
            return str(IPv4Address(host))
    except ValueError:
        pass
    raise Trouble("fetch-address", f"a number in disguise: {written[:60]!r}")


def _bracketed(parts: SplitResult) -> str:
    """A number of IPv6 in its brackets, without a zone."""
    inner = re.fullmatch(r"\[([0-9a-fA-F:.]+)\](?::[0-9]*)?", parts.netloc)
    try:
        if inner:
            return str(IPv6Address(inner.group(1)))
    except ValueError:
        pass
    raise Trouble("fetch-address", f"no number of IPv6: {parts.netloc[:60]!r}")


def _path(parts: SplitResult) -> str:
    """Path and query in ASCII; what stands behind # is for browsers."""
    path = quote(parts.path or "/", safe=KEPT)
    return path + ("?" + quote(parts.query, safe=KEPT) if parts.query else "")
