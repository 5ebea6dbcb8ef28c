"""How the tests of the desk run the real command."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

COMMAND = Path(sys.executable).with_name("musterbook")


@dataclass(frozen=True)
class Done:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Musterbook = Callable[..., Done]


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("MUSTERBOOK_BOOK", "NO_COLOR", "FORCE_COLOR")}
    return kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "COLUMNS": "100"}


def run(home: Path, *arguments: str | Path, stdin: bytes = b"", **extra: str) -> Done:
    done = subprocess.run(
        [COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        cwd=home,
        env=environment(home) | extra,
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def run_in_terminal(home: Path, *arguments: str | Path, **extra: str) -> str:
    """What somebody sees who runs the command in a terminal."""
    ours, theirs = pty.openpty()
    call = [COMMAND, *arguments]
    env = environment(home) | extra
    with subprocess.Popen(call, stdin=theirs, stdout=theirs, stderr=theirs, cwd=home, env=env):
        os.close(theirs)
        seen = b""
        while chunk := _chunk(ours):
            seen += chunk
    os.close(ours)
    return seen.decode()


def _chunk(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""
