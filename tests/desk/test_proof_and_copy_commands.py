"""The commands that prove, check, copy and carry a book: what they print, and the codes they end with."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from books import Ticks, line, reading, report, statement
from musterbook.desk.cli import main
from musterbook.ledger.open import open_book
from old_books import make_old_book
from tampered import Books

CHECKER = Path(__file__).resolve().parents[2] / "tools" / "check_proof.py"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return Books(tmp_path_factory.mktemp("books"))


@pytest.fixture(autouse=True)
def folder(books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a book in it, in which the commands run."""
    (tmp_path / "mine.sqlite").write_bytes(books.bytes)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUSTERBOOK_BOOK", "mine.sqlite")
    monkeypatch.setenv("MUSTERBOOK_PERSON", "editor")
    return tmp_path


def run(*arguments: str, given: bytes = b"", code: int = 0) -> Result:
    done = CliRunner().invoke(main, arguments, input=given)
    assert done.exit_code == code, done.output
    return done


def go_on() -> None:
    wire = report("Another report about 10 troops.")
    with open_book("mine.sqlite", Ticks(), person="editor") as book:
        book.add_report(reading(wire, statement(wire)), [line(statement(wire))])


def change(n: int) -> None:
    with closing(sqlite3.connect("mine.sqlite")) as db, db:
        sql = db.execute("SELECT sql FROM sqlite_master WHERE name = 'line_no_update'").fetchone()[0]
        db.execute("DROP TRIGGER line_no_update")
        db.execute("UPDATE line SET text = text || ' ' WHERE n = ?", (n,))
        db.execute(sql)


def test_a_checkpoint_is_printed_and_noted(books: Books, folder: Path) -> None:
    now = books.notes[-1]
    assert run("checkpoint", "notes.jsonl").stdout == f"{now.size} lines, root {now.root}\n"
    assert json.loads((folder / "notes.jsonl").read_text()) == json.loads(
        run("checkpoint", "-", "--json").stdout
    )
    assert sorted(file.name for file in folder.iterdir()) == ["mine.sqlite", "notes.jsonl"]


def test_a_book_that_was_changed_gets_no_checkpoint(folder: Path) -> None:
    change(7)
    done = run("checkpoint", "notes.jsonl", code=1)
    assert "nothing was noted: line 7 its text or its hash was changed" in done.stderr
    assert not (folder / "notes.jsonl").exists()


def test_a_book_that_is_not_the_one_of_the_checkpoints_gets_none(books: Books, folder: Path) -> None:
    run("checkpoint", "notes.jsonl")
    before = (folder / "notes.jsonl").read_bytes()
    (folder / "mine.sqlite").write_bytes(books.older[0])
    assert "an old copy was put in its place" in run("checkpoint", "notes.jsonl", code=1).stderr
    assert (folder / "notes.jsonl").read_bytes() == before


def test_a_clean_book_is_one_line(books: Books) -> None:
    now = books.notes[-1]
    assert run("verify").stdout == f"OK: {now.size} lines, root {now.root}\n"
    run("checkpoint", "notes.jsonl")
    assert run("verify", "--checkpoint", "notes.jsonl").stdout.endswith("held against 1 checkpoint\n")
    assert json.loads(run("verify", "--json").stdout)["clean"] is True


def test_a_changed_book_is_a_list_of_lines_and_ends_with_one() -> None:
    change(7)
    done = run("verify", code=1)
    assert done.stdout == "line 7: its text or its hash was changed\n"
    assert "restore it from a copy: musterbook restore COPY" in done.stderr
    found = json.loads(run("verify", "--json", code=1).stdout)
    assert (found["clean"], found["count"], found["faults"][0]["line"]) == (False, 1, 7)


def test_a_proof_can_be_checked_without_the_book(folder: Path) -> None:
    run("checkpoint", "notes.jsonl")
    with open_book("mine.sqlite") as book:
        identity = book.entries()[0].id
    held = json.loads(run("prove", identity[:8], "--checkpoint", "notes.jsonl").stdout)
    assert json.loads(held["line"])["id"] == identity
    assert run("prove", identity[:8], "--out", "proof.json").stdout.startswith(
        f"line {held['n']} of {held['size']}"
    )
    (folder / "mine.sqlite").unlink()
    call = [sys.executable, "-I", CHECKER, "proof.json", "notes.jsonl"]
    assert subprocess.run(call, check=False, capture_output=True).returncode == 0


