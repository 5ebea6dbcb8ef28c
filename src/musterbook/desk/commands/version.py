"""``musterbook version``: which version this is."""

from __future__ import annotations

import click

from musterbook import __version__
from musterbook.desk.options import json_option

EXAMPLES = """
\b
Example:
  musterbook version
"""


@click.command("version", epilog=EXAMPLES)
@json_option
def command(as_json: bool) -> None:
    """Print the version of Musterbook and of the Python it runs on."""
    import platform

    from musterbook.desk.screen import as_json as print_json

    if as_json:
        print_json({"musterbook": __version__, "python": platform.python_version()})
    else:
        click.echo(f"musterbook {__version__} (Python {platform.python_version()})")
