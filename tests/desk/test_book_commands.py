"""The commands that keep and ask a book, through the real command."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk_runs import Done, Musterbook, run_in_terminal

from musterbook.desk.cli import main
from musterbook.ledger.open import open_book

TEXT = "The United States has about 2,500 troops in Iraq, the Pentagon said on Tuesday.\n"
Demo = tuple[Path, Done]


def test_the_demonstration_prints_what_the_book_holds(demo: Demo) -> None:
    book, done = demo
    assert done.code == 0, done.err
    assert book.exists()
    for part in (
        "Contingents",
        "Announcements",
        "inputs 14",
        "= read ",
        "What to try next",
        "United States\tIraq",
    ):
        assert part in done.out
    assert "\x1b" not in done.out


def test_the_outcomes_of_the_demonstration_add_up(demo: Demo, musterbook: Musterbook) -> None:
    tally = json.loads(musterbook("demo", "--book", demo[0], "--json").out)["tally"]
    assert tally["inputs"] >= 120
    assert tally["inputs"] == tally["read"] + tally["silent"] + tally["known"] + tally["refused"]


def test_a_second_demonstration_changes_nothing(demo: Demo, musterbook: Musterbook) -> None:
    before = content(demo[0])
    done = musterbook("demo", "--book", demo[0])
    assert done.code == 0
    assert "nothing changed" in done.out
    assert content(demo[0]) == before


def test_the_demonstration_of_an_older_version_is_begun_anew(musterbook: Musterbook, tmp_path: Path) -> None:
    older = Path(__file__).parents[1] / "ledger/books/form_0001.sqlite"
    folder = tmp_path / "data/musterbook"
    folder.mkdir(parents=True)
    (folder / "demo.sqlite").write_bytes(older.read_bytes())
    done = musterbook("demo")
    assert done.code == 0
    assert "demo.sqlite.older" in done.err
    assert (folder / "demo.sqlite.older").read_bytes() == older.read_bytes()
    refused = musterbook("demo", "--book", folder / "demo.sqlite.older")
    assert (refused.code, "musterbook migrate" in refused.err) == (1, True)


def content(book: Path) -> list[str]:
    connection = sqlite3.connect(book)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_what_was_added_is_found_again(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_text("")
    done = musterbook("add", "a.txt", "empty.txt", "--published", "2021-12-09")
    assert done.code == 1
    assert (
        "inputs 2 = read 1 + without statements 0 + already known 0 + not read 1 (empty-file 1)" in done.out
    )
    assert (tmp_path / "data/musterbook/book.sqlite").exists()
    shown = musterbook("show", "us", "iraq")
    assert shown.code == 0, shown.err
    assert "USA/IRQ" in shown.out
    assert "about 2,500" in shown.out
    (doubt,) = json.loads(musterbook("doubts", "--json").out)["doubts"]
    assert doubt["code"] == "empty-file"
    again = musterbook("add", "a.txt", "--published", "2021-12-09")
    assert again.code == 0
    assert "nothing changed" in again.out


def test_a_day_hides_what_was_published_later(demo: Demo, musterbook: Musterbook) -> None:
    done = musterbook("show", "us", "iraq", "--on", "2018-12-31", "--book", demo[0], "--json")
    days = [s["published"] for s in json.loads(done.out)["statements"]]
    assert days
    assert max(days) <= "2018-12-31"


def test_a_sample_is_named_in_short(demo: Demo) -> None:
    with open_book(demo[0]) as book:
        sources = [outcome.source for outcome in book.outcomes()]
    assert all(source.startswith("samples/reports.jsonl, line ") for source in sources)


def test_a_narrow_terminal_folds_no_line(demo: Demo, tmp_path: Path) -> None:
    seen = run_in_terminal(tmp_path, "contingents", "--book", demo[0], COLUMNS="80")
    lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen).replace("\r", "").splitlines()
    assert any("United States" in line and "Iraq" in line for line in lines)
    assert all(len(line) <= 80 for line in lines)


def test_the_variable_names_the_book(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    done = musterbook(
        "add", "a.txt", "--published", "2021-12-09", MUSTERBOOK_BOOK=str(tmp_path / "mine.sqlite")
    )
    assert done.code == 0, done.err
    assert (tmp_path / "mine.sqlite").exists()


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("contingents", "--force", "us", "--on", "2020-10-01"), "contingents"),
        (("show", "USA", "iraq"), "statements"),
        (("why", "USA/IRQ", "--on", "2020-10-01"), "statements"),
        (("sources",), "publishers"),
        (("sources", "--reports"), "reports"),
        (("doubts",), "doubts"),
    ],
)
def test_a_program_gets_json(
    demo: Demo, musterbook: Musterbook, arguments: tuple[str, ...], key: str
) -> None:
    done = musterbook(*arguments, "--book", demo[0], "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)[key]


def test_why_shows_the_sentence_with_its_words_marked(demo: Demo, musterbook: Musterbook) -> None:
    shown = json.loads(musterbook("show", "us", "iraq", "--book", demo[0], "--json").out)
    statement = next(s for s in shown["statements"] if s["before"] == 5200 and s["after"] == 3000)
    done = musterbook("why", statement["id"][:8], "--book", demo[0])
    assert done.code == 0, done.err
    for part in ("**5,200**", "**3,000**", statement["url"], statement["publisher"], statement["published"]):
        assert part in done.out


def test_an_announcement_can_be_asked_why(demo: Demo, musterbook: Musterbook) -> None:
    pledges = json.loads(musterbook("pledges", "--all", "--book", demo[0], "--json").out)
    asked = next(p for p in pledges if (p["place"], p["target"], p["verdict"]) == ("IRQ", 3500, "superseded"))
    done = musterbook("why", asked["id"][:10], "--book", demo[0])
    assert done.code == 0, done.err
    for part in ("another target took its place", "decided by", "followed by", "source"):
        assert part in done.out


def test_programs_get_a_list_of_announcements(demo: Demo, musterbook: Musterbook) -> None:
    found = json.loads(musterbook("pledges", "--all", "--book", demo[0], "--json").out)
    wanted = {
        "force",
        "place",
        "announced",
        "by",
        "target",
        "delta",
        "deadline",
        "verdict",
        "decided_on",
        "basis",
    }
    assert all(wanted <= row.keys() and row["basis"] for row in found)
    recent = json.loads(musterbook("pledges", "--on", "2020-12-01", "--book", demo[0], "--json").out)
    assert 0 < len(recent) < len(found)


def test_announcements_are_filtered_by_verdict_and_an_unknown_one_is_told(
    demo: Demo, musterbook: Musterbook
) -> None:
    kept = json.loads(musterbook("pledges", "--verdict", "kept", "--book", demo[0], "--json").out)
    assert {row["verdict"] for row in kept} == {"kept"}
    wrong = musterbook("pledges", "--verdict", "past due", "--book", demo[0])
    assert (wrong.code, "no verdict is called" in wrong.err) == (2, True)


@pytest.mark.parametrize("by", ["force", "place", "speaker"])
def test_the_scoreboard_counts_what_pledges_lists(demo: Demo, musterbook: Musterbook, by: str) -> None:
    rows = json.loads(musterbook("scoreboard", "--by", by, "--force", "us", "--book", demo[0], "--json").out)
    listed = json.loads(musterbook("pledges", "--all", "--force", "us", "--book", demo[0], "--json").out)
    joint = sum(row["place"].count("+") for row in listed) if by == "place" else 0
    assert sum(row["pledges"] for row in rows) == len(listed) + joint
    assert "kept in time" in musterbook("scoreboard", "--by", by, "--book", demo[0]).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "atlantis", "iraq"), "no force is known as 'atlantis'"),
        (("show", "us", "atlantis"), "no place is known as 'atlantis'"),
        (("show", "nzl", "venezuela"), "the book has nothing on"),
        (("why", "0000000000"), "nothing in the book has the id"),
        (("why", "abc"), "too short"),
        (("why", "USA/XXX"), "no contingent"),
        (("contingents", "--on", "soon"), "is not a day"),
    ],
)
def test_asking_for_what_is_not_there_ends_with_two(
    demo: Demo, arguments: tuple[str, ...], words: str
) -> None:
    done = CliRunner().invoke(main, [*arguments, "--book", str(demo[0])])
    assert done.exit_code == 2
    assert words in done.stderr


def test_an_id_that_is_not_there_ends_the_real_command_with_two(demo: Demo, musterbook: Musterbook) -> None:
    done = musterbook("why", "0000000000", "--book", demo[0])
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: nothing in the book")


def test_asking_makes_no_book(musterbook: Musterbook, tmp_path: Path) -> None:
    done = musterbook("contingents", "--book", "none.sqlite")
    assert done.code == 2
    assert "there is no book" in done.err
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_that_is_no_book_is_told(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_text("no database at all, but text that is long enough to look at" * 20)
    done = musterbook("contingents", "--book", "a.sqlite")
    assert done.code == 1
    assert done.err.startswith("Error: ")
    assert "a.sqlite" in done.err
    assert "Traceback" not in done.err


def test_a_book_of_a_newer_version_is_refused(demo: Demo, musterbook: Musterbook, tmp_path: Path) -> None:
    newer = tmp_path / "newer.sqlite"
    newer.write_bytes(demo[0].read_bytes())
    make_newer(newer)
    before = newer.read_bytes()
    done = musterbook("contingents", "--book", newer)
    assert done.code == 1
    assert "newer" in done.err
    assert newer.read_bytes() == before


def make_newer(book: Path) -> None:
    """Mark a book as made by a version to come."""
    connection = sqlite3.connect(book)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
