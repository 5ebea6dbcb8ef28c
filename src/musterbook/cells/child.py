"""The child: ``python -m musterbook.cells.child`` parses what comes in on standard input, one document at a time.

Before it reads the first byte of a stranger it gives up what it can do without: memory beyond its allowance, writing
files, opening many, dumping its core. Where a platform has no such limits, the desk's watch over time and memory
still holds.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import IO

from musterbook.cells.frames import READY, Failed, answer, asked, failure, receive, send
from musterbook.intake.kinds import Given, report_of
from musterbook.intake.limits import ALLOWANCE, MB, TABLE_LIMIT, Allowance

SPARE = 2  # seconds of processor time beyond the clock's: the desk, if it lives, is to stop us first


def main() -> None:
    """Serve until the desk closes the pipe."""
    allowance = Allowance(float(sys.argv[1]), *map(int, sys.argv[2:]))
    inward, outward = _pipes()
    _warm_up()
    confine(allowance)
    send(outward, READY)
    while (head := receive(inward, MB)) is not None and (raw := receive(inward, TABLE_LIMIT)) is not None:
        more_time(allowance)
        send(outward, parsed(head, raw, allowance))


def arguments(allowance: Allowance = ALLOWANCE) -> list[str]:
    """An allowance as a command line says it."""
    return [str(value) for value in astuple(allowance)]


def parsed(head: bytes, raw: bytes, allowance: Allowance) -> bytes:
    """The answer to one document. Whatever a parser raises is this document's outcome, and no other's."""
    question = asked(head)
    try:
        given = answer(report_of(raw, question.kind, question.source, question.given))
    except MemoryError:
        return failure(Failed(f"{allowance.megabytes} MB", lacked_memory=True))
    except Exception as broken:  # noqa: BLE001 -- other people's parsers raise what they like at strange input
        return failure(Failed(f"{type(broken).__name__}: {broken}"[:120]))
    if len(given) > allowance.answer:
        return failure(Failed(f"more than {allowance.answer // MB} MB of text", lacked_memory=True))
    return given


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output, for frames alone: what a library prints goes nowhere."""
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    return inward, outward


def _warm_up() -> None:
    """Load what a parse needs, so that no document pays for it, and while files may still be opened freely."""
    for word in (b"the ", b"Wort "):  # the second is in a language that small words do not tell
        list(report_of(b"<html><body><p>" + word * 40, "page", "", Given()))


def confine(allowance: Allowance) -> None:
    """No more memory than allowed on top of what is loaded, no file written, few read, no core dumped."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, allowance.files),
    ]
    if size := _address_space():
        limits.append((resource.RLIMIT_AS, size + allowance.megabytes * MB))
    for limit, most in limits:
        with suppress(ValueError, OSError):  # a stricter one is set already
            resource.setrlimit(limit, (most, most))


def more_time(allowance: Allowance) -> None:
    """Processor time for one more document; it ends us even where the desk is no more."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + allowance.seconds) + SPARE
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _address_space() -> int:
    """Bytes of addresses in use now; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


if __name__ == "__main__":
    main()
