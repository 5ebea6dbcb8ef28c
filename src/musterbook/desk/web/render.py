"""The one way from records to a page: everything is escaped, and what is unseen in a text is made visible."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from musterbook import __version__
from musterbook.charts import Picture
from musterbook.desk.web.accounts.cookies import form_mark
from musterbook.desk.web.addresses import source_address, speaker_address
from musterbook.desk.wiring import label
from musterbook.model import Contingent, Role
from musterbook.safe import UNSAFE

NAVIGATION = (
    ("/", "Overview"),
    ("/pledges", "Announcements"),
    ("/sources", "Sources"),
    ("/conflicts", "Conflicts"),
    ("/doubts", "Doubts"),
    ("/search", "Search"),
)
KEPT = "\n\t"  # signs that order a text rather than hide in it


def render(
    request: Request,
    template: str,
    status: int = 200,
    /,
    **told: Any,  # noqa: ANN401 -- whatever a page shows
) -> HTMLResponse:
    """A page from its template, and the status that it is sent with."""
    site = request.app.state.site
    held = {"site": site, "request": request, "path": request.url.path, "query": dict(request.query_params)}
    held |= {
        "person": getattr(request.state, "person", ""),
        "role": getattr(request.state, "role", Role.NONE),
    }
    return HTMLResponse(environment().get_template(template).render(held | told), status)


@cache
def environment() -> Environment:
    """The templates of the package with our filters; an unknown name is our mistake and raises."""
    made = Environment(
        loader=PackageLoader("musterbook.desk.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "version": __version__,
        "label": label,
        "address_of": address_of,
        "source_address": source_address,
        "speaker_address": speaker_address,
        "navigation": NAVIGATION,
        "form_mark": form_mark,
    }
    made.filters |= {
        "number": number,
        "day": day,
        "link": link,
        "site": domain,
        "name": label,
        "brief": brief,
        "short": short,
        "drawn": drawn,
        "legend": legend,
    }
    return made


def shown(value: object) -> object:
    """What a template prints: nothing for None; control and bidirectional characters visible."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def visible(text: str) -> str:
    """The text with what is hidden in it made visible, lines kept."""
    return UNSAFE.sub(lambda found: found[0] if found[0] in KEPT else f"\\u{ord(found[0]):04x}", text)


def number(value: int | None, unknown: str = "unknown") -> str:
    """``5,200``; a word for what is unknown, which is never 0."""
    return unknown if value is None else f"{value:,}"


def day(value: date | datetime | str | None, unknown: str = "no day") -> str:
    """``9 September 2020``."""
    if not value:
        return unknown
    found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{found.day} {found:%B} {found.year}"


def brief(value: date | datetime | str | None) -> str:
    """``9 Sep 2020``, for a narrow column."""
    if not value:
        return "no day"
    found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{found.day} {found:%b} {found.year}"


def link(url: str | None) -> str:
    """An address that a reader may follow; empty for all that is not http or https."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return ""
    is_sound = parts.scheme in ("http", "https") and parts.netloc and not UNSAFE.search(url or "")
    return (url or "").strip() if is_sound else ""


def domain(url: str | None) -> str:
    """The site that an address leads to."""
    return re.sub(r"^www\.", "", urlsplit(link(url)).netloc)


def drawn(picture: Picture) -> Markup:
    """A chart of ours: its words were escaped when it was drawn."""
    return Markup(picture.svg)  # noqa: S704 -- made by musterbook.charts alone


def legend(picture: Picture) -> Markup:
    """What its signs mean."""
    return Markup(picture.legend)  # noqa: S704 -- made by musterbook.charts alone


def short(identity: str) -> str:
    """The beginning of an id that people can read out."""
    return identity[:12]


def address_of(contingent: Contingent | dict[str, Any] | str) -> str:
    """The stable address of a contingent's page: ``/usa/irq``."""
    if isinstance(contingent, dict):
        contingent = str(contingent["contingent"])
    codes = contingent if isinstance(contingent, str) else contingent.id
    return "/" + quote(codes.lower(), safe="/:+")
