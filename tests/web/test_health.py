"""How the desk tells that it is well, or not; and how it behaves in a crowd."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from starlette.routing import Mount

from api_desk import ApiDesk, api_desk
from musterbook.desk.web import health
from musterbook.desk.web.crowd import LONGEST
from musterbook.errors import BookError

SAMPLE = re.compile(
    r'^musterbook_[a-z_]+(\{[a-z]+="(\\.|[^"\\])*"(,[a-z]+="(\\.|[^"\\])*")*\})? (-?\d+(\.\d+)?)$'
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ApiDesk]:
    notes = tmp_path / "checkpoints"
    with api_desk(tmp_path, checkpoints=notes) as found:
        found.book.checkpoint(notes)
        yield found


def near(desk: ApiDesk, address: str = "/metrics", **headers: str) -> httpx.Response:
    """Asked by a program on this machine."""
    transport = httpx.ASGITransport(desk.client.app, client=("127.0.0.1", 4711))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(address, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return asyncio.run(ask())


def samples(desk: ApiDesk) -> dict[str, float]:
    lines = near(desk).text.splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if line[0] != "#"}


def test_a_desk_that_is_well_says_so(desk: ApiDesk) -> None:
    answer = desk.client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "wrong": [], "lines": desk.book.ledger.head().edge.size}
    assert desk.client.head("/healthz").status_code == 200


def test_a_full_disk_is_told(desk: ApiDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    full = SimpleNamespace(total=10**9, used=10**9, free=10)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    answer = desk.client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["wrong"] == ["the disk of the book is nearly full"]
    assert "the disk of the book is nearly full" in desk.client.get("/health").text


def test_a_book_that_cannot_be_read_is_told(desk: ApiDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise BookError("the file is gone")

    monkeypatch.setattr(desk.client.app.state.shelf, "edge", broken)  # type: ignore[attr-defined] -- the application
    assert desk.client.get("/healthz").json()["wrong"] == ["the book cannot be read"]
    assert desk.client.get("/health").status_code == 200


def test_a_reckoning_that_stays_behind_is_told(desk: ApiDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LATE", -1.0)
    desk.book.retract(desk.statement(900), "wrong")
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    assert desk.client.get("/healthz").json()["wrong"] == ["the reckoning is long behind the book"]


def test_a_book_that_is_shorter_than_its_checkpoint_is_told(desk: ApiDesk, tmp_path: Path) -> None:
    notes = tmp_path / "checkpoints"
    note = json.loads(notes.read_text())
    notes.write_text(json.dumps(note | {"size": 10_000}) + "\n")
    assert desk.client.get("/healthz").json()["wrong"] == [
        "the book is shorter than its last checkpoint says"
    ]


def test_every_line_of_the_metrics_is_one(desk: ApiDesk) -> None:
    desk.client.get("/api/v1/statements")
    desk.client.get("/no/such/page/at/all")
    answer = near(desk)
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    for line in answer.text.splitlines():
        assert line.startswith(("# HELP musterbook_", "# TYPE musterbook_")) or SAMPLE.match(line), line


def test_metrics_count_the_book_and_the_requests(desk: ApiDesk) -> None:
    for _ in range(3):
        desk.client.get("/api/v1/statements")
    desk.client.get("/api/v1/statements?on=never")
    found = samples(desk)
    assert found["musterbook_book_lines"] == desk.book.ledger.head().edge.size
    assert found["musterbook_statements"] == found["musterbook_queue"] == len(desk.book.statements())
    assert found["musterbook_checkpoint_lines"] == desk.book.ledger.head().edge.size
    assert found['musterbook_requests_total{route="/api/v1/statements",method="GET",status="200"}'] == 3
    assert found['musterbook_requests_total{route="/api/v1/statements",method="GET",status="400"}'] == 1
    slots = [
        v
        for k, v in found.items()
        if k.startswith('musterbook_request_seconds_bucket{route="/api/v1/statements"')
    ]
    assert slots == sorted(slots)
    assert slots[-1] == found['musterbook_request_seconds_count{route="/api/v1/statements"}'] == 4


def test_addresses_that_nothing_has_are_counted_together(desk: ApiDesk) -> None:
    for number in range(20):
        desk.client.get(f"/no/such/page/{number}")
    names = [name for name in samples(desk) if "/no/such" in name]
    assert names == []


def test_metrics_are_for_this_machine_or_a_key(desk: ApiDesk) -> None:
    assert near(desk).status_code == 200
    assert near(desk, x_forwarded_for="203.0.113.9").status_code == 401
    assert desk.client.get("/metrics").status_code == 401
    assert desk.client.get("/metrics", headers={"authorization": "Bearer mb_adder"}).status_code == 200


def test_the_watcher_is_heard_of_by_its_file(desk: ApiDesk, tmp_path: Path) -> None:
    beat = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "process": 7, "feeds": 12, "failing": 2}
    (tmp_path / "book.sqlite.watch.heartbeat").write_text(json.dumps(beat))
    found = samples(desk)
    assert found['musterbook_watch{what="feeds"}'] == 12
    assert "musterbook_watch_beat_timestamp_seconds" in found
    assert "it has stopped" not in desk.client.get("/health").text
    (tmp_path / "book.sqlite.watch.heartbeat").write_text(
        json.dumps(beat | {"at": "2020-01-01T00:00:00+00:00"})
    )
    assert "it has stopped" in desk.client.get("/health").text


@pytest.mark.parametrize("words", ["", "[]", "{", '{"at": 7}', '{"at": "soon"}', "\xff"])
def test_a_file_that_is_no_heartbeat_is_none(desk: ApiDesk, tmp_path: Path, words: str) -> None:
    (tmp_path / "book.sqlite.watch.heartbeat").write_text(words, encoding="latin-1")
    assert "No watcher has been heard of" in desk.client.get("/health").text


def test_the_page_tells_progress_in_figures(desk: ApiDesk) -> None:
    page = desk.client.get("/health").text
    assert "All is well." in page
    assert "Statements that nobody has reviewed" in page
    assert "no-date" not in page


def test_an_endless_address_is_refused(desk: ApiDesk) -> None:
    answer = desk.client.get(f"/api/v1/statements?q={'a' * LONGEST}")
    assert answer.status_code == 414
    assert answer.json()["status"] == 414


def test_of_a_crowd_the_last_are_asked_to_come_again(tmp_path: Path) -> None:
    with api_desk(tmp_path, crowd=2) as desk:
        held, go = [], asyncio.Event()

        async def slow(scope: object, receive: object, send: object) -> None:
            held.append(1)
            await go.wait()

        desk.client.app.router.routes.insert(0, Mount("/slow", slow))  # type: ignore[attr-defined, arg-type] -- the application itself
        transport = httpx.ASGITransport(desk.client.app, raise_app_exceptions=False)  # type: ignore[arg-type] -- the same

        async def crowd() -> list[httpx.Response]:
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                waiting = [asyncio.create_task(client.get(f"/slow/{n}")) for n in range(2)]
                async with asyncio.timeout(30):
                    while len(held) < 2:
                        await asyncio.sleep(0.01)
                told = [
                    await client.get("/api/v1/statements"),
                    await client.get("/"),
                    await client.get("/healthz"),
                ]
                go.set()
                await asyncio.gather(*waiting, return_exceptions=True)
                return [*told, await client.get("/api/v1/statements")]

        refused, page, well, after = asyncio.run(crowd())
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        assert "Too many ask at once" in refused.json()["message"]
        assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
        assert well.status_code == 200
        assert after.status_code == 200
