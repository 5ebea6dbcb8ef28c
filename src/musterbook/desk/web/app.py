"""Puts the web desk together: one book, its pages, and what guards them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from musterbook.api import OpenBook
from musterbook.desk.web.accounts import keys
from musterbook.desk.web.accounts.gate import Gate
from musterbook.desk.web.accounts.people import Roles
from musterbook.desk.web.accounts.store import Accounts, file_beside
from musterbook.desk.web.crowd import Crowd
from musterbook.desk.web.errors import handle_errors
from musterbook.desk.web.guarding import Guard
from musterbook.desk.web.keeping import Pages
from musterbook.desk.web.later import THEN, Later
from musterbook.desk.web.pages import (
    account,
    arriving,
    conflicts,
    contingent,
    deciding,
    doubts,
    drawn,
    evidence,
    feeds,
    health,
    marking,
    origins,
    overview,
    people,
    pledges,
    report,
    review,
    search,
    signing,
    sources,
    speakers,
)
from musterbook.desk.web.rest import manual
from musterbook.desk.web.rest.once import Once
from musterbook.desk.web.rest.parts import PARTS
from musterbook.desk.web.seeking import Seeker
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.web.site import Site
from musterbook.desk.web.traffic import Traffic
from musterbook.ledger.book import Clock, utc_now

if TYPE_CHECKING:
    from musterbook.desk.web.provider.door import Door

STATIC = Path(__file__).with_name("static")
SMALL = 1_000  # bytes below which packing an answer is not worth it
LISTS = (pledges, sources, speakers, conflicts, doubts, origins, search)
ROUTERS = (
    overview.router,
    evidence.router,
    *(part.router for part in LISTS),
    report.router,
    signing.router,
    arriving.router,
    account.router,
    people.router,
    review.router,
    deciding.router,
    marking.router,
    health.router,
    *(part.router for part in PARTS),
    manual.router,
    feeds.router,
    contingent.router,  # takes every address of two parts
)


def create_app(
    site: Site, book: OpenBook, today: Callable[[], date] = date.today, clock: Clock = utc_now
) -> FastAPI:
    """The web desk over an open book, to be served by any ASGI server; whoever opened the book closes it."""
    app = FastAPI(title=site.title, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site, app.state.shelf = site, Shelf(book, today)
    app.state.pages = Pages(app.state.shelf, today)
    app.state.accounts = Accounts(site.accounts or file_beside(site.book), clock)
    app.state.door = _door(site, app.state.accounts)
    app.state.roles = Roles(app.state.shelf)
    app.state.keys, app.state.once, app.state.traffic = keys, Once(), Traffic()
    app.state.later = Later(app.state.shelf.patience)
    app.state.later_then = Later(app.state.shelf.patience, THEN)
    app.state.seeker = Seeker(book.ledger, app.state.shelf.patience)
    app.include_router(drawn.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    handle_errors(app)
    app.add_middleware(Gate, site=site, accounts=app.state.accounts, roles=app.state.roles)
    app.add_middleware(GZipMiddleware, minimum_size=SMALL)
    app.add_middleware(Crowd, most=site.crowd, traffic=app.state.traffic)
    app.add_middleware(Guard, site=site)
    return app


def _door(site: Site, accounts: Accounts) -> Door | None:
    """The way in by a provider, whose packages are loaded only where there is one."""
    if site.provider is None:
        return None
    from musterbook.desk.web.provider.door import Door

    return Door(site.provider, accounts)
