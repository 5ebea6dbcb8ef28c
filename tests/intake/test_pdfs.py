"""A PDF gives the sentences on its pages, and a word about what it cannot give."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from musterbook.intake import Given, from_bytes, from_path
from musterbook.model import Doubt, Report
from papers import TOLD, pdf

LINES = (
    "The general said on Tuesday that about 900 American soldiers",
    "are still in the east of Syria. They are to stay until the end",
    "of the month, and nobody has told their families what will hap-",
    "pen then.",
)


def only(raw: bytes) -> Report | Doubt:
    return next(iter(from_bytes(raw, "paper.pdf", Given(), "application/pdf")))


def report_of(raw: bytes) -> Report:
    found = only(raw)
    assert isinstance(found, Report), found
    return found


def test_lines_are_put_together_and_broken_words_joined() -> None:
    text = report_of(pdf([LINES])).text
    assert TOLD in text
    assert "what will happen then." in text


def test_a_compound_keeps_the_hyphen_that_the_document_writes_elsewhere() -> None:
    lines = (
        "The force is made up of well-trained soldiers, and so many well-",
        "trained soldiers were never there before now.",
    )
    assert "so many well-trained soldiers were" in report_of(pdf([lines])).text


def test_names_in_capitals_keep_their_hyphen() -> None:
    lines = (
        "In the east of the country some 900 soldiers of the US-",
        "led coalition are still at work in two places.",
    )
    assert "the US-led coalition" in report_of(pdf([lines])).text


def test_running_heads_and_feet_are_left_out() -> None:
    names = ("north", "south", "west", "east")
    pages = [
        (
            "Ministry of Defence: Deployments",
            f"Of the {name}",
            *LINES,
            f"Part {name}",
            f"Page {n} of 4",
            str(n),
        )
        for n, name in enumerate(names, start=1)
    ]
    text = report_of(pdf(pages)).text
    assert text.count("about 900 American soldiers") == 4
    assert "Ministry of Defence: Deployments" not in text
    assert "Page 2" not in text


def test_rows_of_a_table_are_no_heads() -> None:
    pages = [(f"Syria {900 - 50 * n} soldiers", *LINES) for n in range(5)]
    text = report_of(pdf(pages)).text
    assert all(f"Syria {900 - 50 * n} soldiers" in text for n in range(5))


def test_what_stands_on_one_page_only_is_kept() -> None:
    pages = [("900 soldiers are in the north", *LINES), ("So it was.", *LINES), ("So it is.", *LINES)]
    assert "900 soldiers are in the north" in report_of(pdf(pages)).text


def test_the_day_that_a_program_wrote_is_told_and_not_taken() -> None:
    facts = {"/CreationDate": "D:20200911120000Z", "/Author": "Jane Roe", "/Title": "Deployments abroad"}
    report = report_of(pdf([LINES], facts))
    assert report.published is None
    assert ("the file was made", date(2020, 9, 11)) in [(one.where, one.day) for one in report.days]
    assert (report.title, report.byline) == ("Deployments abroad", "Jane Roe")


def test_a_letter_gives_its_own_day() -> None:
    report = report_of(pdf([("June 9, 2020", "", "Dear Mr. Speaker:", "", *LINES)]))
    assert report.published == date(2020, 6, 9)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (pdf([LINES], password="open"), "encrypted"),  # noqa: S106 -- a test's own
        (pdf([()]), "no-text"),
        (pdf([LINES])[:200], "damaged"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 400, "damaged"),
        (b"no PDF at all", "damaged"),
    ],
)
def test_what_gives_no_text_is_one_doubt(tmp_path: Path, raw: bytes, code: str) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(raw)
    assert [one.code for one in from_path(file) if isinstance(one, Doubt)] == [code]


def test_a_pdf_without_its_table_of_places_is_still_read() -> None:
    whole = pdf([LINES])
    assert TOLD in report_of(whole[: whole.rindex(b"startxref")]).text
