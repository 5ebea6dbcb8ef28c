"""Letters give their day and their sender themselves; the letters here are composed, with invented figures."""

from __future__ import annotations

from datetime import date

import pytest

from musterbook.intake import from_text
from musterbook.model import Report

WAR_POWERS = """THE WHITE HOUSE
Office of the Press Secretary

For Immediate Release
June 9, 2019

TEXT OF A LETTER FROM THE PRESIDENT
TO THE SPEAKER OF THE HOUSE OF REPRESENTATIVES
AND THE PRESIDENT PRO TEMPORE OF THE SENATE

Dear Madam Speaker: (Dear Mr. President:)

I am providing this consolidated report, consistent with the War Powers Resolution, to keep the Congress informed
about deployments of United States Armed Forces equipped for combat.

Approximately 2,910 United States military personnel are deployed to Jordan. In Turkey, approximately 1,710 United
States Armed Forces personnel remain deployed since June 1, 2016.

Sincerely,
"""
SIGNED_BELOW = """Dear Mr. Speaker:

On my orders, approximately 230 United States Armed Forces personnel have deployed to the Republic of Chad.

THE WHITE HOUSE,
Washington, May 21, 2014.
"""


def report_of(text: str, published: date | None = None) -> Report:
    found = [one for one in from_text(text, "letter.txt", published) if isinstance(one, Report)]
    return found[0]


def test_a_letter_is_of_the_day_in_its_head() -> None:
    report = report_of(WAR_POWERS)
    assert report.published == date(2019, 6, 9)
    assert report.published_reason == "“June 9, 2019” is the letter's own date"
    assert report.publisher == "The White House"


def test_a_letter_may_be_dated_at_its_foot() -> None:
    report = report_of(SIGNED_BELOW)
    assert (report.published, report.publisher) == (date(2014, 5, 21), "The White House")


def test_a_day_that_is_given_goes_before_the_letters_own() -> None:
    report = report_of(WAR_POWERS, date(2019, 6, 11))
    assert (report.published, report.published_reason) == (date(2019, 6, 11), "")


@pytest.mark.parametrize(
    "text",
    [
        "About 900 troops remain.\nThey came on\nJune 9, 2019\n",
        "For immediate release\nThe troops will leave by the thirtieth of next month, and no sooner than June 9, 2019",
        "For Immediate Release\nJune 39, 2019\nAbout 900 troops remain.",
    ],
)
def test_a_date_elsewhere_is_not_the_days_of_a_letter(text: str) -> None:
    assert report_of(text).published is None


def test_the_figures_of_a_letter_are_read_with_its_day() -> None:
    from musterbook.api import read_report

    said = {
        s.place.code: s for s in read_report(report_of(WAR_POWERS)).statements if s.place and s.figures.level
    }
    assert {code: s.figures.level for code, s in said.items()} == {"JOR": 2910, "TUR": 1710}
