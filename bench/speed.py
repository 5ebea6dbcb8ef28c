"""How fast we are: reports a second for reading alone, and how long a command takes to start.

usage: python bench/speed.py
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from musterbook.desk.demo import samples
from musterbook.intake import from_path
from musterbook.model import Report
from musterbook.reading.reader import read

ROUNDS = 3
COMMAND = Path(sys.executable).with_name("musterbook")


def main() -> None:
    """Print the figures; the best of some rounds, since the machine has other things to do."""
    reports = [found for found in from_path(samples()) if isinstance(found, Report)]
    length = sum(len(r.text) for r in reports) // len(reports)
    for name, learned in (("rules", False), ("rules and document reader", True)):
        read(reports[0], learned=learned)  # packs, registers and model are loaded once
        best = min(seconds_for(reports, learned) for _ in range(ROUNDS))
        print(
            f"{name}: {len(reports) / best:,.0f} reports a second of CPU ({len(reports)} of {length} characters)"
        )
    print(f"musterbook --help: {min(seconds_to_start() for _ in range(ROUNDS)):.2f} s")


def seconds_for(reports: list[Report], learned: bool) -> float:
    """CPU seconds for reading all of them."""
    start = time.process_time()
    for report in reports:
        read(report, learned=learned)
    return time.process_time() - start


def seconds_to_start() -> float:
    """Wall seconds until the help is printed."""
    start = time.perf_counter()
    subprocess.run([COMMAND, "--help"], check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
