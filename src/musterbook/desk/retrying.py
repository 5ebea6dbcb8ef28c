"""What was not read is tried again: files, addresses, single pages of archives; and what came of each is counted."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from musterbook.cells.pool import parse
from musterbook.desk.adding import added, tell
from musterbook.desk.cli import PROBLEMS
from musterbook.desk.screen import note, say
from musterbook.desk.watching import asking, beside
from musterbook.desk.wiring import arrivals, existing_book
from musterbook.errors import UsageError
from musterbook.fetching.troubles import TROUBLES
from musterbook.intake import Given
from musterbook.intake.sources import from_pages
from musterbook.intake.trouble import CURES
from musterbook.ledger.outcomes import KNOWN, READ, Outcome, failures, settled
from musterbook.model import Doubt, Report
from musterbook.settings import book_place

PART = re.compile(r"(.+?)(?:, (?:line|record|entry|item|row|mail) \d+|: [^:/]+)+", re.DOTALL)
ARCHIVE = re.compile(r"\.warc(\.gz|\.zst)?\Z", re.IGNORECASE)
RECORD = re.compile(r"(.+\.warc(?:\.gz|\.zst)?), record (\d+)", re.IGNORECASE | re.DOTALL)
ADDRESS = re.compile(r"https?://[^\s#]+", re.IGNORECASE)
FILES, ADDRESSES, PAGES = "files", "addresses", "pages of archives"
Found = Iterator[Report | Doubt]


@dataclass(frozen=True, slots=True)
class Means:
    """What helps to get at inputs that are no files here: a list that says who asks, a folder where archives lie."""

    feeds: str | None = None
    archives: str | None = None
    loopback: bool = False


@dataclass(slots=True)
class Plan:
    """What is tried again, in the order in which it was not read; ``sources`` are the inputs, by their kind."""

    sources: dict[str, list[str]] = field(default_factory=lambda: {FILES: [], ADDRESSES: [], PAGES: []})
    files: dict[str, None] = field(default_factory=dict)
    pages: dict[tuple[str, Path], list[int]] = field(default_factory=dict)


def retry(
    codes: Collection[str],
    place: str | None,
    given: Given,
    by: str | None,
    as_json: bool,
    means: Means,
) -> int:
    """Hand in again what was not read, or only what ended in one of these ways; nothing is replaced."""
    for code in codes:
        if code not in CURES and code not in TROUBLES:
            raise UsageError(f"no input ends as {code!r}; how inputs end, see: musterbook doubts --intake")
    with existing_book(place) as book:
        lost = [one for one in failures(settled(book.outcomes())) if not codes or one.code in codes]
    plan = _planned(lost, means)
    if not any(plan.sources.values()):
        note("nothing to try again")
        return PROBLEMS if lost else 0
    with _addresses(plan.sources[ADDRESSES], place, means, given.language) as fetched:
        name, tally = added(chain(arrivals(plan.files, given), _pages(plan, given), fetched), place, by)
    came_of = _came_of(plan, place)
    exit_code = tell(name, tally, as_json, {"again": came_of})
    if not as_json:
        say(_line(came_of))
    return exit_code


def _planned(lost: Iterable[Outcome], means: Means) -> Plan:
    """How each input can be got at again; a note for each that cannot."""
    plan = Plan()
    notes: dict[str, None] = {}
    for one in lost:
        if hint := _hint(one.source, means, plan):
            notes[hint] = None
    for hint in notes:
        note(hint)
    return plan


def _hint(source: str, means: Means, plan: Plan) -> str:
    """Take one input into the plan; or what to do instead."""
    if page := RECORD.fullmatch(source):
        return _page_hint(source, page.group(1), int(page.group(2)), means, plan)
    whole = _whole(source)
    if ADDRESS.fullmatch(source):
        if means.feeds:
            plan.sources[ADDRESSES].append(source)
        return "" if means.feeds else f"{source} is an address; fetch it again with --feeds FEEDS.toml"
    if ARCHIVE.search(whole):
        return f"{whole} is an archive; read it again with: musterbook archive {whole} --manifest NEW"
    if "://" in source or not Path(whole).exists():
        return f"{whole} is no file here any more; fetch it again and add it"
    plan.sources[FILES].append(source)
    plan.files[whole] = None
    return ""


def _page_hint(source: str, archive: str, number: int, means: Means, plan: Plan) -> str:
    places = [Path(archive), *([Path(means.archives, Path(archive).name)] if means.archives else ())]
    there = next((path for path in places if path.is_file()), None)
    if there is None:
        return f"{archive} is no file here any more; name the folder where it lies with --archives FOLDER"
    plan.sources[PAGES].append(source)
    plan.pages.setdefault((archive, there), []).append(number)
    return ""


def _whole(source: str) -> str:
    """The file of which an outcome names a part."""
    found = PART.fullmatch(source)
    return found.group(1) if found else source


def _pages(plan: Plan, given: Given) -> Found:
    """The single pages, one archive after the other."""
    for (archive, path), numbers in plan.pages.items():
        yield from from_pages(path, archive, numbers, given, parse)


@contextmanager
def _addresses(
    urls: Collection[str], place: str | None, means: Means, language: str | None
) -> Iterator[Found]:
    """What the addresses hold now, asked for as the list of feeds says; whoever stops it loses nothing that came."""
    if not urls or not means.feeds:
        yield iter(())
        return
    from musterbook.fetching.again import Round
    from musterbook.fetching.feedlist import PAGE, Source
    from musterbook.fetching.notebook import Notebook

    kept = book_place(place)
    with asking(means.feeds, kept, means.loopback) as (listed, web, stop):
        named = {source.url: source for source in listed.sources}
        path = beside(kept, "sqlite")
        lists: Mapping[str, str] = {}
        if path.exists():
            with closing(Notebook(path, make=False)) as notebook:
                lists = notebook.listed_by(urls)
        again = Round(web, listed.pause, stop.wait, parse)
        yield again.fetch(
            urls, lambda url: named.get(lists.get(url, url)) or Source(PAGE, url, language=language)
        )
        if path.exists():
            _note_read(path, urls, place)


def _note_read(path: Path, urls: Collection[str], place: str | None) -> None:
    """Tell the watcher's notebook which of the addresses are in the book now."""
    from musterbook.fetching.notebook import Notebook

    with existing_book(place) as book:
        there = {one.source for one in book.outcomes() if one.code in (READ, KNOWN)}
    with closing(Notebook(path)) as notebook:
        notebook.note_read([url for url in urls if url in there], time.time())


def _came_of(plan: Plan, place: str | None) -> dict[str, dict[str, int]]:
    """How often each kind of input ended in which way."""
    with existing_book(place) as book:
        last = {one.source: one.code for one in settled(book.outcomes())}
    counts = {kind: Counter(last[one] for one in sources) for kind, sources in plan.sources.items()}
    return {kind: dict(sorted(found.items())) for kind, found in counts.items() if found}


def _line(came_of: Mapping[str, Mapping[str, int]]) -> str:
    """``tried again: files 2 = no-text 1 + read 1; addresses 1 = read 1``."""
    told = (
        f"{kind} {sum(counts.values())} = " + " + ".join(f"{code} {count}" for code, count in counts.items())
        for kind, counts in came_of.items()
    )
    return "tried again: " + "; ".join(told)
