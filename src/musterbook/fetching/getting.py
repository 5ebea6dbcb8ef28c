"""One document is asked for once: no redirect is followed here, and nothing of it is larger than its limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import httpcore

from musterbook.fetching.addresses import Address
from musterbook.fetching.egress import Egress, Meter, Way
from musterbook.fetching.troubles import Trouble

if TYPE_CHECKING:
    import ssl

GZIP = b"\x1f\x8b"
MEMBERS = 100  # of one packed body
ACCEPT = (
    "application/rss+xml, application/atom+xml, text/html, application/xhtml+xml;q=0.9, application/xml;q=0.8, "
    "application/pdf;q=0.7, text/plain;q=0.7, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request."""

    address: Address
    status: int
    heads: Mapping[str, str]  # by their names in lower case
    body: bytes = b""  # unpacked; read only where the status is 200 or 203


def get(
    address: Address,
    egress: Egress,
    meter: Meter,
    heads: Mapping[str, str],
    check_type: Callable[[str], None] = lambda _: None,
) -> Answer:
    """The answer to one request on a connection of its own; Trouble where none can be had.

    ``check_type`` sees the document's type before its body is taken, and may raise Trouble.
    """
    tls = (egress.tls or _default_tls()) if address.scheme == "https" else None
    way = Way(egress, address, meter)
    scheme, host = address.scheme.encode(), address.host.encode()
    connection = httpcore.HTTPConnection(
        httpcore.Origin(scheme, host, address.port), ssl_context=tls, network_backend=way
    )
    with connection:
        try:
            answer = connection.handle_request(_request(address, heads))
        except httpcore.ProtocolError as broken:
            raise Trouble("fetch-no-http", str(broken)) from None
        except httpcore.NetworkError as broken:
            raise Trouble("fetch-broken-off", str(broken)) from None
        meter.in_body = True
        told = _plain_heads(answer.headers)
        if answer.status not in (200, 203):
            return Answer(address, answer.status, told)
        check_type(told.get("content-type", ""))
        return Answer(address, answer.status, told, _body(answer, told, meter))


def _request(address: Address, heads: Mapping[str, str]) -> httpcore.Request:
    given = {
        "Host": address.authority,
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **heads,
    }
    url = httpcore.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port,
        target=address.path.encode("ascii"),
    )
    return httpcore.Request(
        "GET", url, headers=[(name.encode(), value.encode("latin-1")) for name, value in given.items()]
    )


def _plain_heads(heads: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """The first of each name counts."""
    return {
        name.decode("latin-1").lower(): value.decode("latin-1").strip() for name, value in reversed(heads)
    }


def _body(answer: httpcore.Response, heads: Mapping[str, str], meter: Meter) -> bytes:
    most = meter.limits.packed
    stated = heads.get("content-length", "")
    if stated.isdigit() and int(stated[:20]) > most:
        raise Trouble("fetch-too-big", f"{most:,} bytes on the wire")
    return unpacked(_pieces(answer, most), heads.get("content-encoding", ""), meter.limits.unpacked)


def _pieces(answer: httpcore.Response, most: int) -> Iterator[bytes]:
    """The body as it comes, never more of it than allowed."""
    size = 0
    try:
        for piece in answer.iter_stream():
            size += len(piece)
            if size > most:
                raise Trouble("fetch-too-big", f"{most:,} bytes on the wire")
            yield piece
    except (httpcore.ProtocolError, httpcore.NetworkError) as broken:
        raise Trouble("fetch-broken-off", str(broken)) from None


def unpacked(pieces: Iterator[bytes], packing: str, most: int) -> bytes:
    """The body as it was before it was packed for the way; nothing beyond the limit is ever unpacked."""
    packing = packing.lower().strip()
    if packing in ("", "identity"):
        return _limited(pieces, most)
    if packing in ("gzip", "x-gzip", "deflate"):
        return _limited(_inflated(pieces, most), most)
    raise Trouble("fetch-packing", packing[:40])  # we asked for gzip or nothing


def _limited(pieces: Iterator[bytes], most: int) -> bytes:
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > most:
            raise Trouble("fetch-too-big", f"{most:,} bytes unpacked")
    return bytes(found)


def _inflated(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    """Packed members one after the other; the last must be whole, and what follows it is no text."""
    opened, members = zlib.decompressobj(47), 1
    try:
        for piece in pieces:
            while piece:
                if opened.eof and (members == MEMBERS or not piece.startswith(GZIP)):
                    return
                if opened.eof:
                    opened, members = zlib.decompressobj(47), members + 1
                yield opened.decompress(piece, most + 1)
                piece = opened.unconsumed_tail or opened.unused_data
    except zlib.error as broken:
        raise Trouble("fetch-packing", str(broken)) from None
    if not opened.eof:
        raise Trouble("fetch-broken-off", "packed text without its end")


@cache
def _default_tls() -> ssl.SSLContext:
    return httpcore.default_ssl_context()
