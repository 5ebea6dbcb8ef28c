"""The tool's side of bench/peers.py: runs in the tool's own environment and imports nothing of ours.

usage: python bench/peers_side.py figures|days TOOL < lines > answers

A line holds id, text and, for days, the day of publication. An answer holds what the tool found, or the exception that
it raised or the time that it overran: both are counted.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from datetime import date
from types import FrameType
from typing import Any

import peers_side_days
import peers_side_figures

PATIENCE = 60  # seconds for one text
TASKS: dict[str, dict[str, Any]] = {"figures": peers_side_figures.TOOLS, "days": peers_side_days.TOOLS}


def late(_signal: int, _frame: FrameType | None) -> None:
    """Called by the clock when a text takes too long."""
    raise TimeoutError(f"not done after {PATIENCE} s")


def main() -> None:
    """Answers each line; whatever the tool prints itself goes to standard error."""
    task, name = sys.argv[1:]
    answers = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        find = TASKS[task][name]()
        signal.signal(signal.SIGALRM, late)
        for line in map(json.loads, sys.stdin):
            day = date.fromisoformat(line["day"]) if line.get("day") else None
            signal.alarm(PATIENCE)
            try:
                answer = {"found": find(line["text"], day)}
            except Exception as error:  # noqa: BLE001 -- a tool's own mistakes are what we count
                answer = {"error": type(error).__name__}
            signal.alarm(0)
            answers.write(json.dumps({"id": line["id"], **answer}) + "\n")


if __name__ == "__main__":
    main()
