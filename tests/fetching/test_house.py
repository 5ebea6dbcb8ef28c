"""Nobody else in the house opens connections."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src/musterbook"
NETWORK = {
    "socket",
    "socketserver",
    "ssl",
    "http",
    "ftplib",
    "smtplib",
    "xmlrpc",
    "urllib.request",
    "httpx",
    "httpcore",
    "requests",
    "urllib3",
    "aiohttp",
    "websockets",
    "trafilatura.downloads",
}
FETCHERS = {"fetch_url", "fetch_response", "buffered_downloads"}  # of libraries that we use for other things
MAY = ("fetching/", "second/", "desk/web/")
ONLY_HERE = ("fetching/egress.py",)  # of fetching: the one place that makes a connection


def imported(path: Path) -> Iterator[str]:
    """All that a file imports, by whatever form, and what it asks importlib for by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (alias.name for alias in node.names if alias.name in FETCHERS)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__"):
                yield str(node.args[0].value)


def of_network(path: Path) -> set[str]:
    return {
        name
        for name in imported(path)
        if name in FETCHERS or any(name == one or name.startswith(f"{one}.") for one in NETWORK)
    }


def offenders(may: tuple[str, ...]) -> dict[str, set[str]]:
    files = ((path.relative_to(PACKAGE).as_posix(), of_network(path)) for path in PACKAGE.rglob("*.py"))
    return {name: found for name, found in files if found and not name.startswith(may)}


def test_only_fetching_and_the_second_reader_open_connections() -> None:
    assert offenders(MAY) == {}


def test_within_fetching_one_file_makes_them() -> None:
    """``getting`` speaks HTTP over what ``egress`` gave it, and names no socket."""
    found = offenders((*ONLY_HERE, "second/", "desk/web/"))
    assert found == {"fetching/getting.py": {"httpcore", "ssl"}}


def test_the_rule_would_notice() -> None:
    assert of_network(PACKAGE / "fetching/egress.py") >= {"socket", "ssl", "httpcore"}
    assert of_network(PACKAGE / "second/endpoint.py") == {"httpx"}
