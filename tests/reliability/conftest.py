"""Says the seed of a run, and freezes what the long tier came to."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from sizes import SEED, SOAK

ROOT = Path(__file__).resolve().parents[2]
FROZEN = ROOT / "bench/reliability.json"
BEGUN = time.monotonic()
COMMIT = subprocess.run(
    ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout.strip()
came_to: dict[str, dict[str, Any]] = {}


class Listener:
    """Hears of every test of a run; this file alone would hear only of those in its own folder."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what each test says of itself, and how long it took."""
        name = report.nodeid.rpartition("::")[2]
        if report.when == "call" and (SOAK or "reliability/" in report.nodeid):
            seconds = round(report.duration, 1)
            came_to[name] = {"outcome": report.outcome, "seconds": seconds, **dict(report.user_properties)}


def pytest_configure(config: pytest.Config) -> None:
    """Let the listener in."""
    config.pluginmanager.register(Listener())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The seed, always: a failure nobody can repeat is worth little."""
    if came_to:
        terminalreporter.write_line(f"reliability: MUSTERBOOK_SEED={SEED} repeats the chances of this run")


def pytest_sessionfinish(exitstatus: int) -> None:
    """Freeze the figures of a long run, each test's latest; a run in which something failed is kept apart."""
    if SOAK != "freeze" or not came_to:
        return
    file = FROZEN if exitstatus == 0 else FROZEN.with_suffix(".failed.json")
    earlier = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    for run in earlier:
        run["tests"] = {name: told for name, told in run["tests"].items() if name not in came_to}
    runs = [*(run for run in earlier if run["tests"]), header() | {"tests": came_to}]
    file.write_text(json.dumps(runs, indent=2) + "\n", encoding="utf-8")


def header() -> dict[str, Any]:
    """Where, when and with what it was run."""
    packages = ("sqlalchemy", "psycopg", "hypothesis", "msgspec")
    return {
        "commit": COMMIT,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "seed": SEED,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in packages},
        "seconds": round(time.monotonic() - BEGUN),
    }
