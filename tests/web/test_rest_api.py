"""The API: what it tells, part by part, through all clocks, and how it says that it cannot."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from api_desk import ON, ApiDesk, all_operations, api_desk, asked
from api_examples import PLACE
from musterbook.desk.web.rest.describing import described, examples
from musterbook.desk.web.rest.operations import GET, Operation
from musterbook.model import Report
from web_desk import told

NAMED = {"ids": lambda one: one.name}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiDesk]:
    """A desk that is only asked."""
    with api_desk(tmp_path_factory.mktemp("asked")) as found:
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Iterator[ApiDesk]:
    """A desk of the test's own, to write to."""
    with api_desk(tmp_path) as found:
        yield found


def test_a_day_tells_the_strength_of_that_day(desk: ApiDesk) -> None:
    row = desk.get("/contingents/us/iraq?on=2020-03-02")
    assert row["best"] == 5200
    assert row["low"] <= 5200 <= row["high"]


def test_names_and_codes_are_the_same(desk: ApiDesk) -> None:
    by_code = desk.get(f"/contingents/USA/IRQ?{ON}")
    assert by_code == desk.get(f"/contingents/united_states/Iraq?{ON}".replace("_", "%20"))


def test_what_was_published_later_is_not_told(desk: ApiDesk) -> None:
    rows = desk.get("/statements?public=2020-12-01&force=us&place=iraq")["items"]
    assert 2500 not in [row["level"] for row in rows]
    assert desk.get("/contingents/us/iraq?public=2020-12-01&on=2021-02-01")["best"] != 2500


def test_what_the_book_did_not_know_then_is_not_told(own: ApiDesk) -> None:
    before = own.book.ledger.now().isoformat()[:19]
    own.post(
        "/reports", {"text": "Some 60 U.S. troops are in Jordan, he said.", "published": "2021-05-01"}, 201
    )
    own.settle()
    assert own.get(f"/contingents?place=jordan&{ON}")["items"]
    assert own.get(f"/contingents?place=jordan&{ON}&known={before}")["items"] == []


def test_a_curve_has_gaps_as_null_and_never_as_zero(desk: ApiDesk) -> None:
    points = desk.get("/contingents/us/iraq/curve?from=2010-01-01&to=2021-06-01&step=300")["points"]
    assert points[0]["best"] is None
    assert points[-1]["best"] is not None


def test_evidence_marks_the_words_and_tells_the_proof(desk: ApiDesk) -> None:
    found = desk.get(f"/statements/{desk.statement(900)[:8]}")
    assert {"words": "900", "marked": True} in found["pieces"]
    assert "".join(piece["words"] for piece in found["pieces"]) == found["sentences"][0]
    assert found["state"] == "not reviewed"
    proof = desk.get(found["proof"])
    assert proof["root"] == desk.get("/changes")["root"]
    assert json.loads(proof["line"])["body"]["statement"]["figures"]["level"] == 900


@pytest.mark.parametrize(
    ("address", "levels"),
    [
        ("/statements?q=remain%20TROOPS&sort=published", [2500]),
        ("/statements?publisher=daily%20two&sort=published", [2500, 900]),
        ("/statements?speaker=mckenzie&status=current", [5200]),
        ("/statements?published_from=2021-02-01&published_to=2021-03-01&sort=published", [900, 1100]),
        ("/statements?place=mali", [1100]),
        ("/statements?q=5,200&status=current", [5200]),
        ("/statements?on=2020-03-01", [5200]),
    ],
)
def test_statements_are_filtered(desk: ApiDesk, address: str, levels: list[int]) -> None:
    assert [row["level"] for row in desk.get(address)["items"]] == levels


def test_pledges_are_filtered_by_verdict_and_due_day(desk: ApiDesk) -> None:
    row = desk.get("/pledges?due_from=2020-09-01&due_to=2020-10-31")["items"][0]
    assert row["deadline"] == "2020-09-30"
    assert desk.get("/pledges?due_from=2020-11-01")["items"] == []
    assert desk.get(f"/pledges?{ON}&verdict={row['verdict']}".replace(" ", "%20"))["items"]
    story = desk.get(f"/pledges/{row['id'][:10]}?{ON}")
    assert story["timeline"][0]["what"] == "announced"


def test_a_report_alone_has_its_text(desk: ApiDesk) -> None:
    row = desk.get("/reports?q=ministry")["items"][0]
    assert "text" not in row
    found = desk.get(f"/reports/{row['id']}")
    assert "1,100 soldiers in Mali" in found["text"]
    assert found["statements"] == [desk.statement(1100)]


