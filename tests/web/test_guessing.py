"""Who guesses learns nothing, waits longer and longer, and fills neither the memory nor the day of others."""

from __future__ import annotations

import re

import pytest

from musterbook.desk.web.accounts import passwords, people
from musterbook.desk.web.accounts.store import Accounts
from newsroom_desk import Newsroom


def test_a_wrong_name_and_a_wrong_password_sound_the_same(newsroom: Newsroom) -> None:
    known, unknown = (newsroom.stranger().sign_in(name, "wrong words here") for name in ("ed", "nobody"))
    texts = [re.sub(r'value="[^"]*"', "", answer.text) for answer in (known, unknown)]
    assert (known.status_code, texts[0]) == (unknown.status_code, texts[1])


def test_a_name_that_nobody_has_costs_as_much_as_one_that_somebody_has(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[bool] = []
    hasher = passwords._hasher()
    real = type(hasher).verify

    def verify(self: object, *given: object) -> bool:
        tried.append(True)
        return real(self, *given)  # type: ignore[arg-type] -- passed on as it came

    monkeypatch.setattr(type(hasher), "verify", verify)
    for name in ("ed", "nobody"):
        newsroom.stranger().sign_in(name, "wrong words here")
    assert len(tried) == 2


def test_of_ten_thousand_guesses_over_a_hundred_addresses_hardly_any_is_looked_at(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    accounts = Accounts(":memory:", newsroom.clock)
    monkeypatch.setattr(passwords, "fits", lambda password, _: bool(looked_at.append(password)))
    for n in range(10_000):
        newsroom.passes(seconds=8)
        with pytest.raises(people.WrongError):
            people.sign_in(accounts, "ed", f"guess {n}", f"203.0.113.{n % 100}")
    assert 5 <= len(looked_at) <= 100


def test_one_address_does_not_try_many_names(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    accounts = Accounts(":memory:", newsroom.clock)
    monkeypatch.setattr(passwords, "fits", lambda password, _: bool(looked_at.append(password)))
    for n in range(1_000):
        with pytest.raises(people.WrongError):
            people.sign_in(accounts, f"name {n}", "four words in a row", f"2001:db8::{n:x}")
    assert len(looked_at) <= 21


def test_who_waits_long_enough_comes_in(newsroom: Newsroom) -> None:
    for _ in range(6):
        newsroom.stranger().sign_in("ed", "wrong words here")
    answer = newsroom.stranger().sign_in("ed")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    newsroom.passes(hours=1)
    assert newsroom.stranger().sign_in("ed").status_code == 303
