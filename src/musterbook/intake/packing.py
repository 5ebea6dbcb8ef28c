"""A packed file (gzip) is read as what it holds, and never unpacked to more than it may be."""

from __future__ import annotations

import io
import zlib
from typing import Protocol

from musterbook.intake.limits import FREE, RATIO

STEP = 1 << 16
GZIP = 31  # zlib's word for a gzip file


class Bytes(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes; empty at the end."""
        ...


class TooMuch(Exception):  # noqa: N818 -- it says what came out, and is no error of anybody's
    """More came out than can be text."""


class Unpacked(io.RawIOBase):
    """The bytes of a gzip stream, member after member; TooMuch for a bomb, EOFError where it is cut off."""

    def __init__(self, packed: Bytes) -> None:
        super().__init__()
        self._packed = packed
        self._unpacker = zlib.decompressobj(GZIP)
        self._left = b""  # packed bytes not used yet
        self._taken = self._given = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, into: bytearray | memoryview, /) -> int:  # type: ignore[override] # any buffer will do
        """Fill the buffer with what comes out next."""
        held = memoryview(into)
        filled = 0
        while filled < len(held) and (out := self._next(len(held) - filled)):
            held[filled : filled + len(out)] = out
            filled += len(out)
        self._given += filled
        if self._given > FREE and self._given > RATIO * self._taken:
            raise TooMuch
        return filled

    def _next(self, most: int) -> bytes:
        while packed := self._left or self._more():
            if self._unpacker.eof:
                self._unpacker = zlib.decompressobj(GZIP)
            if out := self._out(packed, most):
                return out
        if self._unpacker.eof or not self._taken:
            return b""
        if out := self._out(b"", most):  # what it held back, since it was more than was asked for
            return out
        raise EOFError("it is cut off")

    def _out(self, packed: bytes, most: int) -> bytes:
        try:
            out = self._unpacker.decompress(packed, most)
        except zlib.error as broken:
            raise EOFError(str(broken)) from broken
        rest = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
        self._left = rest.lstrip(b"\0") if self._unpacker.eof else rest  # some fill up their last block
        return out

    def _more(self) -> bytes:
        raw = self._packed.read(STEP)
        self._taken += len(raw)
        return raw


def unpacking(packed: Bytes) -> io.BufferedReader:
    """The same, to be read by line or in pieces."""
    return io.BufferedReader(Unpacked(packed), STEP)
