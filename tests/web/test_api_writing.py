"""Writing by the API: reports and decisions by whoever has the key, once, and never over somebody's head."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api_desk import KEYS, NEW, ON, ApiDesk, all_operations, api_desk
from musterbook.desk.web.rest import bodies
from musterbook.desk.web.rest.operations import GET, POST, ROOT, Operation
from musterbook.model import Act

BECAUSE = {"reason": "checked against the transcript"}
PAGE = """<!doctype html><html><head><title>Troops in Kuwait</title></head><body><article><h1>Troops in Kuwait</h1>
<p>Some 3,400 U.S. troops are in Kuwait, the general said on Friday. They train with the army of the country.</p>
<p>The general spoke to reporters after a visit, and said that no change of that number is planned for now.</p>
</article></body></html>"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ApiDesk]:
    with api_desk(tmp_path) as found:
        yield found


def test_a_report_is_read_at_once_and_moves_the_figure(desk: ApiDesk) -> None:
    added = desk.post("/reports", NEW, 201)
    assert len(added["statements"]) == 1
    desk.settle()
    assert desk.get(f"/contingents/us/kuwait?{ON}")["best"] == 3400
    assert desk.get(added["address"])["title"] == NEW["title"]


def test_the_same_report_again_answers_the_same_and_writes_nothing(desk: ApiDesk) -> None:
    first, size = desk.post("/reports", NEW, 201), desk.get("/changes")["size"]
    assert desk.post("/reports", NEW, 200) == first
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    again = desk.get("/changes")["size"]
    assert again - size <= 1  # only the note that it came again
    assert desk.post("/reports", NEW, 200) == first
    assert desk.get("/changes")["size"] == again


def test_a_report_without_a_day_has_the_id_that_it_stands_under(desk: ApiDesk) -> None:
    added = desk.post(
        "/reports", {"text": "WASHINGTON, May 28, 2021 - Some 3,400 U.S. troops are in Kuwait, he said."}, 201
    )
    assert desk.get(added["address"])["id"] == added["id"]


def test_a_page_is_taken_as_html(desk: ApiDesk) -> None:
    added = desk.post(
        "/reports", {"html": PAGE, "published": "2021-05-28", "url": "https://wire.example/a"}, 201
    )
    assert len(added["statements"]) == 1
    assert "<p>" not in desk.get(added["address"])["text"]


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 400, "Give the report as text or as html"),
        ({"text": "a", "html": "<p>b"}, 400, "and not both"),
        ({"text": "Some troops.", "url": "javascript:alert(1)"}, 400, "url is no address on the web"),
        ({"text": "Some troops.", "published": "2021-02-30"}, 400, "published=2021-02-30 is not a day"),
        ({"text": "Some troops.", "published": "0001-01-01"}, 400, "lies outside of"),
        ({"text": "Some troops.", "colour": "blue"}, 400, "colour"),
        ({"text": 7}, 400, "$.text"),
        ([], 400, "not as this address takes it"),
        (
            {
                "text": "Les troupes américaines sont en Irak depuis des années, dit le ministre.",
                "language": "fr",
            },
            422,
            "no pack",
        ),
    ],
)
def test_what_is_no_report_is_refused_in_words(desk: ApiDesk, body: object, status: int, words: str) -> None:
    assert words in desk.post("/reports", body, status)["message"]