def test_fsck_says_what_the_book_is_kept_in(books: Books) -> None:
    lines = run("fsck").stdout.splitlines()
    assert f"database SQLite {sqlite3.sqlite_version}" in lines
    assert "book lines 1" in lines
    assert lines[-1] == f"OK: {books.notes[-1].size} lines, root {books.notes[-1].root}"
    change(7)
    assert "line 7: " in run("fsck", code=1).stdout
    assert json.loads(run("fsck", "--json", code=1).stdout)["facts"]["form"] == "0003"


def test_a_book_goes_through_a_pipe() -> None:
    text = run("export", "-").stdout_bytes
    done = run("import", "-", "--book", "new.sqlite", given=text)
    assert done.stdout.splitlines()[0].endswith("lines added to new.sqlite")
    assert run("export", "-", "--book", "new.sqlite").stdout_bytes == text
    assert run("import", "-", "--book", "new.sqlite", given=text).stdout.startswith("nothing changed")
    assert "standard input, line 1 is cut off" in run("import", "-", given=text[:20], code=1).stderr


def test_a_refused_import_makes_no_book(folder: Path) -> None:
    run("export", "mine.book")
    (folder / "mine.book").write_bytes((folder / "mine.book").read_bytes()[:-5])
    assert "is cut off" in run("import", "mine.book", "--book", "new.sqlite", code=1).stderr
    assert not (folder / "new.sqlite").exists()


def test_a_copy_is_made_and_put_back(books: Books, folder: Path) -> None:
    now = books.notes[-1]
    assert f"{now.size} lines copied to copy.sqlite and checked" in run("backup", "copy.sqlite").stdout
    assert "is there already" in run("backup", "copy.sqlite", code=2).stderr
    run("backup", "copy.sqlite", "--force")
    go_on()
    assert "would be lost" in run("restore", "copy.sqlite", code=2).stderr
    done = run("restore", "copy.sqlite", "--force", "--json").stdout
    assert json.loads(done) == {
        "book": "mine.sqlite",
        "lines": now.size,
        "root": now.root,
        "kept": json.loads(done)["kept"],
    }
    assert (folder / json.loads(done)["kept"]).exists()
    assert run("verify").stdout.startswith(f"OK: {now.size} lines")


def test_a_copy_older_than_a_checkpoint_is_refused(folder: Path) -> None:
    run("backup", "copy.sqlite")
    go_on()
    run("checkpoint", "notes.jsonl")
    (folder / "mine.sqlite").unlink()
    refused = run("restore", "copy.sqlite", "--checkpoint", "notes.jsonl", code=2)
    assert "is older than the checkpoint of" in refused.stderr
    assert not (folder / "mine.sqlite").exists()


def test_an_old_book_says_what_to_do_and_is_brought_up_to_date(folder: Path) -> None:
    make_old_book(folder / "old.sqlite", 5)
    shutil.copy(folder / "old.sqlite", folder / "again.sqlite")
    assert (
        "bring it up to date with: musterbook migrate --book old.sqlite"
        in run("verify", "--book", "old.sqlite", code=1).stderr
    )
    done = run("migrate", "--book", "old.sqlite")
    assert done.stdout == "old.sqlite was brought from form 0001 to 0003\n"
    assert done.stderr == "the old one is kept as old.sqlite.before-0003\n"
    assert run("verify", "--book", "old.sqlite").stdout.startswith("OK: ")
    assert run("migrate", "--book", "old.sqlite").stdout.startswith(
        "nothing to do: old.sqlite has the form 0003"
    )
    assert json.loads(run("migrate", "--book", "again.sqlite", "--no-copy", "--json").stdout)["kept"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify",),
        ("checkpoint", "-"),
        ("fsck",),
        ("prove", "abcdef"),
        ("export", "-"),
        ("backup", "copy.sqlite"),
        ("migrate",),
    ],
)
def test_where_there_is_no_book_that_is_said_and_none_is_made(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    assert "there is no book at none.sqlite" in run(*arguments, "--book", "none.sqlite", code=2).stderr
    assert [file.name for file in folder.iterdir()] == ["mine.sqlite"]
