"""The house rules that a machine can keep: sizes, names of files, and nothing of one machine in the tree."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINES = 400  # a file
BODY = 60  # lines of a function, docstring included
BYTES = 5_000_000
NEEDED = {
    "src/musterbook/packs/en/reader/encoder.onnx"
}  # the document reader's weights: it reads nothing without them
NO_NAMES = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "base.py", "misc.py"}
HOSTS = [
    a + b for a, b in (("pypi", ".org"), ("python", "hosted"), ("registry.npm", "js"), ("--index", "-url"))
]
HOSTS += [a + b for a, b in (("--extra-index", "-url"), ("artifact", "ory"), ("index", "-url ="))]
OWN_FOLDERS = re.compile(r"(?<![\w/.:-])/(?:work|root|home|Users)/[\w.]")
OUR_FILES = (".py", ".toml", ".md", ".csv", ".json", ".txt", ".cff", ".yml", ".yaml", "", ".sh")


@cache
def tree() -> tuple[Path, ...]:
    """The files of the project: those that git keeps or would keep."""
    call = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git tree")
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def sources() -> list[Path]:
    return [path for path in tree() if path.suffix == ".py"]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a file and how many lines each takes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}: {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_too_long_to_read_in_one_go() -> None:
    sizes = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {name: lines for name, lines in sizes.items() if lines > LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    assert [f for path in sources() for f in functions(path) if f[1] > BODY] == []


def test_every_file_is_named_for_what_it_does() -> None:
    assert [name_of(path) for path in sources() if path.name in NO_NAMES] == []


def test_every_module_opens_with_the_rule_it_embodies() -> None:
    parsed = ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sources())
    assert [name_of(path) for path, module in parsed if not ast.get_docstring(module)] == []


def test_nothing_names_a_package_registry() -> None:
    texts = ((path, path.read_text(encoding="utf-8", errors="replace")) for path in tree())
    assert [(name_of(path), host) for path, text in texts for host in HOSTS if host in text] == []


def test_nothing_names_a_folder_of_one_machine() -> None:
    ours = [path for path in tree() if path.suffix in OUR_FILES and path != Path(__file__)]
    lines = ((path, line) for path in ours for line in path.read_text("utf-8", "replace").splitlines())
    assert [(name_of(path), line[:120]) for path, line in lines if OWN_FOLDERS.search(line)] == []


def test_no_file_is_too_heavy_for_a_clone() -> None:
    assert [
        name_of(path) for path in tree() if path.stat().st_size > BYTES and name_of(path) not in NEEDED
    ] == []
