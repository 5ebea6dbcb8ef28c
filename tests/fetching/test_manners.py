"""How long is waited, and for whom."""

from __future__ import annotations

from random import Random

import pytest

from musterbook.fetching.manners import (
    DAY,
    GIVEN,
    HOUR,
    LONGEST_ASKED,
    NONE,
    UNKNOWN,
    Rules,
    asked_to_wait,
    back_off,
)

NOW = 1_772_000_000.0  # 2026-02-25 06:13:20 UTC


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("Wed, 25 Feb 2026 06:23:20 GMT", 600),
        ("Wed, 25 Feb 2026 05:00:00 GMT", 0),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("1e9", 0),
        ("٣", 0),
        ("99999999999999999999", LONGEST_ASKED),
        ("Wed, 25 Feb 9999 05:00:00 GMT", LONGEST_ASKED),
    ],
)
def test_a_server_says_how_long_to_wait(words: str, seconds: float) -> None:
    assert asked_to_wait(words, NOW) == seconds


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    chance = Random(1)
    waits = [back_off(n, chance) for n in range(1, 40)]
    for n, wait in enumerate(waits):
        assert 0.75 <= wait / min(DAY, 60 * 2.0**n) <= 1.25
    assert back_off(0, chance) == 0


def test_who_failed_together_does_not_come_back_together() -> None:
    chance = Random(1)
    assert len({round(back_off(5, chance)) for _ in range(50)}) > 20


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /private", "/a", True),
        ("User-agent: Musterbook\nDisallow: /a\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: somebody\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/news", "/a/news/1", True),
        ("", "/a", True),
        ("<html><body>Disallow: /</body></html>", "/a", True),
        ("\x00\xff" * 100, "/a", True),
    ],
)
def test_robots_txt_is_kept(text: str, path: str, allowed: bool) -> None:
    rules = Rules("http://news.example", GIVEN, text)
    assert rules.allows(f"http://news.example{path}", "Musterbook") is allowed


def test_without_robots_txt_all_is_allowed_and_without_an_answer_nothing() -> None:
    assert Rules("http://news.example", NONE).allows("http://news.example/a", "Musterbook")
    assert not Rules("http://news.example", UNKNOWN).allows("http://news.example/a", "Musterbook")


def test_robots_txt_holds_for_a_day_and_an_unknown_one_for_an_hour() -> None:
    assert Rules("o", GIVEN, fetched=NOW).left(NOW + 60) == DAY - 60
    assert Rules("o", UNKNOWN, fetched=NOW).left(NOW + 60) == HOUR - 60
    assert Rules("o", GIVEN, fetched=NOW).left(NOW - 60) == 0  # the clock was set back


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Crawl-delay: 30", 30),
        ("Crawl-delay: 2.5", 2.5),
        ("Request-rate: 1/20", 20),
        ("Crawl-delay: -3", 0),
        ("Crawl-delay: inf", 0),
        ("Crawl-delay: nan", 0),
        ("Crawl-delay: soon", 0),
        ("Disallow: /b", 0),
    ],
)
def test_a_site_may_ask_for_a_pause(text: str, seconds: float) -> None:
    assert Rules("o", GIVEN, f"User-agent: *\n{text}\n").pause("Musterbook") == seconds
