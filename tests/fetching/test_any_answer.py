"""Whatever bytes a server sends: a document within its limits, or a trouble that has a name."""

from __future__ import annotations

import gzip
import socket
from random import Random

import pytest
from sites import answer, page, rss
from watched import AGENT, SHORT

from musterbook.fetching.egress import Egress
from musterbook.fetching.listing import listings
from musterbook.fetching.manners import NONE, Rules
from musterbook.fetching.troubles import TROUBLES
from musterbook.fetching.visits import Errand, Web, visit

HONEST = (
    answer(page("About 2,500 American troops remain in Iraq.")),
    answer(gzip.compress(page("Some 900 soldiers are in Syria.").encode()), Content_Encoding="gzip"),
    answer(rss(("http://a.example/1", "One")), kind="application/rss+xml", ETag='"1"'),
    answer(b"", 301, Location="http://b.example/x"),
    answer(b"", 429, Retry_After="120"),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
)
PIECES = (
    b"\r\n",
    b"\r\n\r\n",
    b"\0",
    b"\xff",
    b":",
    b" ",
    b"Content-Length: 3\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"a" * 500,
)


def damaged(luck: Random) -> bytes:
    """An honest answer with some bytes changed, cut, doubled or put in."""
    raw = bytearray(luck.choice(HONEST))
    for _ in range(luck.randint(1, 5)):
        at = luck.randrange(len(raw) + 1)
        match luck.randrange(4):
            case 0:
                raw[at : at + 1] = bytes([luck.randrange(256)])
            case 1:
                del raw[at : at + luck.randint(1, 60)]
            case 2:
                raw[at:at] = luck.choice(PIECES)
            case _:
                raw[at:at] = raw[at : at + luck.randint(1, 60)]
    return bytes(raw)


def told(raw: bytes) -> Egress:
    """A way on which exactly these bytes come back."""

    def connect(number: str, port: int, seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.sendall(raw)
        theirs.shutdown(socket.SHUT_WR)
        held.append(theirs)
        return ours

    held: list[socket.socket] = []
    return Egress(lambda _: ["93.184.216.34"], connect)


@pytest.mark.parametrize("seed", range(20))
def test_every_answer_has_a_named_end(seed: int) -> None:
    luck = Random(seed)
    rules = {"http://a.example": Rules("http://a.example", NONE, fetched=0.0)}
    for _ in range(100):
        got = visit(
            Errand("http://a.example/", rules=rules), Web(AGENT, told(damaged(luck)), SHORT, lambda: 1.0)
        )
        assert len(got.body) <= SHORT.unpacked
        assert bool(got.body) + bool(got.moved_to) + (got.trouble is not None) == 1
        assert got.trouble is None or got.trouble.code in TROUBLES


@pytest.mark.parametrize("seed", range(20))
def test_every_feed_has_a_named_end(seed: int) -> None:
    """The feed's bytes are damaged: entries, or a cause that says what is wrong in a line."""
    luck = Random(seed)
    for _ in range(50):
        _, cause = listings(damaged(luck).partition(b"\r\n\r\n")[2])
        if cause:
            assert "{" not in cause.message("feed")
