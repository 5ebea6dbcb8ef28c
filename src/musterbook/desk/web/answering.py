"""How a page is answered: from what is kept, if it is the same as last time, else made and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from fastapi import Request
from starlette.responses import Response

from musterbook.desk.web.asked import Asked, asked_in
from musterbook.desk.web.keeping import Pages, etag
from musterbook.desk.web.render import render
from musterbook.desk.web.shelf import Shelf

Told = dict[str, Any]
PASSING = "no-store"


def shelf_of(request: Request) -> Shelf:
    """The book of this server."""
    return cast(Shelf, request.app.state.shelf)


def person_of(request: Request) -> str:
    """Who is signed in; empty for a reader without an account."""
    return str(getattr(request.state, "person", ""))


def page(request: Request, template: str, tell: Callable[[Shelf, Asked], Told]) -> Response:
    """A page about the book through the clocks of its address; ``tell`` finds what the template shows."""
    asked = asked_in(request.query_params)

    def make() -> Response:
        told = tell(shelf_of(request), asked)
        made = render(request, template, asked=asked, **told)
        if told.get("behind"):  # newer lines are still being reckoned: the same address soon tells more
            made.headers["Cache-Control"] = PASSING
        return made

    return kept(request, make)


def own_page(
    request: Request,
    template: str,
    status: int = 200,
    /,
    **told: Any,  # noqa: ANN401 -- whatever a page shows
) -> Response:
    """A page for one person, which nobody keeps."""
    return _for_one(render(request, template, status, **told))


def _for_one(page: Response) -> Response:
    page.headers["Cache-Control"] = "private, no-store"
    return page


def kept(request: Request, make: Callable[[], Response]) -> Response:
    """What ``make`` makes, or made last time of the same lines; 304 where the browser has it.

    Those who are signed in get pages of their own, which are not kept.
    """
    if person_of(request):
        return _for_one(make())
    pages = cast(Pages, request.app.state.pages)
    key = pages.key(request)
    tag = etag(key)
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    found = pages.find(key)
    if found is None:
        found = make()
        is_passing = found.headers.get("cache-control") == PASSING
        if found.status_code != 200 or is_passing or not shelf_of(request).is_settled():
            return found
        pages.keep(key, found)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Cookie"}
    named = {name: found.headers[name] for name in ("content-disposition", "link") if name in found.headers}
    return Response(found.body, 200, headers | named, found.media_type or found.headers.get("content-type"))
