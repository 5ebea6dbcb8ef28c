"""How a guest behaves: not too often, not where it is unwelcome, and later again when the house is busy."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

HOUR, DAY = 3_600.0, 86_400.0
FIRST_WAIT = 60.0  # seconds after a first failure; twice as long after each further one
LONGEST_WAIT = DAY
LONGEST_ASKED = 7 * DAY  # that a server may have us wait
TRIES = 12  # of a page before its trouble is final: two or three days
GIVEN, NONE, UNKNOWN = "given", "none", "unknown"  # what is known of a robots.txt


@dataclass(frozen=True, slots=True)
class Rules:
    """The robots.txt of one origin: GIVEN, NONE (all is allowed) or UNKNOWN (nothing is, for now)."""

    origin: str
    state: str
    text: str = ""
    fetched: float = 0.0  # seconds since 1970

    def left(self, now: float) -> float:
        """Seconds for which it need not be asked for again: a day in all, an hour where it could not be had."""
        age = now - self.fetched
        return (HOUR if self.state == UNKNOWN else DAY) - age if age >= 0 else 0.0

    def allows(self, url: str, agent: str) -> bool:
        """Whether this program may read the address."""
        return self.state == NONE or (self.state == GIVEN and bool(_parsed(self.text).can_fetch(url, agent)))

    def pause(self, agent: str) -> float:
        """Seconds between two visits that the origin asks for; 0 where it asks for none."""
        if self.state != GIVEN:
            return 0.0
        rules = _parsed(self.text)
        asked = [float(rules.crawl_delay(agent) or 0)]
        rate = rules.request_rate(agent)
        if rate and rate.requests:
            asked.append(rate.seconds / rate.requests)
        return max((one for one in asked if 0 <= one <= DAY), default=0.0)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Protego:
    from protego import Protego

    return Protego.parse(text)


def back_off(failures: int, chance: Random) -> float:
    """Seconds until the next try after so many failures on end: doubled each time, and never all at once."""
    if failures <= 0:
        return 0.0
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures - 1, 20))
    return wait * chance.uniform(0.75, 1.25)


def asked_to_wait(retry_after: str, now: float) -> float:
    """Seconds that a server asks for, as a number or as a moment; 0 where it asks for none that can be read."""
    words = retry_after.strip()
    if words.isascii() and words.isdigit():
        return min(float(words[:12]), LONGEST_ASKED)
    try:
        until = parsedate_to_datetime(words).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return min(max(0.0, until - now), LONGEST_ASKED)
