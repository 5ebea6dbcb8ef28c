"""How quick the web desk is on a large book: fresh pages, kept ones, bytes, memory; and Datasette over the same file.

usage: python bench/desk.py [--book FILE] [--statements 100000] [--contingents 1000] [--pages 200] [--freeze]

The book is made by desk_made.py where none is given (two minutes). A server of ours opens it in its own process; its
first reckoning is waited for. Then every page is asked for once, by addresses that were never asked for, one after the
other: times by the clock, and what the server's threads spent on processors (Linux), which a busy machine does not
change. wrk, where it is installed, asks for the first page with two connections. --freeze writes bench/desk.json and
the table in docs/desk.md.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import desk_made
import desk_table

ROOT = Path(__file__).resolve().parents[1]
FROZEN = Path(__file__).with_name("desk.json")
PEER = ROOT / ".venv-peers" / "datasette"
PINS = ("datasette==0.65.5",)
LONGEST = 3600  # seconds until the first page is there
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
Row = dict[str, Any]


class Server:
    """A server in a process of its own, asked over one connection."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, address: str) -> tuple[int, bytes]:
        """Status and body as they were sent, packed; over a fresh connection where the old one was hung up."""
        for _ in range(2):
            try:
                self._line.request(
                    "GET", address, headers={"Accept-Encoding": "gzip", "Accept": "text/html,*/*"}
                )
                answer = self._line.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                self._line.close()
        return 0, b""

    def spent(self) -> float:
        """Seconds of its threads on processors, exactly; of those that live."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        return sum(int((one / "schedstat").read_text().split()[0]) for one in tasks.iterdir()) / 1e9

    def settle(self) -> None:
        """Wait until it does nothing any more."""
        while True:
            before = self.spent_ever()
            time.sleep(3)
            if self.spent_ever() - before < 0.3:
                return

    def spent_ever(self) -> float:
        """The same with threads that have ended, in steps of a hundredth of a second."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self, name: str) -> int:
        """Its memory now (VmRSS) or at most (VmHWM)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(rf"{name}:\s+(\d+) kB", status)
        return int(found[1]) // 1024 if found else 0

    def ready(self, address: str) -> tuple[float, float]:
        """Wait until a page is there; seconds by the clock and on processors since the start."""
        began = time.monotonic()
        while self.get(address)[0] != 200:
            if self.process.poll() is not None or time.monotonic() - began > LONGEST:
                raise SystemExit(f"the server on port {self.port} gives no page")
            time.sleep(0.5)
        return time.monotonic() - began, self.spent_ever()


@contextmanager
def served(*call: str) -> Iterator[Server]:
    """The command with a free port, until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        [*call, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(30)


class Addresses:
    """Pages that were not asked for before, by kind."""

    def __init__(self, book: Path, seed: int = 7) -> None:
        chance = Random(seed)  # noqa: S311 -- to be the same each time
        with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as line:
            pairs = line.execute("select distinct force, place from line where force is not null").fetchall()
            said = line.execute(
                "select statement, report, n from line where statement is not null"
            ).fetchall()
        chance.shuffle(pairs)
        chance.shuffle(said)
        first = date(2006, 1, 1)
        days = [(first + timedelta(n)).isoformat() for n in chance.sample(range(6900), 3000)]
        self._pairs, self._said, self._days = pairs, said, days

    def ours(self) -> dict[str, Iterator[str]]:
        """Of the desk."""
        pairs, days, half = self._pairs, self._days, len(self._pairs) // 2
        months = [f"{year}-{month:02}-01" for year in range(2006, 2024) for month in range(1, 13)]
        return {
            "overview on the first of a month": (f"/?on={day}" for day in months),
            "overview on any day": (f"/?on={day}" for day in days),
            "overview of a force on the first of a month": (
                f"/?force={pair[0]}&on={day}" for pair, day in zip(pairs, months, strict=False)
            ),
            "curve page": (f"/{force.lower()}/{place.lower()}" for force, place in pairs[:half]),
            "curve page as published by a day": (
                f"/{force.lower()}/{place.lower()}?public={day}"
                for (force, place), day in zip(pairs[half:], days, strict=False)
            ),
            "curve as a picture": (
                f"/{force.lower()}/{place.lower()}/curve.svg?public={day}"
                for (force, place), day in zip(pairs, days[500:], strict=False)
            ),
            "evidence": (f"/statement/{statement}" for statement, _, _ in self._said),
            "report": (f"/report/{report}" for _, report, _ in self._said),
            "announcements": (f"/pledges?page={n}" for n in range(1, 1000)),
            "sources": (f"/sources?page={n}" for n in range(1, 1000)),
            "doubts": (f"/doubts?page={n}" for n in range(1, 1000)),
            "search": (f"/search?q={10_000 + n}th+report" for n in range(0, 90_000, 97)),
            "feed of a contingent": (f"/{f.lower()}/{p.lower()}/feed.atom" for f, p in pairs),
            "API: curve": (f"/api/v1/contingents/{f}/{p}/curve" for f, p in pairs),
            "API: statements": (f"/api/v1/statements?force={f}&place={p}" for f, p in pairs),
        }

    def theirs(self, name: str) -> dict[str, Iterator[str]]:
        """Of Datasette: the lines of a contingent, and one line."""
        return {
            "lines of a contingent": (f"/{name}/line?force={f}&place={p}&_size=100" for f, p in self._pairs),
            "one line": (f"/{name}/line/{n}" for _, _, n in self._said),
            "lines of a kind, page by page": (f"/{name}/line?kind=entry&_next={n}" for _, _, n in self._said),
        }


def measured(server: Server, addresses: Iterator[str], many: int) -> Row | None:
    """Times of fresh pages in milliseconds; None where the server has no such page."""
    walls, spent, sizes = list[float](), list[float](), list[int]()
    for address in islice(addresses, many):
        before, began = server.spent(), time.perf_counter()
        status, body = server.get(address)
        wall, used = time.perf_counter() - began, server.spent() - before
        if status == 200:
            walls.append(1000 * wall)
            spent.append(1000 * used)
            sizes.append(len(body))
    if len(walls) < 5:
        return None
    return {
        "pages": len(walls),
        "clock": {"median": round(statistics.median(walls), 1), "95 of 100": high(walls)},
        "processor": {"median": round(statistics.median(spent), 1), "95 of 100": high(spent)},
        "KB": round(statistics.mean(sizes) / 1000, 1),
    }


def high(values: Sequence[float]) -> float:
    """What 95 of 100 do not exceed."""
    return round(sorted(values)[min(len(values) - 1, int(0.95 * len(values)))], 1)


def first_page(server: Server) -> Row:
    """The bytes of the first page with all that it loads, as sent."""
    _, body = server.get("/")
    import gzip

    page = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    parts = {address: len(server.get(address)[1]) for address in dict.fromkeys(ASSET.findall(page.decode()))}
    return {"page": len(body), "with all": len(body) + sum(parts.values())}


def many_times(server: Server, address: str, seconds: int = 10) -> Row | None:
    """The same page again and again over two connections, by wrk."""
    if not (wrk := shutil.which("wrk")):
        return None
    before = server.spent()
    call = [
        wrk,
        "-t2",
        "-c2",
        f"-d{seconds}s",
        "-H",
        "Accept-Encoding: gzip",
        f"http://127.0.0.1:{server.port}{address}",
    ]
    told = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    asked = re.search(r"(\d+) requests in", told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not (asked and rate):
        return None
    used = server.spent() - before
    return {
        "a second": round(float(rate[1])),
        "a second of one processor": round(int(asked[1]) / used) if used else 0,
        "wrong": int(wrong[1]) if (wrong := re.search(r"Non-2xx or 3xx responses: (\d+)", told)) else 0,
    }


def of_ours(book: Path, many: int) -> Row:
    """All that is measured of the desk."""
    command = "from musterbook.desk.cli import main; main()"
    with served(sys.executable, "-c", command, "serve", "--book", str(book), "--read-only") as server:
        clock, processor = server.ready("/")
        server.settle()
        note(f"first page after {clock:.0f} s, {processor:.0f} s of a processor")
        found: Row = {"first reckoning": {"clock": round(clock), "processor": round(processor)}}
        found["first page, bytes"] = first_page(server)
        found["pages"] = rows(server, Addresses(book).ours(), many)
        found["the first page again and again"] = many_times(server, "/")
        found["MB"] = {"now": server.megabytes("VmRSS"), "at most": server.megabytes("VmHWM")}
        return found


def of_datasette(book: Path, many: int) -> Row | str:
    """The same of Datasette, as far as it can be asked the same."""
    tool = PEER / "bin" / "datasette"
    if not tool.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        done = subprocess.run(
            [str(PEER / "bin/pip"), "install", "--quiet", *PINS], capture_output=True, text=True
        )
        if done.returncode:
            return done.stderr.strip().splitlines()[-1][:200]
    with served(str(tool), "serve", str(book), "--setting", "sql_time_limit_ms", "20000") as server:
        server.ready("/")
        found: Row = {"version": PINS[0]}
        found["pages"] = rows(server, Addresses(book).theirs(book.stem), many)
        found["the first page again and again"] = many_times(server, "/")
        found["MB"] = {"now": server.megabytes("VmRSS"), "at most": server.megabytes("VmHWM")}
        return found


def rows(server: Server, kinds: dict[str, Iterator[str]], many: int) -> dict[str, Row]:
    """A row of each kind of page that the server has."""
    found = {}
    for name, addresses in kinds.items():
        if (row := measured(server, addresses, many)) is not None:
            found[name] = row
            note(f"{name}: {row}")
    return found


def note(words: str) -> None:
    """One line on how far we are."""
    print(words, file=sys.stderr, flush=True)


def with_book(given: argparse.Namespace, use: Callable[[Path], Row]) -> Row:
    """The book that was given, or one made for this."""
    if given.book:
        return use(given.book)
    with tempfile.TemporaryDirectory() as place:
        book = Path(place) / "large.sqlite"
        desk_made.make(book, given.statements, given.contingents)
        return use(book)


def main() -> None:
    """Measure, print, freeze."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--book", type=Path)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--contingents", type=int, default=1_000)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--freeze", action="store_true")
    given = parser.parse_args()

    def use(book: Path) -> Row:
        return {
            "book": {
                "MB": round(book.stat().st_size / 1e6),
                "statements": given.statements,
                "contingents": given.contingents,
            },
            "processors": os.cpu_count(),
            "Musterbook": of_ours(book, given.pages),
            "Datasette": of_datasette(book, given.pages),
        }

    found = with_book(given, use)
    print(json.dumps(found, indent=1))
    if given.freeze:
        FROZEN.write_text(json.dumps(found, indent=1) + "\n")
        desk_table.write(found)


if __name__ == "__main__":
    main()
