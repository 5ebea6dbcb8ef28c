"""Editors at the web desk: what waits, what they decide, and what two of them do at once."""

from __future__ import annotations

import re

import pytest

from newsroom_desk import Newsroom
from web_desk import TODAY, told

HOSTILE = "<script>alert(1)</script>\u202e"


def shown(newsroom: Newsroom, address: str = "/us/iraq") -> str:
    """The strength that readers see."""
    page = newsroom.stranger().page(f"{address}?on={TODAY}")
    found = re.search(r'class="figure">([^<]+)<', page)
    assert found
    return found.group(1)


def test_the_queue_begins_with_what_moves_a_figure_most(newsroom: Newsroom) -> None:
    page = newsroom.browser("ed").page("/review")
    moved = [int(words.replace(",", "")) for words in re.findall(r"moves ([\d,]+)", page)]
    assert moved == sorted(moved, reverse=True)
    assert moved[0] > 0


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("force=us&place=syria", "Syria: about 900", "Mali"),
        ("publisher=blatt", "Mali", "Syria: about 900"),
        ("reason=figure", "Syria: about 900", "Nothing waits"),
        ("reason=held", "Nothing waits there", "Syria: about 900"),
    ],
)
def test_the_queue_is_filtered_by_its_address(
    newsroom: Newsroom, query: str, there: str, not_there: str
) -> None:
    page = newsroom.browser("ed").page(f"/review?{query}")
    assert there in page
    assert not_there not in page


@pytest.mark.parametrize("query", ["reason=whim", "force=atlantis", "page=0", "publisher=" + "x" * 101])
def test_a_wrong_filter_gets_a_plain_sentence(newsroom: Newsroom, query: str) -> None:
    assert "That was not understood" in newsroom.browser("ed").page(f"/review?{query}", 400)


def test_a_confirmed_statement_waits_no_more_and_tells_who_vouches_for_it(newsroom: Newsroom) -> None:
    ed, it = newsroom.browser("ed"), newsroom.statement(900)
    answer = ed.decide(it, "confirm")
    assert answer.status_code == 303
    page = ed.page(answer.headers["location"])
    assert "Vouched for by ed" in page
    assert "Syria: about 900" not in ed.page("/review")


def test_who_goes_through_the_queue_comes_to_the_next_one_and_may_undo(newsroom: Newsroom) -> None:
    ed, it, other = newsroom.browser("ed"), newsroom.statement(900), newsroom.statement(1100)
    answer = ed.decide(it, "confirm", next=other)
    page = ed.page(answer.headers["location"])
    assert "Germany in Mali" in page
    assert f'action="/review/{it}/undo' in page


def test_a_correction_changes_the_figure_that_readers_see_and_undoing_brings_it_back(
    newsroom: Newsroom,
) -> None:
    ed, it = newsroom.browser("ed"), newsroom.statement(900)
    before = shown(newsroom, "/us/syria")
    answer = ed.decide(it, "correct", level="800", reason="misread")
    assert answer.status_code == 303
    after = shown(newsroom, "/us/syria")
    page = ed.page(answer.headers["location"])
    assert "level 900 -&gt; 800" in page
    new = newsroom.statement(800)
    entry = re.search(r'name="entry" value="([0-9a-f]{64})"', page)
    assert entry
    back = ed.decide(new, "undo", entry=entry.group(1))
    assert back.headers["location"].startswith(f"/review/{it}")
    assert (before, after, shown(newsroom, "/us/syria")) == ("900", "800", "900")


