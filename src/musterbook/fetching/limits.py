"""How much of anything is taken from a server; each limit ends in a named trouble."""

from __future__ import annotations

from dataclasses import dataclass, replace

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    packed: int = 5 * MB  # on the wire, of the body
    unpacked: int = 5 * MB  # the most that intake takes for one report
    heads: int = 64_000  # on the wire, of all lines before the body
    connect: float = 10.0  # for each number of a name, and for the handshake
    first: float = 20.0  # until the first byte of an answer
    silence: float = 15.0  # between two bytes
    whole: float = 60.0  # from looking up the name to the last byte
    hops: int = 5  # times that an address may be passed on

    def of_feed(self) -> Limits:
        """Feeds and sitemaps may be longer than pages."""
        return replace(self, packed=2 * self.packed, unpacked=5 * self.unpacked)

    def of_robots(self) -> Limits:
        """What a robots.txt says beyond half a megabyte counts for nobody."""
        return replace(self, packed=500_000, unpacked=500_000, whole=min(self.whole, 30.0))
