"""What every answer carries and every request must fit: nothing from elsewhere runs, nothing is framed or guessed."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musterbook.desk.web.site import Site

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",  # for the parts that change in place
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers hide, too, that a form is ours
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
WRONG_HOST = (
    b"This desk does not answer to that name. Start it with --host-name NAME to let it be called so.\n"
)


class Guard:
    """Sets the headers of every answer, and refuses what is asked for under a foreign name."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        if self._knows(scope):
            await self._app(scope, receive, guarded)
        else:
            await guarded(
                {"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]}
            )
            await guarded({"type": "http.response.body", "body": WRONG_HOST})

    def _knows(self, scope: Scope) -> bool:
        """Whether the request names us."""
        given = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        name = given.rpartition(":")[0] if given.rpartition(":")[2].isdigit() else given
        return name.lower() in self._site.hosts
