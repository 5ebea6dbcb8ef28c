"""A browser reads the desk without a server: what it asks goes straight into the application, headers and all."""

from __future__ import annotations

from collections.abc import Callable

from httpx import Response
from playwright.sync_api import Page, Route

from seen import Seen

Get = Callable[[str], Response]
DESK = "https://testserver"  # as on a sound connection, which some headers ask for
LEFT_OUT = ("content-length", "content-encoding", "transfer-encoding")


def page_of(seen: Seen, get: Get) -> Page:
    """A page whose desk is ``get``; whatever it asks of others is noted and refused."""
    found = seen.page((DESK,))

    def answer(route: Route) -> None:
        told = get(route.request.url.removeprefix(DESK))
        headers = {name: value for name, value in told.headers.items() if name not in LEFT_OUT}
        route.fulfill(status=told.status_code, headers=headers, body=told.content)

    found.route(f"{DESK}/**", answer)
    return found
