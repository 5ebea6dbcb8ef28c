"""A provider that is down, slow, wrongly set up or says no: a plain page, a line in the log, no secret in either."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from invented_provider import SECRET, Answer, Invented
from musterbook.desk.web.provider.card import card_from
from musterbook.desk.web.provider.setup import Provider
from musterbook.desk.web.provider.troubles import TROUBLES, Trouble
from newsroom_desk import Newsroom
from provider_desk import BACK, Signing, is_out, opened

DOWN, SLOW = ("cannot be reached", 503), ("takes too long", 503)
ODD, REFUSED = ("does not understand", 502), ("did not take the request", 502)


@pytest.fixture
def signing(read_book: Path, tmp_path: Path) -> Iterator[Signing]:
    with opened(read_book, tmp_path, patience=0.4) as found:
        yield found


def answering(status: int, said: object) -> Callable[[Invented], Callable[[], Answer]]:
    return lambda _: lambda: (status, said)


def late(there: Invented) -> Callable[[], Answer]:
    """Longer than the desk's patience, and no longer than the test."""
    return lambda: (there.ended.wait(20), (200, {}))[1]


FAULTS: dict[str, tuple[Callable[[Invented], Callable[[], Answer]], tuple[str, int]]] = {
    "an error of its own": (answering(500, {"error": "server_error"}), DOWN),
    "too many requests": (answering(503, {}), DOWN),
    "no answer in time": (late, SLOW),
    "a page and no JSON": (answering(200, b"<html>Please sign in to the wireless network</html>"), ODD),
    "a list": (answering(200, []), ODD),
    "nothing": (answering(200, b""), ODD),
    "JSON without end": (answering(200, b"[" * 200_000), ODD),
    "too much": (answering(200, {"x": "x" * 300_000}), ODD),
}
ELSEWHERE = answering(302, "http://127.0.0.1:1/")


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_provider_tells_of_itself_may_be_missing(signing: Signing, fault: str) -> None:
    make, (words, status) = FAULTS[fault]
    signing.there.instead["/.well-known/openid-configuration"] = make(signing.there)
    browser = signing.newsroom.stranger()
    signing.is_refused(browser, browser.get("/signin/oidc"), words, status)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
def test_each_answer_on_the_way_may_be_missing(signing: Signing, path: str, fault: str) -> None:
    make, (words, status) = FAULTS[fault]
    signing.there.person = {"sub": "bob-1"}  # so that userinfo is asked
    signing.there.instead[path] = make(signing.there)
    signing.refused(words, status)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_no_redirect_is_followed(signing: Signing, path: str) -> None:
    signing.there.instead[path] = ELSEWHERE(signing.there)
    browser = signing.newsroom.stranger()
    answer = browser.get("/signin/oidc") if path.startswith("/.") else signing.come_back(browser)
    assert answer.status_code == 502
    assert is_out(browser)


def test_a_provider_that_is_not_there_leaves_passwords_as_they_are(signing: Signing) -> None:
    signing.there.instead["/.well-known/openid-configuration"] = answering(500, {})(signing.there)
    browser = signing.newsroom.stranger()
    answer = browser.get("/signin/oidc")
    assert answer.headers["retry-after"]
    assert 'name="password"' in answer.text
    assert browser.sign_in("ed").status_code == 303


def test_a_provider_that_comes_back_is_asked_again(signing: Signing) -> None:
    signing.there.instead["/.well-known/openid-configuration"] = answering(500, {})(signing.there)
    browser = signing.newsroom.stranger()
    assert browser.get("/signin/oidc").status_code == 503
    signing.there.instead.clear()
    assert signing.come_back(browser).status_code == 303


