"""How much the desk takes on at once: of too many requests, the last are asked to come again, and the others go on.

A request counts until its answer begins; so whoever reads slowly holds up nobody, and whoever sends slowly only as long
as a body may take. Whether the desk lives is told in any crowd.
"""

from __future__ import annotations

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musterbook.desk.web.errors import told
from musterbook.desk.web.traffic import Traffic

AGAIN = 2  # seconds after which it may be tried again
LONGEST = 4_096  # bytes of the path, and of what follows the question mark
LARGEST = 6_000_000  # bytes of any body; what is read of one, each route says itself
ALWAYS = ("/healthz", "/metrics")


class Crowd:
    """Lets so many requests in at once, and none with an endless address or body."""

    def __init__(self, app: ASGIApp, most: int, traffic: Traffic) -> None:
        self._app, self._most, self._traffic = app, most, traffic
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wrong = self._refused(scope)
        if wrong:
            status, message = wrong
            headers = {"Retry-After": str(AGAIN)} if status == 503 else {}
            answer = told(Request(scope), status, message, headers)
            self._traffic.note(scope, status, 0.0)
            await answer(scope, receive, send)
            return
        await self._within(scope, receive, send)

    async def _within(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request that is let in, counted until its answer begins."""
        self._inside += 1
        self._traffic.inside = self._inside
        held, begun = True, self._traffic.clock()

        def leave(status: int) -> None:
            nonlocal held
            if held:
                held = False
                self._inside -= 1
                self._traffic.inside = self._inside
                self._traffic.note(scope, status, self._traffic.clock() - begun)

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                leave(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            leave(500)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is not let in."""
        if len(scope["query_string"]) > LONGEST or len(scope["path"]) > LONGEST:
            return 414, f"The address is longer than {LONGEST:,} signs; ask for less at once."
        size = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if size.isdigit() and int(size) > LARGEST:
            return 413, f"What was sent is larger than {LARGEST // 1_000_000} MB."
        if self._inside >= self._most and scope["path"] not in ALWAYS:
            return 503, f"Too many ask at once; come again in {AGAIN} seconds."
        return None
