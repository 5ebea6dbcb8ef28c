"""Pages that could not be had are fetched again by hand, with the watcher's manners."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sites import Site, answer, page, rss

from musterbook.api import open_book
from musterbook.desk.cli import main
from musterbook.fetching.again import LONGEST, Round
from musterbook.fetching.egress import Egress
from musterbook.fetching.feedlist import PAGE, Source
from musterbook.fetching.lock import only_one
from musterbook.fetching.visits import Web
from musterbook.model import Doubt, Report

IRAQ = "The Pentagon said on Monday that about 2,500 American troops remain in Iraq."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Site) -> CliRunner:
    """A feed was watched; of the two pages that it lists neither was there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUSTERBOOK_READER", "rules")
    monkeypatch.delenv("MUSTERBOOK_BOOK", raising=False)
    links = [(server.url("/a"), "Iraq"), (server.url("/b"), "Syria")]
    server.pages["/feed"] = answer(rss(*links), kind="text/xml")
    Path("FEEDS.toml").write_text(
        '[watch]\ncontact = "mailto:desk@example.org"\npause = 0\nbook = "b.sqlite"\n'
        f'[[feed]]\nurl = "{server.url("/feed")}"\npublisher = "The Wire"\n'
    )
    runner = CliRunner()
    done = runner.invoke(main, ["watch", "FEEDS.toml", "--allow-loopback", "--once"])
    assert "lost 2" in done.stdout
    return runner


def retry(run: CliRunner, *words: str) -> Result:
    given = ["retry", "--feeds", "FEEDS.toml", "--allow-loopback", "--book", "b.sqlite", *words]
    return run.invoke(main, given)


def status(run: CliRunner) -> dict[str, object]:
    found = json.loads(run.invoke(main, ["watch", "--status", "--book", "b.sqlite", "--json"]).stdout)
    (source,) = found["sources"]
    return {name: source[name] for name in ("in book", "lost")}


def test_what_is_there_now_is_read_and_what_came_of_each_is_counted(run: CliRunner, server: Site) -> None:
    server.pages["/a"] = answer(page(IRAQ))
    done = retry(run, "fetch-gone")
    assert done.exit_code == 1
    assert "inputs 2 = read 1" in done.stdout
    assert "tried again: addresses 2 = fetch-gone 1 + read 1" in done.stdout
    with open_book("b.sqlite") as book:
        (report,) = book.reports()
    assert (report.publisher, report.url, report.name) == ("The Wire", server.url("/a"), server.url("/a"))
    assert report.retrieved is not None
    assert status(run) == {"in book": 1, "lost": 1}
    assert json.loads(retry(run, "--json").stdout)["again"] == {"addresses": {"fetch-gone": 1}}


def test_a_page_that_moved_counts_for_the_address_that_was_lost(run: CliRunner, server: Site) -> None:
    server.pages["/a"] = b"HTTP/1.1 301 Moved\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n"
    server.pages["/new"] = answer(page(IRAQ))
    server.pages["/b"] = server.pages["/a"]
    done = retry(run)
    assert done.exit_code == 1  # the page gives no day
    assert "tried again: addresses 2 = already known 1 + read 1" in done.stdout
    assert "nothing to try again" in retry(run).stderr


def test_robots_are_asked_here_too(run: CliRunner, server: Site) -> None:
    server.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /a\n", kind="text/plain")
    server.pages["/a"] = server.pages["/b"] = answer(page(IRAQ))
    for path in Path().glob("b.sqlite.watch.sqlite"):
        path.unlink()
    assert "tried again: addresses 2 = fetch-robots 1 + read 1" in retry(run).stdout
    assert "/a" not in server.paths[3:]


def test_nobody_is_asked_while_a_watcher_lives(run: CliRunner, server: Site) -> None:
    before = server.accepted
    with only_one(Path("b.sqlite.watch.lock")):
        done = retry(run)
    assert done.exit_code == 2
    assert "another watcher has this book" in done.stderr
    assert server.accepted == before


def fetched(server: Site, pause: float, *paths: str) -> tuple[list[Report | Doubt], list[float]]:
    """What some pages gave, and how long was slept between the visits; the clock stands still."""
    slept: list[float] = []
    web = Web(
        "Musterbook/0 (+mailto:desk@example.org)",
        Egress(allow_loopback=True, ports=frozenset([server.port])),
        now=lambda: 1e9,
    )
    found = Round(web, pause, slept.append).fetch(map(server.url, paths), lambda url: Source(PAGE, url))
    return list(found), slept


def test_a_host_is_left_its_pause_between_two_visits(server: Site) -> None:
    server.pages["/a"] = server.pages["/b"] = answer(page(IRAQ))
    found, slept = fetched(server, 7.0, "/a", "/b")
    assert [type(one) for one in found] == [Report, Report]
    assert slept == [7.0]


def test_nobody_sits_before_the_screen_for_an_hour(server: Site) -> None:
    wish = f"User-agent: *\nCrawl-delay: {LONGEST + 60:.0f}\n".encode()
    server.pages["/robots.txt"] = answer(wish, kind="text/plain")
    server.pages["/a"] = server.pages["/b"] = answer(page(IRAQ))
    (_, lost), slept = fetched(server, 0.0, "/a", "/b")
    assert isinstance(lost, Doubt)
    assert (lost.code, lost.source, slept) == ("fetch-busy", server.url("/b"), [])
