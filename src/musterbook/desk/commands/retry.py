"""``musterbook retry``: what was not read is tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from musterbook.desk.options import as_option, book_option, json_option, reading_options

if TYPE_CHECKING:
    from musterbook.intake import Given

EXAMPLES = """
\b
Examples:
  musterbook retry
  musterbook retry timeout crashed-parser
  musterbook retry unknown-language --lang en
  musterbook retry fetch-gone --feeds FEEDS.toml
  musterbook retry timeout --archives /data/warc
"""


@click.command("retry", epilog=EXAMPLES)
@click.argument("codes", nargs=-1, metavar="[OUTCOME]…")
@reading_options
@click.option("--feeds", metavar="FEEDS.toml", help="Fetch addresses again too; the list says who asks.")
@click.option("--archives", metavar="FOLDER", help="Where archives lie of which single pages are read again.")
@click.option("--allow-loopback", is_flag=True, hidden=True, help="For tests: let this machine be asked.")
@as_option
@book_option
@json_option
def command(
    codes: tuple[str, ...],
    given: Given,
    feeds: str | None,
    archives: str | None,
    allow_loopback: bool,
    by: str | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Hand in again what could not be read, or only what ended as OUTCOME: files, pages of archives, addresses.

    The outcomes are those of musterbook doubts --intake. What is in the book stays as it is; what can be read now
    is added, and the earlier outcome counts as tried again.
    """
    from musterbook.desk.retrying import Means, retry

    means = Means(feeds, archives, allow_loopback)
    raise SystemExit(retry(codes, book, given, by, as_json, means))