WRONG_CARDS: dict[str, dict[str, object]] = {
    "another issuer": {"issuer": "https://evil.example"},
    "no issuer": {"issuer": None},
    "an unsafe place for tokens": {"token_endpoint": "http://evil.example/token"},
    "no place for tokens": {"token_endpoint": None},
    "a script to go to": {"authorization_endpoint": "javascript:alert(1)"},
    "a file of keys": {"jwks_uri": "file:///etc/passwd"},
    "somebody's name in an address": {"jwks_uri": "https://login.example.org@evil.example/"},
    "a userinfo elsewhere": {"userinfo_endpoint": "http://evil.example/"},
    "shared secrets alone": {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    "no PKCE that holds": {"code_challenge_methods_supported": ["plain"]},
    "no secret that we can send": {"token_endpoint_auth_methods_supported": ["private_key_jwt"]},
    "addresses that are none": {"authorization_endpoint": ["https://a.example"]},
}


@pytest.mark.parametrize("how", WRONG_CARDS)
def test_a_provider_that_is_not_the_one_of_the_settings_is_not_used(signing: Signing, how: str) -> None:
    signing.there.card = WRONG_CARDS[how]
    browser = signing.newsroom.stranger()
    signing.is_refused(browser, browser.get("/signin/oidc"), "does not fit the settings", 502)


def test_a_provider_of_the_wide_world_leads_to_no_address_without_https() -> None:
    provider = Provider("Login", "https://login.example.org", "desk", home="https://desk.example.org")
    told: dict[str, object] = {
        "issuer": provider.issuer,
        "authorization_endpoint": f"{provider.issuer}/a?tenant=7",
        "token_endpoint": f"{provider.issuer}/t",
        "jwks_uri": f"{provider.issuer}/k",
    }
    assert card_from(provider, told).authorization.endswith("?tenant=7")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        with pytest.raises(Trouble) as wrong:
            card_from(provider, told | {name: "http://127.0.0.1/"})
        assert name in wrong.value.detail


def test_who_refuses_at_the_provider_reads_so_and_may_begin_again(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    state = signing.there.agree(signing.begin(browser))["state"]
    answer = signing.bring(browser, {"error": "access_denied", "state": state})
    signing.is_refused(browser, answer, "did not agree", 403)
    assert signing.come_back(browser).status_code == 303


@pytest.mark.parametrize("error", ["invalid_scope", "<b>call this number</b>", "x" * 500])
def test_words_of_the_address_are_not_repeated(signing: Signing, error: str) -> None:
    browser = signing.newsroom.stranger()
    state = signing.there.agree(signing.begin(browser))["state"]
    brought = {"error": error, "error_description": "call this number", "state": state}
    answer = signing.bring(browser, brought)
    signing.is_refused(browser, answer, *REFUSED)
    assert "call this number" not in answer.text


def test_an_answer_of_another_provider_is_not_taken_for_this_ones(signing: Signing) -> None:
    signing.refused("could not be proven", 502, iss="https://evil.example")
    signing.there.card = {"authorization_response_iss_parameter_supported": True}
    signing.newsroom.passes(hours=2)
    signing.refused("could not be proven", 502)
    assert signing.come_back(signing.newsroom.stranger(), iss=signing.there.issuer).status_code == 303
    assert signing.there.asked.count("/token") == 1


@pytest.mark.parametrize("code", ["", "x" * 3_500, "made-up", "a&b=c\nd"])
def test_a_code_that_is_none_gets_nowhere(signing: Signing, code: str) -> None:
    browser = signing.newsroom.stranger()
    answer = signing.come_back(browser, code=code)
    assert answer.status_code == 502
    assert is_out(browser)


def test_who_comes_back_for_nothing_again_and_again_waits(signing: Signing) -> None:
    answers = [signing.come_back(signing.newsroom.stranger(), code="made-up") for _ in range(24)]
    assert [answer.status_code for answer in answers][-1] == 429
    assert signing.there.asked.count("/token") <= 21
    assert signing.newsroom.stranger().sign_in("ed").status_code == 303


def test_nobody_waits_longer_than_the_provider_is_down(signing: Signing) -> None:
    signing.there.instead["/token"] = answering(500, {})(signing.there)
    for _ in range(30):
        assert signing.come_back(signing.newsroom.stranger()).status_code == 503
    signing.there.instead.clear()
    assert signing.come_back(signing.newsroom.stranger()).status_code == 303


def test_a_crowd_at_a_slow_provider_is_asked_to_wait_and_others_read_on(signing: Signing) -> None:
    signing.there.instead["/.well-known/openid-configuration"] = late(signing.there)
    with ThreadPoolExecutor(24) as crowd:
        waiting = [crowd.submit(signing.newsroom.stranger().get, "/signin/oidc") for _ in range(24)]
        while "/.well-known/openid-configuration" not in signing.there.asked:
            time.sleep(0.01)
        assert signing.newsroom.stranger().get("/signin").status_code == 200
        answers = [one.result() for one in waiting]
    assert {answer.status_code for answer in answers} == {503}
    assert any("Many people" in answer.text for answer in answers)


def test_the_log_tells_what_was_wrong_and_no_secret(
    signing: Signing, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        signing.there.claims["aud"] = "another-client"
        browser = signing.newsroom.stranger()
        brought = signing.there.agree(signing.begin(browser))
        answer = signing.bring(browser, brought)
    told = [record for record in caplog.records if record.name != "httpx2"]  # which is the test's own browser
    (line,) = [record.getMessage() for record in told if record.name == "musterbook.web"]
    number = line.split()[1]
    assert line == f"sign-in {number} by a provider: unproven (aud)"
    assert f"under {number}." in answer.text
    for secret in (*brought.values(), SECRET, "Bearer", "eyJ"):
        assert all(secret not in record.getMessage() for record in told)


def test_every_trouble_says_what_to_do_in_plain_words() -> None:
    for code in TROUBLES:
        trouble = Trouble(code, "eve@example.org\n\x1b[2J" + "x" * 900)
        words = trouble.words("Example {Login}")
        assert words.endswith(".")
        assert "\x1b" not in words
        assert len(words) < 400
        assert 400 <= trouble.status < 600


@pytest.mark.parametrize("path", ["/signin/oidc", BACK, f"{BACK}?code=x&state=y"])
def test_a_desk_without_a_provider_has_no_such_page(newsroom: Newsroom, path: str) -> None:
    assert "knows no provider" in newsroom.stranger().page(path, 404)
    assert "Sign in with" not in newsroom.stranger().page("/signin")
