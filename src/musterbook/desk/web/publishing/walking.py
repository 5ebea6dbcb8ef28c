"""Walks the desk along its own links and hands over every page as a file."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from starlette.types import ASGIApp

from musterbook.desk.web.publishing.addresses import Address, address_in
from musterbook.desk.web.publishing.asking import Answer, ask
from musterbook.desk.web.publishing.feeds import feed_rewritten
from musterbook.desk.web.publishing.rewriting import CLOSED, Found, rewritten

OWN = re.compile(rb"url\(\"?(/[^\")]+)\"?\)")  # what a style sheet needs
START = Address("/")


@dataclass(slots=True)
class Walk:
    """One walk: what is asked next, what was found, who links to what is not known yet."""

    app: ASGIApp
    put: Callable[[str, bytes], None]
    base: str = ""  # the address of the published site, with a stroke at its end; empty: nobody knows
    extras: frozenset[str] = frozenset()  # paths of files that others write
    today: str = ""  # a page of this day is the page itself
    waiting: deque[Address] = field(default_factory=deque)
    seen: set[Address] = field(default_factory=set)
    missing: set[Address] = field(default_factory=set)
    linked: dict[Address, set[Address]] = field(default_factory=lambda: defaultdict(set))
    pages: set[Address] = field(default_factory=set)

    async def go(self, starts: Iterable[str], tell: Callable[[int, int], None]) -> None:
        """Every page that can be reached from here; then once more those with links that lead nowhere."""
        for start in (str(START), *starts):
            if found := address_in(start, START):
                self._note(found[0], START)
        while self.waiting:
            await self._visit(self.waiting.popleft())
            tell(len(self.seen) - len(self.waiting), len(self.seen))
        mended = {source for gone in self.missing for source in self.linked.get(gone, ())}
        for address in sorted(mended - self.missing):
            await self._visit(address)

    async def _visit(self, address: Address) -> None:
        answer = await ask(self.app, address)
        if answer.status != 200:
            self.missing.add(address)
            return
        self.linked.pop(address, None)  # whoever leads here may
        body = self._file(address, answer)
        if address.is_page:
            self.pages.add(address)
        self.put(address.file, body)

    def _file(self, address: Address, answer: Answer) -> bytes:
        """What stands in the file of an answer."""
        if answer.kind == "text/html":
            page = answer.body.decode()
            return rewritten(page, lambda link, whole: self._led(link, address, whole)).encode()
        if answer.kind == "application/atom+xml":
            return feed_rewritten(answer.body, lambda link: self._from_feed(link, address), self.base)
        if answer.kind == "text/css":
            return OWN.sub(lambda found: self._in_style(found[1].decode(), address), answer.body)
        return answer.body

    def _led(self, link: str, here: Address, whole: bool = False) -> Found:
        """Where a link of a page leads from now on."""
        if link.startswith("#"):
            return link
        found = address_in(link, here)
        if found is None:
            return link
        address, place = found[0].without(("on", self.today)), found[1]
        if address.is_closed and address.path not in self.extras:
            return CLOSED
        if not self._note(address, here):
            return None
        if whole:  # for search engines, who know the site by its address
            return self.base + address.public if self.base else None
        return address.seen_from(here) + (f"#{place}" if place else "")

    def _from_feed(self, link: str, here: Address) -> str:
        """Where a feed leads: the first page in place of what is not there."""
        found = address_in(link, here)
        address = found[0] if found and not found[0].is_closed and self._note(found[0], here) else START
        return f"{self.base}{address.public}" if self.base else address.seen_from(here)

    def _in_style(self, link: str, here: Address) -> bytes:
        found = self._led(link, here)
        return f'url("{found}")'.encode() if isinstance(found, str) else b"none"

    def _note(self, address: Address, here: Address) -> bool:
        """Whether an address is written; what is new is asked for later."""
        if address.path in self.extras:
            return True
        if not address.is_frozen or address.is_closed or address in self.missing:
            return False
        if address not in self.seen:
            self.seen.add(address)
            self.waiting.append(address)
        self.linked[address].add(here)
        return True


def sitemap(pages: Iterable[Address], base: str) -> bytes:
    """The pages for search engines; those with parameters are parts of others."""
    from xml.sax.saxutils import escape

    rows = "".join(
        f"<url><loc>{escape(base + one.public)}</loc></url>\n" for one in sorted(pages) if not one.query
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()


def robots(base: str) -> bytes:
    """All may read all of it."""
    return ("User-agent: *\nAllow: /\n" + (f"Sitemap: {base}sitemap.xml\n" if base else "")).encode()
