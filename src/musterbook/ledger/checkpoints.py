"""A checkpoint says how the book stood at a moment: its size and the root of its tree, kept outside the book.

It shows later that no line before it was changed, taken out or put in, and that the end was not cut off: not even by
somebody who hashes the whole book anew. A file of checkpoints holds one a line, oldest first.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import msgspec

from musterbook.errors import BookError, UsageError


class Checkpoint(msgspec.Struct, frozen=True):
    """How the book stood at a moment."""

    at: str  # moment of the last line, UTC
    book: str  # leaf of the first line, in hexadecimal digits: which book it is
    root: str  # of the tree over all lines, in hexadecimal digits
    size: Annotated[int, msgspec.Meta(ge=1)]  # lines


def write_checkpoint(file: Path, note: Checkpoint) -> bool:
    """Put the note at the end of the file, unless it is the last one there already; whether it was new.

    UsageError where the file holds checkpoints of another book, or something else.
    """
    held = read_checkpoints(file) if file.exists() and file.stat().st_size else ()
    if held and held[-1] == note:
        return False
    if held and held[-1].book != note.book:
        raise UsageError(f"{file} holds checkpoints of another book; name another file")
    try:
        with file.open("ab") as out:
            out.write(msgspec.json.encode(note) + b"\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError as trouble:
        raise BookError(f"{file} cannot be written ({trouble.strerror}); name another file") from trouble
    return True


def read_checkpoints(file: Path) -> tuple[Checkpoint, ...]:
    """The checkpoints of a file, in their order; UsageError where it holds none."""
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as trouble:
        raise UsageError(f"{file} cannot be read: {trouble.strerror}") from trouble
    if not any(lines):
        raise UsageError(f"{file} holds no checkpoint; write one with: musterbook checkpoint {file}")
    if lines[-1]:
        raise UsageError(
            f"{file}, line {len(lines)}: its end is missing; take that line out, then write a new checkpoint"
        )
    return tuple(_read(file, number, line) for number, line in enumerate(lines[:-1], 1))


def _read(file: Path, number: int, line: bytes) -> Checkpoint:
    try:
        return msgspec.json.decode(line, type=Checkpoint)
    except (msgspec.MsgspecError, UnicodeDecodeError) as trouble:
        raise UsageError(f"{file}, line {number} is no checkpoint: {trouble}") from trouble
