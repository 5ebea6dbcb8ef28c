"""``musterbook serve``: the web desk."""

from __future__ import annotations

import click

from musterbook.desk.options import book_option

EXAMPLES = """
\b
Examples:
  musterbook serve
  musterbook serve --book demo.sqlite --port 8080
"""


@click.command("serve", epilog=EXAMPLES)
@book_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8420, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--host-name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A name that the desk may be called by. [many]",
)
def command(book: str | None, host: str, port: int, names: tuple[str, ...]) -> None:
    """Open the desk in a browser: maps, curves, evidence, announcements, and review for editors.

    Nobody but this machine can reach it unless --host says so.
    """
    from musterbook.desk.web.serving import serve

    serve(book, host, port, names)
