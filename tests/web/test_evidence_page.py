"""The card of a statement and the page of a report: words marked, kin, proof, citations; hostile text stays text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from musterbook.desk.web.passages import passages
from musterbook.model import Candidate, Report
from musterbook.values import Span
from web_desk import Desk, told

CHECKER = Path(__file__).parents[2] / "tools" / "check_proof.py"
ECHO = ("The Pentagon said on Friday that 2,500 U.S. troops remain in Iraq.", "2021-01-16", "Third Paper")


def of(desk: Desk, level: int) -> str:
    return next(s.id for s in desk.book.statements() if s.figures.level == level)


def test_the_card_names_speaker_report_reader_and_counting(desk: Desk) -> None:
    page = desk.page(f"/statement/{of(desk, 5200)}")
    for words in (
        "General Frank McKenzie",
        "1 March 2020",
        "Wire One",
        "by nobody yet",
        "version",
        "does not say what is counted",
    ):
        assert words in page


def test_who_confirmed_it_stands_on_the_card(desk: Desk) -> None:
    desk.book.confirm(of(desk, 900), "called the ministry")
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    assert re.search(r"by ed on [^<]+: called the ministry", desk.page(f"/statement/{of(desk, 900)}"))


def test_one_that_was_retracted_says_so_first(desk: Desk) -> None:
    identity = of(desk, 900)
    desk.book.retract(identity, "a slip")
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    assert "no longer stands in the book" in desk.page(f"/statement/{identity}")


def test_reports_that_go_back_to_one_announcement_are_a_tree(desk: Desk) -> None:
    desk.book.add(told(ECHO))
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    page = desk.page(f"/statement/{of(desk, 2500)}")
    assert "2 reports of 2 publishers go back to one announcement" in page
    assert "Third Paper" in page.split('id="family"')[1]


def test_the_proof_is_believed_by_the_checker(desk: Desk, tmp_path: Path) -> None:
    identity = of(desk, 900)
    file = tmp_path / "proof.json"
    file.write_bytes(desk.client.get(f"/statement/{identity}/proof.json").content)
    held = json.loads(file.read_text("utf-8"))
    page = desk.page(f"/statement/{identity}")
    assert f"Line {held['n']} of {held['size']}" in page
    assert held["root"] in page
    run = subprocess.run(
        [sys.executable, str(CHECKER), str(file)], capture_output=True, text=True, check=False
    )
    assert run.stdout.startswith("PROVED"), run.stdout
    assert held["line"][:20].replace('"', "&#34;") in desk.page(f"/statement/{identity}/proof")


def test_it_can_be_cited_in_three_ways(desk: Desk) -> None:
    page = desk.page(f"/statement/{of(desk, 900)}")
    fields = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.S)
    assert len(fields) == 3
    assert "@misc{musterbook-" in fields[1]
    assert fields[2].startswith("{{cite news |title=")


def test_the_whole_report_has_its_statements_marked(desk: Desk) -> None:
    said = next(s for s in desk.book.statements() if s.figures.after == 3000)
    page = desk.page(f"/report/{said.report}")
    assert "<mark>" in page
    assert f'href="/statement/{said.id}" aria-label="Evidence of statement 1">[1]' in page


def test_a_report_shows_the_days_that_it_gives_and_which_was_taken(desk: Desk) -> None:
    days = Candidate("datePublished", "2021-04-01", date(2021, 4, 1), "taken"), Candidate("byline", "4/1")
    text = "About 700 U.S. troops are in Jordan, he said."
    desk.book.add([Report(text, published=date(2021, 4, 1), days=days)])
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    said = next(s for s in desk.book.statements() if s.figures.level == 700)
    given = desk.page(f"/report/{said.report}").split("Days that it gives")[1].split("</table>")[0]
    assert re.findall(r"<td[^>]*>(.*?)</td>", given) == [
        *("datePublished", "2021-04-01", "1 Apr 2021", "taken"),
        *("byline", "4/1", "not one day", "not taken"),
    ]


def test_reports_without_a_page_are_missing(desk: Desk) -> None:
    for address in (
        "/report/zzz",
        "/report/" + "0" * 64,
        "/statement/" + "0" * 64 + "/proof",
        "/statement/zz/proof.json",
    ):
        desk.page(address, 404)
    said = next(s for s in desk.book.statements() if s.figures.level == 900)
    desk.page(f"/report/{said.report}?public=2020-01-01", 404)


def test_hostile_words_stay_words_on_card_and_report(desk: Desk) -> None:
    nasty = '"></textarea><script>alert(1)</script>\u202e'
    desk.book.add(told((f"About 700 U.S. troops are in Jordan, he said. {nasty}", "2021-04-01", nasty)))
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    said = next(s for s in desk.book.statements() if s.figures.level == 700)
    for address in (f"/statement/{said.id}", f"/report/{said.report}", "/us/jordan", "/us/jordan/why"):
        page = desk.page(address)
        assert "<script>alert" not in page
        assert "\u202e" not in page


def test_stretches_that_cross_and_nest_are_cut_where_any_begins_or_ends() -> None:
    text = "abcdefghij"
    marks = [
        (Span(1, 5), "x"),
        (Span(3, 8), "y"),
        (Span(3, 4), "z"),
        (Span(6, 6), "none"),
        (Span(8, 40), "beyond"),
    ]
    found = list(passages(text, marks))
    assert "".join(one.words for one in found) == text
    assert [(one.words, one.names) for one in found] == [
        ("a", ()),
        ("bc", ("x",)),
        ("d", ("x", "y", "z")),
        ("e", ("x", "y")),
        ("fgh", ("y",)),
        ("ij", ("beyond",)),
    ]


def test_a_part_of_a_text_is_told_alone() -> None:
    found = list(passages("abcdef", [(Span(0, 3), "x")], Span(2, 5)))
    assert [(one.words, one.is_marked) for one in found] == [("c", True), ("de", False)]
