"""A watcher that is killed at any moment goes on where it was: nothing is lost, nothing is there twice."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sites import Site, answer, page, rss
from watched import Desk, feed

from musterbook.api import open_book
from musterbook.errors import BookError, UsageError
from musterbook.fetching.lock import is_held, only_one
from musterbook.fetching.notebook import Notebook
from musterbook.fetching.watching import Enter
from musterbook.model import Doubt, Report
from musterbook.pipeline import Tally

STORIES = 3


@pytest.fixture(autouse=True)
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTERBOOK_READER", "rules")


class KilledError(Exception):
    """Stands for the end of the process."""


class Fuse:
    """Ends the process at the so many-th step: before it is made, or just after."""

    def __init__(self, at: int) -> None:
        self.left = at

    def burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise KilledError


def fill(server: Site, stories: int = STORIES) -> None:
    links = [(server.url(f"/{n}", f"h{n}.example"), f"Story {n}") for n in range(stories)]
    gone = (server.url("/gone", "gone.example"), "Gone")
    server.pages["/feed"] = answer(rss(*links, gone), kind="text/xml", ETag='"1"')
    for n in range(stories):
        words = f"The Pentagon said on Monday that about {n + 2},500 American troops remain in Iraq."
        server.pages[f"/{n}"] = answer(page(words))


def fused(fuse: Fuse, monkeypatch: pytest.MonkeyPatch) -> Callable[[Enter], Enter]:
    """Every transaction of the notebook and every call of the book is a step, at its beginning and at its end."""
    names = ("want", "note", "list_entries", "note_host", "settle", "put_off")
    for name in names:
        whole = getattr(Notebook, name)

        def step(self: Notebook, *given: object, whole: Callable[..., None] = whole) -> None:
            fuse.burn()
            whole(self, *given)
            fuse.burn()

        monkeypatch.setattr(Notebook, name, step)

    def wrapped(enter: Enter) -> Enter:
        def entering(arrivals: Iterable[Report | Doubt]) -> Tally:
            fuse.burn()
            tally = enter(arrivals)
            fuse.burn()
            return tally

        return entering

    return wrapped


def test_wherever_it_is_killed_the_next_run_completes_it(tmp_path: Path, server: Site) -> None:
    """Each step in turn is the last one, until a run lives through all of them."""
    fill(server)
    source = feed(server.url("/feed", "feed.example"))
    for at in itertools.count(1):
        (tmp_path / str(at)).mkdir()
        desk, fuse = Desk(tmp_path / str(at)), Fuse(at)
        server.asked.clear()
        with pytest.MonkeyPatch.context() as patched:
            wrap = fused(fuse, patched)
            try:
                desk.run(source, wrap=wrap, connections=1)
            except KilledError:
                pass
            else:
                break
        desk.now += source.every
        desk.run(source)
        assert sorted(desk.in_book()) == sorted(
            [*(server.url(f"/{n}", f"h{n}.example") for n in range(STORIES)), "fetch-gone"]
        )
        assert desk.counts(source.url) == {"report": STORIES, "fetch-gone": 1}
        again = Counter(server.paths)
        assert max(again[f"/{n}"] for n in range(STORIES)) <= 2
    assert at > 15


def test_a_process_that_is_killed_again_and_again_gets_there(tmp_path: Path, server: Site) -> None:
    """The real command and the real signal, at moments drawn by lot."""
    fill(server, 4)
    listed = server.pages["/feed"]
    assert isinstance(listed, bytes)
    for n in range(4):
        listed = listed.replace(f"h{n}.example".encode(), b"127.0.0.1")
    server.pages["/feed"] = answer(
        listed.replace(b"gone.example", b"127.0.0.1").partition(b"\r\n\r\n")[2], kind="text/xml"
    )
    (tmp_path / "FEEDS.toml").write_text(
        '[watch]\ncontact = "mailto:desk@example.org"\npause = 0\nbook = "b.sqlite"\n'
        f'[[feed]]\nurl = "{server.url("/feed")}"\n'
    )
    code = "from musterbook.desk.cli import main; main()"
    call = [sys.executable, "-c", code, "watch", "FEEDS.toml", "--allow-loopback", "--once"]
    luck = Random(3)
    for _ in range(6):
        with subprocess.Popen(
            call, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(luck.uniform(0.3, 1.6))
            process.kill()
    subprocess.run(call, cwd=tmp_path, check=False, stdout=subprocess.DEVNULL, timeout=120)
    with open_book(tmp_path / "b.sqlite") as book:
        told = Counter(one.code for one in book.outcomes())
    with closing(Notebook(tmp_path / "b.sqlite.watch.sqlite", make=False)) as notebook:
        assert notebook.waiting() == 0
    assert told == {"read": 4, "fetch-gone": 1}


def test_who_is_asked_to_stop_finishes_its_step_and_says_what_was_done(tmp_path: Path, server: Site) -> None:
    fill(server, 0)
    (tmp_path / "FEEDS.toml").write_text(
        '[watch]\ncontact = "mailto:desk@example.org"\nbook = "b.sqlite"\n'
        f'[[feed]]\nurl = "{server.url("/feed")}"\nfollow = false\n'
    )
    code = "from musterbook.desk.cli import main; main()"
    call = [sys.executable, "-c", code, "watch", "FEEDS.toml", "--allow-loopback"]
    with subprocess.Popen(
        call, cwd=tmp_path, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
    assert first == f"{server.url('/feed')}: 1 entries, 1 new\n"
    assert "polls 1" in rest
    assert process.returncode == 0


def test_there_is_one_watcher_a_book(tmp_path: Path) -> None:
    path = tmp_path / "b.lock"
    assert not is_held(path)
    with only_one(path):
        assert is_held(path)
        with pytest.raises(UsageError, match="another watcher has this book"), only_one(path):
            pass
    assert not is_held(path)
    with only_one(path):
        pass


def test_a_notebook_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "n.sqlite").write_bytes(b"no database at all, but some words" * 50)
    with pytest.raises(BookError, match="cannot be opened"):
        Notebook(tmp_path / "n.sqlite")
