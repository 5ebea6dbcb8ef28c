"""A long line is kept packed in SQLite: most of it is the text of a report, and prose packs to half its size.

Hashed, exported and proved is always the line itself, so no root and no id ever depends on how it is packed.
PostgreSQL packs long text by itself.
"""

from __future__ import annotations

import zlib

from musterbook.errors import BookError

MARK = b"\x01"  # raw deflate behind a check sum of it; another way of packing will get another mark
SUM = 4  # bytes of the check sum
SHORT = 2_000  # bytes up to which a line is kept as it is; PostgreSQL begins at 2 kB, too
LONG = 64_000_000  # bytes from which on it is kept as it is, so that no packed line unpacks to more
LEVEL, MEMORY = 3, 6  # zlib's: a quarter quicker than its usual 6 and 8, and 3 % larger


def packed(text: str) -> str | bytes:
    """The line as SQLite keeps it."""
    raw = text.encode()
    if not SHORT < len(raw) < LONG:
        return text
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, MEMORY)
    body = press.compress(raw) + press.flush()
    return MARK + _sum(body) + body


def unpacked(kept: bytes) -> str:
    """The line that is kept so; BookError where it is damaged."""
    body = kept[len(MARK) + SUM :]
    press = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        if not is_packed(kept) or kept[len(MARK) :][:SUM] != _sum(body):
            raise ValueError("it does not fit its check sum")
        text = press.decompress(body, LONG).decode()
        if not press.eof or press.unused_data:
            raise ValueError("it does not end where it should")
    except (ValueError, zlib.error) as trouble:
        raise BookError(f"the packed text of a line is damaged: {trouble}; see: musterbook verify") from None
    return text


def is_packed(kept: object) -> bool:
    """Whether something is a packed line, damaged or not."""
    return isinstance(kept, bytes) and kept.startswith(MARK)


def why_no_text(kept: object) -> str:
    """What to say of a line whose text is none."""
    return "its packed text is damaged" if is_packed(kept) else "its text is no text any more"


def _sum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(SUM, "big")
