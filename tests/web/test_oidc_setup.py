"""How a provider is set up: a table in the file of settings, a secret beside it, and people who are written down."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from musterbook.desk.cli import main
from musterbook.desk.web import serving
from musterbook.desk.web.accounts import identities, people
from musterbook.desk.web.accounts.links import FIRST, INVITED, make_link
from musterbook.desk.web.provider.setup import KEYS, VARIABLE, Provider
from musterbook.desk.web.serving import check_provider, tell_first_link, tell_provider
from musterbook.desk.web.settings import Setup, setup_from
from musterbook.errors import UsageError
from newsroom_desk import PASSWORD
from provider_desk import Signing, opened

ROOT = Path(__file__).resolve().parents[2]
TABLE = "[oidc]\nname = 'Login'\nissuer = 'https://login.example.org'\nclient-id = 'desk'\n"
PROVIDER = Provider("Login", "https://login.example.org", "desk")


@pytest.fixture
def signing(read_book: Path, tmp_path: Path) -> Iterator[Signing]:
    with opened(read_book, tmp_path) as found:
        yield found


@pytest.fixture
def alone(read_book: Path, tmp_path: Path) -> Iterator[Signing]:
    """A desk where nobody comes in with a password."""
    with opened(read_book, tmp_path, passwords=False) as found:
        yield found


def written(folder: Path, text: str) -> Path:
    file = folder / "desk.toml"
    file.write_text(text, encoding="utf-8")
    return file


def provider_of(file: Path) -> Provider:
    found = setup_from(file).oidc
    assert found
    return found


def test_the_table_that_the_page_shows_is_all_there_is_and_can_be_read(tmp_path: Path) -> None:
    page = (ROOT / "docs/desk.md").read_text(encoding="utf-8")
    shown = page.partition("```toml\n[oidc]\n")[2].partition("```")[0]
    (tmp_path / "secret").write_text("hush\n", encoding="utf-8")
    file = written(
        tmp_path, "[oidc]\n" + shown.replace("/etc/musterbook/oidc.secret", str(tmp_path / "secret"))
    )
    provider = provider_of(file)
    assert (provider.secret, provider.claim, provider.passwords) == ("hush", "email", True)
    assert [line.split(" ")[0] for line in shown.splitlines()] == list(KEYS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("oidc = true", "oidc is a table"),
        ("[oidc]\nname = 'Login'", "[oidc] issuer takes the https address"),
        (TABLE + "secret = 'hush'", "[oidc] has no key 'secret'; its keys are name, issuer"),
        (TABLE + "passwords = 'no'", "[oidc] passwords takes true, or false"),
        (TABLE + "secret-file = '/no/such/file'", "the secret in /no/such/file cannot be read"),
        (TABLE + "claim = ''", "[oidc] claim takes what people are known by"),
        (TABLE + "address = 'http://desk.example.org'", "[oidc] address takes the https address"),
        (TABLE.replace("'desk'", "17"), "[oidc] client-id takes the name"),
        (TABLE.replace("https:", "http:"), "[oidc] issuer takes the https address"),
        (TABLE.replace("https:", "ftp:"), "[oidc] issuer takes the https address"),
        (TABLE.replace("example.org", "example.org?x=1"), "[oidc] issuer takes the https address"),
        (TABLE.replace("login.", "me:pw@login."), "[oidc] issuer takes the https address"),
        (TABLE.replace("login.example.org", "a:port"), "[oidc] issuer takes the https address"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError) as wrong:
        setup_from(written(tmp_path, text))
    assert "desk.toml" in str(wrong.value)
    assert words in str(wrong.value)


@pytest.mark.parametrize("host", ["127.0.0.1:9000", "localhost", "[::1]:9000"])
def test_without_https_only_this_machine_is_asked(tmp_path: Path, host: str) -> None:
    text = TABLE.replace("https://login.example.org", f"http://{host}")
    assert provider_of(written(tmp_path, text)).issuer == f"http://{host}"


def test_the_secret_comes_from_a_variable_too_and_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "hush-hush")
    provider = provider_of(written(tmp_path, TABLE))
    assert provider.secret == "hush-hush"  # noqa: S105 -- invented
    assert "hush" not in repr(provider)
    monkeypatch.setenv(VARIABLE, "hüsh hush")
    with pytest.raises(UsageError) as wrong:
        setup_from(written(tmp_path, TABLE))
    assert "hush" not in str(wrong.value)


@pytest.mark.parametrize(
    ("setup", "back"),
    [
        (Setup(), "http://127.0.0.1:8420"),
        (Setup(https=True, names=("desk.example.org",)), "https://desk.example.org"),
        (
            Setup(oidc=replace(PROVIDER, home="https://desk.example.org:8443/")),
            "https://desk.example.org:8443",
        ),
    ],
)
def test_people_come_back_to_the_address_of_the_settings(
    setup: Setup, back: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site = replace(setup, oidc=setup.oidc or PROVIDER).site("book.sqlite")
    tell_provider(site)
    assert capsys.readouterr().out == f"Login must know this redirect address: {back}/signin/oidc/back\n"


@pytest.mark.parametrize("setup", [Setup(host="192.0.2.7"), Setup(https=True, host="192.0.2.7")])
def test_without_https_nobody_is_called_back_from_afar(setup: Setup) -> None:
    with pytest.raises(UsageError, match="set https = true and names"):
        replace(setup, oidc=PROVIDER).site("book.sqlite")


def test_the_address_of_the_desk_is_one_of_its_names_and_its_cookies_keep_to_https() -> None:
    site = Setup(oidc=replace(PROVIDER, home="https://desk.example.org")).site("book.sqlite")
    assert "desk.example.org" in site.hosts
    assert site.secure


def test_a_header_of_a_request_does_not_change_where_people_come_back_to(signing: Signing) -> None:
    browser = signing.newsroom.stranger()
    forged = {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    assert "evil.example" not in browser.get("/signin/oidc", **forged).headers["location"]


def test_what_is_missing_is_told_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda name: None if name == "authlib" else name)
    check_provider(Setup())
    with pytest.raises(UsageError, match=r"pip install 'musterbook\[oidc\]' \(authlib is not there\)"):
        check_provider(Setup(oidc=PROVIDER))


def test_a_desk_without_a_provider_needs_nothing_of_it() -> None:
    script = (
        "import sys; [sys.modules.__setitem__(n, None) for n in ('authlib', 'joserfc', 'httpx')]\n"
        "import musterbook.desk.web.app, musterbook.desk.web.serving, musterbook.desk.web.pages.arriving"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_claim_of_the_providers_own_needs_no_verified_address(read_book: Path, tmp_path: Path) -> None:
    with opened(read_book, tmp_path, claim="oid") as signing:
        identities.expect(signing.newsroom.accounts, "ed", "00aF-17")
        signing.there.person = {"sub": "x", "oid": "00aF-17", "email": "eve@example.org"}
        assert signing.come_back(signing.newsroom.stranger()).status_code == 303
        signing.there.person = {"sub": "y", "oid": "00af-17"}
        signing.refused("Nobody at this desk", 403)


def test_an_admin_invites_by_address(signing: Signing) -> None:
    ada = signing.newsroom.browser("ada")
    fields: dict[str, object] = {"name": "kim", "role": "editor", "address": "Kim@Example.org"}
    answer = ada.send("/people/invite", fields | {"form": ada.mark("/people")})
    assert "/welcome/" in answer.text
    assert "kim@example.org at Example Login" in answer.text
    signing.there.person = {"sub": "kim-1", "email": "kim@example.org", "email_verified": "true"}
    browser = signing.newsroom.stranger()
    assert signing.come_back(browser).status_code == 303
    account = browser.page("/account")
    assert "as kim@example.org" in account
    assert "Change the password" not in account


@pytest.mark.parametrize(
    "address", ["bob@example.org", "BOB@EXAMPLE.ORG ", "x" * 201, "a\u202eb@example.org"]
)
def test_an_address_that_cannot_be_is_refused_before_anybody_is_invited(
    signing: Signing, address: str
) -> None:
    ada = signing.newsroom.browser("ada")
    fields: dict[str, object] = {"name": "kim", "role": "editor", "address": address}
    assert ada.send("/people/invite", fields | {"form": ada.mark("/people")}).status_code == 400
    assert "kim" not in signing.newsroom.book.roles()
    fields = {"name": "rea", "address": address, "form": ada.mark("/people")}
    assert ada.send("/people/address", fields).status_code == 400


def test_an_admin_takes_an_address_away(signing: Signing) -> None:
    ada = signing.newsroom.browser("ada")
    ada.send("/people/address", {"name": "ed", "address": "", "form": ada.mark("/people")})
    signing.refused("Nobody at this desk is known as", 403)
    nobody: dict[str, object] = {"name": "nobody", "address": "x@y", "form": ada.mark("/people")}
    assert ada.send("/people/address", nobody).status_code == 404


def test_an_account_of_another_provider_stands_for_nobody(signing: Signing) -> None:
    accounts = signing.newsroom.accounts
    identities.bind(accounts, "ed", "bob@example.org", "https://old.example", "bob-1")
    assert identities.person_of(accounts, signing.there.issuer, "bob-1") == ""
    assert signing.come_back(signing.newsroom.stranger()).status_code == 303
    assert identities.person_of(accounts, signing.there.issuer, "bob-1") == "ed"


def test_where_nobody_has_a_password_none_opens_the_desk(alone: Signing) -> None:
    browser = alone.newsroom.stranger()
    assert 'name="password"' not in browser.page("/signin")
    link = make_link(alone.newsroom.accounts, INVITED, "ed")
    assert "Nobody comes in with a password" in browser.page(f"/welcome/{link}", 403)
    assert alone.come_back(browser).status_code == 303
    mark = browser.mark("/account")
    fields: dict[str, object] = {
        "old": PASSWORD,
        "password": "other words in a row",
        "again": "other words in a row",
    }
    assert browser.send("/account/password", fields | {"form": mark}).status_code == 403
    fields = {"name": "ada", "password": PASSWORD, "form": mark}
    assert browser.send("/signin", fields).status_code == 403


def test_where_nobody_has_a_password_the_first_link_makes_an_admin_who_sets_an_address(
    alone: Signing, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom = alone.newsroom
    setup = Setup(oidc=newsroom.site.provider)
    tell_first_link(newsroom.client.app, setup, "http://testserver")  # type: ignore[arg-type] -- the application itself
    assert "/welcome/" in capsys.readouterr().out
    browser, token = newsroom.stranger(), make_link(newsroom.accounts, FIRST)
    fields: dict[str, object] = {"name": "ada", "password": PASSWORD, "again": PASSWORD}
    mark = browser.mark(f"/welcome/{token}")
    assert browser.send(f"/welcome/{token}", fields | {"form": mark}).status_code == 303
    people_page = browser.page("/people")
    assert "Make a link" not in people_page
    kim: dict[str, object] = {"name": "kim", "role": "reader", "form": browser.mark("/people")}
    assert browser.send("/people/invite", kim).status_code == 400
    kim |= {"address": "kim@example.org", "form": browser.mark("/people")}
    assert "kim can sign in with Example Login now" in browser.send("/people/invite", kim).text
    fields = {"name": "ada", "address": "ada@example.org", "form": browser.mark("/people")}
    assert browser.send("/people/address", fields).status_code == 303
    alone.there.person = {"sub": "ada-1", "email": "ada@example.org", "email_verified": True}
    assert alone.come_back(newsroom.stranger()).status_code == 303
    tell_first_link(newsroom.client.app, setup, "http://testserver")  # type: ignore[arg-type] -- the application itself
    assert capsys.readouterr().out == ""
    assert people.is_lone(newsroom.accounts, newsroom.book.roles(), None) is False


def test_an_invitation_by_command_writes_the_address_down(signing: Signing) -> None:
    call = [
        "people",
        "invite",
        "rea",
        "--known-as",
        "Rea@example.org",
        "--book",
        str(signing.newsroom.site.book),
    ]
    ended = CliRunner().invoke(main, [*call, "--json"])
    assert ended.exit_code == 0, ended.output
    assert json.loads(ended.output)["name"] == "rea"
    signing.there.person = {"sub": "rea-1", "email": "rea@example.org", "email_verified": True}
    assert signing.come_back(signing.newsroom.stranger()).status_code == 303
    taken = CliRunner().invoke(main, [*call[:2], "ada", *call[3:]])
    assert "rea@example.org is the address of another person" in taken.output
