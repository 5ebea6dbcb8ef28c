"""A feed of the desk as a file: its links lead to the published pages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from musterbook.desk.web.publishing.addresses import BASE
from musterbook.model import digest

LINK = re.compile(rf'href="({re.escape(BASE)}[^"]*)"')
NAME = re.compile(rf"<id>({re.escape(BASE)}[^<]*)</id>")


def feed_rewritten(feed: bytes, find: Callable[[str], str], base: str) -> bytes:
    """The feed with its links as ``find`` has them; where the site has no address yet, its own name is a number."""

    def named(found: re.Match[str]) -> str:
        own = html.unescape(found[1])
        name = find(own) if base else f"urn:sha256:{digest('feed', own)}"
        return f"<id>{html.escape(name)}</id>"

    held = LINK.sub(lambda found: f'href="{html.escape(find(html.unescape(found[1])))}"', feed.decode())
    return NAME.sub(named, held).encode()
