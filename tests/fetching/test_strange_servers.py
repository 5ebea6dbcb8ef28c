"""Servers that misbehave: each ends in a named trouble within its limits, and the watcher goes on."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest
import trustme
from sites import Asked, Conversation, Site, answer, page, read_request, rss, site
from watched import AGENT, SHORT, Desk, codes, feed

from musterbook.fetching.egress import Egress
from musterbook.fetching.limits import Limits
from musterbook.fetching.visits import Errand, Fetched, Validators, Web, visit

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def endless_body(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"\r\n")
    while True:
        connection.sendall(b"<p>more</p>" * 1000)


def endless_pieces(connection: socket.socket, _: Asked) -> None:
    """Chunks of one byte, each with a long remark: little of a page, much on the wire."""
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall((b"1;" + b"x" * 1000 + b"\r\na\r\n") * 10)


def dripping_body(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
    while True:
        connection.sendall(b"a")
        threading.Event().wait(0.05)


def dripping_heads(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD)
    while True:
        connection.sendall(b"X: y\r\n")
        threading.Event().wait(0.05)


def silent(connection: socket.socket, _: Asked) -> None:
    threading.Event().wait(3)


def silent_in_the_middle(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\nabc")
    threading.Event().wait(3)


def reset(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\nabc")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def endless_heads(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD)
    while True:
        connection.sendall(b"X-More: " + b"y" * 1000 + b"\r\n")


def endless_waiting(connection: socket.socket, _: Asked) -> None:
    """Informational answers, one after the other, and never a real one."""
    while True:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)


def says(raw: bytes) -> Conversation:
    return lambda connection, _: connection.sendall(raw)


def packed(raw: bytes, packing: str = "gzip", **heads: str) -> bytes:
    return answer(raw, Content_Encoding=packing, **heads)


BOMB = gzip.compress(gzip.compress(b"0" * 100_000_000))
MEMBERS = gzip.compress(b"") * 5_000
STRANGE: dict[str, tuple[bytes | Conversation, str]] = {
    "a body that never ends": (endless_body, "fetch-too-big"),
    "pieces that never end": (endless_pieces, "fetch-too-big"),
    "a byte now and then": (dripping_body, "fetch-too-slow"),
    "a head now and then": (dripping_heads, "fetch-too-slow"),
    "nothing at all": (silent, "fetch-too-slow"),
    "nothing more": (silent_in_the_middle, "fetch-too-slow"),
    "heads that never end": (endless_heads, "fetch-no-http"),
    "an answer that is put off for ever": (endless_waiting, "fetch-no-http"),
    "one head of a megabyte": (says(HEAD + b"X: " + b"y" * 1_000_000 + b"\r\n\r\n"), "fetch-no-http"),
    "a stated size beyond the limit": (says(HEAD + b"Content-Length: 999999999999\r\n\r\n"), "fetch-too-big"),
    "a size of ninety digits": (says(HEAD + b"Content-Length: " + b"9" * 90 + b"\r\n\r\n"), "fetch-no-http"),
    "a body shorter than stated": (says(HEAD + b"Content-Length: 500\r\n\r\nshort"), "fetch-broken-off"),
    "two sizes": (says(HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort"), "fetch-no-http"),
    "a negative size": (says(HEAD + b"Content-Length: -5\r\n\r\nshort"), "fetch-no-http"),
    "pieces without a size": (says(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzzz\r\n"), "fetch-broken-off"),
    "pieces that break off": (
        says(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"),
        "fetch-broken-off",
    ),
    "a reset in the middle": (reset, "fetch-broken-off"),
    "no heads": (says(b"<html><p>hello</p></html>"), "fetch-no-http"),
    "no answer": (says(b""), "fetch-no-http"),
    "another protocol": (says(b"SSH-2.0-OpenSSH_9.6\r\n"), "fetch-no-http"),
    "a bomb": (packed(gzip.compress(b"0" * 50_000_000)), "fetch-too-big"),
    "packed twice": (packed(BOMB, "gzip, gzip"), "fetch-packing"),
    "packed as we did not ask": (packed(b"\x8b\x05\x80", "br"), "fetch-packing"),
    "not packed as it says": (packed(b"plain words of a page"), "fetch-packing"),
    "packed and cut": (packed(gzip.compress(b"0123456789" * 500)[:-12]), "fetch-broken-off"),
    "a thousand empty members": (packed(MEMBERS), "fetch-empty"),
    "an empty page": (answer(b""), "fetch-empty"),
    "a page of blanks": (answer(b" \n" * 50), "fetch-empty"),
    "a film": (answer(b"....", kind="video/mp4"), "fetch-type"),
    "come later": (answer(b"", 429, Retry_After="120"), "fetch-busy"),
    "out of order": (answer(b"", 503), "fetch-busy"),
    "a fault": (answer(b"", 500), "fetch-server"),
    "gone for good": (answer(b"", 410), "fetch-gone"),
    "forbidden": (answer(b"", 403), "fetch-refused"),
    "unchanged, though nobody asked": (answer(b"", 304), "fetch-server"),
    "no content": (answer(b"", 204), "fetch-server"),
    "another protocol from here": (says(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), "fetch-no-http"),
    "a redirect to nowhere": (answer(b"", 302), "fetch-redirects"),
    "a redirect to a file": (answer(b"", 302, Location="file:///etc/passwd"), "fetch-address"),
    "a redirect to a script": (answer(b"", 302, Location="javascript:alert(1)"), "fetch-address"),
    "a redirect with a password": (answer(b"", 302, Location="http://me:pw@127.0.0.1/"), "fetch-address"),
    "a redirect in a circle": (answer(b"", 302, Location="/it"), "fetch-redirects"),
    "a redirect with a break": (says(b"HTTP/1.1 302 Found\r\nLocation: /a\r\n b\r\n\r\n"), "fetch-gone"),
}


def web(**more: object) -> Web:
    settings: dict[str, object] = {
        "egress": Egress(lambda _: ["127.0.0.1"], allow_loopback=True),
        "limits": SHORT,
    }
    return Web(AGENT, **(settings | more))  # type: ignore[arg-type] -- settings of tests


def fetched(conversation: bytes | Conversation, **more: object) -> Fetched:
    with site({"/it": conversation}) as found:
        return visit(Errand(found.url("/it")), web(**more))


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_answer_ends_in_a_named_trouble(name: str) -> None:
    conversation, code = STRANGE[name]
    got = fetched(conversation)
    assert got.trouble is not None
    assert got.trouble.code == code
    assert got.body == b""


@pytest.mark.parametrize("name", STRANGE)
def test_the_watcher_outlives_it(name: str, desk: Desk, server: Site) -> None:
    """A feed that misbehaves beside one that does not: the one is told of, the other is read."""
    server.pages["/it"] = STRANGE[name][0]
    server.pages["/good"] = answer(rss(), kind="text/xml")
    done = desk.run(feed(server.url("/it", "bad.example")), feed(server.url("/good", "good.example")))
    assert (done.polled, done.failed) == (2, 1)
    assert codes(desk.said) == [STRANGE[name][1]]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"<!doctype html><html><body><p>We have moved</p></body></html>", "no-feed"),
        (b"plain words", "no-feed"),
        (b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel/></rss>', "own-entities"),
        (b"<rss>" + b"<a>" * 100_000, "too-deep"),
        (b"<rss><channel><item><title>cut", "damaged"),
    ],
)
def test_what_is_no_feed_is_told_by_its_status(raw: bytes, code: str, desk: Desk, server: Site) -> None:
    server.pages["/feed"] = answer(raw, kind="application/rss+xml")
    desk.limits = Limits()
    assert desk.run(feed(server.url("/feed"))).failed == 1
    assert desk.standing(server.url("/feed")).code == code
    assert desk.in_book() == []


def test_a_feed_that_is_not_utf8_is_read_and_told(desk: Desk, server: Site) -> None:
    raw = (
        rss((server.url("/a"), "Caf? troops"))
        .encode()
        .replace(b"?", b"\xe9", 3)
        .replace(b"\xe9xml", b"?xml", 1)
    )
    server.pages["/feed"] = answer(raw.replace(b'"1.0"\xe9', b'"1.0"?'), kind="text/xml")
    server.pages["/a"] = answer(
        page("About 2,500 American troops remain in Iraq, the Pentagon said on Monday.")
    )
    done = desk.run(feed(server.url("/feed")))
    assert (done.failed, done.pages) == (0, 1)
    assert desk.standing(server.url("/feed")).code == "wrong-encoding"


def test_a_host_that_asks_us_to_come_later_is_left_alone_as_a_whole(desk: Desk, server: Site) -> None:
    server.pages["/busy"] = answer(b"", 429, Retry_After="7200")
    server.pages["/other"] = answer(rss(), kind="text/xml")
    one, other = feed(server.url("/busy")), feed(server.url("/other"))
    desk.run(one, other)
    assert server.paths == ["/busy"]
    desk.now += 7000
    desk.run(one, other)
    assert server.paths == ["/busy"]
    desk.now += 300
    desk.run(one, other)
    assert server.paths == ["/busy", "/busy"]


def test_a_connection_that_is_never_taken_ends() -> None:
    """The number is there, but nobody ever takes the call."""

    def nobody(number: str, port: int, seconds: float) -> socket.socket:
        raise TimeoutError("timed out")

    got = visit(Errand("http://a.example/"), web(egress=Egress(lambda _: ["93.184.216.34"], nobody)))
    assert got.trouble is not None
    assert (got.trouble.code, got.learned) == ("fetch-unreachable", ())


def test_a_server_that_listens_and_never_takes_the_call() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        got = visit(Errand(f"http://127.0.0.1:{listener.getsockname()[1]}/"), web())
    assert got.trouble is not None
    assert got.trouble.code == "fetch-too-slow"


@pytest.mark.parametrize(
    ("robots", "code"),
    [
        (answer(b"", 302, Location="http://127.0.0.01/robots.txt"), "fetch-robots-unknown"),
        (endless_body, "fetch-robots-unknown"),
        (says(b"SSH-2.0-OpenSSH_9.6\r\n"), "fetch-robots-unknown"),
        (answer(b"", 302, Location="/robots.txt"), ""),  # a circle is none
        (answer(b"", 401), ""),
        (answer("User-agent: *\nDisallow: /", kind="image/png"), "fetch-robots"),
        (packed(gzip.compress(b"User-agent: *\nDisallow: /")), "fetch-robots"),
    ],
)
def test_a_strange_robots_txt_is_none_or_forbids(robots: bytes | Conversation, code: str) -> None:
    with site({"/robots.txt": robots, "/it": answer(page("hello"))}) as found:
        got = visit(Errand(found.url("/it")), web())
    assert (got.trouble.code if got.trouble else "") == code


def test_a_name_that_nobody_knows_is_told_as_that() -> None:
    def unknown(_: str) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    got = visit(Errand("http://a.example/"), web(egress=Egress(unknown)))
    assert got.trouble is not None
    assert (got.trouble.code, got.trouble.detail) == ("fetch-no-name", "name or service not known")


def test_whoever_asks_to_stop_does_not_wait_for_a_slow_server() -> None:
    stop = threading.Event()
    with site({"/it": silent}) as found:
        slow = web(limits=Limits(), stopped=stop.is_set)
        threading.Timer(0.2, stop.set).start()
        got = visit(Errand(found.url("/it")), slow)
    assert got.trouble is not None
    assert got.trouble.code == "fetch-stopped"


def test_an_unchanged_page_is_believed_only_where_it_was_asked() -> None:
    with site({"/it": answer(b"", 304)}) as found:
        known = Validators(found.url("/it"), '"1"')
        assert visit(Errand(found.url("/it"), known), web()).unchanged


@contextmanager
def secure_site(cert: trustme.LeafCert, reply: bytes) -> Iterator[tuple[int, list[str | None]]]:
    """A server behind TLS; the names that it was asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(context)
    names: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    raw, _ = listener.accept()
                    with suppress(OSError), closing(context.wrap_socket(raw, server_side=True)) as connection:
                        asked = read_request(connection)
                        connection.sendall(answer(b"", 404) if asked.path == "/robots.txt" else reply)

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], names
        listener.shutdown(socket.SHUT_RDWR)


