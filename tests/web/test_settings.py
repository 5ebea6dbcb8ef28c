"""How a desk is set up: a file, options before it, and plain words for what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from musterbook.desk.cli import main
from musterbook.desk.web import serving
from musterbook.desk.web.serving import address_of, tell_first_link
from musterbook.desk.web.settings import KEYS, Setup, setup_from
from musterbook.errors import UsageError
from newsroom_desk import Newsroom

ROOT = Path(__file__).resolve().parents[2]


def written(folder: Path, text: str) -> Path:
    file = folder / "desk.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_settings_that_the_page_shows_are_all_there_are_and_can_be_read(tmp_path: Path) -> None:
    page = (ROOT / "docs/desk.md").read_text(encoding="utf-8")
    shown = page.partition("```toml\n")[2].partition("```")[0]
    setup = setup_from(written(tmp_path, shown))
    assert (setup.port, setup.https, setup.proxies) == (8420, True, ("127.0.0.1",))
    assert [line.split(" ")[0] for line in shown.splitlines()] == list(KEYS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("port = 0", "port = 0 cannot be; it takes a number from 1 to 65535"),
        ("port = true", "port = True cannot be"),
        ("public = 'no'", "public = 'no' cannot be; it takes true, or false"),
        ("proxies = ['everyone']", "proxies = ['everyone'] cannot be"),
        ("names = 'desk.example.org'", "it takes a list of names"),
        ("title = ''", "title = '' cannot be"),
        ("pubic = true", "there is no key 'pubic'; the keys are book,"),
        ("port = ", "is no TOML"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError) as wrong:
        setup_from(written(tmp_path, text))
    assert "desk.toml" in str(wrong.value)
    assert words in str(wrong.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml cannot be read"):
        setup_from(tmp_path / "none.toml")


def test_options_go_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Setup] = []
    monkeypatch.setattr(serving, "serve", asked.append)
    file = written(tmp_path, "port = 9000\ntitle = 'Ours'\nread-only = true")
    ended = CliRunner().invoke(main, ["serve", "--config", str(file), "--port", "9001", "--private"])
    assert ended.exit_code == 0, ended.output
    (setup,) = asked
    assert (setup.port, setup.title, setup.read_only, setup.public) == (9001, "Ours", True, False)


@pytest.mark.parametrize(
    ("setup", "address"),
    [
        (Setup(), "http://127.0.0.1:8420"),
        (Setup(host="::1", port=99), "http://[::1]:99"),
        (Setup(host="0.0.0.0"), "http://127.0.0.1:8420"),  # noqa: S104 -- only shown
        (Setup(https=True, names=("desk.example.org",)), "https://desk.example.org"),
    ],
)
def test_the_address_is_the_one_that_people_reach_it_by(setup: Setup, address: str) -> None:
    assert address_of(setup) == address


def test_the_first_start_prints_a_link_that_lets_an_admin_in(
    unopened: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_first_link(unopened.client.app, Setup(), "http://testserver")  # type: ignore[arg-type] -- the application itself
    link = capsys.readouterr().out.split()[-1]
    assert "the first admin" in unopened.stranger().page(link.removeprefix("http://testserver"))


def test_there_is_no_link_where_somebody_can_sign_in(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_first_link(newsroom.client.app, Setup(), "http://testserver")  # type: ignore[arg-type] -- the application itself
    assert capsys.readouterr().out == ""


def test_a_desk_to_look_at_only_prints_no_link(
    unopened: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_first_link(unopened.client.app, Setup(read_only=True), "http://testserver")  # type: ignore[arg-type] -- the application itself
    assert capsys.readouterr().out == ""


def test_an_invitation_by_command_lets_somebody_set_a_password(newsroom: Newsroom) -> None:
    call = ["people", "invite", "ed", "--book", str(newsroom.site.book), "--json"]
    ended = CliRunner().invoke(main, call)
    assert ended.exit_code == 0, ended.output
    link = json.loads(ended.output)["link"].removeprefix("http://127.0.0.1:8420")
    assert "Welcome, ed" in newsroom.stranger().page(link)


def test_who_is_unknown_is_not_invited_without_a_role(newsroom: Newsroom) -> None:
    call = ["people", "invite", "new", "--book", str(newsroom.site.book)]
    ended = CliRunner().invoke(main, call)
    assert ended.exit_code == 2
    assert "has no role in this book" in ended.output
