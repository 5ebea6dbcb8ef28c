"""Signing in with a provider: the good way, and everything that somebody between it, a browser and the desk may try."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select

from invented_provider import CLIENT, SECRET, Invented, another_key, signed
from musterbook.desk.web.accounts import identities
from musterbook.desk.web.accounts.store import METADATA
from musterbook.model import Role
from newsroom_desk import PASSWORD
from provider_desk import BACK, Signing, is_out, opened


@pytest.fixture
def signing(read_book: Path, tmp_path: Path) -> Iterator[Signing]:
    with opened(read_book, tmp_path) as found:
        yield found


def test_who_was_invited_signs_in_and_comes_back_to_the_page_that_was_left(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    page = browser.page("/signin?next=/review%3Fforce%3Dus")
    assert '/signin/oidc?next=/review%3Fforce%3Dus">Sign in with Example Login</a>' in page
    answer = signing.come_back(browser, "/review?force=us")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?force=us")
    assert "Example Login as bob@example.org" in browser.page("/account")
    assert browser.get("/review").status_code == 200
    assert browser.get("/people").status_code == 403  # the role is the book's: an editor's


@pytest.mark.parametrize(("kind", "algorithm"), [("EC", "ES256"), ("OKP", "EdDSA"), ("RSA", "PS256")])
def test_a_provider_signs_with_any_key_that_it_alone_has(signing: Signing, kind: str, algorithm: str) -> None:
    signing.there.key, signing.there.algorithm = another_key(kind), algorithm
    signing.there.card = {"id_token_signing_alg_values_supported": ["RS256", algorithm]}
    assert signing.come_back(signing.newsroom.stranger()).status_code == 303


def test_keys_may_change_at_any_time(signing: Signing) -> None:
    signing.come_back(signing.newsroom.stranger())
    for kid in ("second", "first"):  # a new name, and an old name for a new key
        signing.there.key = another_key(kid=kid)
        signing.newsroom.passes(minutes=2)
        assert signing.come_back(signing.newsroom.stranger()).status_code == 303


def test_strange_signatures_do_not_make_the_desk_ask_for_keys_again_and_again(signing: Signing) -> None:
    stranger = another_key(kid="unheard")
    signing.there.sign = lambda _, said: signed(stranger, "RS256", said)
    for _ in range(5):
        signing.refused("could not be proven", 502)
    assert signing.there.asked.count("/keys") == 1


def test_the_second_time_the_account_counts_and_not_its_address(signing: Signing) -> None:
    signing.come_back(signing.newsroom.stranger())
    signing.there.person = {"sub": "bob-1", "email": "robert@example.org", "email_verified": True}
    assert signing.come_back(signing.newsroom.stranger()).status_code == 303


def test_an_address_that_was_given_to_somebody_else_opens_nothing(signing: Signing) -> None:
    signing.come_back(signing.newsroom.stranger())
    signing.there.person["sub"] = "eve-9"
    signing.refused("Another account of Example Login", 403)


def test_an_admin_sets_the_address_anew_and_the_old_account_is_let_go(signing: Signing) -> None:
    signing.come_back(signing.newsroom.stranger())
    ada = signing.newsroom.browser("ada")
    ada.send("/people/address", {"name": "ed", "address": "Edith@Example.org", "form": ada.mark("/people")})
    signing.refused("Nobody at this desk is known as bob@example.org", 403)
    signing.there.person = {"sub": "edith-1", "email": "edith@example.org", "email_verified": True}
    assert signing.come_back(signing.newsroom.stranger()).status_code == 303


def test_what_the_token_leaves_out_is_asked_for_beside_it(signing: Signing) -> None:
    signing.there.person = {"sub": "bob-1"}
    signing.there.besides = {"sub": "bob-1", "email": "BOB@example.org", "email_verified": True}
    assert signing.come_back(signing.newsroom.stranger()).status_code == 303


Spoil = Callable[[Invented], None]


def claims(**changed: object) -> Spoil:
    return lambda there: there.claims.update(changed)


def shifted(name: str, seconds: float, until: float = 0.0) -> Spoil:
    def spoil(there: Invented) -> None:
        there.claims[name] = int(there.now() + seconds)
        if until:
            there.claims["exp"] = int(there.now() + until)

    return spoil


def signing_by(sign: Callable[[Invented, dict[str, object]], str]) -> Spoil:
    return lambda there: setattr(there, "sign", sign)


def unsigned(_: Invented, said: dict[str, object]) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, said)]
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])


def by_a_shared_secret(secret: bytes, said: dict[str, object]) -> str:
    """Sealed by hand, since joserfc will not take a public key for a secret."""
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT", "kid": "first"}, said)]
    words = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    seal = base64.urlsafe_b64encode(hmac.digest(secret, words, "sha256")).rstrip(b"=")
    return (words + b"." + seal).decode()


def by_the_public_key(there: Invented, said: dict[str, object]) -> str:
    """The old trick: the public key, which everybody has, taken for a shared secret."""
    assert isinstance(there.key, RSAKey)
    return by_a_shared_secret(there.key.as_pem(private=False), said)


def by_the_client_secret(_: Invented, said: dict[str, object]) -> str:
    return by_a_shared_secret(SECRET.encode(), said)


def with_its_own_key(there: Invented, said: dict[str, object]) -> str:
    """A key that the token brings along, under the name of a good one."""
    from joserfc import jwt

    mine = another_key(kid=there.key.kid or "")
    header = {"alg": "RS256", "kid": mine.kid, "jwk": mine.as_dict(private=False)}
    return jwt.encode(header, said, mine, algorithms=["RS256"])


def with_other_words(there: Invented, said: dict[str, object]) -> str:
    head, _, seal = signed(there.key, "RS256", said).split(".")
    words = base64.urlsafe_b64encode(json.dumps(said | {"email": "ada@example.org"}).encode())
    return f"{head}.{words.rstrip(b'=').decode()}.{seal}"


UNPROVEN, CLOCK = ("could not be proven", 502), ("clocks of Example Login", 502)
SPOILT: dict[str, tuple[Spoil, tuple[str, int]]] = {
    "another issuer": (claims(iss="https://evil.example"), UNPROVEN),
    "an issuer with a stroke more": (lambda t: t.claims.update(iss=t.issuer + "/"), UNPROVEN),
    "a list of issuers": (lambda t: t.claims.update(iss=[t.issuer]), UNPROVEN),
    "no issuer": (claims(iss=None), UNPROVEN),
    "another audience": (claims(aud="another-client"), UNPROVEN),
    "an audience of two, made for the other": (claims(aud=[CLIENT, "other"], azp="other"), UNPROVEN),
    "an audience of two, made for nobody": (claims(aud=[CLIENT, "other"]), UNPROVEN),
    "no audience": (claims(aud=None), UNPROVEN),
    "another nonce": (claims(nonce="0" * 64), UNPROVEN),
    "no nonce": (claims(nonce=None), UNPROVEN),
    "an empty nonce": (claims(nonce=""), UNPROVEN),
    "no subject": (claims(sub=None), UNPROVEN),
    "a subject that is no word": (claims(sub=17), UNPROVEN),
    "expired": (shifted("iat", -900, -61), CLOCK),
    "no end": (claims(exp=None), UNPROVEN),
    "an end that is no number": (claims(exp="never"), UNPROVEN),
    "not yet valid": (shifted("nbf", 90), CLOCK),
    "issued in the future": (shifted("iat", 90, 500), CLOCK),
    "another access token": (claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), UNPROVEN),
    "no signature": (signing_by(unsigned), UNPROVEN),
    "signed with the public key": (signing_by(by_the_public_key), UNPROVEN),
    "signed with the client's secret": (signing_by(by_the_client_secret), UNPROVEN),
    "signed with a key that it brings": (signing_by(with_its_own_key), UNPROVEN),
    "other words under a good signature": (signing_by(with_other_words), UNPROVEN),
    "no token at all": (signing_by(lambda *_: ""), UNPROVEN),
    "what is no token": (signing_by(lambda *_: "a.b.c"), UNPROVEN),
    "what is no token, either": (signing_by(lambda *_: "bnVsbA.bnVsbA.bnVsbA"), UNPROVEN),
    "an endless token": (signing_by(lambda *_: "a" * 200_000), UNPROVEN),
    "an address that was not verified": (claims(email_verified=False), ("has not verified", 403)),
    "an address nobody says is verified": (claims(email_verified=None), ("has not verified", 403)),
    "an address that is no word": (claims(email=["bob@example.org"]), ("who you are (email)", 403)),
    "a hidden sign in the address": (claims(email="bob@example.org\u202e"), ("who you are (email)", 403)),
    "a look-alike of a letter": (claims(email="BOB@example.org".replace("B", "\uff22")), ("Nobody", 403)),
    "a person whom nobody invited": (claims(email="eve@example.org"), ("Nobody at this desk", 403)),
    "hostile words": (claims(email="<script>alert(1)</script>@x"), ("&lt;script&gt;", 403)),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_not_proven_lets_nobody_in(signing: Signing, how: str) -> None:
    spoil, (words, status) = SPOILT[how]
    spoil(signing.there)
    answer = signing.refused(words, status)
    assert "<script>alert" not in answer.text
    assert identities.bound(signing.newsroom.accounts, signing.there.issuer) == frozenset()


@pytest.mark.parametrize("spoil", [shifted("iat", 40, 300), shifted("iat", -300, -40), shifted("nbf", 40)])
def test_clocks_may_differ_by_less_than_a_minute(signing: Signing, spoil: Spoil) -> None:
    spoil(signing.there)
    assert signing.come_back(signing.newsroom.stranger()).status_code == 303


def test_userinfo_of_somebody_else_is_not_believed(signing: Signing) -> None:
    signing.there.person = {"sub": "eve-9"}
    signing.there.besides = {"sub": "bob-1", "email": "bob@example.org", "email_verified": True}
    signing.refused("could not be proven", 502)


@pytest.mark.parametrize("state", ["", "0" * 64, "ü" * 64, "x" * 3_000])
def test_a_wrong_state_gets_nowhere(signing: Signing, state: str) -> None:
    signing.refused("was not begun in this browser", 400, state=state)
    assert "/token" not in signing.there.asked


def test_a_link_of_an_attacker_signs_nobody_in_as_the_attacker(signing: Signing) -> None:
    attacker, victim = signing.newsroom.stranger(), signing.newsroom.stranger()
    brought = signing.there.agree(signing.begin(attacker))
    signing.is_refused(victim, signing.bring(victim, brought), "was not begun in this browser", 400)
    signing.begin(victim)  # also one who is just on the way
    signing.is_refused(victim, signing.bring(victim, brought), "was not begun in this browser", 400)


def test_a_stolen_code_is_of_no_use_to_another_journey(signing: Signing) -> None:
    victim, thief = signing.newsroom.stranger(), signing.newsroom.stranger()
    code = signing.there.agree(signing.begin(victim))["code"]
    answer = signing.come_back(thief, code=code)
    signing.is_refused(thief, answer, "did not take the request", 502)


def test_a_journey_is_made_once_even_where_the_provider_takes_a_code_twice(signing: Signing) -> None:
    signing.there.is_lax = True
    browser, copy = signing.newsroom.stranger(), signing.newsroom.stranger()
    brought = signing.there.agree(signing.begin(browser))
    copy.client.cookies.set("desk-journey", browser.client.cookies["desk-journey"])
    assert signing.bring(browser, brought).status_code == 303
    signing.is_refused(copy, signing.bring(copy, brought), "is over already", 400)


def test_a_journey_ends_after_ten_minutes(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    brought = signing.there.agree(signing.begin(browser))
    signing.newsroom.passes(minutes=10, seconds=2)
    signing.is_refused(browser, signing.bring(browser, brought), "begun too long ago", 400)


@pytest.mark.parametrize("cookie", ["", "x", "x.y.z", "..", "x.1.%2F", "a.99999999999999.%2F", "é.1.%2F"])
def test_a_cookie_that_is_none_of_ours_gets_nowhere(signing: Signing, cookie: str) -> None:
    browser = signing.newsroom.stranger()
    brought = signing.there.agree(signing.begin(browser))
    headers = [(b"cookie", f"desk-journey={cookie}".encode()), (b"accept", b"text/html")]
    browser.client.cookies.clear()
    answer = browser.client.get(BACK, params=brought, headers=headers)
    signing.is_refused(browser, answer, "was not begun in this browser", 400)


def test_the_page_to_come_back_to_cannot_be_changed_on_the_way(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    brought = signing.there.agree(signing.begin(browser, "/review"))
    held = browser.client.cookies["desk-journey"]
    browser.client.cookies.clear()
    browser.client.cookies.set("desk-journey", held.replace("%2Freview", "%2Fpeople"))
    signing.is_refused(browser, signing.bring(browser, brought), "was not begun in this browser", 400)


@pytest.mark.parametrize(
    "address",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nb: c"],
)
def test_no_address_of_elsewhere_is_come_back_to(signing: Signing, address: str) -> None:
    answer = signing.come_back(signing.newsroom.stranger(), address)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_session_that_somebody_planted_is_not_the_one_that_is_used(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    browser.client.cookies.set("desk", "planted-by-somebody", domain="testserver.local", path="/")
    token = signing.come_back(browser).cookies["desk"]
    thief = signing.newsroom.stranger()
    thief.client.cookies.set("desk", "planted-by-somebody")
    assert token not in ("", "planted-by-somebody")
    assert is_out(thief)


def test_signing_in_ends_the_session_that_the_browser_had(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    browser.sign_in("rea")
    thief = signing.newsroom.stranger()
    thief.client.cookies.set("desk", browser.client.cookies["desk"])
    assert not is_out(thief)
    signing.come_back(browser)
    assert is_out(thief)


def test_who_signed_out_is_out(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    signing.come_back(browser)
    browser.send("/signout", {"form": browser.mark("/account")})
    assert is_out(browser)


def test_who_was_removed_does_not_come_back(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    signing.come_back(browser)
    ada = signing.newsroom.browser("ada")
    fields: dict[str, object] = {
        "name": "ed",
        "role": "none",
        "reason": "has left",
        "form": ada.mark("/people"),
    }
    assert ada.send("/people/role", fields).status_code == 303
    assert is_out(browser)
    signing.refused("Nobody at this desk is known as bob@example.org", 403)


def test_who_was_removed_by_the_command_line_does_not_come_back(signing: Signing) -> None:
    signing.come_back(signing.newsroom.stranger())
    signing.newsroom.book.grant("ed", Role.NONE, "has left", by="ada")
    signing.newsroom.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself
    signing.refused("no role in this book any more", 403)


def test_nothing_in_the_file_can_be_used_by_who_reads_it(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    address = signing.begin(browser)
    brought = signing.there.agree(address)
    cookie = browser.client.cookies["desk-journey"]
    signing.bring(browser, brought)
    accounts = signing.newsroom.accounts
    rows = [list(map(str, row)) for table in METADATA.sorted_tables for row in accounts.ask(select(table))]
    held = json.dumps(rows)
    for secret in (cookie.split(".")[0], *brought.values(), SECRET, "access", browser.client.cookies["desk"]):
        assert secret not in held


def test_passwords_go_on_beside_the_provider(signing: Signing) -> None:
    assert signing.newsroom.stranger().sign_in("ed", PASSWORD).status_code == 303
