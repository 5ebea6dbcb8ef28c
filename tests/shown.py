"""Runs what the documents show: a command's output there is what the command prints, word for word.

A block fenced as ``sh`` holds lines that begin with ``$ ``, each followed by what it prints. Every document
has a folder and a home of its own, kept from its first block to its last. Before a block may stand a remark:

    <!-- terminal -->               run in a terminal of 100 columns, so that tables and charts are drawn
    <!-- terminal, first 9 lines -->  the same, and only the beginning is shown
    <!-- first 9 lines -->          run in a pipe, and only the beginning is shown
    <!-- not run -->                not run (it installs something, or needs files that only the reader has)

A command that ends with problems says so: ``$ musterbook read no.txt  # exit 1``.
usage: python tests/shown.py   writes what the commands print now into README.md and docs/*.md
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(?:^<!-- ([a-z0-9, ]+) -->\n)?^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SNIPPET = re.compile(r"(?:^<!-- ([a-z0-9, ]+) -->\n)?^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIRST = re.compile(r"first (\d+) lines")
EXIT = re.compile(r"\s+# exit (\d)$")
COLOUR = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
COLUMNS = "100"
OWN = ("MUSTERBOOK", "XDG_", "PYTHON", "COLUMNS")  # settings of whoever runs the tests


@dataclass(frozen=True)
class Shown:
    """One command of a document, what it prints, and the code it ends with."""

    command: str
    output: str
    code: int
    mode: str

    @property
    def is_run(self) -> bool:
        """Whether it can be run here."""
        return self.mode != "not run"


def documents() -> list[Path]:
    """The documents that are tested."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def shown_in(text: str) -> Iterator[Shown]:
    """The commands of a document in their order."""
    for block in BLOCK.finditer(text):
        yield from commands(block.group(2), block.group(1) or "")


def commands(block: str, mode: str) -> Iterator[Shown]:
    """The commands of one block, each with the lines that follow it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        stated = EXIT.search(command)
        yield Shown(EXIT.sub("", command), output.rstrip("\n"), int(stated.group(1)) if stated else 0, mode)


def snippets_in(text: str) -> Iterator[tuple[str, str]]:
    """The Python snippets of a document, with the remark before each."""
    for block in SNIPPET.finditer(text):
        yield block.group(1) or "", block.group(2)


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a newcomer: an empty home, and this Python's commands on the path."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("MUSTERBOOK", "XDG_", "COLUMNS", "PYTHON"))
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    terminal = {
        "TERM": "xterm-256color",
        "COLUMNS": COLUMNS,
        "LINES": "50",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
    }
    return kept | terminal | {"HOME": str(home), "XDG_DATA_HOME": str(home / ".local/share"), "PATH": path}


def run(shown: Shown, home: Path) -> tuple[str, int]:
    """What the command prints (both streams, in their order) and its exit code."""
    runner = in_terminal if shown.mode.startswith("terminal") else in_pipe
    output, code = runner(["bash", "-c", shown.command], home)
    lines = COLOUR.sub("", output).replace(str(home), "~").replace("\r\n", "\n").split("\n")
    printed = "\n".join(line.rstrip() for line in lines if "\r" not in line).strip("\n")
    return beginning(printed, shown.mode), code


def beginning(printed: str, mode: str) -> str:
    """As much as the block shows, with a sign that more follows."""
    wanted = FIRST.search(mode)
    lines = printed.split("\n")
    if not wanted or len(lines) <= int(wanted.group(1)):
        return printed
    return "\n".join([*lines[: int(wanted.group(1))], "…"])


def in_pipe(call: list[str], home: Path) -> tuple[str, int]:
    """The call with its output in a pipe."""
    done = subprocess.run(
        call,
        cwd=home,
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.stdout, done.returncode


def in_terminal(call: list[str], home: Path) -> tuple[str, int]:
    """The call with its output in a terminal; progress on standard error is not part of the picture."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        call,
        cwd=home,
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    printed = b"".join(chunks(ours))
    os.close(ours)
    return printed.decode("utf-8", "replace"), process.wait(timeout=120)


def chunks(file: int) -> Iterator[bytes]:
    """What comes out of a terminal until the other side hangs up."""
    while True:
        try:
            chunk = os.read(file, 65536)
        except OSError:  # how Linux says that nobody writes any more
            return
        if not chunk:
            return
        yield chunk


def renewed(text: str, home: Path) -> str:
    """The document with what its commands print now; left as it is where one ends otherwise than stated."""

    def block(found: re.Match[str]) -> str:
        mode = found.group(1) or ""
        if mode == "not run":
            return found.group(0)
        lines = []
        for shown in commands(found.group(2), mode):
            output, code = run(shown, home)
            if code != shown.code or "Traceback (most" in output:
                raise SystemExit(f"{shown.command} ended with {code}, not {shown.code}:\n{output}")
            ending = f"  # exit {code}" if code else ""
            lines += [f"$ {shown.command}{ending}", *([output] if output else [])]
        start = found.group(0)[: found.start(2) - found.start()]
        return start + "\n".join(lines) + "\n```"

    return BLOCK.sub(block, text)


def main() -> None:
    """Write every document afresh."""
    for path in documents():
        with tempfile.TemporaryDirectory() as folder:
            before = path.read_text(encoding="utf-8")
            after = renewed(before, Path(folder))
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(f"{path.relative_to(ROOT)} renewed")


if __name__ == "__main__":
    main()
