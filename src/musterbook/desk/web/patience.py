"""How a page says that what it needs is not ready yet."""

from __future__ import annotations


class NotReadyError(Exception):
    """The book is still being reckoned; ``seconds`` is when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"the book is being reckoned; ask again in {seconds} seconds")
        self.seconds = seconds
