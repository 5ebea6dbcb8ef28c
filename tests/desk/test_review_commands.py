"""Editors at the desk, through the real command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk_runs import Done, Musterbook, run_in_terminal

from musterbook.api.correcting import FIELDS as FIELDS_OF_A_STATEMENT
from musterbook.desk.cli import main
from musterbook.desk.commands.review import FIELDS
from musterbook.ledger.open import open_book

TEXT = "The United States has about 2,500 troops in Iraq, the Pentagon said on Tuesday.\n"
ODD = "The United States has 25,000 troops in Iraq, the Pentagon said on Tuesday.\n"
BEGUN = "2000-01-01"


@pytest.fixture
def home(musterbook: Musterbook, tmp_path: Path) -> Path:
    """A book with a strength and, a week later, ten times as much."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(ODD)
    assert musterbook("add", "a.txt", "--published", "2021-12-09").code == 0
    assert musterbook("add", "b.txt", "--published", "2021-12-16").code == 0
    return tmp_path


def asked(musterbook: Musterbook, *arguments: str) -> Any:  # noqa: ANN401 -- JSON of any kind
    done = musterbook(*arguments, "--json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def statements(musterbook: Musterbook) -> dict[int, str]:
    """The ids of the statements by their level."""
    return {s["level"]: s["id"] for s in asked(musterbook, "show", "us", "iraq")["statements"]}


def strength(musterbook: Musterbook, *more: str) -> int | None:
    [row] = asked(musterbook, "contingents", "--on", "2021-12-20", *more)["contingents"]
    found: int | None = row["best"]
    return found


def decided(musterbook: Musterbook, *arguments: str) -> Done:
    done = musterbook("review", *arguments, "--as", "ann")
    assert done.code == 0, done.err
    return done


def test_what_is_held_is_shown_with_its_release_and_released(musterbook: Musterbook, home: Path) -> None:
    odd = statements(musterbook)[25_000]
    for command in (("contingents",), ("show", "us", "iraq")):
        done = musterbook(*command)
        assert "# held for review" in done.out
        assert f"musterbook review confirm {odd[:8]} --reason WHY" in done.out
    assert strength(musterbook) == 2500
    assert strength(musterbook, "--with-held") is not None
    assert [row["statement"] for row in asked(musterbook, "contingents")["held"]] == [odd]
    first = asked(musterbook, "queue", "--top", "1")
    assert (first["waiting"], first["queue"][0]["next"]) == (2, f"musterbook review show {odd[:8]}")
    decided(musterbook, "confirm", odd[:8], "--reason", "asked the Pentagon")
    assert strength(musterbook) == 25_000
    assert "held" not in musterbook("contingents").out


def test_what_is_held_folds_no_line_of_a_narrow_terminal(home: Path) -> None:
    seen = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", run_in_terminal(home, "contingents", COLUMNS="72"))
    assert "held for review: USA/IRQ" in seen
    assert all(len(line) <= 72 for line in seen.replace("\r", "").splitlines())


def test_a_figure_is_that_of_the_reports_public_by_a_day(musterbook: Musterbook, home: Path) -> None:
    assert strength(musterbook, "--public", "2021-12-10", "--with-held") == 2500
    assert asked(musterbook, "contingents", "--public", "2021-12-01")["contingents"] == []
    assert [
        r["published"] for r in asked(musterbook, "sources", "--reports", "--public", "2021-12-10")["reports"]
    ] == ["2021-12-09"]


def test_a_statement_is_corrected_undone_and_told_of(musterbook: Musterbook, home: Path) -> None:
    said = statements(musterbook)[2500]
    decided(musterbook, "correct", said[:8], "--level", "2600", "--status", "past", "--reason", "misread")
    history = asked(musterbook, "history", said[:8])["history"]
    assert [(row["act"], row["by"], row["reason"]) for row in history[1:]] == [("replace", "ann", "misread")]
    assert history[1]["words"] == "level 2,500 -> 2,600; status current -> past"
    done = decided(musterbook, "undo", history[1]["entry"][:8], "--reason", "it was right")
    assert done.out.startswith(
        "undo by ann: undoes replace by ann: level 2,600 -> 2,500; status past -> current"
    )
    assert strength(musterbook) == 2500
    assert [row["act"] for row in asked(musterbook, "history", "--by", "ann")["history"]] == [
        "replace",
        "undo",
    ]
    assert musterbook("history", "USA/IRQ").out.count("\n") == 5
    assert asked(musterbook, "history", "USA/IRQ", "--known", "2100-01-01")["history"][-1]["act"] == "undo"


def test_an_item_is_shown_with_its_words_and_the_last_entry(musterbook: Musterbook, home: Path) -> None:
    said = statements(musterbook)[2500]
    item = asked(musterbook, "review", "show", said[:8])
    assert item["seen"] == item["history"][-1]["entry"]
    assert item["statements"][0]["state"] == "not reviewed"
    done = musterbook("review", "show", said[:8])
    assert "about **2,500** troops" in done.out
    assert f"--seen {item['seen'][:12]}" in done.out


def test_who_was_slower_sees_who_did_what_and_what_it_changed(musterbook: Musterbook, home: Path) -> None:
    said = statements(musterbook)[2500]
    seen = asked(musterbook, "review", "show", said[:8])["seen"]
    decided(musterbook, "correct", said[:8], "--level", "2600", "--reason", "misread", "--seen", seen)
    late = (
        "review",
        "correct",
        said[:8],
        "--level",
        "2400",
        "--reason",
        "misread",
        "--seen",
        seen,
        "--as",
        "bob",
    )
    done = musterbook(*late)
    assert done.code == 2
    assert "somebody was quicker: ann: replace (misread)" in done.err
    assert "field\tseen\tnow\nlevel\t2,500\t2,600" in done.out
    told = json.loads(musterbook(*late, "--json").out)["overtaken"]
    assert told["changes"] == [{"field": "level", "before": "2,500", "after": "2,600"}]
    assert [row["by"] for row in told["since"]] == ["ann"]
    assert set(statements(musterbook)) == {2600, 25_000}


def test_one_claim_becomes_two_and_two_names_one(musterbook: Musterbook, home: Path) -> None:
    said = statements(musterbook)[2500]
    parts = ("--part", "level=1600", "--part", "level=900 place=SYR")
    decided(musterbook, "split", said[:8], *parts, "--reason", "two places")
    rows = asked(musterbook, "contingents", "--on", "2021-12-20")["contingents"]
    assert {row["contingent"]: row["best"] for row in rows} == {"USA/IRQ": 1600, "USA/SYR": 900}
    decided(musterbook, "merge", "SYR", "IRQ", "--reason", "one place")
    assert [
        row["contingent"] for row in asked(musterbook, "contingents", "--place", "syria")["contingents"]
    ] == ["USA/IRQ"]
    assert musterbook("show", "us", "syria").out.count("USA/IRQ on ") == 1
    assert musterbook("why", "usa/syr").code == 0
    decided(musterbook, "undo", "SYR", "--reason", "two places")
    assert len(asked(musterbook, "contingents")["contingents"]) == 2


def test_statements_are_merged_moved_held_and_taken_back(musterbook: Musterbook, home: Path) -> None:
    said = statements(musterbook)
    decided(musterbook, "merge", said[25_000][:8], said[2500][:8], "--reason", "one claim")
    assert set(statements(musterbook)) == {2500}
    decided(musterbook, "reassign", said[2500][:8], "us/jordan", "--reason", "the map says so")
    assert [row["contingent"] for row in asked(musterbook, "contingents")["contingents"]] == ["USA/JOR"]
    decided(musterbook, "hold", said[2500][:8], "--reason", "odd")
    assert strength(musterbook) is None
    done = decided(musterbook, "retract", said[2500][:8], "--reason", "misprint")
    assert done.out.startswith("retract by ann: supports nothing any more [entry ")
    again = decided(musterbook, "retract", said[2500][:8], "--reason", "misprint")
    assert again.out.startswith("nothing changed")


def test_what_was_learned_between_two_moments_is_told(musterbook: Musterbook, home: Path) -> None:
    with open_book(home / "data/musterbook/book.sqlite") as book:
        first = book.journal()[0].recorded.isoformat()
    done = musterbook("diff", "--known", first, "--on", "2021-12-20")
    assert done.code == 0, done.err
    _, before, after, what, *_ = done.out.splitlines()[1].split("\t")
    assert (before, what) == (after, "new, held")
    assert before.startswith("2,500 (")
    seen = run_in_terminal(home, "diff", "--known", first)
    assert "USA/IRQ: unknown, as before" in seen
    [shift] = asked(musterbook, "diff", "--known", BEGUN, "--known", first, "--on", "2021-12-20")[
        "contingents"
    ]
    assert (shift["before"], shift["after"][:7]) == ("nothing", "2,500 (")
    assert asked(musterbook, "diff", "--known", BEGUN, "--force", "france")["contingents"] == []


def test_a_moment_outside_of_the_books_life_is_told(musterbook: Musterbook, home: Path) -> None:
    early = musterbook("contingents", "--known", BEGUN)
    assert early.code == 0
    assert "the book begins on " in early.err
    assert "what had been published by 2000-01-01" in early.err
    late = musterbook("pledges", "--known", "2100-01-01")
    assert "not final" in late.err
    assert musterbook("contingents").err == ""


def test_people_have_roles_once_there_are_any(musterbook: Musterbook, home: Path) -> None:
    assert "no people of its own" in musterbook("people").err
    assert musterbook("people", "grant", "ann", "editor").code == 2
    for call in (("ann", "admin"), ("bob", "editor", "--as", "ann"), ("eve", "reader", "--as", "ann")):
        assert musterbook("people", "grant", *call).code == 0
    assert {p["name"]: p["role"] for p in asked(musterbook, "people")["people"]} == {
        "ann": "admin",
        "bob": "editor",
        "eve": "reader",
    }
    said = statements(musterbook)[2500][:8]
    refused = musterbook("review", "confirm", said, "--reason", "as printed", "--as", "eve")
    assert refused.code == 2
    assert "eve is no editor of this book" in refused.err
    assert musterbook("add", "a.txt").code == 2
    assert musterbook("add", "a.txt", "--published", "2021-12-09", "--as", "bob").code == 0
    assert musterbook("review", "confirm", said, "--reason", "as printed", MUSTERBOOK_PERSON="bob").code == 0
    assert musterbook("people", "grant", "eve", "editor", "--as", "bob").code == 2
    assert musterbook("people", "grant", "bob", "none", "--as", "ann").code == 0
    assert [p["name"] for p in asked(musterbook, "people")["people"]] == ["ann", "eve"]
    assert "role none -> editor" in musterbook("history", "bob").out


def test_a_book_read_again_by_its_own_reader_differs_in_nothing(musterbook: Musterbook, home: Path) -> None:
    assert musterbook("reread").out == "same 2, new 0, changed 0, gone 0, kept 0\n"


def test_what_a_person_decided_is_kept_when_a_book_is_read_again(musterbook: Musterbook, home: Path) -> None:
    said = statements(musterbook)
    decided(musterbook, "correct", said[2500][:8], "--level", "2600", "--reason", "misread")
    with open_book(home / "data/musterbook/book.sqlite") as book:
        report = next(r.id for r in book.reports() if "25,000" in r.text)
    found = asked(musterbook, "reread", "--diff")
    assert found["counts"] == {"new": 0, "changed": 0, "gone": 0, "kept": 1}
    assert found["reports"][0]["differences"][0]["words"] == "decided by ann"
    assert asked(musterbook, "reread", "--accept", "--as", "bob")["written"] == 0
    assert asked(musterbook, "reread", "--report", report[:8])["reports"] == []


def test_every_field_of_a_statement_can_be_corrected() -> None:
    assert list(FIELDS) == list(FIELDS_OF_A_STATEMENT)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("review", "confirm", "abc", "--reason", "r"), "too short"),
        (("review", "confirm", "0000000000", "--reason", "r"), "nothing in the book has the id"),
        (("review", "confirm", "0000000000"), "Missing option '--reason'"),
        (("review", "correct", "0000000000", "--reason", "r"), "name what is to be corrected"),
        (
            ("review", "split", "0000000000", "--part", "900", "--reason", "r"),
            'write it as in "level=500 place=SYR"',
        ),
        (("review", "merge", "ATLANTIS", "USA", "--reason", "r"), "neither the registers nor the book"),
        (("review", "reassign", "0000000000", "USA", "--reason", "r"), "write it as in USA/IRQ"),
        (("review", "undo", "USA", "--reason", "r"), "nothing that counts was decided on USA"),
        (("review", "undo", "USA/IRQ", "--reason", "r"), "not a contingent"),
        (("history", "nobody"), "the book has no line on 'nobody'"),
        (("history", "USA/IRQ", "--by", "nobody"), "no line by 'nobody' on 'USA/IRQ'"),
        (("history",), "--by NAME"),
        (("history", "a//b"), "no contingent"),
        (("diff",), "Missing option '--known'"),
        (
            ("diff", "--known", "2020-01-01", "--known", "2021-01-01", "--known", "2022-01-01"),
            "once or twice",
        ),
        (("reread", "--report", "0000000000"), "no report 0000000000"),
    ],
)
def test_a_wrong_call_is_told_with_the_cure(
    demo: tuple[Path, Done], arguments: tuple[str, ...], words: str
) -> None:
    done = CliRunner().invoke(main, [*arguments, "--book", str(demo[0])])
    assert done.exit_code == 2
    assert words in done.stderr
