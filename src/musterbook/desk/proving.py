"""Says whether a book is what it was, and lets anybody check a line of it without the book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from musterbook.desk.cli import PROBLEMS
from musterbook.desk.progress import bar
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say
from musterbook.desk.wiring import existing_book
from musterbook.errors import BookError
from musterbook.ledger.checking import Verdict
from musterbook.ledger.checkpoints import read_checkpoints
from musterbook.ledger.fsck import fsck


def print_checkpoint(file: str, given: str | None, as_json: bool) -> None:
    """Check the book, then note how it stands; ``-`` notes it nowhere."""
    with existing_book(given) as book, bar("checking") as steps:
        now = book.checkpoint(None if file == "-" else file, steps)
    if as_json:
        print_json(msgspec.to_builtins(now))
    else:
        say(f"{now.size} lines, root {now.root}")
        note(
            "noted nowhere"
            if file == "-"
            else f"noted in {file}; keep it where nobody can change the book too"
        )


def print_verdict(file: str | None, given: str | None, as_json: bool) -> int:
    """One line where all is well, else what is not; the exit code says which."""
    with existing_book(given) as book:
        name = book.ledger.store.name
        with bar("checking") as steps:
            verdict = book.verify(file, steps)
    if as_json:
        print_json({"book": name} | verdict_view(verdict))
    else:
        _show(name, verdict)
    return 0 if verdict.is_clean else PROBLEMS


def print_proof(identity: str, file: str | None, out: str | None, given: str | None) -> None:
    """The proof as JSON."""
    with existing_book(given) as book:
        proof = msgspec.to_builtins(book.prove(identity, file))
    if out is None:
        print_json(proof)
        return
    try:
        Path(out).write_bytes(msgspec.json.encode(proof) + b"\n")
    except OSError as trouble:
        raise BookError(f"{out} cannot be written ({trouble.strerror}); name another file") from trouble
    say(f"line {proof['n']} of {proof['size']}, root {proof['root']}")


def print_health(file: str | None, given: str | None, as_json: bool) -> int:
    """All that can be looked at; the exit code says whether something is wrong."""
    notes = read_checkpoints(Path(file)) if file else ()
    with existing_book(given) as book:
        name = book.ledger.store.name
        with bar("checking") as steps:
            health = fsck(book.ledger.store, notes, steps)
    if as_json:
        facts = {"book": name, "facts": dict(health.facts), "kinds": dict(health.kinds)}
        print_json(facts | verdict_view(health.verdict))
    else:
        for told in (health.facts, {f"{kind} lines": str(number) for kind, number in health.kinds.items()}):
            for what, value in told.items():
                say(f"{what}\t{value}")
        _show(name, health.verdict)
    return 0 if health.verdict.is_clean else PROBLEMS


def verdict_view(verdict: Verdict) -> dict[str, Any]:
    """A verdict in JSON's own types."""
    held: dict[str, Any] = msgspec.to_builtins(verdict)
    return {"clean": verdict.is_clean} | held


def _show(name: str, verdict: Verdict) -> None:
    """A verdict for people."""
    if verdict.is_clean:
        notes = verdict.checkpoints
        held = f", held against {notes} checkpoint{'s' * (notes > 1)}" if notes else ""
        root = f", root {verdict.now.root}" if verdict.now else ""
        say(f"OK: {verdict.lines} lines{root}{held}")
        return
    for fault in verdict.faults:
        say(f"line {fault.line}: {fault.message}" if fault.line else fault.message)
    if verdict.count > len(verdict.faults):
        say(f"and {verdict.count - len(verdict.faults)} more")
    note(f"{name} is not what it was; restore it from a copy: musterbook restore COPY --book {name}")
