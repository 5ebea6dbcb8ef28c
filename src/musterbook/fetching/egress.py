"""The guarded way out: a name is looked up once, every number is judged, and the judged number is what we connect to.

httpcore speaks HTTP/1.1 (h11 under it) and knows no proxies, cookies or redirects; all it has of the network is the
stream that it gets here. So every byte, those of heads and handshakes too, passes the ``Meter`` and its limits.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import httpcore

from musterbook.fetching.addresses import PORTS, Address, address_of, is_loopback, is_public
from musterbook.fetching.limits import Limits
from musterbook.fetching.troubles import Trouble

Number = IPv4Address | IPv6Address
Resolver = Callable[[str], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]
MOST_NUMBERS = 4  # of a name that are tried
TICK = 0.5  # seconds after which a read looks whether it is to stop
PIECE = 1 << 16


def look_up(name: str) -> tuple[str, ...]:
    """The numbers of a name, as this machine resolves it."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


def connect_to(number: str, port: int, seconds: float) -> socket.socket:
    """A connection to exactly this number; nothing is looked up."""
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((number, port))
    except BaseException:
        connection.close()
        raise
    return connection


@dataclass(frozen=True, slots=True)
class Egress:
    """What may be asked, and how one gets there; tests bring their own resolver, connections and certificates."""

    resolver: Resolver = look_up
    connect: Connect = connect_to
    ports: frozenset[int] = frozenset(PORTS.values())
    allow_loopback: bool = False  # for tests: this machine may be asked as well, on any port
    tls: ssl.SSLContext | None = None

    def address(self, url: str) -> Address:
        """The parts of an address; Trouble where it may not be asked by its spelling."""
        return address_of(url, None if self.allow_loopback else self.ports)

    def numbers(self, address: Address) -> tuple[Number, ...]:
        """The numbers to connect to; Trouble where a single one of them may not be asked."""
        found = (address.number,) if address.number else self._looked_up(address.host)
        for number in found:
            if not self._may_ask(number, address.port):
                raise Trouble("fetch-not-public", f"{number}")
        return found

    def _may_ask(self, number: Number, port: int) -> bool:
        if self.allow_loopback and is_loopback(number):
            return True
        return is_public(number) and port in self.ports

    def _looked_up(self, name: str) -> tuple[Number, ...]:
        try:
            found = self.resolver(name)
        except (OSError, UnicodeError) as broken:
            raise Trouble("fetch-no-name", _plainly(broken)) from None
        if not found:
            raise Trouble("fetch-no-name", "no number")
        try:
            return tuple(ip_address(one) for one in found)
        except ValueError as wrong:
            raise Trouble("fetch-not-public", str(wrong)) from None


@dataclass(slots=True)
class Meter:
    """How much time and how many bytes are left for one document."""

    limits: Limits
    stopped: Callable[[], bool] = lambda: False
    now: Callable[[], float] = time.monotonic
    received: int = 0  # bytes on the wire since the answer began
    in_body: bool = False
    _begun: float = field(init=False)

    def __post_init__(self) -> None:
        self._begun = self.now()

    def left(self) -> float:
        """Seconds; Trouble where there are none, or we are to stop."""
        if self.stopped():
            raise Trouble("fetch-stopped")
        left = self._begun + self.limits.whole - self.now()
        if left <= 0:
            raise Trouble("fetch-too-slow", f"more than {self.limits.whole:g} s")
        return left

    def patience(self) -> float:
        """Seconds to wait for the next byte."""
        return self.limits.silence if self.received else self.limits.first

    def take(self, size: int) -> None:
        """So many bytes came; Trouble where they are too many."""
        self.received += size
        if not self.in_body and self.received > self.limits.heads + PIECE:
            raise Trouble("fetch-no-http", f"heads larger than {self.limits.heads:,} bytes")
        if self.received > 2 * self.limits.packed + self.limits.heads + PIECE:
            raise Trouble("fetch-too-big", f"{self.limits.packed:,} bytes on the wire")


class Wire(httpcore.NetworkStream):
    """One connection, metered."""

    def __init__(self, connection: socket.socket, meter: Meter) -> None:
        self._connection, self._meter = connection, meter

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes, in ticks, so that limits and a wish to stop are seen."""
        until = self._meter.now() + self._meter.patience()
        while True:
            self._connection.settimeout(max(0.01, min(TICK, self._meter.left(), until - self._meter.now())))
            try:
                found = self._connection.recv(min(max_bytes, PIECE))
            except TimeoutError:
                if self._meter.now() >= until:
                    raise Trouble("fetch-too-slow", f"silent for {self._meter.patience():g} s") from None
                continue
            except OSError as broken:
                raise Trouble("fetch-broken-off", _plainly(broken)) from None
            self._meter.take(len(found))
            return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """The request; httpcore looks for an answer even where it is not taken."""
        try:
            self._connection.settimeout(min(self._meter.left(), self._meter.limits.silence))
            self._connection.sendall(buffer)
        except TimeoutError:
            raise Trouble("fetch-too-slow", "it does not take the request") from None
        except OSError as broken:
            raise httpcore.WriteError(_plainly(broken)) from None

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Wire:
        """The same connection behind TLS, proved for the name that was asked."""
        try:
            self._connection.settimeout(min(self._meter.left(), self._meter.limits.connect))
            return Wire(
                ssl_context.wrap_socket(self._connection, server_hostname=server_hostname), self._meter
            )
        except TimeoutError:
            raise Trouble("fetch-too-slow", "no handshake") from None
        except (ssl.SSLError, ssl.CertificateError, ValueError) as broken:
            raise Trouble("fetch-tls", _plainly(broken)) from None
        except OSError as broken:
            raise Trouble("fetch-broken-off", _plainly(broken)) from None

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 -- httpcore's own signature
        """What httpcore asks of a stream."""
        if info == "ssl_object":
            return self._connection if isinstance(self._connection, ssl.SSLSocket) else None
        return None


class Way(httpcore.NetworkBackend):
    """The network as httpcore sees it: one address, already judged."""

    def __init__(self, egress: Egress, address: Address, meter: Meter) -> None:
        self._egress, self._address, self._meter = egress, address, meter

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> Wire:
        """A connection to the first number of the host that answers; each was judged just now."""
        if (host, port) != (self._address.host, self._address.port):
            raise Trouble("fetch-address", f"{host}:{port} was not asked for")
        said = ""
        for number in self._egress.numbers(self._address)[:MOST_NUMBERS]:
            seconds = min(self._meter.left(), self._meter.limits.connect)
            try:
                return Wire(self._egress.connect(str(number), port, seconds), self._meter)
            except OSError as broken:
                said = _plainly(broken)
        raise Trouble("fetch-unreachable", said)


def _plainly(broken: Exception) -> str:
    """What the machine says, without its numbers."""
    if isinstance(broken, ssl.SSLCertVerificationError):
        return broken.verify_message or "certificate"
    if isinstance(broken, ssl.SSLError):
        return (broken.reason or "TLS").lower().replace("_", " ")
    return (getattr(broken, "strerror", None) or str(broken) or type(broken).__name__).lower()
