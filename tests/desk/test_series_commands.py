"""Tables go in and are compared on the command line: what it prints, and with which code it ends."""

from __future__ import annotations

import json
from pathlib import Path

from desk_runs import Musterbook

TABLE = """country,iso3,year,month,quarter,troops_ad,selected_reserve,grand_total,source,status
Afghanistan,AFG,2017,September,3,13329,1969,16500,September 2017,dmdc_report
Iraq,IRQ,2017,September,3,7402,1490,9123,September 2017,dmdc_report
Syria,SYR,2017,September,3,1547,173,1723,September 2017,dmdc_report
Syria,SYR,2017,December,4,0,,,NA,missing_zero_filled
Atlantis,ATL,2017,September,3,5,0,5,September 2017,dmdc_report
"""
SAID = (
    "The Pentagon said its force management level is 9,000 U.S. troops in Afghanistan.",
    "The Pentagon said its force management level is 5,262 U.S. troops in Iraq.",
    "The Pentagon said its force management level is 503 U.S. troops in Syria.",
)


def added(musterbook: Musterbook, folder: Path) -> Path:
    """A book with the table and what was said of the three countries."""
    (folder / "troops.csv").write_text(TABLE)
    for number, words in enumerate(SAID):
        (folder / f"said-{number}.txt").write_text(words)
    book = folder / "book.sqlite"
    musterbook("series", "add", "dmdc", "troops.csv", "--book", book)
    musterbook("add", "said-*.txt", "--published", "2017-11-26", "--book", book)
    return book


def test_adding_a_table_says_what_became_of_every_row(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "troops.csv").write_text(TABLE)
    done = musterbook("series", "add", "dmdc", "troops.csv", "--book", tmp_path / "book.sqlite")
    assert done.code == 1
    assert "rows 5 = taken 3 + missing-as-zero 1 + unknown-place 1" in done.out
    assert "tables 2 = new 2 + already known 0" in done.out
    assert "1 row left out: a place that no register knows (line 6: Atlantis) [unknown-place]" in done.err


def test_a_table_without_trouble_ends_with_zero(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "troops.csv").write_text(TABLE.rpartition("Atlantis")[0])
    call = ("series", "add", "dmdc", "troops.csv", "--json", "--book", tmp_path / "book.sqlite")
    first, second = musterbook(*call), musterbook(*call)
    assert (first.code, second.code) == (0, 0)
    told = json.loads(second.out)
    assert (told["rows"], told["taken"], told["tally"]["known"]) == (4, 3, 2)
    assert told["left"] == [{"code": "missing-as-zero", "rows": 1, "lines": [5], "names": []}]


def test_a_series_that_nobody_knows_is_wrong_use(musterbook: Musterbook, tmp_path: Path) -> None:
    done = musterbook("series", "add", "dmcd", "troops.csv", "--book", tmp_path / "book.sqlite")
    assert done.code == 2
    assert "no series is known as 'dmcd'; known are dmdc, un" in done.err
    assert not (tmp_path / "book.sqlite").exists()


def test_a_series_of_ones_own_is_a_file(musterbook: Musterbook, tmp_path: Path) -> None:
    """Another series needs no code."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/bundeswehr.toml").write_text(
        """
title = "Deployed soldiers"
publisher = "Bundeswehr"
force = "DEU"
[speaker]
words = "the Bundeswehr"
[columns]
place_name = ["country"]
day = ["as of"]
[day]
rule = "as written"
forms = ["%d.%m.%Y"]
[published]
delay = 7
[blank]
words = [""]
[[counts]]
unit = "soldier"
add = [["soldiers"]]
rule = "on the ground"
"""
    )
    (tmp_path / "soldiers.csv").write_text(
        "Country;Soldiers;As of\nMali;1100;15.03.2021\nNiger;90;15.03.2021\n"
    )
    book = tmp_path / "book.sqlite"
    done = musterbook("series", "add", "bundeswehr", "soldiers.csv", "--dir", "mine", "--book", book)
    assert (done.code, done.err) == (0, "")
    shown = json.loads(musterbook("show", "germany", "mali", "--json", "--book", book).out)
    assert [(s["level"], s["date"], s["published"]) for s in shown["statements"]] == [
        (1100, "2021-03-15", "2021-03-22")
    ]
    assert musterbook("reread", "--book", book).code == 0


def test_why_shows_the_row(musterbook: Musterbook, tmp_path: Path) -> None:
    book = added(musterbook, tmp_path)
    done = musterbook("why", "USA/IRQ", "--on", "2017-10-01", "--book", book)
    assert "**Iraq**,**IRQ**,2017,September,3,**7402**,**1490**" in done.out
    assert "on the ground" in done.out


def test_compare_prints_where_tables_and_statements_part(musterbook: Musterbook, tmp_path: Path) -> None:
    book = added(musterbook, tmp_path)
    done = musterbook("compare", "dmdc", "us", "syria,iraq,afghanistan", "--book", book)
    assert done.code == 0
    assert "Afghanistan, Iraq and Syria\t2017-09-30\t25,910\t14,765" in done.out
    assert "other rule 4" in done.out
    assert "by day: 2017-09-30, table 25,910 in USA/AFG, USA/IRQ, USA/SYR, said 14,765" in done.out


def test_compare_for_programs(musterbook: Musterbook, tmp_path: Path) -> None:
    book = added(musterbook, tmp_path)
    told = json.loads(musterbook("compare", "dmdc", "us", "iraq", "--json", "--book", book).out)
    [one] = told["comparisons"]
    assert (one["contingent"], one["day"], one["table"]) == ("USA/IRQ", "2017-09-30", 8892)
    assert (one["said"]["number"], one["said"]["rule"], one["verdict"]) == (
        5262,
        "authorised cap",
        "other rule",
    )
    assert told["summary"]["verdicts"]["other rule"] == 1


def test_compare_asks_only_for_the_days_that_are_wanted(musterbook: Musterbook, tmp_path: Path) -> None:
    book = added(musterbook, tmp_path)
    done = musterbook("compare", "dmdc", "--from", "2018-01-01", "--json", "--book", book)
    assert json.loads(done.out)["comparisons"] == []


def test_the_tables_were_not_public_before_they_came_out(musterbook: Musterbook, tmp_path: Path) -> None:
    book = added(musterbook, tmp_path)
    before, after = (
        json.loads(musterbook("compare", "dmdc", "--public", day, "--json", "--book", book).out)
        for day in ("2017-11-26", "2017-11-28")
    )
    assert (len(before["comparisons"]), len(after["comparisons"])) == (0, 3)


def test_a_table_is_no_report(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "troops.csv").write_text(TABLE)
    done = musterbook("add", "troops.csv", "--book", tmp_path / "book.sqlite")
    assert done.code == 1
    assert "musterbook series add SERIES FILE" in done.err


def test_the_known_series_are_listed(musterbook: Musterbook) -> None:
    told = json.loads(musterbook("series", "list", "--json").out)
    assert [one["series"] for one in told["series"]] == ["dmdc", "un"]
