"""What can go wrong on the way to a document, one line each: what happened and the cure."""

from __future__ import annotations

from dataclasses import dataclass

from musterbook.intake.trouble import CURES
from musterbook.model import Doubt

TROUBLES = {  # beside those of intake; code: (what it says, whether trying again later may help)
    "fetch-address": ("is no address that we ask ({detail}); correct it in its feed or in FEEDS.toml", False),
    "fetch-not-public": (
        "leads into a private network ({detail}) and was not asked; correct the address",
        False,
    ),
    "fetch-redirects": ("is passed on too often or badly ({detail}); name the address where it ends", False),
    "fetch-robots": (
        "may not be read by programs (robots.txt); ask its publisher, or save the page and add it",
        False,
    ),
    "fetch-gone": ("is not there ({detail}); look for its new address", False),
    "fetch-refused": ("is not given to us ({detail}); ask its publisher, or save the page and add it", False),
    "fetch-too-big": ("is larger than {detail}; fetch it by hand if it matters", False),
    "fetch-type": ("is of a type that we do not read ({detail}); leave it out", False),
    "fetch-empty": ("is empty; look at it in a browser", True),
    "fetch-packing": ("is packed in a way that cannot be undone ({detail}); look at it in a browser", True),
    "fetch-busy": ("asks us to come later ({detail}); poll it less often", True),
    "fetch-server": ("fails at its server ({detail}); wait", True),
    "fetch-robots-unknown": ("is behind a robots.txt that cannot be had ({detail}); wait", True),
    "fetch-no-name": ("has a name that cannot be looked up ({detail}); check its spelling", True),
    "fetch-unreachable": ("cannot be reached ({detail}); wait, or check the network", True),
    "fetch-tls": ("does not prove who it is ({detail}); its publisher has to renew the certificate", True),
    "fetch-too-slow": ("takes too long ({detail}); wait", True),
    "fetch-broken-off": ("broke off before its end ({detail}); wait", True),
    "fetch-no-http": ("does not answer as a web server does ({detail}); check the address", True),
    "no-feed": ("is no feed but {detail}", False),
    "fetch-stopped": ("was not fetched to its end, as we were asked to stop", True),
}


class Trouble(Exception):  # noqa: N818 -- an outcome, told as state or as a doubt; nobody sees a traceback
    """A document could not be had; ``code`` is one of TROUBLES, ``wait`` what its server asks for, in seconds."""

    def __init__(self, code: str, detail: str = "", wait: float = 0.0) -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail, self.wait = code, detail, wait

    @property
    def may_pass(self) -> bool:
        """Whether trying again later may help."""
        return TROUBLES[self.code][1]

    @property
    def cause(self) -> Cause:
        """The same as a record to keep."""
        return Cause(self.code, self.detail)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something could not be had."""

    code: str
    detail: str = ""

    def message(self, source: str) -> str:
        """One line: the address, what is wrong, the cure."""
        said = TROUBLES[self.code][0] if self.code in TROUBLES else CURES.get(self.code, "{detail}")
        return f"{source} {said.format(detail=self.detail)}"

    def doubt(self, source: str) -> Doubt:
        """As a doubt of an input that could not become a report."""
        return Doubt("intake", self.code, self.message(source), source=source)
