"""Full-text search: what is found, how it is marked, how the index keeps up, and what it makes of strange questions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from books import Ticks
from musterbook.api import OpenBook, open_book
from musterbook.api.searching import REPORT, STATEMENT, Search, Wanted
from musterbook.api.wording import wording
from musterbook.desk.searching import Asking, print_found
from musterbook.errors import UsageError
from web_desk import TOLD, Desk, told

ACCENTS = (
    "Général François Lecointre said 4,500 French soldiers are in Mali. The café in Gao is closed.",
    "2019-05-01",
    "Zeitung Vier",
)
HOSTILE = (
    '"',
    '""',
    "'",
    "AND",
    "OR NOT",
    "NEAR(troops, 5)",
    "NEAR(",
    "words:troops",
    "{title words}: troops",
    "^troops",
    "-troops",
    "troops)",
    "(((",
    "troops*",
    "*",
    "t*",
    "***",
    "\x00",
    "tro\x00ops",
    "\x02\x03",
    "'; DROP TABLE report; --",
    "troops' OR 1=1",
    "report_words MATCH 'x'",
    "%",
    "_",
    "\\",
    "–—…",
    "\u202etroops",
    "½ ² Ⅷ",
    "🪖",
    "𒀀",
    "a" * 400,
    "a" * 401,
    "a " * 200,
    " ".join(f"w{n}" for n in range(60)),
    "“by the end of”",
    '"unclosed phrase',
    '"a" "b" c*',
    '"troops" *',
    "e\u0301te\u0301",
    "ﬁ",
    "\ufdd0",
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[OpenBook]:
    with open_book(tmp_path / "book.sqlite", clock=Ticks(), person="ed") as opened:
        opened.add(told(*TOLD, ACCENTS))
        yield opened


def publishers(search: Search, words: str, **others: object) -> list[str]:
    found = search.find(Wanted(words, **others))  # type: ignore[arg-type] -- the fields of the record
    return sorted(hit.report.publisher for hit in found.hits)


def beside(book: OpenBook) -> Path:
    return Path(f"{book.ledger.store.name}.search.sqlite")


def test_all_words_must_stand_there(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        assert publishers(search, "troops Iraq") == ["Daily Two", "Wire One", "Wire One"]
        assert publishers(search, "troops Iraq Pentagon") == ["Daily Two"]
        assert publishers(search, "troops Iraq giraffe") == []


def test_accents_and_capitals_make_no_difference(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        for words in ("francois", "FRANÇOIS", "Franc\u0327ois", "general LECOINTRE", "cafe", "café"):
            assert publishers(search, words) == ["Zeitung Vier"], words


def test_a_phrase_stands_word_by_word_and_a_number_is_one(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        assert publishers(search, '"end of September"') == ["Wire One"]
        assert publishers(search, "“end of September”") == ["Wire One"]
        assert publishers(search, '"September of end"') == []
        assert publishers(search, "5,200") == ["Wire One", "Wire One"]
        assert publishers(search, "200,5") == []


def test_the_beginning_of_a_word_is_enough_with_an_asterisk(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        assert publishers(search, "minist*") == ["Blatt Drei"]
        assert publishers(search, "minist") == []


def test_words_are_marked_where_they_stand(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        (hit,) = search.find(Wanted("cafe gao")).hits
        assert [words for words, is_wanted in hit.words if is_wanted] == ["café", "Gao"]
        assert "".join(words for words, _ in hit.words) == ACCENTS[0]


def test_statements_are_found_by_their_words_their_speaker_and_their_place(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        for words in ("5,200 McKenzie", "4,500 Mali", "lecointre france"):
            hits = search.find(Wanted(words, STATEMENT)).hits
            assert hits, words
            assert all(hit.statement for hit in hits)


def test_filters_leave_out_what_does_not_fit(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        assert publishers(search, "soldiers") == ["Blatt Drei", "Daily Two", "Zeitung Vier"]
        assert publishers(search, "soldiers", place="MLI") == ["Blatt Drei", "Zeitung Vier"]
        assert publishers(search, "soldiers", place="MLI", force="DEU") == ["Blatt Drei"]
        assert publishers(search, "soldiers", publisher="Daily Two") == ["Daily Two"]
        assert publishers(search, "soldiers", first=date(2021, 1, 1)) == ["Blatt Drei", "Daily Two"]
        assert publishers(search, "soldiers", last=date(2020, 1, 1)) == ["Zeitung Vier"]
        assert publishers(search, "soldiers", place="MLI", kind=STATEMENT) == ["Blatt Drei", "Zeitung Vier"]


def test_hits_come_in_the_order_asked_for_and_page_by_page(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        days = [hit.report.published for hit in search.find(Wanted("in", order="newest")).hits]
        assert days == sorted(days, reverse=True)
        assert len(days) == 6
        pages = [search.find(Wanted("in", order="oldest"), skip, 2) for skip in (0, 2, 4, 6)]
        assert [hit.report.published for page in pages for hit in page.hits] == sorted(days)
        assert {page.total for page in pages} == {6}


def test_new_reports_are_found_without_making_the_index_again(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        assert publishers(search, "giraffe") == []
        book.add(told(("A giraffe met 50 U.S. soldiers in Kenya, he said.", "2021-05-01", "New Paper")))
        assert search.index.behind()[1] < 10
        assert publishers(search, "giraffe") == ["New Paper"]
    with Search(book.ledger) as search:
        assert search.index.behind()[1] == 0


def test_a_statement_that_was_retracted_is_found_no_more_and_undone_it_is(book: OpenBook) -> None:
    identity = next(s.id for s in book.statements() if s.figures.level == 900)
    with Search(book.ledger) as search:
        assert len(search.find(Wanted("900", STATEMENT)).hits) == 1
        book.retract(identity, "misread")
        assert search.find(Wanted("900", STATEMENT)).total == 0
        assert len(search.find(Wanted("900", REPORT)).hits) == 1
        book.undo(book.history(identity)[-1].id, "it was right")
        assert len(search.find(Wanted("900", STATEMENT)).hits) == 1


def test_a_statement_that_was_corrected_is_found_under_its_new_place(book: OpenBook) -> None:
    identity = next(s.id for s in book.statements() if s.figures.level == 900)
    with Search(book.ledger) as search:
        assert search.find(Wanted("900", STATEMENT, place="JOR")).total == 0
        book.correct(identity, {"place": "JOR"}, "it says Syria by mistake")
        (hit,) = search.find(Wanted("900", STATEMENT, place="JOR")).hits
        assert hit.contingent
        assert hit.contingent.place == "JOR"
        assert search.find(Wanted("900", STATEMENT, place="SYR")).total == 0


def test_names_that_were_merged_are_one_in_the_filter(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        search.index.update()
        book.merge("MLI", "NER", "for this test")
        assert publishers(search, "soldiers", place="NER") == ["Blatt Drei", "Zeitung Vier"]


def test_an_index_that_is_deleted_damaged_or_of_another_book_is_made_again(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        assert publishers(search, "cafe") == ["Zeitung Vier"]
        beside(book).unlink()
        book.add(told(("A giraffe met 50 U.S. soldiers in Kenya, he said.", "2021-05-01", "New Paper")))
        assert publishers(search, "giraffe") == ["New Paper"]
    for damage in (b"no database at all" * 500, b"SQLite format 3\x00" + b"\xff" * 9_000, b""):
        beside(book).write_bytes(damage)
        with Search(book.ledger) as search:
            assert publishers(search, "cafe") == ["Zeitung Vier"]
    with sqlite3.connect(beside(book)) as db:
        db.execute("UPDATE seen SET id = 'of another book'")
    with Search(book.ledger) as search:
        assert publishers(search, "cafe") == ["Zeitung Vier"]


def test_an_index_damaged_in_the_middle_is_made_again(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        search.index.update()
    held = beside(book).read_bytes()
    beside(book).write_bytes(held[:4096] + b"\x55" * (len(held) - 4096))
    with Search(book.ledger) as search:
        assert publishers(search, "cafe") == ["Zeitung Vier"]


def test_somebody_elses_file_in_its_place_is_left_alone(book: OpenBook) -> None:
    with sqlite3.connect(beside(book)) as db:
        db.execute("CREATE TABLE line (words)")
    db.close()
    before = beside(book).read_bytes()
    with Search(book.ledger) as search:
        assert publishers(search, "cafe") == ["Zeitung Vier"]
    assert beside(book).read_bytes() == before


def test_two_programs_bring_one_index_up_to_date(book: OpenBook) -> None:
    with Search(book.ledger) as one, Search(book.ledger) as other:
        assert publishers(one, "cafe") == publishers(other, "cafe") == ["Zeitung Vier"]
        book.add(told(("A giraffe met 50 U.S. soldiers in Kenya, he said.", "2021-05-01", "New Paper")))
        assert publishers(other, "giraffe") == publishers(one, "giraffe") == ["New Paper"]


def test_a_book_in_memory_is_searched_in_memory() -> None:
    with open_book(":memory:", clock=Ticks()) as book, Search(book.ledger) as search:
        book.add(told(ACCENTS))
        assert publishers(search, "cafe") == ["Zeitung Vier"]
        assert search.index.place == ":memory:"


def test_a_folder_that_may_not_be_written_does_no_harm(
    book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Search(book.ledger, str(beside(book).parent / "no such folder" / "index")) as search:
        assert publishers(search, "cafe") == ["Zeitung Vier"]
        assert search.index.place == ":memory:"


def test_texts_with_strange_signs_are_found(book: OpenBook) -> None:
    text = "Some 60 U.S. troops\x00 are \ud800in Kenya\x02, he said.\x03 Zebra"
    book.add(told((text, "2021-05-02", "Strange \ud800")))
    with Search(book.ledger) as search:
        (hit,) = search.find(Wanted("zebra kenya")).hits
        assert [words for words, is_wanted in hit.words if is_wanted] == ["Kenya", "Zebra"]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_strange_question_finds_something_or_is_refused_in_words(book: OpenBook, words: str) -> None:
    with Search(book.ledger) as search:
        for kind in (REPORT, STATEMENT):
            total, many, refused = asked(search, Wanted(words, kind))
            assert total == many
            assert not refused or "look for" in refused or "before the asterisk" in refused


def asked(search: Search, wanted: Wanted) -> tuple[int, int, str]:
    """How many hits there are, how many come, and why none does where the question is refused."""
    try:
        found = search.find(wanted)
    except UsageError as refused:
        return 0, 0, str(refused)
    return found.total, len(found.hits), ""


@pytest.mark.parametrize("words", HOSTILE)
def test_a_strange_question_gets_a_page_or_a_plain_400(desk: Desk, words: str) -> None:
    answer = desk.client.get("/search", params={"q": words})
    assert answer.status_code in (200, 400)
    assert "our mistake" not in answer.text
    assert "fts5" not in answer.text
    assert "\u202e" not in answer.text


def test_signs_of_the_index_mean_nothing(book: OpenBook) -> None:
    with Search(book.ledger) as search:
        assert publishers(search, "troops OR giraffe") == []
        assert publishers(search, "-troops Iraq") == publishers(search, "troops Iraq")
        assert publishers(search, "title:troops") == []


def test_words_are_told_apart_from_phrases() -> None:
    assert wording('a "b c" de*').every == '"a" AND "b c" AND "de" *'
    assert wording("don’t").parts == ('"don’t"',)


def test_the_page_marks_what_was_looked_for_and_keeps_the_state(desk: Desk) -> None:
    page = desk.page("/search?q=mckenzie&order=newest&from=2020-09-01")
    assert "<mark>McKenzie</mark>" in page
    assert "1 to 1 of 1 reports" in page
    assert 'value="mckenzie"' in page
    assert 'value="2020-09-01"' in page
    assert "<option selected>newest</option>" in page


def test_statements_on_the_page_lead_to_their_cards(desk: Desk) -> None:
    page = desk.page("/search?q=troops&kind=statement&force=us&place=iraq")
    addresses = re.findall(r'href="(/statement/[0-9a-f]{64})"', page)
    assert len(addresses) == len({a.id for a in desk.book.statements() if a.place and a.place.code == "IRQ"})
    for address in addresses:
        assert "United States in Iraq" in desk.page(address)


def test_pages_of_hits_add_up(desk: Desk) -> None:
    seen = []
    for number in range(1, 6):
        seen += re.findall(
            r"<h2 class=\"small\"><a href=\"/report/([0-9a-f]+)",
            desk.page(f"/search?q=in&rows=1&page={number}"),
        )
    assert len(set(seen)) == len(seen) == 5
    assert "there is no page 6" in desk.page("/search?q=in&rows=1&page=6", 404)


def test_an_empty_search_shows_the_form_and_one_without_hits_says_what_to_do(desk: Desk) -> None:
    assert "Nothing is found" not in desk.page("/search")
    assert "Write fewer words" in desk.page("/search?q=giraffe")
    assert "leave out the filters" in desk.page("/search?q=giraffe&force=us")


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/search?q=***", 400, "there is no word to look for"),
        ("/search?q=a*", 400, "fits too many words"),
        ("/search?q=troops&kind=poem", 400, "kind=poem is none of: report, statement"),
        ("/search?q=troops&from=soon", 400, "from=soon is not a day"),
        ("/search?q=troops&from=2021-01-02&to=2021-01-01", 400, "is later than"),
        ("/search?q=troops&force=atlantis", 404, "No force is known as atlantis"),
        ("/search?q=troops&known=2020-01-01", 400, "leave known out"),
        ("/search?q=troops&page=2", 404, "there is no page 2"),
    ],
)
def test_a_wrong_search_gets_a_plain_sentence(desk: Desk, address: str, status: int, words: str) -> None:
    assert words in unescape(desk.page(address, status))


def test_hostile_texts_are_shown_as_text_among_the_hits(desk: Desk) -> None:
    text = "About 700 U.S. troops <script>alert(1)</script> are in Jordan\u202e, he said."
    desk.book.add(told((text, "2021-04-01", "<b>X</b>")))
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    for address in ("/search?q=jordan", "/search?q=script", "/search?q=jordan&kind=statement"):
        page = desk.page(address)
        assert "<script>alert" not in page
        assert "\u202e" not in page
        assert "&lt;b&gt;X" in page


def test_the_command_prints_hits_for_people_and_for_programs(
    book: OpenBook, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = Asking("cafe", False, None, "mali", None, None, None, "best")
    print_found(asking, 0, 20, book.ledger.store.name, False)
    assert "Zeitung Vier" in capsys.readouterr().out
    print_found(asking, 0, 20, book.ledger.store.name, True)
    assert '"marked": true' in capsys.readouterr().out
