"""A table of texts is a report a row; a ragged row costs itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from musterbook.intake import Given, from_place
from musterbook.model import Doubt, Report
from papers import MORE, TOLD


def read(folder: Path, table: str, column: str = "", name: str = "a.csv") -> list[Report | Doubt]:
    file = folder / name
    file.write_text(table, encoding="utf-8")
    return list(from_place(str(file), Given(column=column)))


def codes(outcomes: list[Report | Doubt]) -> list[str]:
    return [one.code if isinstance(one, Doubt) else "report" for one in outcomes]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_columns_that_we_know_tell_of_the_report(tmp_path: Path, sign: str) -> None:
    rows = [
        ("ID", "Date", "Headline", "Body", "URL", "Source"),
        ("7", "2020-09-09", "Fewer", TOLD, "https://x.example/a", "The Paper"),
    ]
    table = "\n".join(sign.join(row) for row in rows)
    (report,) = read(tmp_path, table)
    assert isinstance(report, Report)
    assert (report.text, report.title, report.published) == (TOLD, "Fewer", date(2020, 9, 9))
    assert (report.url, report.publisher) == ("https://x.example/a", "The Paper")
    assert report.name.endswith("a.csv, line 2")


def test_texts_may_hold_lines_and_signs(tmp_path: Path) -> None:
    (report,) = read(tmp_path, f'id,text\n1,"{TOLD}\n""So"", she said, it is."\n')
    assert isinstance(report, Report)
    assert report.text == f'{TOLD}\n"So", she said, it is.'


def test_the_column_may_be_named(tmp_path: Path) -> None:
    table = f"id,Wortlaut\n1,{TOLD}\n"
    assert codes(read(tmp_path, table)) == ["table-file"]
    assert codes(read(tmp_path, table, column="wortlaut")) == ["report"]


def test_a_ragged_row_costs_itself(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"id,date,text\n1,2020-09-09,{TOLD}\n2\n3,2020-09-09,,extra\n\n4,2020-09-10,{MORE},more,cells\n",
    )
    assert codes(found) == ["report", "bad-row", "empty-file", "report"]
    assert isinstance(found[1], Doubt)
    assert found[1].source.endswith("line 3")


def test_a_day_that_is_none_or_two_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, f"date,text\n03/04/2020,{TOLD}\nsoon,{TOLD}\n13.04.2020,{MORE}\n")
    assert codes(found) == ["report", "bad-date", "report", "bad-date", "report"]


def test_a_quote_that_is_never_closed_loses_nothing_unseen(tmp_path: Path) -> None:
    found = read(tmp_path, f'id,text\n1,{TOLD}\n2,"{MORE}\n3,{TOLD}\n')
    assert codes(found) == ["report", "report"]
    assert isinstance(found[1], Report)
    assert TOLD in found[1].text


@pytest.mark.parametrize("table", ["", "\n\n", "text\n", "id,text\n"])
def test_a_table_without_rows_is_one_doubt(tmp_path: Path, table: str) -> None:
    assert len(read(tmp_path, table)) == 1


def test_a_hundred_thousand_columns_are_no_table(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "text," + "a," * 100_000 + "\n" + TOLD)) == ["table-file"]


def test_a_table_is_told_by_its_heading_on_standard_input() -> None:
    from io import BytesIO

    from musterbook.intake.sources import from_stream

    found = list(from_stream(BytesIO(f"date,text\n2020-09-09,{TOLD}\n".encode()), "standard input", Given()))
    assert codes(found) == ["report"]
