"""Puts the web desk together: one book, its pages, and what guards them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from musterbook.api import OpenBook
from musterbook.desk.web.errors import handle_errors
from musterbook.desk.web.guarding import Guard
from musterbook.desk.web.keeping import Pages
from musterbook.desk.web.later import Later
from musterbook.desk.web.pages import (
    conflicts,
    contingent,
    doubts,
    drawn,
    evidence,
    origins,
    overview,
    pledges,
    search,
    sources,
    speakers,
)
from musterbook.desk.web.seeking import Seeker
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.web.site import Site

STATIC = Path(__file__).with_name("static")
SMALL = 1_000  # bytes below which packing an answer is not worth it
LISTS = (pledges, sources, speakers, conflicts, doubts, origins, search)
ROUTERS = (overview, evidence, *LISTS, contingent)  # the last one takes every address of two parts


def create_app(site: Site, book: OpenBook, today: Callable[[], date] = date.today) -> FastAPI:
    """The web desk over an open book, to be served by any ASGI server; whoever opened the book closes it."""
    app = FastAPI(title=site.title, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site, app.state.shelf = site, Shelf(book, today)
    app.state.pages = Pages(app.state.shelf, today)
    app.state.later = Later(app.state.shelf.patience)
    app.state.seeker = Seeker(book.ledger, app.state.shelf.patience)
    app.include_router(drawn.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for part in ROUTERS:
        app.include_router(part.router, include_in_schema=False)
    handle_errors(app)
    app.add_middleware(GZipMiddleware, minimum_size=SMALL)
    app.add_middleware(Guard, site=site)
    return app
