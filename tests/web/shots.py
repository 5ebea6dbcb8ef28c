"""Pictures of every page in light, in dark and as wide as a phone, for people to look at.

usage: python tests/web/shots.py [FOLDER]   (else MUSTERBOOK_SHOTS, else build/shots)
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as the tests find each other

from playwright.sync_api import Browser

from fulfilled import DESK, Get, page_of
from seen import browsing, watched

MODES = {
    "light": {"color_scheme": "light", "viewport": {"width": 1200, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1200, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}, "device_scale_factor": 2},
}
ID = re.compile(r"[0-9a-f]{64}")


def shoot(browser: Browser, get: Get, addresses: Iterable[str], folder: Path) -> int:
    """A picture of each address in each mode; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = list(addresses)
    for mode, settings in MODES.items():
        page = page_of(watched(browser, **settings), get)
        for address in pages:
            page.goto(DESK + address)
            page.screenshot(path=folder / f"{name_of(address)}-{mode}.png", full_page=True)
    return len(pages) * len(MODES)


def name_of(address: str) -> str:
    """``usa-irq``."""
    short = ID.sub(lambda found: found[0][:8], address)
    return re.sub(r"[^a-zA-Z0-9]+", "-", short).strip("-").lower()[:80] or "overview"


def main() -> None:
    """A desk over the sample reports, as an admin sees it, then as a reader does."""
    from musterbook.api import open_book
    from musterbook.desk.demo import samples
    from musterbook.intake import from_path
    from newsroom_desk import hire, open_newsroom
    from roaming import roam, starts

    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("MUSTERBOOK_SHOTS") or "build/shots")
    with tempfile.TemporaryDirectory() as place, open_book(Path(place) / "book.sqlite", person="ada") as book:
        book.add(from_path(samples()))
        newsroom = open_newsroom(book, Path(place) / "book.sqlite")
        hire(newsroom)
        newsroom.client.app.state.shelf.patience = 300.0  # type: ignore[attr-defined] -- the application itself
        with browsing() as browser:
            for who in ("", "ada"):
                get = newsroom.browser(who).get if who else newsroom.stranger().get
                pages = roam(newsroom.client.app, get, starts(newsroom), each=2)  # type: ignore[arg-type] -- the application itself
                print(
                    shoot(browser, get, pages, folder / ("signed-in" if who else "reader")),
                    "pictures in",
                    folder,
                )


if __name__ == "__main__":
    main()