def test_every_deed_can_be_done_and_undone(newsroom: Newsroom) -> None:
    ed, it, other = newsroom.browser("ed"), newsroom.statement(2500), newsroom.statement(5200)
    deeds: tuple[tuple[str, dict[str, object]], ...] = (
        ("confirm", {}),
        ("hold", {}),
        ("apart", {}),
        ("echo", {"into": other[:12]}),
        ("merge", {"into": other[:12]}),
        ("retract", {}),
        ("split", {"parts": "level=2000\nlevel=500 place=SYR"}),
        ("reassign", {"force": "us", "place": "syria", "mission": ""}),
        ("correct", {"level": "2400", "speaker": "", "period": "2021-01-14/2021-01-15"}),
    )
    stood = newsroom.book.standing().entries
    for n, (deed, fields) in enumerate(deeds):
        assert ed.decide(it, deed, reason=f"{deed} {n}", **fields).status_code == 303, deed
        last = newsroom.book.history(it)[-1]
        assert (last.by, last.reason) == ("ed", f"{deed} {n}")
        assert ed.decide(it, "undo", entry=last.id, reason=f"undo {n}").status_code == 303, deed
        assert {e.statement.id for e in newsroom.book.standing().entries if e.statement} == {
            e.statement.id for e in stood if e.statement
        }


def test_a_decision_without_a_reason_is_not_taken_and_what_was_typed_is_kept(newsroom: Newsroom) -> None:
    ed, it = newsroom.browser("ed"), newsroom.statement(900)
    answer = ed.decide(it, "correct", level="777", reason=" ")
    assert answer.status_code == 400
    assert "give a reason" in answer.text.lower()
    assert 'value="777"' in answer.text
    assert newsroom.book.history(it)[-1].by != "ed"


@pytest.mark.parametrize(
    ("deed", "fields", "words"),
    [
        ("correct", {}, "nothing was changed"),
        ("correct", {"level": "many"}, "is no level"),
        ("correct", {"force": ""}, "is no force"),
        ("correct", {"low": "9", "high": "3"}, "do not fit together"),
        ("merge", {"into": "ffffffffffff"}, "nothing in the book has the id"),
        ("merge", {}, "too short"),
        ("split", {"parts": "level=1"}, "two parts or more"),
        ("split", {"parts": 'level="1'}, "cannot be read"),
        ("reassign", {"force": "us", "place": "atlantis"}, "no place is known"),
        ("undo", {"entry": "0" * 64}, "not one on this statement"),
        ("confirm", {"seen": "x"}, "what you saw last"),
    ],
)
def test_a_wrong_form_gets_a_plain_sentence(
    newsroom: Newsroom, deed: str, fields: dict[str, object], words: str
) -> None:
    ed, it = newsroom.browser("ed"), newsroom.statement(900)
    size = newsroom.book.ledger.head().edge.size
    answer = ed.decide(it, deed, **fields)
    assert answer.status_code == 400
    assert words in answer.text.lower()
    assert newsroom.book.ledger.head().edge.size == size


def test_a_deed_that_nobody_knows_is_not_found(newsroom: Newsroom) -> None:
    assert newsroom.browser("ed").decide(newsroom.statement(900), "praise").status_code == 404


def test_who_comes_second_sees_what_the_first_has_done(newsroom: Newsroom) -> None:
    ed, ada, it = newsroom.browser("ed"), newsroom.browser("ada"), newsroom.statement(900)
    seen = ada.seen(it)
    assert ed.decide(it, "correct", level="800", reason="misread").status_code == 303
    answer = ada.decide(it, "retract", seen=seen, reason="a slip of the agency")
    assert answer.status_code == 409
    for words in ("replace</strong> by ed", "misread", "a slip of the agency", ">900<", ">800<"):
        assert words in answer.text
    assert newsroom.statement(800)


def test_the_right_words_are_chosen_in_the_text(newsroom: Newsroom) -> None:
    ed, it = newsroom.browser("ed"), newsroom.statement(900)
    said = next(s for s in newsroom.book.statements() if s.id == it)
    report = newsroom.book.report(said.report)
    assert report
    page = ed.page(f"/report/{said.report}/mark?statement={it}")
    start, end = report.text.index("900"), report.text.index(" soldiers") + len(" soldiers")
    assert f'data-start="{start}" data-end="{start + 3}"' in page
    given = {"statement": it, "seen": ed.seen(it), "start": start, "end": end, "reason": "these carry it"}
    answer = ed.send(f"/report/{said.report}/mark", given)
    assert answer.status_code == 303, answer.text
    page = ed.page(answer.headers["location"])
    assert "<mark>900 U.S. soldiers</mark>" in page
    assert "Vouched for by ed" in page


