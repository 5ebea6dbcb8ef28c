"""A page as it was sent, packed or in pieces, becomes the page itself, never larger than a limit."""

from __future__ import annotations

import re
import zlib

SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")


def unpacked(raw: bytes, pieces: str, packing: str, limit: int) -> bytes:
    """The page by its Transfer-Encoding and Content-Encoding; one byte over the limit stands for any larger page.

    Archives often keep such headers of pages that they hold unpacked: what does not fit its header is left as it is.
    """
    if "chunked" in pieces.lower():
        raw = _joined(raw)
    for one in reversed(packing.lower().replace(" ", "").split(",")):
        raw = _unpacked(raw, one, limit + 1)
    return raw


def _joined(raw: bytes) -> bytes:
    """The pieces in one; the bytes as they are where no piece begins them."""
    found: list[bytes] = []
    at = 0
    while size := SIZE.match(raw, at):
        length = int(size.group(1), 16)
        if length == 0:
            return b"".join(found)
        found.append(raw[size.end() : size.end() + length])
        at = size.end() + length
    return b"".join(found) or raw


def _unpacked(raw: bytes, packing: str, most: int) -> bytes:
    """At most so many bytes of what was packed."""
    try:
        if packing in ("gzip", "x-gzip", "deflate"):
            return _inflated(raw, most)
        if packing == "br":
            import brotli

            return bytes(brotli.Decompressor().process(raw, output_buffer_limit=most))[:most]
    except Exception:  # noqa: BLE001 -- brotli has errors of its own, and a page that is not packed is none
        return raw
    return raw


def _inflated(raw: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj(47).decompress(raw, most)
    except zlib.error:
        return zlib.decompressobj(-15).decompress(raw, most)
