"""A server of the tests lives no longer than the tests: this process stands beside it and ends it when they are gone.

It looks who its parent is instead of waiting on a pipe, which a fork of the tests that lives on would hold open.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

LOOK = 0.5  # seconds between two looks at whether the tests still live


def as_user(name: str) -> dict[str, Any]:
    """What makes `subprocess` run a program as that user and in none of our groups; "" is ourselves."""
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []} if name else {}


def keep(owner: int, user: str, folder: Path, call: list[str]) -> int:
    """Run a server until it ends, handing signals on; if its owner goes first, end it and remove its folder."""
    server = subprocess.Popen(call, cwd=folder, **as_user(user))
    for each in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(each, lambda number, _: server.send_signal(number))
    while os.getppid() == owner:
        try:
            return server.wait(LOOK)
        except subprocess.TimeoutExpired:
            continue
    server.send_signal(signal.SIGQUIT)
    server.wait()
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(keep(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4:]))
