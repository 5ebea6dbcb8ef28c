"""The body of a request that writes: JSON of one type, no larger than a report, and sent within a while."""

from __future__ import annotations

import asyncio
from typing import TypeVar

import msgspec
from fastapi import Request

from musterbook.desk.web.errors import WrongError
from musterbook.intake.limits import REPORT_LIMIT

T = TypeVar("T")
SECONDS = 30  # for the whole of a body: who sends more slowly holds up nobody
LARGEST = REPORT_LIMIT + 100_000  # bytes: a report, and what is said of it


async def body_of(request: Request, kind: type[T]) -> T:
    """What the body says; 415 where it is no JSON, 413 where it is too large, 408 too slow, 400 not as described."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != "application/json":
        raise WrongError(415, "Send JSON, with the header Content-Type: application/json.")
    raw = await _read(request)
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise WrongError(400, f"The body is not as this address takes it: {wrong}") from None


async def _read(request: Request) -> bytes:
    """All of the body."""
    size = request.headers.get("content-length", "")
    if size.isascii() and size.isdigit() and int(size) > LARGEST:
        raise _too_large()
    held = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for piece in request.stream():
                held += piece
                if len(held) > LARGEST:
                    raise _too_large()
    except TimeoutError:
        raise WrongError(408, f"The body did not come within {SECONDS} seconds; send it again.") from None
    return bytes(held)


def _too_large() -> WrongError:
    return WrongError(413, f"The body is larger than {LARGEST // 1_000_000} MB; send a shorter report.")