def trusting(authority: trustme.CA) -> Web:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return web(egress=Egress(lambda _: ["127.0.0.1"], allow_loopback=True, tls=context), limits=Limits())


def test_the_name_is_proved_though_we_connect_to_a_number() -> None:
    authority = trustme.CA()
    with secure_site(authority.issue_cert("news.example"), answer(page("hello"))) as (port, names):
        got = visit(Errand(f"https://news.example:{port}/a"), trusting(authority))
    assert got.trouble is None
    assert b"hello" in got.body
    assert set(names) == {"news.example"}


@pytest.mark.parametrize("trouble", ["another name", "unknown authority"])
def test_who_does_not_prove_its_name_is_not_heard(trouble: str) -> None:
    authority, other = trustme.CA(), trustme.CA()
    issuer = other if trouble == "unknown authority" else authority
    cert = issuer.issue_cert("evil.example" if trouble == "another name" else "news.example")
    with secure_site(cert, answer(page("hello"))) as (port, _):
        got = visit(Errand(f"https://news.example:{port}/a"), trusting(authority))
    assert got.trouble is not None
    assert got.trouble.code == "fetch-tls"


def test_an_open_server_at_a_secure_address_is_not_heard() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            connection.sendall(answer(page("hello")))

        threading.Thread(target=serve, daemon=True).start()
        got = visit(Errand(f"https://news.example:{listener.getsockname()[1]}/a"), web())
    assert got.trouble is not None
    assert got.trouble.code == "fetch-tls"


