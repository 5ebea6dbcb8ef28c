"""A reader of archives whom certain pages hold up, kill or swell; for processes that tests start."""

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from musterbook.fleet import local, shard
from musterbook.intake.quick import quick_report
from musterbook.intake.warc import Page
from musterbook.model import Report

HANGS, KILLS, SWELLS = "it hangs", "it kills", "it swells"


def work(path: Path, spool: Path, learned: bool, at: Any, lost: Mapping[int, shard.Loss]) -> None:  # noqa: ANN401 -- as local.work
    """As a reader does, but for those pages."""
    shard.quick_report = troubled
    local.work(path, spool, learned, at, lost)


def troubled(page: Page, name: str) -> Report | str:
    """What a page gives, if it lets us."""
    if HANGS.encode() in page.raw:
        time.sleep(300)
    if KILLS.encode() in page.raw:
        os.kill(os.getpid(), signal.SIGSEGV)
    if SWELLS.encode() in page.raw:
        held = bytearray(300_000_000)
        held[::1_000] = b"1" * 300_000
        time.sleep(300)
    return quick_report(page, name)
