"""Musterbook: who has how many troops where, who says so, since when, and whether announced changes happened.

import musterbook as mb
mb.read("About 900 U.S. troops remain in Syria, the general said.", published="2024-12-01")

with mb.open_book("book.sqlite") as book:
    book.add("reports/")
    book.contingents()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.6.0"

if TYPE_CHECKING:
    from musterbook.api import BookView, OpenBook, open_book, read, read_report
    from musterbook.errors import (
        BookError,
        ForbiddenError,
        LexiconError,
        MusterbookError,
        NewerBookError,
        OvertakenError,
        UsageError,
    )
    from musterbook.findings import Conflict, Estimate, Origin, Pledge, Score, Utterance, Verdict
    from musterbook.model import (
        Contingent,
        CountingRule,
        Doubt,
        Entry,
        Quotation,
        Reading,
        Report,
        Statement,
        Status,
    )
    from musterbook.pipeline import Tally
    from musterbook.values import Attribution, Figures, Mention, Period, Span

_HOMES = {  # each name is loaded when it is first used, so that importing the package costs nothing
    "api": ("BookView", "OpenBook", "open_book", "read", "read_report"),
    "errors": (
        "BookError",
        "ForbiddenError",
        "LexiconError",
        "MusterbookError",
        "NewerBookError",
        "OvertakenError",
        "UsageError",
    ),
    "findings": ("Conflict", "Estimate", "Origin", "Pledge", "Score", "Utterance", "Verdict"),
    "model": (
        "Contingent",
        "CountingRule",
        "Doubt",
        "Entry",
        "Quotation",
        "Reading",
        "Report",
        "Statement",
        "Status",
    ),
    "pipeline": ("Tally",),
    "values": ("Attribution", "Figures", "Mention", "Period", "Span"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Attribution",
    "BookError",
    "BookView",
    "Conflict",
    "Contingent",
    "CountingRule",
    "Doubt",
    "Entry",
    "Estimate",
    "Figures",
    "ForbiddenError",
    "LexiconError",
    "Mention",
    "MusterbookError",
    "NewerBookError",
    "OpenBook",
    "Origin",
    "OvertakenError",
    "Period",
    "Pledge",
    "Quotation",
    "Reading",
    "Report",
    "Score",
    "Span",
    "Statement",
    "Status",
    "Tally",
    "UsageError",
    "Utterance",
    "Verdict",
    "__version__",
    "open_book",
    "read",
    "read_report",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- a module's attributes are of all types
    """Load a public name's module when the name is first asked for."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'musterbook' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"musterbook.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
