"""What can go wrong by our own fault or the machine's; strange material is a Doubt instead.

MusterbookError
├── BookError        the book cannot be opened, read or written
│   ├── NewerBookError   it was made by a newer version
│   └── OlderBookError   it was made by an older version and has to be migrated first
├── LexiconError     a pack or register is broken
│   └── BrokenRowError   one line of a register is; it says which
└── UsageError       the caller asked for something that does not exist
    ├── OvertakenError   somebody else decided first
    └── ForbiddenError   the person's role does not allow it
"""

from __future__ import annotations


class MusterbookError(Exception):
    """The root of all errors that Musterbook raises on purpose."""


class BookError(MusterbookError):
    """A book cannot be opened, read or written; the message names the file and the cure."""


class NewerBookError(BookError):
    """The book was written by a newer version than this one and is left untouched."""


class OlderBookError(BookError):
    """The book has the form of an older version; ``musterbook migrate`` brings it up to date."""


class LexiconError(MusterbookError):
    """A language pack or register is broken, be it ours or an editor's."""


class BrokenRowError(LexiconError):
    """One line of a register is broken; the message names the file and the line."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"{file}.csv, line {line}: {what}")
        self.file, self.line, self.what = file, line, what


class UsageError(MusterbookError):
    """The caller named a force, place, file or id that does not exist."""


class OvertakenError(UsageError):
    """Somebody decided on the same matter first; ``since`` holds what came in between."""

    def __init__(self, message: str, since: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.since = since


class ForbiddenError(UsageError):
    """The person's role in this book does not allow it."""
