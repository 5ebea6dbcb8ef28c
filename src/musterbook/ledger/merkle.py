"""A Merkle tree over the lines of the book, hashed as RFC 6962 says: one root stands for every line and its place.

Hashes are 32 bytes of SHA-256. A leaf is hashed behind a 0x00 byte and a node behind 0x01, so that nobody can pass a
node off as a leaf. Only the full subtrees on the right edge are kept (the *peaks*), one for every 1 in the size's
binary form: that is enough to go on and to tell the root.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

EMPTY = sha256().digest()
HASH = 32  # bytes


def leaf_hash(line: bytes) -> bytes:
    """The hash of one line."""
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a tree: how many leaves it has, and its peaks from the left (largest) to the right."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, leaves: Iterable[bytes]) -> Edge:
        """The edge after these leaf hashes."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            held, bits = leaf, size
            while bits & 1:
                held = node_hash(peaks.pop(), held)
                bits >>= 1
            peaks.append(held)
            size += 1
        return Edge(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """The tree head: of no leaves at all the hash of nothing."""
        if not self.peaks:
            return EMPTY
        held = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            held = node_hash(peak, held)
        return held

    @property
    def parts(self) -> tuple[int, ...]:
        """How many leaves stand under each peak."""
        return tuple(1 << bit for bit in reversed(range(self.size.bit_length())) if self.size >> bit & 1)

    def write(self) -> str:
        """The peaks in hexadecimal digits."""
        return b"".join(self.peaks).hex()

    @classmethod
    def read(cls, size: int, written: str) -> Edge:
        """The edge of that size with peaks as ``write`` gave them; ValueError where they cannot be its."""
        held = bytes.fromhex(written)
        peaks = tuple(held[at : at + HASH] for at in range(0, len(held), HASH))
        if size < 0 or len(held) != size.bit_count() * HASH or held.hex() != written:
            raise ValueError(f"{len(peaks)} peaks are not the edge of {size} lines")
        return cls(size, peaks)


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes."""
    return Edge().grown(leaves).root


def path_of(leaves: Iterable[bytes], index: int, size: int) -> tuple[bytes, ...]:
    """The audit path of the leaf at ``index`` (from 0) among ``size``, lowest sister first; the leaves are read once.

    IndexError beyond the leaves.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} among {size}")
    sisters, given = _sisters(index, size), iter(leaves)
    roots, at = dict[tuple[int, int], bytes](), 0
    for start, end in sorted(sisters):
        given = islice(given, start - at, None)
        roots[start, end] = Edge().grown(islice(given, end - start)).root
        at = end
    return tuple(roots[sister] for sister in sisters)


def _sisters(index: int, size: int) -> list[tuple[int, int]]:
    """The stretches of leaves beside the way from one leaf up to the root, lowest first."""
    start, end, found = 0, size, list[tuple[int, int]]()
    while end - start > 1:
        split = start + _left(end - start)
        if index < split:
            found.append((split, end))
            end = split
        else:
            found.append((start, split))
            start = split
    return found[::-1]


def is_in(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf at ``index`` to the root of ``size`` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    held, at, last = leaf, index, size - 1
    for sister in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            held = node_hash(sister, held)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            held = node_hash(held, sister)
        at, last = at >> 1, last >> 1
    return last == 0 and held == root


def _left(size: int) -> int:
    """The size of the left subtree: the greatest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1
