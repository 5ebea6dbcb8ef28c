"""The public part of the desk as plain files."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from musterbook.desk.progress import bar
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say
from musterbook.desk.wiring import existing_book
from musterbook.errors import UsageError

MISSING = "publishing needs the packages of the web desk: pip install 'musterbook[desk]'"
BASE = re.compile(r"https?://[^\s/?#\"'<>]+(/[^\s?#\"'<>]*)?")


def publish_site(place: str, book: str | None, base: str | None, title: str, as_json: bool) -> None:
    """Write the site, and say what came of it."""
    try:
        from musterbook.desk.web.publishing.site import publish
    except ImportError as lacking:
        raise UsageError(f"{MISSING} ({lacking.name} is not there)") from None
    with existing_book(book) as opened, bar("pages") as steps:
        today = datetime.now(UTC).date()
        found = publish(opened, Path(place), based(base), title, today, steps or (lambda _done, _all: None))
    if as_json:
        print_json(
            {"folder": place, "files": found.files, "written": found.written, "removed": found.removed}
        )
        return
    say(f"{place} holds {found.files:,} files: {found.written:,} written, {found.removed:,} removed.")
    if not base:
        note(
            "without --base-url there is no sitemap.xml, and feeds hold links that some readers do not follow"
        )


def based(base: str | None) -> str:
    """The address of the site, with a stroke at its end."""
    if not base:
        return ""
    if not BASE.fullmatch(base):
        raise UsageError(f"{base} is not the address of a site; write it as https://desk.example/troops/")
    return base if base.endswith("/") else f"{base}/"
