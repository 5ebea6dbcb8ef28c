"""Web servers on loopback that answer as a test wants: well, badly, or not at all."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

Conversation = Callable[[socket.socket, "Asked"], None]


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    heads: Mapping[str, str]


def answer(body: bytes | str = b"", status: int = 200, kind: str = "text/html", **heads: str) -> bytes:
    """A whole and honest answer; names of heads are written with _ for -."""
    body = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": kind, "Content-Length": str(len(body))} if body or status == 200 else {}
    told |= {name.replace("_", "-"): value for name, value in heads.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} So\r\n{lines}\r\n".encode("latin-1") + body


@dataclass
class Site:
    """A server: for each path an answer or a conversation; everything else is not there."""

    pages: dict[str, bytes | Conversation] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    accepted: int = 0
    closed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                self.accepted += 1
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            asked = read_request(connection)
            self.asked.append(asked)
            page = self.pages.get(asked.path, answer(b"not here", 404))
            if callable(page):
                page(connection, asked)
            else:
                connection.sendall(page)

    def close(self) -> None:
        self.closed.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@contextlib.contextmanager
def site(pages: Mapping[str, bytes | Conversation] | None = None) -> Iterator[Site]:
    found = Site(dict(pages or {}))
    try:
        yield found
    finally:
        found.close()


def read_request(connection: socket.socket) -> Asked:
    raw = b""
    while b"\r\n\r\n" not in raw and (more := connection.recv(65536)):
        raw += more
    first, *lines = raw.decode("latin-1").split("\r\n")
    heads = dict(line.split(": ", 1) for line in lines if ": " in line)
    return Asked(first.split(" ")[1], {name.lower(): value for name, value in heads.items()})


def page(words: str, title: str = "Troops", day: str = "") -> str:
    """A page with an article."""
    stated = f'<meta property="article:published_time" content="{day}">' if day else ""
    return (
        f"<!doctype html><html><head><title>{title}</title>{stated}</head><body><article><h1>{title}</h1>"
        f"<p>{words}</p><p>The ministry gave no further details on the matter on Tuesday evening.</p>"
        "</article></body></html>"
    )


def rss(*items: tuple[str, str], more: str = "") -> str:
    """A feed: links and titles."""
    listed = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>{more}</item>"
        for link, title in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{listed}</channel></rss>'
