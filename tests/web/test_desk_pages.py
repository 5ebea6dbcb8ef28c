"""The pages of the web desk: what they tell, and how they say that they cannot."""

from __future__ import annotations

import pytest

from musterbook.desk.web.guarding import HEADERS
from web_desk import Desk, told

HOSTILE = "<script>alert(1)</script>\u202e"


def test_the_first_page_names_the_largest_contingent_with_its_figure(desk: Desk) -> None:
    page = desk.page("/")
    assert "Iraq" in page
    assert "2,500" in page


def test_a_contingent_is_found_by_code_and_by_name(desk: Desk) -> None:
    for address in ("/us/iraq", "/usa/irq", "/United%20States/Iraq", "/united_states/iraq"):
        assert "<h1>United States in Iraq</h1>" in desk.page(address)


def test_a_day_in_the_past_shows_the_strength_of_that_day(desk: Desk) -> None:
    assert "5,200" in desk.page("/?on=2020-03-02").split("Announced, and due")[0]


def test_what_was_published_later_is_not_known_before(desk: Desk) -> None:
    assert "2,500" not in desk.page("/us/iraq?public=2020-12-01")


def test_evidence_marks_the_words_that_carry_the_figure(desk: Desk) -> None:
    identity = next(s.id for s in desk.book.statements() if s.figures.level == 900)
    page = desk.page(f"/statement/{identity[:8]}")
    assert "<mark>900</mark>" in page
    assert "an official" in page


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/us/atlantis", 404, "No place is known as atlantis"),
        ("/nobody/iraq", 404, "No force is known as nobody"),
        ("/us/fra", 404, "The book has nothing on United States in France"),
        ("/?on=yesterday", 400, "on=yesterday is not a day; write it as on=2020-09-30"),
        ("/?known=0001-01-01", 400, "lies outside of"),
        ("/statement/zzz", 404, "six to 64 signs"),
        ("/statement/ffffffffffff", 404, "No statements have an id that begins with"),
        ("/no/such/page", 404, "No page has this address"),
    ],
)
def test_a_wrong_address_gets_a_plain_sentence(desk: Desk, address: str, status: int, words: str) -> None:
    assert words in desk.page(address, status)
    answer = desk.client.get(address, headers={"accept": "application/json"})
    assert words in answer.json()["message"]


def test_every_answer_carries_the_policy_that_nothing_from_elsewhere_runs(desk: Desk) -> None:
    for address in ("/", "/us/atlantis", "/static/desk.css", "/no/such/page"):
        answer = desk.client.get(address)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_foreign_name_of_the_desk_is_refused(desk: Desk) -> None:
    assert desk.client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_hostile_text_is_shown_as_text(desk: Desk) -> None:
    desk.book.add(
        told(
            (
                f"About 700 U.S. troops are in Jordan, he said. {HOSTILE}",
                "2021-04-01",
                "<b>X</b>",
            )
        )
    )
    identity = next(s.id for s in desk.book.statements() if s.figures.level == 700)
    page = desk.page(f"/statement/{identity}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\\u202e" in page
    assert "\u202e" not in page


def test_a_page_that_is_the_same_is_not_sent_twice(desk: Desk) -> None:
    first = desk.client.get("/us/iraq")
    again = desk.client.get("/us/iraq", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    desk.book.add(told(("Some 40 U.S. troops left Iraq, he said.", "2021-05-01", "Daily Two")))
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    assert desk.client.get("/us/iraq", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_our_own_mistake_shows_no_code(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(desk.client.app.state.shelf, "ask", fail)  # type: ignore[attr-defined] -- the application itself
    page = desk.page("/us/iraq", 500)
    assert "secret of the house" not in page
    assert "our mistake" in page
