"""A newsroom whose people may sign in with an invented provider, and the way there and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from urllib.parse import urlencode, urlsplit

from httpx import Response

from books import Ticks
from invented_provider import Invented, invented
from musterbook.api import open_book
from musterbook.desk.web.accounts import identities
from newsroom_desk import Browser, Newsroom, hire, open_newsroom

BACK = "/signin/oidc/back"


@dataclass
class Signing:
    """The newsroom (ada, ed, rea; ed is bob@example.org there), and the provider."""

    newsroom: Newsroom
    there: Invented

    def begin(self, browser: Browser, back: str = "") -> str:
        """The address at the provider that the desk leads to."""
        answer = browser.get("/signin/oidc" + (f"?{urlencode({'next': back})}" if back else ""))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def come_back(self, browser: Browser, back: str = "", **changed: str) -> Response:
        """Out, agreed, and back, with some of what is brought back changed."""
        brought = self.there.agree(self.begin(browser, back)) | changed
        return self.bring(browser, brought)

    def bring(self, browser: Browser, brought: dict[str, str]) -> Response:
        return browser.get(f"{BACK}?{urlencode(brought)}")

    def refused(self, words: str, status: int, **changed: str) -> Response:
        """A stranger who comes back is let in nowhere, and reads these words."""
        browser = self.newsroom.stranger()
        answer = self.come_back(browser, **changed)
        self.is_refused(browser, answer, words, status)
        return answer

    def is_refused(self, browser: Browser, answer: Response, words: str, status: int) -> None:
        assert answer.status_code == status, (answer.status_code, answer.text)
        assert words in answer.text
        assert "Traceback" not in answer.text
        assert is_out(browser)


def is_out(browser: Browser) -> bool:
    """Whether nobody is signed in."""
    answer = browser.get("/account")
    return answer.status_code == 303 and urlsplit(answer.headers["location"]).path == "/signin"


@contextmanager
def opened(read_book: Path, folder: Path, **settings: object) -> Iterator[Signing]:
    """The desk and the provider, until the test is over."""
    place = folder / "book.sqlite"
    copyfile(read_book, place)
    with invented() as there, open_book(place, clock=Ticks(), person="ada") as book:
        newsroom = open_newsroom(book, place, provider=there.provider(**settings))
        there.now = newsroom.accounts.now
        hire(newsroom)
        identities.expect(newsroom.accounts, "ed", "bob@example.org")
        yield Signing(newsroom, there)
