"""Asks an ASGI application as a server would, without a server or a socket."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import unquote

from starlette.types import ASGIApp, Message

from musterbook.desk.web.publishing.addresses import API, HOST, Address

LONGEST_WAIT = 5.0  # seconds between two questions to a desk that still reckons


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def kind(self) -> str:
        """The kind of its content: ``text/html``."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


async def ask(app: ASGIApp, address: Address) -> Answer:
    """The answer to a GET; a desk that is still reckoning is asked again until it is ready."""
    while (answer := await _ask(app, address)).status == 503 and "retry-after" in answer.headers:
        await asyncio.sleep(min(float(answer.headers["retry-after"]), LONGEST_WAIT))
    return answer


async def _ask(app: ASGIApp, address: Address) -> Answer:
    found, is_asked = Answer(), False
    body = bytearray()

    async def receive() -> Message:
        nonlocal is_asked
        if is_asked:
            await asyncio.Event().wait()  # nobody hangs up
        is_asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            found.status = message["status"]
            found.headers = {
                name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]
            }
        else:
            body.extend(message.get("body", b""))

    await app(_scope(address), receive, send)
    found.body = bytes(body)
    return found


def _scope(address: Address) -> dict[str, object]:
    wanted = "application/json" if address.path.startswith(API) else "text/html,*/*;q=0.5"
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(address.path),
        "raw_path": address.path.encode(),
        "root_path": "",
        "query_string": str(address).partition("?")[2].encode(),
        "headers": [(b"host", HOST.encode()), (b"accept", wanted.encode())],
        "client": ("127.0.0.1", 0),
        "server": (HOST, 80),
        "state": {},
    }
