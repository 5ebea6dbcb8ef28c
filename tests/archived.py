"""Small archives for tests: pages about troops and about the weather, packed as archives are, and damaged at will."""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence
from html import escape
from pathlib import Path

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TOLD = "About {n} U.S. troops remain in Syria, the Pentagon said on Tuesday. The general spoke in Washington."
WEATHER = "Rain is expected in the north on Tuesday, with temperatures of about {n} degrees in the afternoon."


def article(text: str, head: str = "", title: str = "News of the day") -> bytes:
    """A page with one article."""
    paragraphs = (
        f"<p>{escape(text, quote=False)}</p><p>{'The town council met and the market was held. ' * 6}</p>"
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav><a href='/'>Home</a></nav><main><article><h1>{title}</h1>{paragraphs}</article></main>"
        "</body></html>"
    ).encode()


def pages(count: int, every: int = 3) -> list[bytes]:
    """So many pages, every third of which tells of troops."""
    return [article((TOLD if n % every == 0 else WEATHER).format(n=900 + n)) for n in range(count)]


def members(bodies: Sequence[bytes], kind: str = "text/html; charset=utf-8", name: str = "e") -> list[bytes]:
    """A response record for each page, not packed."""
    return [_record(body, n, kind, name) for n, body in enumerate(bodies)]


def _record(body: bytes, n: int, kind: str, name: str) -> bytes:
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    given = {"WARC-Date": "2024-12-02T08:00:00Z"}
    address = f"https://{name}.example/{n}"
    record = writer.create_warc_record(
        address, "response", io.BytesIO(body), http_headers=headers, warc_headers_dict=given
    )
    writer.write_record(record)
    return held.getvalue()


def packed(records: Sequence[bytes], how: str = "gzip") -> list[bytes]:
    """Each record packed by itself: ``gzip``, ``zstd`` or ``plain``."""
    if how == "gzip":
        return [gzip.compress(one, mtime=0) for one in records]
    return [zstandard.ZstdCompressor().compress(one) for one in records] if how == "zstd" else list(records)


def write(path: Path, bodies: Sequence[bytes], how: str = "gzip") -> Path:
    """A sound archive of these pages."""
    path.write_bytes(b"".join(packed(members(bodies, name=path.name.partition(".")[0]), how)))
    return path
