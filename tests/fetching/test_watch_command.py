"""``musterbook watch``: plain lines in a pipe, one value for programs, and how everything stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sites import Site, answer, page, rss

from musterbook.desk.cli import main
from musterbook.fetching.lock import only_one

IRAQ = "The Pentagon said on Monday that about 2,500 American troops remain in Iraq."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Site) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUSTERBOOK_READER", "rules")
    monkeypatch.delenv("MUSTERBOOK_BOOK", raising=False)
    server.pages["/feed"] = answer(rss((server.url("/a"), "Iraq")), kind="text/xml")
    server.pages["/a"] = answer(page(IRAQ))
    Path("FEEDS.toml").write_text(
        '[watch]\ncontact = "mailto:desk@example.org"\npause = 0\nbook = "b.sqlite"\n'
        f'[[feed]]\nurl = "{server.url("/feed")}"\n'
    )
    return CliRunner()


def call(run: CliRunner, *words: str) -> Result:
    return run.invoke(main, ["watch", *words])


def once(run: CliRunner, *words: str) -> Result:
    return call(run, "FEEDS.toml", "--allow-loopback", "--once", *words)


def test_one_run_tells_what_it_did(run: CliRunner, server: Site) -> None:
    done = once(run)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{server.url('/feed')}: 1 entries, 1 new",
        "polls 1: unchanged 0, failed 0; pages fetched 1, lost 0",
        "inputs 1 = read 1 + without statements 0 + already known 0 + not read 0",
        f"1 statements written to {'b.sqlite'}",
    ]


def test_a_second_run_has_nothing_to_do(run: CliRunner) -> None:
    once(run)
    done = once(run)
    assert done.stdout.splitlines()[0] == "polls 0: unchanged 0, failed 0; pages fetched 0, lost 0"
    assert done.stdout.splitlines()[-1] == "nothing changed"


def test_a_feed_or_a_page_that_cannot_be_had_ends_with_1(run: CliRunner, server: Site) -> None:
    del server.pages["/a"]
    done = once(run)
    assert done.exit_code == 1
    assert (
        f"{server.url('/a')} is not there (status 404); look for its new address [fetch-gone]" in done.stdout
    )
    assert "not read 1 (fetch-gone 1)" in done.stdout
    server.pages["/a"] = answer(page(IRAQ))
    done = once(run, "--retry")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "1 pages are fetched again"


def test_programs_get_one_value(run: CliRunner) -> None:
    found = json.loads(once(run, "--json").stdout)
    assert (found["polled"], found["pages"], found["lost"], found["tally"]["read"]) == (1, 1, 0, 1)


def test_the_status_tells_how_every_source_stands(run: CliRunner, server: Site) -> None:
    with Path("FEEDS.toml").open("a") as file:
        file.write(f'[[page]]\nurl = "{server.url("/none")}"\n')
    once(run)
    done = call(run, "FEEDS.toml", "--status")
    assert done.exit_code == 1
    first, head, *rows = done.stdout.splitlines()
    assert first.startswith("the watcher does not run; last sign 20")
    assert head.split("\t") == ["state", "source", "in book", "waiting", "lost", "last had", "next", "cause"]
    states = {row.split("\t")[1]: row.split("\t") for row in rows}
    assert states[server.url("/feed")][:5] == ["fine", server.url("/feed"), "1", "0", "0"]
    assert states[server.url("/none")][0] == "fails"
    assert states[server.url("/none")][-1] == "is not there (status 404); look for its new address"


def test_the_status_is_there_for_programs_and_while_a_watcher_works(run: CliRunner, server: Site) -> None:
    once(run)
    with only_one(Path("b.sqlite.watch.lock")):
        found = json.loads(call(run, "--status", "--book", "b.sqlite", "--json").stdout)
        busy = once(run)
    assert found["watcher"]["lives"] is True
    (source,) = found["sources"]
    assert (source["state"], source["in book"], source["source"]) == ("fine", 1, server.url("/feed"))
    assert busy.exit_code == 2
    assert "another watcher has this book" in busy.stderr


def test_what_is_used_wrongly_is_told(run: CliRunner) -> None:
    assert call(run).exit_code == 2
    assert call(run, "--status", "--book", "none.sqlite").exit_code == 2
    assert call(run, "none.toml", "--once").exit_code == 2


def test_without_the_setting_for_tests_this_machine_is_not_asked(run: CliRunner, server: Site) -> None:
    done = call(run, "FEEDS.toml", "--once")
    assert done.exit_code == 2
    assert "FEEDS.toml, line 6" in done.stderr
    assert server.accepted == 0
