"""``musterbook register``: asks the registers of names, and checks them after a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from musterbook.desk.options import json_option, on_option

Command = TypeVar("Command", bound=Callable[..., Any])


def dir_option(command: Command) -> Command:
    """``--dir``: an editor's own registers."""
    return click.option(
        "--dir",
        "folder",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False),
        help="A folder with registers of your own; files that it lacks are the shipped ones.",
    )(command)


@click.group("register", epilog="\b\nExample:\n  musterbook register who CENTCOM --on 2020-09-09\n")
def command() -> None:
    """Ask the registers who is meant by a name, who held an office, who hosts a mission; or check them."""


@command.command("who", epilog='\b\nExample:\n  musterbook register who "french president" --on 2013-01-11\n')
@click.argument("office")
@on_option
@click.option("--all", "ever", is_flag=True, help="Every holder that the register knows.")
@dir_option
@json_option
def who(office: str, on: date | None, ever: bool, folder: str | None, as_json: bool) -> None:
    """Who held OFFICE, such as CENTCOM or "prime minister iraq".

    OFFICE is its name, its organisation or both. "perhaps" stands where only the month or year of a
    change is known, or after the day on which the register was last checked.
    """
    from musterbook.desk.registers import print_who

    print_who(office, on, ever, folder, as_json)


@command.command("find", epilog="\b\nExample:\n  musterbook register find KFOR\n")
@click.argument("words")
@dir_option
@json_option
def find(words: str, folder: str | None, as_json: bool) -> None:
    """What WORDS stand for: forces, places, hosts, codes, offices, publishers."""
    from musterbook.desk.registers import print_find

    print_find(words, folder, as_json)


@command.command("hosts", epilog="\b\nExample:\n  musterbook register hosts MINUSMA --on 2020-01-01\n")
@click.argument("mission")
@on_option
@dir_option
@json_option
def hosts(mission: str, on: date | None, folder: str | None, as_json: bool) -> None:
    """Where MISSION stood: a code or a name, such as KFOR, UN:UNIFIL or Sahel."""
    from musterbook.desk.registers import print_hosts

    print_hosts(mission, on, folder, as_json)


@command.command("members", epilog="\b\nExample:\n  musterbook register members NATO --on 1999-03-24\n")
@click.argument("code")
@on_option
@dir_option
@json_option
def members(code: str, on: date | None, folder: str | None, as_json: bool) -> None:
    """Who belonged to CODE: an organisation, mission or coalition, by code or name."""
    from musterbook.desk.registers import print_members

    print_members(code, on, folder, as_json)


@command.command("check", epilog="\b\nExample:\n  musterbook register check --dir my-registers\n")
@dir_option
@json_option
def check(folder: str | None, as_json: bool) -> None:
    """Check the registers: codes, days, holders, hosts, names with two meanings, sources.

    Every fault is told with its file, its line and a cure.
    """
    from musterbook.desk.registers import check_files

    raise SystemExit(check_files(folder, as_json))