def test_a_body_that_is_no_json_or_too_large_is_refused(
    desk: ApiDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = {"authorization": "Bearer mb_all"}
    assert desk.client.post(f"{ROOT}/reports", content=b"text=1", headers=key).status_code == 415
    form = key | {"content-type": "application/x-www-form-urlencoded"}
    assert desk.client.post(f"{ROOT}/reports", content=b"text=1", headers=form).status_code == 415
    monkeypatch.setattr(bodies, "LARGEST", 1_000)
    assert desk.post("/reports", {"text": "x" * 2_000}, 413)["status"] == 413
    pieces = (b"x" * 600 for _ in range(3))  # without a length
    json = key | {"content-type": "application/json"}
    assert desk.client.post(f"{ROOT}/reports", content=pieces, headers=json).status_code == 413


def test_a_decision_is_signed_by_the_owner_of_the_key(desk: ApiDesk) -> None:
    done = desk.post(f"/statements/{desk.statement(900)[:8]}/retract", BECAUSE, key="mb_decider")
    assert (done["by"], done["act"], done["reason"]) == ("dora", "retract", BECAUSE["reason"])
    assert desk.book.journal()[-1].by == "dora"
    desk.settle()
    assert desk.get(f"/contingents?{ON}&place=syria")["items"] == []


def test_a_correction_changes_the_figure_and_undo_brings_it_back(desk: ApiDesk) -> None:
    identity = desk.statement(900)
    done = desk.post(f"/statements/{identity}/correct", BECAUSE | {"fields": {"level": "950"}})
    assert {"field": "level", "before": "900", "after": "950"} in done["changes"]
    desk.settle()
    assert desk.get(f"/contingents/us/syria?{ON}")["best"] == 950
    desk.post(f"/statements/{identity}/undo", BECAUSE)
    desk.settle()
    assert desk.get(f"/contingents/us/syria?{ON}")["best"] == 900


@pytest.mark.parametrize(
    ("what", "more", "act"),
    [
        ("confirm", {}, Act.CONFIRM),
        ("hold", {}, Act.HOLD),
        ("apart", {}, Act.APART),
        ("reassign", {"contingent": "us/jordan"}, Act.REPLACE),
        ("split", {"parts": [{"level": "500"}, {"level": "400"}]}, Act.SPLIT),
    ],
)
def test_every_decision_is_a_line_of_the_book(
    desk: ApiDesk, what: str, more: dict[str, object], act: Act
) -> None:
    done = desk.post(f"/statements/{desk.statement(900)}/{what}", BECAUSE | more)
    assert done["written"] is True
    assert desk.book.journal()[-1].act is act


@pytest.mark.parametrize("what", ["merge", "echo"])
def test_two_statements_are_joined(desk: ApiDesk, what: str) -> None:
    other = desk.statement(5200)
    done = desk.post(f"/statements/{desk.statement(2500)}/{what}", BECAUSE | {"into": other[:9]})
    assert (done["act"], done["into"]) == (what, other)


def test_who_comes_second_is_told(desk: ApiDesk) -> None:
    identity = desk.statement(900)
    seen = desk.get(f"/statements/{identity}")["seen"]
    desk.post(f"/statements/{identity}/confirm", BECAUSE | {"after": seen})
    wrong = desk.post(f"/statements/{identity}/retract", BECAUSE | {"after": seen}, 409)
    assert wrong["status"] == 409
    assert desk.get(f"/statements/{identity}")["state"] == "vouched for by ed"


@pytest.mark.parametrize(
    ("what", "body", "status"),
    [
        ("retract", {}, 400),
        ("retract", {"reason": "  "}, 400),
        ("retract", BECAUSE | {"after": "zz"}, 400),
        ("correct", BECAUSE | {"fields": {"colour": "blue"}}, 400),
        ("correct", BECAUSE | {"fields": {}}, 400),
        ("reassign", BECAUSE | {"contingent": "Atlantis"}, 400),
        ("merge", BECAUSE | {"into": "ffffffff"}, 404),
        ("undo", BECAUSE, 400),
        ("explode", BECAUSE, 404),
    ],
)
def test_a_wrong_decision_is_refused_and_writes_nothing(
    desk: ApiDesk, what: str, body: object, status: int
) -> None:
    size = desk.book.ledger.head().edge.size
    assert desk.post(f"/statements/{desk.statement(900)}/{what}", body, status)["message"]
    assert desk.book.ledger.head().edge.size == size


def test_a_statement_that_is_not_there_cannot_be_decided_on(desk: ApiDesk) -> None:
    desk.post("/statements/ffffffffff/retract", BECAUSE, 404)


def test_the_same_key_of_a_request_gets_the_same_answer(desk: ApiDesk) -> None:
    address = f"/statements/{desk.statement(900)}/retract"
    first = desk.post(address, BECAUSE, idempotency_key="a1")
    assert first["written"] is True
    assert desk.post(address, BECAUSE, idempotency_key="a1") == first
    assert desk.post(address, {"reason": "another"}, 409, idempotency_key="a1")["status"] == 409
    assert desk.post(address, BECAUSE, 403, key="mb_reader", idempotency_key="a1")


def test_what_failed_under_a_key_may_be_tried_again(desk: ApiDesk) -> None:
    desk.post("/statements/ffffffffff/retract", BECAUSE, 404, idempotency_key="a2")
    desk.post("/statements/ffffffffff/retract", BECAUSE, 404, idempotency_key="a2")


def test_in_a_book_with_people_the_owner_of_the_key_needs_a_role(desk: ApiDesk) -> None:
    desk.book.grant("dora", "reader", by="ed")
    desk.book.grant("adam", "none", by="ed")
    address = f"/statements/{desk.statement(900)}/retract"
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    assert "may read" in desk.post(address, BECAUSE, 403, key="mb_decider")["message"]
    desk.post("/reports", NEW, 401, key="mb_adder")
    desk.post(address, BECAUSE, 200, key="mb_all")


SCOPES = {"": frozenset[str](), "mb_gone": frozenset[str]()} | {
    key: held for key, (_, _, held) in KEYS.items()
}


@pytest.fixture(scope="module", params=[True, False], ids=["public", "closed"])
def guarded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[bool, ApiDesk]]:
    with api_desk(tmp_path_factory.mktemp("guarded"), is_public=request.param) as found:
        yield request.param, found


@pytest.mark.parametrize("key", SCOPES)
@pytest.mark.parametrize("one", all_operations(), ids=lambda one: one.name)
def test_a_key_opens_what_its_scopes_say_and_nothing_else(
    guarded: tuple[bool, ApiDesk], one: Operation, key: str
) -> None:
    is_public, desk = guarded
    path = ROOT + one.path.replace("{id}", "ffffffffff").replace("{force}", "us").replace("{place}", "fra")
    headers = {"authorization": f"Bearer {key}"} if key else {}
    answer = desk.client.request(one.method, path, headers=headers, json={} if one.method == POST else None)
    if key == "mb_gone" or (not key and not (is_public and one.method == GET)):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
    elif one.scope in SCOPES[key] or (is_public and one.method == GET):
        assert answer.status_code in (200, 400, 404)  # it was let in
    else:
        assert answer.status_code == 403
    if answer.status_code >= 400:
        assert answer.json()["status"] == answer.status_code


def test_a_desk_to_look_at_takes_nothing(tmp_path: Path) -> None:
    with api_desk(tmp_path, writes=False) as desk:
        assert "look at" in desk.post("/reports", NEW, 403)["message"]


def test_what_a_closed_desk_keeps_is_not_given_to_strangers(tmp_path: Path) -> None:
    with api_desk(tmp_path, is_public=False) as desk:
        key = {"authorization": "Bearer mb_reader"}
        first = desk.client.get(f"{ROOT}/statements", headers=key)
        assert first.status_code == 200
        assert desk.client.get(f"{ROOT}/statements").status_code == 401
        tag = {"if-none-match": first.headers["etag"]}
        assert desk.client.get(f"{ROOT}/statements", headers=tag).status_code == 401
        assert desk.client.get("/feeds/changes.atom").status_code == 401
