"""What does not add up, and whose figures held, through the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk_runs import Musterbook

REPORTS = (
    (
        "KCAL",
        "2020-09-09",
        "The US will cut its force in Iraq by 1,200, from 5,200 to 3,000, Gen. Frank McKenzie said.",
    ),
    (
        "Wire",
        "2020-09-09",
        "U.S. troops in Iraq will go from 5,200 to 3,000, Gen. Kenneth McKenzie said on Wednesday.",
    ),
    ("Echo", "2020-09-10", "Some 1,200 American troops will leave Iraq, Gen. Kenneth McKenzie announced."),
    (
        "Paper",
        "2020-09-01",
        "The United States has 4,000 soldiers in Niger, Gen. Kenneth McKenzie said on Tuesday.",
    ),
    ("Later", "2021-03-01", "On September 2, 2020, the United States had 5,000 soldiers in Niger."),
)


@pytest.fixture
def book(musterbook: Musterbook, tmp_path: Path) -> Path:
    keys = "publisher", "published", "text"
    lines = [json.dumps(dict(zip(keys, told, strict=True)) | {"lang": "en"}) for told in REPORTS]
    (tmp_path / "told.jsonl").write_text("\n".join(lines), encoding="utf-8")
    place = tmp_path / "desk.sqlite"
    assert musterbook("add", tmp_path / "told.jsonl", "--book", place).code == 0
    return place


def test_a_misprint_is_shown_with_what_was_meant(musterbook: Musterbook, book: Path) -> None:
    done = musterbook("conflicts", "us", "iraq", "--book", book)
    assert done.code == 0, done.err
    assert "1,200 for 2,200: one digit differs" in done.out


def test_conflicts_are_one_json_value_with_their_statements(musterbook: Musterbook, book: Path) -> None:
    found = json.loads(musterbook("conflicts", "--code", "change", "--book", book, "--json").out)["conflicts"]
    assert [(c["code"], c["misprint"]["printed"], c["misprint"]["likely"]) for c in found] == [
        ("change", 1200, 2200)
    ]
    for identity in found[0]["basis"]:
        assert musterbook("why", identity, "--book", book).code == 0


def test_nothing_wrong_is_said_to_be_so(musterbook: Musterbook, book: Path) -> None:
    done = musterbook("conflicts", "france", "mali", "--book", book)
    assert (done.code, done.err.strip()) == (0, "nothing contradicts anything")


def test_a_record_shows_figure_by_figure_what_came_out(musterbook: Musterbook, book: Path) -> None:
    found = json.loads(musterbook("record", "--speaker", "mckenzie", "--book", book, "--json").out)["records"]
    (record,) = found
    compared = [c for c in record["comparisons"] if c["contingent"] == "USA/NER"]
    assert [(c["told"], c["found"], c["kind"], c["same_rule"]) for c in compared] == [
        (4000, 5000, "look back", True)
    ]
    assert "within 10 %" in musterbook("record", "--book", book).out


def test_speaker_and_publisher_are_not_asked_at_once(musterbook: Musterbook, book: Path) -> None:
    assert musterbook("record", "--speaker", "a", "--publisher", "b", "--book", book).code == 2
