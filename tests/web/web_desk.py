"""A small book behind a web desk, without a server: requests go straight into the application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.testclient import TestClient

from musterbook.api import OpenBook
from musterbook.model import Report

TODAY = date(2021, 6, 1)
TOLD = (
    (
        "The United States has about 5,200 troops in Iraq, General Frank McKenzie said.",
        "2020-03-01",
        "Wire One",
    ),
    (
        "The United States will cut its troops in Iraq from 5,200 to 3,000 by the end of September, "
        "General Frank McKenzie said in Baghdad on Wednesday.",
        "2020-09-09",
        "Wire One",
    ),
    ("The Pentagon said on Friday that 2,500 U.S. troops remain in Iraq.", "2021-01-15", "Daily Two"),
    ("Some 900 U.S. soldiers are in Syria, an official said.", "2021-02-01", "Daily Two"),
    ("Germany has 1,100 soldiers in Mali, the ministry said.", "2021-03-01", "Blatt Drei"),
)


@dataclass(frozen=True)
class Desk:
    """A web desk and the book behind it."""

    client: TestClient
    book: OpenBook

    def page(self, address: str, status: int = 200, **headers: str) -> str:
        answer = self.client.get(address, headers=headers)
        assert answer.status_code == status, answer.text[:500]
        return answer.text


def told(*reports: tuple[str, str, str]) -> list[Report]:
    """Reports: text, day, publisher."""
    return [Report(text, publisher=who, published=date.fromisoformat(day)) for text, day, who in reports]
