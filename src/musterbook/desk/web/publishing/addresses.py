"""Which addresses of the desk become files, and what the files are called.

A file's name is made from its address alone, so that a link may be written before its target was asked for. It has no
sign that a file system or a web server takes for its own; two addresses never share a name.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

HOST = "musterbook.invalid"  # what the desk is called while it is asked; no such name exists
BASE = f"http://{HOST}"
CLOSED = (  # what needs a server, and whoever signs in
    "account",
    "admin",
    "api",
    "health",
    "healthz",
    "invitation",
    "metrics",
    "people",
    "review",
    "search",
    "signin",
    "signout",
    "welcome",
)
API, DATA = "/api/v1/", "/data/"
FOLLOWED = ("by", "force", "mission", "name", "page")  # parameters whose pages are written, too
TOOLS = ("log", "sort")  # parameters that only order or scale: links with these go wholly
KINDS = (
    ".atom",
    ".bib",
    ".css",
    ".csv",
    ".gif",
    ".ico",
    ".js",
    ".json",
    ".png",
    ".ris",
    ".svg",
    ".txt",
    ".xml",
)
PLAIN = re.compile(r"[A-Za-z0-9._-]+")
LONGEST = 100  # signs of a part of a name


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A page of the desk, as a link names it."""

    path: str
    query: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def is_closed(self) -> bool:
        """Whether it needs a server; the tables and curves that the API tells do not."""
        is_tool = any(name in TOOLS for name, _ in self.query)
        return is_tool or (self.path.split("/")[1] in CLOSED and not self.path.startswith(API))

    @property
    def is_frozen(self) -> bool:
        """Whether its parameters, if it has any, are among those that are written."""
        return all(name in FOLLOWED for name, _ in self.query)

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it as a page."""
        return self.file.endswith(".html")

    @property
    def file(self) -> str:
        """The name of its file, from the folder of the site: ``usa/irq/index.html``."""
        parts = [_safe(unquote(part)) for part in self.path.split("/") if part]
        mark = "".join(f"~{_safe(name)}-{_safe(value)}" for name, value in self.query)
        stem, point, ending = "/".join(parts).rpartition(".")
        if self.path.startswith(API):
            return "/".join(parts) + f"{mark}.json"
        if point + ending in KINDS:
            return f"{stem}{mark}.{ending}"
        return "/".join([*parts, *([mark] if mark else []), "index.html"])

    @property
    def public(self) -> str:
        """What follows the base address on a web host."""
        return self.file.removesuffix("index.html")

    def without(self, pair: tuple[str, str]) -> Address:
        """The same address without a parameter that says what holds anyway."""
        return Address(self.path, tuple(one for one in self.query if one != pair))

    def seen_from(self, other: Address) -> str:
        """The link from another file: one that also holds where no server looks for an index."""
        return posixpath.relpath(self.file, posixpath.dirname(other.file) or ".")


def address_in(link: str, here: Address) -> tuple[Address, str] | None:
    """Where a link on a page leads, with its place on that page; None where it leaves the desk."""
    try:
        parts = urlsplit(urljoin(f"{BASE}{here}", link))
    except ValueError:
        return None
    if (parts.scheme, parts.netloc) != ("http", HOST):
        return None
    query = () if parts.path.startswith("/static/") else tuple(sorted(parse_qsl(parts.query)))
    return Address(parts.path or "/", query), parts.fragment


def _safe(part: str) -> str:
    """A part of a name: what is not a plain sign is written as ``~`` and its bytes."""
    held = "".join(
        sign if PLAIN.fullmatch(sign) else "".join(f"~{byte:02x}" for byte in sign.encode()) for sign in part
    )
    if held.startswith("."):
        held = f"~2e{held[1:]}"
    if len(held) <= LONGEST:
        return held
    return f"{held[:LONGEST]}~{hashlib.sha256(part.encode()).hexdigest()[:12]}"
