"""What the caller knows of a document goes with it; what the document says itself is asked first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of the reports; None where the reports are to say it themselves."""

    published: date | None = None
    language: str | None = None
    url: str = ""  # where the document was fetched from; a page's own canonical address goes before it
    retrieved: date | None = None  # the day it was fetched: nothing can have been published later
    charset: str = ""  # the encoding that its server named
    fast: bool = False  # pages by the fast path
    column: str = ""  # the column of a table that holds the texts; empty: one of the usual names
