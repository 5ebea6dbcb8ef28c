"""``musterbook archive``: whole archives of web pages go into the book."""

from __future__ import annotations

import click

from musterbook.desk.options import as_option, book_option, json_option

EXAMPLES = """
\b
Examples:
  musterbook archive CC-NEWS-20240601021404-00012.warc.gz
  musterbook archive june/ --workers 8 --book news.sqlite
  musterbook archive --list warc.paths.gz --book news.sqlite
  musterbook archive --list warc.paths.gz --engine ray --address auto
"""


@click.command("archive", epilog=EXAMPLES)
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option(
    "--list",
    "listing",
    metavar="FILE",
    help="Archives from a file, a path a line; it may be packed (warc.paths.gz).",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="Processes that read, one archive each [default: one for each processor].",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Who reads: processes of this machine, or a Ray cluster (pip install 'musterbook[ray]').",
)
@click.option(
    "--address",
    metavar="ADDRESS",
    help="Of the Ray cluster ('auto' finds one here) [default: one of this machine alone].",
)
@click.option(
    "--manifest",
    metavar="FILE",
    help="Where it is noted which archives are done [default: beside the book, BOOK.archive.jsonl].",
)
@click.option(
    "--learned",
    is_flag=True,
    help="Let the document reader read what the gates let pass; slower, more is found.",
)
@click.option(
    "--second-pass",
    is_flag=True,
    help="Read no archive: let the document reader read again what the book holds.",
)
@as_option
@book_option
@json_option
def command(
    paths: tuple[str, ...],
    listing: str | None,
    workers: int | None,
    engine: str,
    address: str | None,
    manifest: str | None,
    learned: bool,
    second_pass: bool,
    by: str | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Read archives of web pages (WARC: plain, gzip, zstd) into the book.

    PATH is an archive, a folder of them or a pattern. It may be stopped at any moment: the same command goes on where
    it was, and doing it twice changes nothing.
    """
    from musterbook.desk.archiving import Asked, enter_all, read_again

    if second_pass:
        read_again(book, by, as_json)
        return
    if address and engine != "ray":
        raise click.UsageError("--address names a Ray cluster; add --engine ray")
    asked = Asked(paths, listing, workers, engine, address, manifest, learned)
    raise SystemExit(enter_all(asked, book, by, as_json))
