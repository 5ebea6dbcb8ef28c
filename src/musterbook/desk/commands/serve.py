"""``musterbook serve``: the web desk."""

from __future__ import annotations

from pathlib import Path

import click

from musterbook.desk.options import book_option

EXAMPLES = """
\b
Examples:
  musterbook serve
  musterbook serve --book demo.sqlite --port 8080
  musterbook serve --config desk.toml
"""


@click.command("serve", epilog=EXAMPLES)
@book_option
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings (TOML, see docs/desk.md); other options go before it.",
)
@click.option("--host", metavar="ADDRESS", help="The address to listen on [default: 127.0.0.1].")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="[default: 8420]")
@click.option(
    "--host-name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A name that the desk may be called by. [many]",
)
@click.option("--private", is_flag=True, help="Reading needs an account, too.")
@click.option("--read-only", is_flag=True, help="Nobody may change the book.")
def command(
    book: str | None,
    config: Path | None,
    host: str | None,
    port: int | None,
    names: tuple[str, ...],
    private: bool,
    read_only: bool,
) -> None:
    """Open the desk in a browser: maps, curves, evidence, announcements, and review for editors.

    Nobody but this machine can reach it unless --host says so. The first start prints a link that makes the first
    admin; further people are invited by admins.
    """
    from dataclasses import replace

    from musterbook.desk.web.serving import serve
    from musterbook.desk.web.settings import Setup, setup_from

    held = setup_from(config) if config else Setup()
    serve(
        replace(
            held,
            book=book or held.book,
            host=host or held.host,
            port=port or held.port,
            names=names or held.names,
            public=held.public and not private,
            read_only=held.read_only or read_only,
        )
    )
