"""``musterbook join``: books of several machines become one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import archived
from books import line
from musterbook.api import open_book
from musterbook.desk.cli import main
from musterbook.model import Reading


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MUSTERBOOK_PERSON", raising=False)
    for name, size in (("a", 9), ("b", 15)):
        archived.write(tmp_path / f"{name}.warc.gz", archived.pages(size))
    return CliRunner()


def call(run: CliRunner, *words: str, code: int = 0) -> Result:
    done = run.invoke(main, words)
    assert done.exit_code == code, done.output
    return done


def read(run: CliRunner) -> None:
    for name in "ab":
        call(run, "archive", f"{name}.warc.gz", "--book", f"{name}.sqlite")


def test_the_archives_of_two_machines_become_one_book(run: CliRunner, tmp_path: Path) -> None:
    read(run)
    call(run, "archive", "a.warc.gz", "b.warc.gz", "--book", "whole.sqlite", "--workers", "1")
    told = call(run, "join", "a.sqlite", "b.sqlite", "--book", "june.sqlite").stdout.splitlines()
    assert "report 8)" in told[0]
    assert told[1].startswith("root ")
    assert call(run, "join", "b.sqlite", "a.sqlite", "--book", "june.sqlite").stdout.startswith(
        "nothing changed"
    )
    with open_book(tmp_path / "june.sqlite") as june, open_book(tmp_path / "whole.sqlite") as whole:
        assert {e.id for e in june.ledger.journal()} == {e.id for e in whole.ledger.journal()}
        assert {r.id for r in june.ledger.reports()} == {r.id for r in whole.ledger.reports()}
    assert call(run, "verify", "--book", "june.sqlite").stdout.startswith("OK")


def test_a_joined_line_tells_since_when_the_other_book_has_it(run: CliRunner, tmp_path: Path) -> None:
    read(run)
    found = json.loads(call(run, "join", "a.sqlite", "--book", "june.sqlite", "--json").stdout)
    assert found["added"]["report"] == found["added"]["entry"] == 3
    assert (found["known"], found["left"]) == (0, [])
    with open_book(tmp_path / "june.sqlite") as book:
        said = book.ledger.journal()[0].statement
    assert said
    assert (
        "joined from a book that has it since 20"
        in call(run, "history", said.id, "--book", "june.sqlite").stdout
    )


def test_a_decision_that_cannot_stand_is_told_and_ends_with_1(run: CliRunner, tmp_path: Path) -> None:
    read(run)
    with open_book(tmp_path / "a.sqlite") as a, open_book(tmp_path / "june.sqlite") as june:
        [one, *_] = a.statements()
        a.correct(one.id, {"level": "950"}, "misread", by="ann")
        better = next(entry.statement for entry in a.ledger.journal() if entry.by == "ann")
        report = a.ledger.report(one.report)
        assert report
        assert better
        june.ledger.add_report(Reading(report, (one, better)), [line(one), line(better)])
    done = call(run, "join", "a.sqlite", "--book", "june.sqlite", code=1)
    assert "left out: replace by ann" in done.stderr
    assert "decide it again here" in done.stderr
    told = json.loads(call(run, "join", "a.sqlite", "--book", "june.sqlite", "--json", code=1).stdout)
    assert [one["act"] for one in told["left"]] == ["replace"]


def test_the_book_itself_and_one_that_is_not_there_are_wrong_use(run: CliRunner) -> None:
    read(run)
    assert "is the book itself" in call(run, "join", "a.sqlite", "--book", "a.sqlite", code=2).stderr
    assert "there is no book at" in call(run, "join", "none.sqlite", "--book", "a.sqlite", code=2).stderr
