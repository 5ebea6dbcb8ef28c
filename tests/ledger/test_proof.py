"""A checkpoint kept elsewhere vouches for the book, and a proof can be checked by anybody with Python alone."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from books import START, SYRIA, Ticks, line, reading, report, statement
from musterbook.api import OpenBook
from musterbook.errors import BookError, UsageError
from musterbook.ledger.checkpoints import read_checkpoints
from musterbook.ledger.entries import record, retract
from musterbook.ledger.open import open_book
from musterbook.values import Figures

CHECKER = Path(__file__).resolve().parents[2] / "tools" / "check_proof.py"


def added(book: OpenBook, first: int, last: int) -> None:
    for number in range(first, last):
        wire = report(f"Report {number} tells of troops, “odd” ones.\x00")
        said = [statement(wire, Figures(level=n)) for n in (1, 2)]
        book.ledger.add_report(reading(wire, *said), [line(one) for one in said])


@pytest.fixture(params=["memory", "sqlite"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> OpenBook:
    path = ":memory:" if request.param == "memory" else tmp_path / "book.sqlite"
    book = OpenBook(open_book(path, Ticks()))
    added(book, 0, 7)
    return book


def check(*arguments: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", CHECKER, *arguments], capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


def test_a_checkpoint_is_noted_once_and_the_next_one_behind_it(book: OpenBook, tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    first = book.checkpoint(file)
    assert book.checkpoint(file) == first
    added(book, 7, 9)
    second = book.checkpoint(file)
    assert read_checkpoints(file) == (first, second)
    assert (first.size, second.size) == (29, 37)
    assert first.book == second.book
    assert book.verify(file).checkpoints == 2
    assert book.verify(file).now == second


def test_an_empty_book_has_nothing_to_vouch_for() -> None:
    with OpenBook(open_book(":memory:")) as book, pytest.raises(UsageError, match="nothing to vouch for"):
        book.checkpoint()


def test_a_file_with_checkpoints_of_another_book_is_left_alone(book: OpenBook, tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    with OpenBook(open_book(":memory:")) as other:
        added(other, 0, 2)
        other.checkpoint(file)
    before = file.read_bytes()
    with pytest.raises(BookError, match="another book"):
        book.checkpoint(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (b"", "holds no checkpoint; write one"),
        (b'{"at":"","book":"","root":"","size":3}', "line 1: its end is missing"),
        (b'{"at":"","book":"","root":"","size":3}\nno\n', "line 2 is no checkpoint"),
        (b'{"at":"","book":"","root":"","size":0}\n', "line 1 is no checkpoint"),
        (b"\xff\xfe\n", "line 1 is no checkpoint"),
    ],
)
def test_a_file_that_holds_no_checkpoints_is_named(tmp_path: Path, held: bytes, words: str) -> None:
    file = tmp_path / "notes.jsonl"
    file.write_bytes(held)
    with pytest.raises(UsageError, match=f"notes.jsonl.*{words}"):
        read_checkpoints(file)


def test_every_line_can_be_proved_to_anybody(book: OpenBook, tmp_path: Path) -> None:
    file, proof = tmp_path / "notes.jsonl", tmp_path / "proof.json"
    book.checkpoint(file)
    added(book, 7, 9)
    ids = [entry.id for entry in book.ledger.journal()[:14:3]]
    ids += [book.reports()[2].id, book.statements()[5].id, book.reports()[0].id[:8]]
    for identity in ids:
        proof.write_bytes(msgspec.json.encode(book.prove(identity, file)))
        code, said = check(proof, file)
        assert code == 0, said
        assert "of 29 stands under the root of the checkpoint" in said
        assert identity in said


def test_the_line_of_a_statement_is_the_last_that_brought_it(book: OpenBook) -> None:
    said = book.statements()[0]
    book.ledger.append(retract(said.id, START, "editor", "misprint"))
    book.ledger.append(record(said, SYRIA, START, "editor", "", "it was none"))
    proved = json.loads(book.prove(said.id).line)
    assert proved["n"] == book.ledger.head().edge.size
    assert proved["body"]["contingent"]["place"] == "SYR"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda held: held.update(line=held["line"].replace("Report", "Rumour")), "does not lead"),
        (lambda held: held.update(n=held["n"] + 1), "does not lead"),
        (lambda held: held.update(n=0), "no line 0"),
        (lambda held: held.update(size=64), "does not lead"),
        (lambda held: held["path"].pop(), "does not lead"),
        (lambda held: held["path"].append(held["root"]), "does not lead"),
        (lambda held: held.update(root="00" * 32), "does not lead"),
        (lambda held: held.update(path=["no"]), "ValueError"),
        (lambda held: held.pop("size"), "KeyError"),
    ],
)
def test_a_proof_that_was_changed_proves_nothing(
    book: OpenBook, tmp_path: Path, change: object, words: str
) -> None:
    proof = tmp_path / "proof.json"
    held = msgspec.to_builtins(book.prove(book.reports()[1].id))
    change(held)  # type: ignore[operator]
    proof.write_text(json.dumps(held))
    code, said = check(proof)
    assert code == 1
    assert "NOT PROVED" in said
    assert words in said


def test_a_proof_of_another_book_fails_against_the_checkpoint(book: OpenBook, tmp_path: Path) -> None:
    file, proof = tmp_path / "notes.jsonl", tmp_path / "proof.json"
    with OpenBook(open_book(":memory:")) as other:
        added(other, 1, 8)
        other.checkpoint(file)
    proof.write_bytes(msgspec.json.encode(book.prove(book.reports()[1].id)))
    assert check(proof)[0] == 0
    assert check(proof, file)[0] == 1
    assert "another root" in check(proof, file)[1]


def test_a_line_behind_the_checkpoint_needs_a_new_one(book: OpenBook, tmp_path: Path) -> None:
    book.checkpoint(tmp_path / "notes.jsonl")
    added(book, 7, 8)
    with pytest.raises(UsageError, match="came after that checkpoint of 29 lines"):
        book.prove(book.reports()[-1].id, tmp_path / "notes.jsonl")


@pytest.mark.parametrize(
    ("identity", "words"), [("abc", "at least 6"), ("USA/IRQ", "is no id"), ("0" * 12, "nothing in the book")]
)
def test_what_is_not_there_cannot_be_proved(book: OpenBook, identity: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        book.prove(identity)


def test_the_checker_is_short_and_takes_nothing_of_ours() -> None:
    text = CHECKER.read_text(encoding="utf-8")
    names = [
        alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in (node.names if isinstance(node, ast.Import) else [ast.alias(node.module or "")])
    ]
    assert set(names) <= sys.stdlib_module_names
    assert len(text.splitlines()) <= 100
    assert check()[0] == 2
