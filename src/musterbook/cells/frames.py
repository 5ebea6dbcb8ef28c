"""What goes over the pipe between the desk and a child: frames of a known length, records in muster notation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from musterbook.errors import BookError
from musterbook.intake.kinds import Given
from musterbook.model import Doubt, Report
from musterbook.notation import parse, write

HEAD = 4  # bytes that tell a frame's length
READY = b"ready"
REPORT, DOUBT, FAILED, MEMORY = "report", "doubt", "failed", "memory"


@dataclass(frozen=True, slots=True)
class Asked:
    """One document that a child is to parse; its bytes come in the next frame."""

    kind: str
    source: str
    given: Given


@dataclass(frozen=True, slots=True)
class Failed:
    """A parse that ended by itself, but in no report: for want of memory, or by a mistake of the parser."""

    detail: str
    lacked_memory: bool = False


def send(stream: IO[bytes], frame: bytes) -> None:
    """One frame, at once."""
    stream.write(len(frame).to_bytes(HEAD, "big"))
    stream.write(frame)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> bytes | None:
    """The next frame; None at the end of the stream, within a frame, or where it is larger than that."""
    head = stream.read(HEAD)
    length = int.from_bytes(head, "big")
    if len(head) < HEAD or length > most:
        return None
    frame = stream.read(length)
    return frame if len(frame) == length else None


def question(kind: str, source: str, given: Given) -> bytes:
    """What to parse, as a frame."""
    return write(Asked(kind, source, given)).encode()


def asked(frame: bytes) -> Asked:
    """What a frame asks for."""
    return parse(frame, Asked)


def answer(found: Iterable[Report | Doubt]) -> bytes:
    """What a document gave, a line each."""
    lines = (f"{REPORT if isinstance(one, Report) else DOUBT}\t{write(one)}\n" for one in found)
    return "".join(lines).encode()


def failure(failed: Failed) -> bytes:
    """Why a document gave nothing."""
    return f"{MEMORY if failed.lacked_memory else FAILED}\t{write(failed.detail)}\n".encode()


def answered(frame: bytes) -> tuple[Report | Doubt, ...] | Failed:
    """What a child says, every record checked; BookError where it is no answer, as a child taken over may send."""
    lines = list(_lines(frame))
    for kind, rest in lines:
        if kind in (FAILED, MEMORY):
            return Failed(parse(rest, str)[:200], kind == MEMORY)
    return tuple(parse(rest, Report) if kind == REPORT else parse(rest, Doubt) for kind, rest in lines)


def _lines(frame: bytes) -> Iterator[tuple[str, str]]:
    try:
        text = frame.decode()
    except UnicodeDecodeError as broken:
        raise BookError(f"an answer that is no text ({broken.reason})") from broken
    for line in text.splitlines():
        kind, _, rest = line.partition("\t")
        if kind not in (REPORT, DOUBT, FAILED, MEMORY):
            raise BookError(f"an answer of no known kind: {kind[:20]!r}")
        yield kind, rest
