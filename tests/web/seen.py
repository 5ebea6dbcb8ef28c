"""A real browser of our own, which remembers whatever it complains of, runs or asks elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
needs_chromium = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("MUSTERBOOK_NO_SKIPS"), reason="there is no chromium on this machine"
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TOLD = "told-by-a-hook:"
HOOKS = f"""
const tell = (words) => console.error("{TOLD} " + words);
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => tell("ran " + name);
addEventListener("securitypolicyviolation", (e) => tell(e.violatedDirective + " " + e.blockedURI));
"""  # an inline script of a page is not run at all where the policy holds, and then the second line tells


@dataclass
class Seen:
    """A browser and what happened in it."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def page(self, ours: tuple[str, ...]) -> Page:
        """A page that may ask only addresses that begin so."""
        found = self.context.new_page()
        found.set_default_timeout(60_000)
        found.on("pageerror", lambda error: self.complaints.append(f"{found.url}: {error}"))
        found.on(
            "dialog", lambda dialog: (self.complaints.append(f"dialog {dialog.message}"), dialog.dismiss())
        )
        found.on("console", lambda told: self._console(found, told.type, told.text))
        found.on("popup", lambda _: self.complaints.append(f"{found.url}: opened a window"))

        def watch(route: Route) -> None:
            if route.request.url.startswith((*ours, "data:")):
                route.continue_()
            else:
                self.outside.append(route.request.url)
                route.abort()

        found.route("**/*", watch)
        return found

    def _console(self, page: Page, kind: str, words: str) -> None:
        if kind == "error":
            self.complaints.append(f"{page.url}: {words}")


@contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium, without a screen."""
    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


def watched(browser: Browser, **settings: object) -> Seen:
    """A fresh context whose pages tell when one of the hooked functions runs or the policy is broken."""
    context = browser.new_context(**settings)  # type: ignore[arg-type] -- passed on by name
    context.add_init_script(HOOKS)
    return Seen(context)
