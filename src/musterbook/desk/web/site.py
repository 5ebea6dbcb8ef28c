"""What a web desk is set up with, read once when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from musterbook.desk.web.accounts.sessions import Lasting
from musterbook.desk.web.provider.setup import Provider

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Site:
    """Which book, under which names the desk may be called, and who may look."""

    book: Path | str
    title: str = "Musterbook"
    hosts: tuple[str, ...] = (
        LOOPBACK  # names in an address that are answered; others are refused (DNS rebinding)
    )
    is_public: bool = True  # False: reading needs an account, too
    secure: bool = False  # served over https: cookies are marked so
    writes: bool = True  # False: a desk to look at only
    accounts: Path | str = ""  # the file of passwords, sessions and keys; empty: beside the book
    proxies: tuple[str, ...] = ()  # addresses of our own proxies, which are believed about who asks
    lasting: Lasting = field(default_factory=Lasting)  # how long people stay signed in
    crowd: int = 64  # requests under way at once; of more, the rest is asked to come again
    checkpoints: Path | None = None  # the file of the book's checkpoints; None: BOOK.checkpoints
    provider: Provider | None = None  # who else says who somebody is
    is_static: bool = False  # written as plain files: nothing that needs a server is shown

    @property
    def has_passwords(self) -> bool:
        """Whether people come in with passwords."""
        return self.provider is None or self.provider.passwords