def test_a_handshake_that_never_ends_does() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        got = visit(Errand(f"https://news.example:{listener.getsockname()[1]}/a"), web())
    assert got.trouble is not None
    assert str(got.trouble) == "fetch-too-slow no handshake"


def test_from_a_secure_place_nobody_is_sent_to_an_open_one() -> None:
    authority = trustme.CA()
    reply = answer(b"", 302, Location="http://news.example/a?key=secret")
    with secure_site(authority.issue_cert("news.example"), reply) as (port, _):
        got = visit(Errand(f"https://news.example:{port}/a"), trusting(authority))
    assert got.trouble is not None
    assert got.trouble.code == "fetch-redirects"


def test_a_page_somewhat_too_long_is_refused_as_well() -> None:
    """Without a stated size, and within what a whole conversation may take."""
    got = fetched(says(HEAD + b"\r\n" + b"a" * (SHORT.packed + 50_000)))
    assert got.trouble is not None
    assert got.trouble.code == "fetch-too-big"


def test_many_members_of_one_packed_body_are_one_text() -> None:
    raw = b"".join(gzip.compress(one) for one in (b"<p>one</p>", b"<p>two</p>"))
    assert fetched(packed(raw + b"\0\0\0")).body == b"<p>one</p><p>two</p>"
    assert fetched(packed(zlib.compress(b"<p>one</p>"), "deflate")).body == b"<p>one</p>"


def test_no_proxy_of_the_surroundings_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with site() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy.url())
        got = fetched(answer(page("hello")))
    assert got.trouble is None
    assert proxy.accepted == 0