def test_a_new_statement_is_taken_from_marked_words(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    newsroom.book.add(
        told(("Nothing much. Some troops, a thousand and five, sit in Jordan.", "2021-04-01", "X"))
    )
    newsroom.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    report = newsroom.book.reports()[-1]
    start = report.text.index("a thousand")
    page = ed.page(f"/report/{report.id}/mark?sentence=2")
    assert f'<option value="{start}"' in page
    given = {
        "start": start,
        "end": start + len("a thousand and five"),
        "force": "us",
        "place": "jordan",
        "level": "1005",
        "status": "current",
        "reason": "the reader missed it",
    }
    assert shown(newsroom, "/us/iraq") == "2,500"
    answer = ed.send(f"/report/{report.id}/mark", given)
    assert answer.status_code == 303, answer.text
    assert "Vouched for by ed" in ed.page(answer.headers["location"])
    assert shown(newsroom, "/us/jordan") == "1,005"
    again = ed.send(f"/report/{report.id}/mark", given)
    assert again.status_code == 400


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "choose the words"),
        ({"start": "5", "end": "5"}, "outside of the text"),
        ({"start": "0", "end": "99999"}, "outside of the text"),
        ({"start": "0", "end": "-4"}, "choose the words"),
        ({"start": "0", "end": "9"}, "needs a force"),
        ({"start": "0", "end": "9", "force": "us", "place": "iraq"}, "needs a figure"),
    ],
)
def test_words_that_carry_nothing_are_refused(
    newsroom: Newsroom, fields: dict[str, object], words: str
) -> None:
    report = newsroom.book.reports()[0]
    answer = newsroom.browser("ed").send(f"/report/{report.id}/mark", {"reason": "why not"} | fields)
    assert answer.status_code == 400
    assert words in answer.text.lower()


@pytest.mark.parametrize("query", ["sentence=99", "sentence=x", "sentence=0"])
def test_a_sentence_that_is_not_there_gets_a_plain_sentence(newsroom: Newsroom, query: str) -> None:
    report = newsroom.book.reports()[0]
    assert "That was not understood" in newsroom.browser("ed").page(f"/report/{report.id}/mark?{query}", 400)


def test_a_report_or_statement_that_is_not_there_is_not_found(newsroom: Newsroom) -> None:
    ed, first = newsroom.browser("ed"), newsroom.book.reports()[0]
    assert ed.get(f"/report/{'0' * 64}/mark").status_code == 404
    assert ed.get(f"/report/{first.id}/mark?statement={newsroom.statement(900)}").status_code == 404
    assert ed.get("/review/zzz").status_code == 404


def test_hostile_text_is_shown_as_text_wherever_editors_look(newsroom: Newsroom) -> None:
    ed = newsroom.browser("ed")
    newsroom.book.add(
        told((f"About 700 U.S. troops are in Jordan, he said {HOSTILE}.", "2021-04-01", HOSTILE))
    )
    newsroom.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    it = newsroom.statement(700)
    report = next(s.report for s in newsroom.book.statements() if s.id == it)
    answer = ed.decide(it, "confirm", reason=HOSTILE)
    seen = ed.page(answer.headers["location"])
    stale = ed.decide(it, "retract", seen=newsroom.book.history(it)[0].id, reason=HOSTILE).text
    pages = [seen, stale, ed.page(f"/report/{report}/mark?statement={it}"), ed.page("/review")]
    pages.append(ed.decide(it, "correct", level=HOSTILE).text)
    for page in pages:
        assert "<script>alert" not in page
        assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)" in seen


def test_what_was_done_is_told_by_the_book_and_never_by_the_address(newsroom: Newsroom) -> None:
    page = newsroom.browser("ed").page("/review?done=you+won+a+prize")
    assert "prize" not in page