def test_search_finds_statements_and_reports(desk: ApiDesk) -> None:
    rows = desk.get("/search?q=baghdad")["items"]
    assert {row["kind"] for row in rows} == {"report", "statement"}
    for row in rows:
        assert desk.get(row["address"])["id"] == row["id"]


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize(
    "address",
    [
        "/statements?",
        "/statements?sort=recorded&",
        "/contingents?sort=-best&",
        "/reports?",
        "/queue?",
        "/search?q=the&",
    ],
)
def test_the_parts_of_a_list_are_the_list(desk: ApiDesk, address: str, limit: int) -> None:
    whole = desk.get(f"{address}limit=1000")["items"]
    found, following = [], f"/api/v1{address}limit={limit}"
    while following:
        answer = desk.client.get(following)
        rows, following = answer.json()["items"], answer.json()["next"]
        assert len(rows) <= limit
        assert answer.links.get("next", {}).get("url") == following
        found += rows
    assert found == whole
    assert len(whole) > 2


def test_what_is_added_between_two_parts_shifts_nothing(own: ApiDesk) -> None:
    first = own.get("/statements?sort=published&limit=2")
    own.book.add(told(("Some 70 U.S. troops are in Jordan, he said.", "2019-05-01", "Early Bird")))
    own.settle()
    rest = own.get(first["next"].replace("limit=2", "limit=100"))
    assert [row["published"] for row in (*first["items"], *rest["items"])] == [
        "2020-03-01", "2020-09-09", "2021-01-15", "2021-02-01", "2021-03-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/contingents?on=yesterday", "on=yesterday is not a day; write it as on=2020-09-30"),
        ("/contingents?force=nobody", "no force is known as 'nobody'"),
        ("/contingents?froce=us", "froce is not a parameter of this address; it takes after, force"),
        ("/contingents?limit=1001", "limit=1001 is no number from 1 to 1,000"),
        ("/contingents?after=xyz", "after=xyz is no place in this list"),
        ("/contingents?on=2020-01-01&on=2020-01-02", "on is given more than once"),
        ("/contingents?on=", "on is empty; leave it out, or write it as in on=2021-06-01"),
        (
            "/contingents/us/iraq/curve?from=2021-01-01&to=2020-01-01",
            "from=2021-01-01 comes after to=2020-01-01",
        ),
        ("/contingents/us/iraq/curve?from=1950-01-01&step=1", "take a larger step or fewer days"),
        ("/pledges?verdict=good", "verdict=good is not known; write one of: open, due"),
        ("/search", "q is missing; write it as in q="),
        ("/search?q=%00", "q holds a zero byte"),
        ("/changes?since=-1", "since=-1 is no number from 0"),
    ],
)
def test_a_wrong_parameter_is_named_with_how_it_is_written(desk: ApiDesk, address: str, words: str) -> None:
    wrong = desk.get(address, 400)
    assert words in wrong["message"]
    assert wrong["status"] == 400
    assert wrong["error"]


@pytest.mark.parametrize(
    "address",
    [
        "/contingents/us/france",
        "/contingents/us/atlantis",
        "/statements/zzz",
        "/statements/ffffffffff",
        "/reports/ab",
        "/pledges/ffffffff",
        "/no/such/thing",
    ],
)
def test_what_is_not_known_is_404_in_json(desk: ApiDesk, address: str) -> None:
    assert desk.get(address, 404)["status"] == 404


def test_a_place_of_one_list_is_none_of_another(desk: ApiDesk) -> None:
    after = desk.get("/statements?limit=1")["next"].partition("after=")[2]
    desk.get(f"/statements?sort=recorded&after={after}", 400)
    desk.get(f"/contingents?after={after}", 400)


def test_an_answer_that_is_the_same_is_not_sent_again(own: ApiDesk) -> None:
    first = own.client.get("/api/v1/statements")
    tag = {"if-none-match": first.headers["etag"]}
    assert own.client.get("/api/v1/statements", headers=tag).status_code == 304
    own.book.retract(own.statement(900), "wrong")
    own.settle()
    again = own.client.get("/api/v1/statements", headers=tag)
    assert again.status_code == 200
    assert len(again.json()["items"]) == len(first.json()["items"]) - 1


@pytest.mark.parametrize(
    ("address", "accept"),
    [
        ("/api/v1/statements.csv", "*/*"),
        ("/api/v1/statements?format=csv", "*/*"),
        ("/api/v1/statements", "text/csv"),
        ("/api/v1/statements", "text/csv, application/json;q=0.5"),
    ],
)
def test_csv_is_had_by_name_by_parameter_and_by_header(desk: ApiDesk, address: str, accept: str) -> None:
    answer = desk.client.get(address, headers={"accept": accept})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="statements.csv"' in answer.headers["content-disposition"]
    rows = [*csv.DictReader(io.StringIO(answer.text))]
    assert [int(row["level"]) for row in rows if row["level"]] == [1100, 900, 2500, 5200]


@pytest.mark.parametrize(
    "accept", ["", "*/*", "text/html", "application/json, text/csv;q=0.9", "text/csv;q=no"]
)
def test_json_is_had_unless_csv_is_wanted_more(desk: ApiDesk, accept: str) -> None:
    answer = desk.client.get("/api/v1/statements", headers={"accept": accept})
    assert answer.headers["content-type"] == "application/json"


