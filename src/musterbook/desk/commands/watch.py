"""``musterbook watch``: feeds and pages are looked at again and again, and what is new goes into the book."""

from __future__ import annotations

import click

from musterbook.desk.options import as_option, book_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook watch FEEDS.toml
  musterbook watch FEEDS.toml --once --book news.sqlite
  musterbook watch --status --book news.sqlite
"""


@click.command("watch", epilog=EXAMPLES)
@click.argument("feeds", required=False, metavar="FEEDS.toml")
@click.option("--once", is_flag=True, help="Fetch what is due, then end; for cron.")
@click.option(
    "--status", is_flag=True, help="Fetch nothing: how every feed stands, and whether a watcher lives."
)
@click.option("--retry", is_flag=True, help="Fetch pages again that could not be had.")
@click.option("--allow-loopback", is_flag=True, hidden=True, help="For tests: let this machine be asked.")
@as_option
@book_option
@json_option
def command(
    feeds: str | None,
    once: bool,
    status: bool,
    retry: bool,
    allow_loopback: bool,
    by: str | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Fetch feeds and pages politely, and read what is new into the book.

    FEEDS.toml names them, and whom a publisher can write to. It may be stopped at any moment: the same command goes
    on where it was.
    """
    from musterbook.desk.watching import show_status, watch

    if status:
        raise SystemExit(show_status(feeds, book, as_json))
    if not feeds:
        raise click.UsageError("name the list of feeds, as in: musterbook watch FEEDS.toml")
    raise SystemExit(watch(feeds, book, by, once=once, retry=retry, loopback=allow_loopback, as_json=as_json))
