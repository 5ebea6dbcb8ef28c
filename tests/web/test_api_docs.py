"""The calls that docs/api.md shows, put to a desk: each is answered."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import pytest

from api_desk import ApiDesk, all_operations, api_desk
from shown import ROOT as HOUSE
from shown import shown_in

PAGE = (HOUSE / "docs/api.md").read_text(encoding="utf-8")
CALLS = [shown.command for shown in shown_in(PAGE)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiDesk]:
    with api_desk(tmp_path_factory.mktemp("shown")) as found:
        yield found


@pytest.fixture(scope="module")
def identity(desk: ApiDesk) -> str:
    return desk.statement(900)


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_is_shown_is_answered(desk: ApiDesk, identity: str, call: str) -> None:
    words = shlex.split(call.replace("$DESK", "").replace("$ID", identity).replace("$KEY", "mb_all"))
    assert words.pop(0) == "curl"
    headers, body, address = {}, None, ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "--json":
            body, headers["content-type"] = words.pop(0), "application/json"
        else:
            address = word
    answer = desk.client.request("POST" if body else "GET", address, headers=headers, content=body)
    assert answer.status_code in (200, 201), answer.text
    assert answer.headers["content-type"].startswith("text/csv") == ("csv" in call)


def test_the_page_names_every_subject() -> None:
    subjects = {one.path.split("/")[1] for one in all_operations()}
    assert [subject for subject in subjects if f"/{subject}" not in PAGE] == []
