"""Addresses of which a book says that they could not be read are asked once more, by hand and one after the other.

The manners are those of the watcher: robots.txt, a pause between two visits to a host. What went wrong before is no
reason to wait: somebody asks for it now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from musterbook.fetching.arrivals import Arrivals, Parse, of_page
from musterbook.fetching.feedlist import Source
from musterbook.fetching.manners import Rules
from musterbook.fetching.notebook import host_of
from musterbook.fetching.troubles import Trouble
from musterbook.fetching.visits import Errand, Fetched, Web, visit
from musterbook.intake.kinds import report_of
from musterbook.model import Doubt, Report

LONGEST = 300.0  # seconds that a host may have somebody wait who sits before the screen


@dataclass(slots=True)
class Round:
    """One round of visits: what the hosts have told of themselves, and when each may be asked again."""

    web: Web
    pause: float  # seconds between two visits to a host, at least
    sleep: Callable[[float], object]
    parse: Parse = report_of
    _rules: defaultdict[str, dict[str, Rules]] = field(default_factory=lambda: defaultdict(dict))
    _free: dict[str, float] = field(default_factory=dict)

    def fetch(self, urls: Iterable[str], source_of: Callable[[str], Source]) -> Iterator[Report | Doubt]:
        """What each address holds now, under the name that it had before; ``source_of`` says who lists it."""
        for url in urls:
            found = self._arrivals(url, source_of(url))
            if self.web.stopped():
                return
            yield from found

    def _arrivals(self, url: str, source: Source) -> Arrivals:
        try:
            got = self._visited(url)
            if got.trouble:
                raise got.trouble
        except Trouble as trouble:
            return (trouble.cause.doubt(url),)
        moment = datetime.fromtimestamp(self.web.now(), UTC)
        return tuple(_called(one, url) for one in of_page(got, source, moment, self.parse))

    def _visited(self, url: str) -> Fetched:
        """The end of the way, through as many hosts as it leads."""
        errand = Errand(url)
        while True:
            host = host_of(errand.url)
            self._wait(host)
            got = visit(replace(errand, rules=self._rules[host]), self.web)
            self._rules[host] |= {rules.origin: rules for rules in got.learned}
            self._free[host] = self.web.now() + max(self.pause, got.pause)
            if not got.moved_to:
                return got
            errand = Errand(got.moved_to, hops=got.hops)

    def _wait(self, host: str) -> None:
        left = self._free.get(host, 0.0) - self.web.now()
        if left > LONGEST:
            raise Trouble("fetch-busy", f"once in {left:,.0f} seconds", left)
        if left > 0:
            self.sleep(left)


def _called(one: Report | Doubt, url: str) -> Report | Doubt:
    """By the address that was asked for, wherever it led."""
    return replace(one, name=url) if isinstance(one, Report) else replace(one, source=url)
