"""Carries books about: as text, as copies, from an older form to the present one."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from musterbook import __version__
from musterbook.desk.progress import bar
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say
from musterbook.desk.wiring import book_to_write, existing_book
from musterbook.errors import BookError
from musterbook.ledger.book import utc_now
from musterbook.ledger.checkpoints import read_checkpoints
from musterbook.ledger.copies import migrate_kept, restore
from musterbook.ledger.text import BookFile, add_texts, export
from musterbook.settings import book_place, person


def export_book(file: str, given: str | None, force: bool, as_json: bool) -> None:
    """Write the book as text; ``-`` is standard output."""
    with existing_book(given) as book, bar("writing") as steps:
        if file == "-":
            export(book.ledger.store, sys.stdout.buffer, steps)
            return
        lines = book.export(file, force, steps)
        root = book.ledger.head().edge.root.hex()
    _tell({"file": file, "lines": lines, "root": root}, as_json, f"{lines} lines written to {file}")


def import_book(file: str, given: str | None, as_json: bool) -> None:
    """Check the text as a whole, then put what the book lacks into it."""
    with _spooled(file) as path:
        texts = BookFile(path, "standard input" if file == "-" else file)
        with bar("checking") as steps:
            edge = texts.checked(steps)
        with book_to_write(book_place(given)) as book, bar("writing") as steps:
            place = book.ledger.store.name
            added = add_texts(book.ledger.store, person(), texts.texts, edge, texts.name, steps)
            now = book.ledger.head().edge
    found = {"book": place, "added": added, "lines": now.size, "root": now.root.hex()}
    _tell(
        found,
        as_json,
        f"{added} lines added to {place}" if added else f"nothing changed: {place} holds it all",
    )


def back_up_book(copy: str, given: str | None, force: bool, as_json: bool) -> None:
    """Copy the book, and check the copy."""
    with existing_book(given) as book, bar("copying") as steps:
        verdict = book.backup(copy, force, steps)
    root = verdict.now.root if verdict.now else ""
    words = f"{verdict.lines} lines copied to {copy} and checked"
    _tell({"copy": copy, "lines": verdict.lines, "root": root}, as_json, words)


def restore_book(copy: str, file: str | None, given: str | None, force: bool, as_json: bool) -> None:
    """Put a copy in the place of the book."""
    place, notes = book_place(given), read_checkpoints(Path(file)) if file else ()
    if isinstance(place, Path) and not place.parent.is_dir():
        raise BookError(f"{place}: the folder {place.parent} does not exist; make it or name another file")
    with bar("checking") as steps:
        done = restore(Path(copy), place, utc_now(), __version__, person(), notes, force, steps)
    kept = str(done.kept) if done.kept else None
    found = {"book": str(place), "lines": done.lines, "root": done.root, "kept": kept}
    _tell(found, as_json, f"{done.lines} lines restored to {place}")
    if kept and not as_json:
        note(f"what lay there before is kept as {kept}")


def migrate_book(given: str | None, keep: bool, as_json: bool) -> None:
    """Bring a book up to date."""
    place = book_place(given)
    done = migrate_kept(place, keep)
    kept = str(done.kept) if done.kept else None
    if done.found == done.now:
        words = f"nothing to do: {place} has the form {done.now} already"
    else:
        words = f"{place} was brought from form {done.found} to {done.now}"
    found = {"book": str(place), "from": done.found, "to": done.now, "kept": kept}
    _tell(dict(found), as_json, words)
    if kept and not as_json:
        note(f"the old one is kept as {kept}")


@contextmanager
def _spooled(name: str) -> Iterator[Path]:
    """The file of that name; standard input goes into one first, since it is read more than once."""
    if name != "-":
        yield Path(name)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standard-input"
        with path.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield path


def _tell(found: dict[str, object], as_json: bool, words: str) -> None:
    if as_json:
        print_json(found)
        return
    say(words)
    if root := found.get("root"):
        say(f"root {root}")
