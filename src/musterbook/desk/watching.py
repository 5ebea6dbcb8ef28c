"""Watches feeds until told to stop, and tells how they stand."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from musterbook.desk.cli import PROBLEMS
from musterbook.desk.lists import tally_line
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say, table
from musterbook.desk.views import View, tally_view
from musterbook.desk.wiring import book_to_write
from musterbook.errors import UsageError
from musterbook.settings import book_place, data_folder

if TYPE_CHECKING:
    from musterbook.fetching.feedlist import FeedList
    from musterbook.fetching.notebook import Standing
    from musterbook.fetching.parcels import Sum
    from musterbook.fetching.visits import Web
    from musterbook.fetching.watching import Enter

NEEDED = ("httpcore", "idna", "protego")
CURE = "watching needs httpcore, idna and protego: pip install 'musterbook[watch]'"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.*")
COLOURS = {"fine": "green", "not yet": "dim", "part": "yellow", "fails": "bold red"}
COLUMNS = ("state", "source", "in book", "waiting", "lost", "last had", "next", "cause")


def watch(
    feeds: str, given: str | None, by: str | None, *, once: bool, retry: bool, loopback: bool, as_json: bool
) -> int:
    """One run; with ``once`` the exit code says whether a feed or a page could not be had."""
    if not all(find_spec(name) for name in NEEDED):
        raise UsageError(CURE)
    from musterbook.fetching.feedlist import read_feed_list
    from musterbook.fetching.lock import only_one

    listed = read_feed_list(Path(feeds), any_port=loopback)
    place = book_place(given or listed.book)
    with only_one(beside(place, "lock")), book_to_write(place, by) as book, _stopping() as stop:
        done = _run(listed, place, book.add, stop, once, retry, loopback, as_json)
        name = book.ledger.store.name
    _tell(done, name, as_json)
    return PROBLEMS if once and (done.failed or done.lost) else 0


def _run(
    listed: FeedList,
    place: Path | str,
    enter: Enter,
    stop: Event,
    once: bool,
    retry: bool,
    loopback: bool,
    as_json: bool,
) -> Sum:
    from musterbook.cells.pool import parse
    from musterbook.fetching.heartbeat import Heartbeat
    from musterbook.fetching.notebook import Notebook
    from musterbook.fetching.watching import Watcher, World

    web = _web(listed, stop, loopback)
    tell = (lambda _: None) if as_json else say_now
    world = World(web, stop.wait, tell=tell, parse=parse)
    with closing(Notebook(beside(place, "sqlite"))) as notebook:
        if retry and (again := notebook.retry(time.time())) and not as_json:
            say(f"{again} pages are fetched again")
        return Watcher(listed, notebook, enter, world, Heartbeat(beside(place, "heartbeat")), once).run()


@contextmanager
def asking(feeds: str, place: Path | str, loopback: bool) -> Iterator[tuple[FeedList, Web, Event]]:
    """The list, the web as it says who asks, and the wish to stop; UsageError while a watcher lives.

    Two that ask at once would leave the hosts no pause.
    """
    if not all(find_spec(name) for name in NEEDED):
        raise UsageError(CURE)
    from musterbook.fetching.feedlist import read_feed_list
    from musterbook.fetching.lock import only_one

    listed = read_feed_list(Path(feeds), any_port=loopback)
    with only_one(beside(place, "lock")), _stopping() as stop:
        yield listed, _web(listed, stop, loopback), stop


def _web(listed: FeedList, stop: Event, loopback: bool) -> Web:
    from musterbook.fetching.egress import Egress
    from musterbook.fetching.visits import Web

    egress = Egress(ports=listed.ports, allow_loopback=loopback)
    return Web(agent_of(listed.contact), egress, stopped=stop.is_set)


def say_now(line: str) -> None:
    """One line at once, for whoever follows it through a pipe."""
    say(line)
    sys.stdout.flush()


def agent_of(contact: str) -> str:
    """How we name ourselves to servers: the program, its version, whom to write to."""
    from musterbook import __version__

    return f"Musterbook/{__version__} (+{contact})"


def beside(place: Path | str, ending: str) -> Path:
    """A file of the watcher's: beside the book's file; for a book on a server, in the data folder."""
    if isinstance(place, Path):
        return place.with_name(f"{place.name}.watch.{ending}")
    data_folder().mkdir(parents=True, exist_ok=True)
    return data_folder() / f"watch.{ending}"


@contextmanager
def _stopping() -> Iterator[Event]:
    """Set when somebody wants us to stop; who asks twice does not wait for the last step."""
    stop = Event()
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def asked(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, kept[signal.Signals(number)])

    for number in kept:
        signal.signal(number, asked)
    try:
        yield stop
    finally:
        for number, before in kept.items():
            signal.signal(number, before)


def _tell(done: Sum, name: str, as_json: bool) -> None:
    tally = done.tally
    for odd in tally.odd:
        note(f"{odd.message} [{odd.code}]")
    if as_json:
        polls = {"polled": done.polled, "unchanged": done.unchanged, "failed": done.failed}
        print_json(
            {"book": name, **polls, "pages": done.pages, "lost": done.lost, "tally": tally_view(tally)}
        )
        return
    pages = f"pages fetched {done.pages}, lost {done.lost}"
    say(f"polls {done.polled}: unchanged {done.unchanged}, failed {done.failed}; {pages}")
    say(tally_line(tally))
    say(f"{tally.statements} statements written to {name}" if tally.changed else "nothing changed")
    if tally.held:
        say(f"{tally.held} of them are held for review: musterbook queue")


def show_status(feeds: str | None, given: str | None, as_json: bool) -> int:
    """How every source stands; the exit code says whether one fails."""
    from musterbook.fetching.feedlist import read_feed_list
    from musterbook.fetching.heartbeat import last_beat
    from musterbook.fetching.lock import is_held
    from musterbook.fetching.notebook import Notebook

    book = read_feed_list(Path(feeds), any_port=True).book if feeds else ""
    place = book_place(given or book)
    path = beside(place, "sqlite")
    if not path.exists():
        raise UsageError(f"nothing was watched for {place} yet; begin with: musterbook watch FEEDS.toml")
    with closing(Notebook(path, make=False)) as notebook:
        counts = notebook.counts()
        views = [_view(one, counts.get(one.url, {})) for one in notebook.standings().values()]
    beat = last_beat(beside(place, "heartbeat"))
    lives = is_held(beside(place, "lock"))
    if as_json:
        print_json({"watcher": {"lives": lives, **beat}, "sources": views})
    else:
        say(f"the watcher {'lives' if lives else 'does not run'}; last sign {beat.get('at') or 'never'}")
        rows = [[_cell(view[name]) for name in COLUMNS] for view in views]
        table(
            COLUMNS,
            rows,
            numbers=("in book", "waiting", "lost"),
            spare=("waiting", "lost", "last had", "next"),
            elastic=("source", "cause"),
            colours=COLOURS,
        )
    return PROBLEMS if any(view["state"] == "fails" for view in views) else 0


def _cell(held: object) -> str:
    """A moment to the minute, in UTC; anything else as it is."""
    words = str(held)
    return words[:16].replace("T", " ") if MOMENT.fullmatch(words) else words


def _view(standing: Standing, counts: dict[str, int]) -> View:
    """One source for people and programs."""
    from musterbook.fetching.heartbeat import moment_words

    cause = standing.cause
    state = "fails" if standing.failures else "part" if cause else "fine" if standing.succeeded else "not yet"
    said = cause.message("").strip() if cause else f"moved to {standing.moved}" if standing.moved else ""
    return {
        "state": state,
        "source": standing.url,
        "in book": counts.get("report", 0),
        "waiting": counts.get("waiting", 0),
        "lost": sum(number for code, number in counts.items() if code.startswith("fetch-")),
        "last had": moment_words(standing.succeeded),
        "next": moment_words(standing.due),
        "cause": said,
        "failures": standing.failures,
        "code": standing.code,
        "outcomes": counts,
    }