def test_changes_lead_a_copy_along(own: ApiDesk) -> None:
    lines, since = [], 0
    while rows := (answer := own.get(f"/changes?since={since}&limit=7"))["items"]:
        lines += rows
        since = answer["since"]
    assert [line["n"] for line in lines] == list(range(1, answer["size"] + 1))
    assert root_of([bytes.fromhex(line["hash"]) for line in lines]) == answer["root"]
    own.book.retract(own.statement(900), "wrong")
    assert [line["kind"] for line in own.get(f"/changes?since={since}")["items"]] == ["entry"]


def root_of(leaves: list[bytes]) -> str:
    """The root of the tree over the leaves, as RFC 9162 has it."""
    from hashlib import sha256

    def tree(some: list[bytes]) -> bytes:
        if len(some) == 1:
            return some[0]
        half = 1
        while half * 2 < len(some):
            half *= 2
        return sha256(b"\x01" + tree(some[:half]) + tree(some[half:])).digest()

    return tree(leaves).hex()


def test_the_hash_of_a_line_is_that_of_its_text(desk: ApiDesk) -> None:
    from hashlib import sha256

    for line in desk.get("/changes")["items"]:
        assert sha256(b"\0" + line["line"].encode()).hexdigest() == line["hash"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/news/annette/mail.eml:3", "mail.eml:3"),
        ("C:\\annette\\page.html", "page.html"),
        ("page.html", "page.html"),
        ("https://example.org/a/b", "https://example.org/a/b"),
    ],
)
def test_changes_tell_nothing_of_folders(own: ApiDesk, name: str, shown: str) -> None:
    from hashlib import sha256

    since = own.get("/changes")["size"]
    own.book.add([Report("About 700 U.S. troops are in Jordan, he said.", name=name)])
    lines = own.get(f"/changes?since={since}")["items"]
    assert "annette" not in "".join(line["line"] for line in lines)
    (report,) = (line for line in lines if line["kind"] == "report")
    assert json.loads(report["line"])["body"]["report"]["name"] == shown
    for line in lines:
        is_hashed = sha256(b"\0" + line["line"].encode()).hexdigest() == line["hash"]
        assert line["whole"] is is_hashed


@pytest.mark.parametrize("one", [op for op in all_operations() if op.method == GET], **NAMED)
def test_an_answer_has_the_fields_that_are_described_and_no_others(desk: ApiDesk, one: Operation) -> None:
    if not one.name.startswith("mission"):
        address, _ = asked(desk, one)
        check(one, desk.get(address))


@pytest.mark.parametrize("one", all_operations(), **NAMED)
def test_every_example_is_as_described(one: Operation) -> None:
    told = examples()[one.name]
    check(one, told["answer"])
    if one.body:
        body = strict(described())["components"]["schemas"][one.body.__name__]
        validator(body).validate(told["body"])


def test_the_examples_are_what_is_answered(desk: ApiDesk) -> None:
    for one in all_operations():
        if one.method == GET and not one.name.startswith(("mission", "conflicts")):
            address, _ = asked(desk, one)
            shown = json.loads(PLACE.read_bytes())[one.name]
            assert shown["address"] == address, "run python tests/web/api_examples.py"


def test_every_operation_is_explained_and_has_its_own_name() -> None:
    names = [one.name for one in all_operations()]
    assert len(set(names)) == len(names)
    assert [one.name for one in all_operations() if len(one.summary) < 10] == []


def test_the_page_of_the_api_shows_every_operation_with_its_example(desk: ApiDesk) -> None:
    page = desk.client.get("/api").text
    for one in all_operations():
        assert f'id="{one.name}"' in page
        assert f"{one.method} /api/v1{one.path}" in page
    assert "curl http://testserver/api/v1/contingents" in page.replace("&#39;", "")
    assert "<script>" not in page


def check(one: Operation, answer: Any) -> None:  # noqa: ANN401 -- JSON
    """The answer holds what the description says, and nothing beside it."""
    told = strict(described())
    operation = told["paths"][f"/api/v1{one.path}"][one.method.lower()]
    status = "201" if one.news else "200"
    validator(operation["responses"][status]["content"]["application/json"]["schema"]).validate(answer)


def validator(schema: Any) -> Any:  # noqa: ANN401 -- a schema and its validator
    """Of a schema with what it points to."""
    return jsonschema_rs.Draft202012Validator(schema | {"components": strict(described())["components"]})


def strict(schema: Any) -> Any:  # noqa: ANN401 -- a schema
    """The schema with no room for fields that it does not name."""
    if isinstance(schema, dict):
        closed = (
            {"additionalProperties": False}
            if schema.get("type") == "object" and "properties" in schema
            else {}
        )
        return closed | {name: strict(value) for name, value in schema.items()}
    return [strict(one) for one in schema] if isinstance(schema, list) else schema
