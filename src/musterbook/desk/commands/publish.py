"""``musterbook publish``: the desk as plain files."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook publish site
  musterbook publish docs --base-url https://newsroom.example/troops/ --title "Troops abroad"
"""


@click.command("publish", epilog=EXAMPLES)
@click.argument("folder", metavar="DIR")
@click.option("--base-url", "base", metavar="URL", help="Where the site will stand; needed for sitemap.xml.")
@click.option("--title", default="Musterbook", show_default=True, help="The name of the site.")
@book_option
@json_option
def command(folder: str, base: str | None, title: str, book: str | None, as_json: bool) -> None:
    """Write the public pages of the desk into DIR: pages, charts, tables, feeds.

    Any web host can serve them, and they open from a disk. Run it again after the book has grown: only what changed
    is written, and what is no longer there is removed. Files that publish did not write stay as they are.
    """
    from musterbook.desk.publishing import publish_site

    publish_site(folder, book, base, title, as_json)
