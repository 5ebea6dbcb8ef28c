"""Forbidden addresses in every spelling: nobody is ever connected to, whatever a name server or a redirect says."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from forbidden import ELSEWHERE, FORBIDDEN_4, FORBIDDEN_6, NAMES, forbidden, spellings_4
from sites import Site, answer, page
from watched import AGENT

from musterbook.fetching.addresses import address_of, is_public
from musterbook.fetching.egress import Egress, connect_to
from musterbook.fetching.limits import Limits
from musterbook.fetching.troubles import Trouble
from musterbook.fetching.visits import Errand, Fetched, Web, visit

PUBLIC = "93.184.216.34"


def careless(name: str) -> list[str]:
    """The most dangerous resolver: it reads numbers as C does, and every name is this machine."""
    try:
        return [socket.inet_ntoa(socket.inet_aton(name))]
    except OSError:
        return ["127.0.0.1"]


@dataclass
class Trap:
    """A listener that nobody may reach; and every number that somebody wanted to connect to."""

    wanted: list[str] = field(default_factory=list)
    accepted: int = 0

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                with self.listener.accept()[0]:
                    self.accepted += 1  # before the caller sees the end of it

    def connect(self, number: str, port: int, seconds: float) -> socket.socket:
        self.wanted.append(number)
        return connect_to("127.0.0.1", self.port, seconds)

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    with contextlib.closing(Trap()) as found:
        yield found


def ask(url: str, egress: Egress) -> Fetched:
    return visit(Errand(url), Web(AGENT, egress, Limits(connect=1, first=1, silence=1, whole=2)))


def test_no_spelling_of_a_forbidden_address_is_connected_to(trap: Trap) -> None:
    """The port is allowed and every name leads to this machine: only the judgement of addresses stands between."""
    egress = Egress(careless, trap.connect, ports=frozenset({80, 443, trap.port}))
    tried = {url.replace("{port}", str(trap.port)) for url in forbidden()}
    assert len(tried) >= 400
    reached = [url for url in tried if ask(url, egress).trouble is None]
    assert (reached, trap.wanted, trap.accepted) == ([], [], 0)


@pytest.mark.parametrize("spelling", [one for one in spellings_4(PUBLIC) if one != PUBLIC])
def test_a_public_number_in_disguise_is_refused_as_well(spelling: str, trap: Trap) -> None:
    """Who hides a number means no good; and what two programs read differently is judged by neither."""
    got = ask(f"http://{spelling}/", Egress(careless, trap.connect))
    assert got.trouble is not None
    assert trap.wanted == []


@pytest.mark.parametrize("url", [*ELSEWHERE, *(f"http://{name}/" for name in NAMES)])
def test_what_is_no_plain_public_address_is_refused_by_its_spelling(url: str, trap: Trap) -> None:
    """Also where a name server says that all of it is public."""
    got = ask(url, Egress(lambda _: [PUBLIC], trap.connect))
    assert got.trouble is not None
    assert trap.wanted == []


def test_the_trap_would_have_been_noticed(trap: Trap) -> None:
    egress = Egress(careless, trap.connect, allow_loopback=True)
    ask(f"http://127.0.0.1:{trap.port}/", egress)
    assert trap.wanted
    assert trap.accepted


@pytest.mark.parametrize(
    "number", [*FORBIDDEN_4, *FORBIDDEN_6, "fe80::1%1", "::ffff:127.0.0.1", "nonsense", ""]
)
@pytest.mark.parametrize("among", ["alone", "first", "last"])
def test_a_name_that_leads_to_a_forbidden_number_is_not_asked_at_all(
    number: str, among: str, trap: Trap
) -> None:
    """One bad number among good ones is enough."""
    found = {"alone": [number], "first": [number, PUBLIC], "last": [PUBLIC, PUBLIC, PUBLIC, PUBLIC, number]}[
        among
    ]
    got = ask("http://good.example/", Egress(lambda _: found, trap.connect))
    assert got.trouble is not None
    assert (trap.wanted, trap.accepted) == ([], 0)


def test_what_was_judged_is_what_is_connected_to(trap: Trap) -> None:
    """A name server that gives a public number first and this machine afterwards, and the other way round."""
    for numbers in ([PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, "127.0.0.1", PUBLIC, "10.0.0.1"]):
        given = iter(numbers * 50)
        egress = Egress(lambda _, given=given: [next(given)], trap.connect)  # type: ignore[misc] -- bound now
        for _ in range(25):
            ask("http://rebinding.example/", egress)
    assert set(trap.wanted) == {PUBLIC}


def test_each_visit_looks_up_once_for_each_connection(trap: Trap) -> None:
    asked: list[str] = []
    egress = Egress(lambda name: asked.append(name) or [PUBLIC], trap.connect)  # type: ignore[func-returns-value]
    ask("http://good.example/", egress)
    assert len(asked) == len(trap.wanted)


@pytest.mark.parametrize(
    "place",
    [
        *(f"http://{number}/" for number in FORBIDDEN_4),
        *(f"//{number}/" for number in FORBIDDEN_4[:8]),
        *(f"http://[{number}]/" for number in FORBIDDEN_6),
        *(f"http://{spelling}/" for spelling in spellings_4("169.254.169.254")),
        "file:///etc/passwd",
        "http://localhost/",
        "http://inside.example/",
        "http://good.example:22/",
        "\\\\127.0.0.1\\x",
        "http:\\\\127.0.0.1\\x",
        "/\\127.0.0.1/",
    ],
)
def test_no_redirect_leads_inside(place: str, trap: Trap, server: Site) -> None:
    """A public server sends us inside: each hop is judged as the first one was."""

    def connect(number: str, port: int, seconds: float) -> socket.socket:
        if number == PUBLIC:
            return connect_to("127.0.0.1", server.port, seconds)
        return trap.connect(number, port, seconds)

    egress = Egress(lambda name: ["10.1.2.3" if name == "inside.example" else PUBLIC], connect)
    server.pages["/"] = server.pages["/robots.txt"] = answer(b"", 302, Location=latin(place))
    got = ask("http://good.example/", egress)
    if got.moved_to:
        got = ask(got.moved_to, egress)
    server.pages["/robots.txt"] = answer(b"", 404)
    again = ask("http://good.example/", egress)
    if again.moved_to:
        again = ask(again.moved_to, egress)
    assert got.trouble is not None
    assert again.trouble is not None
    assert (trap.wanted, trap.accepted) == ([], 0)


def latin(place: str) -> str:
    """A place as a head can carry it."""
    return place.encode("utf-8").decode("latin-1").replace("\t", "")


@pytest.mark.parametrize(
    "number",
    [
        "93.184.216.34",
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "11.0.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "2606:2800:220:1::1",
        "2001:4860:4860::8888",
        "2a00:1450::1",
        "2003::1",
        "2001:200::1",
    ],
)
def test_the_public_neighbours_of_closed_ranges_are_public(number: str) -> None:
    assert is_public(ip_address(number))


def test_closed_ranges_are_closed_at_both_ends() -> None:
    assert [number for number in FORBIDDEN_4 if is_public(IPv4Address(number))] == []
    assert [number for number in FORBIDDEN_6 if is_public(IPv6Address(number))] == []


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("HTTP://News.Example:80/a?b=c#d", "http://news.example/a?b=c"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example./x", "https://news.example/x"),
        ("https://bücher.example/größe?q=ä", "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=%C3%A4"),
        ("https://ｎｅｗｓ。example/", "https://news.example/"),
        ("http://93.184.216.34/", "http://93.184.216.34/"),
        ("http://[2606:2800:220:1::0001]/", "http://[2606:2800:220:1::1]/"),
        (" https://news.example/a b ", "https://news.example/a%20b"),
        ("https://news.example/%7Ea%0d", "https://news.example/%7Ea%0d"),
    ],
)
def test_an_honest_address_gets_its_plain_form(url: str, plain: str) -> None:
    assert address_of(url, frozenset({80, 443})).url == plain


def test_other_ports_are_asked_only_where_they_are_allowed() -> None:
    with pytest.raises(Trouble):
        address_of("http://news.example:8080/", frozenset({80, 443}))
    assert address_of("http://news.example:8080/", frozenset({80, 8080})).authority == "news.example:8080"


def test_a_public_server_is_asked_by_its_name(trap: Trap, server: Site) -> None:
    """The number is connected to, the name is told."""
    numbers: list[str] = []

    def connect(number: str, port: int, seconds: float) -> socket.socket:
        numbers.append(number)
        return connect_to("127.0.0.1", server.port, seconds)

    server.pages["/a"] = answer(page("hello"))
    got = ask("http://news.example/a", Egress(lambda _: [PUBLIC, "2606:2800:220:1::1"], connect))
    assert got.trouble is None
    assert set(numbers) == {PUBLIC}
    assert {one.heads["host"] for one in server.asked} == {"news.example"}


def test_where_one_number_does_not_answer_the_next_is_asked(server: Site) -> None:
    def connect(number: str, port: int, seconds: float) -> socket.socket:
        if number == PUBLIC:
            raise ConnectionRefusedError(111, "Connection refused")
        return connect_to("127.0.0.1", server.port, seconds)

    server.pages["/a"] = answer(page("hello"))
    got = ask("http://news.example/a", Egress(lambda _: [PUBLIC, "2606:2800:220:1::1"], connect))
    assert got.trouble is None
