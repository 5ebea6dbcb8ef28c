"""Every limit on what comes in, in one place: how large, how deep, how long; docs/limits.md tells what follows."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000

# One input as it comes, in bytes.
REPORT_LIMIT = 5 * MB  # the longest real reports have a tenth of this
TABLE_LIMIT = 100 * MB  # fifteen years of monthly contributions to the United Nations have a tenth of this
PDF_LIMIT = 30 * MB  # pictures included
MAIL_LIMIT = 30 * MB  # with what is attached
FEED_LIMIT = 20 * MB  # a feed, or a JSON file
PAGE_LIMIT = 5 * MB  # a page of an archive, unpacked; as for reports
SKIPPED = 64 * MB  # a record that is unpacked to pass it by; beyond it the next one is looked for
TAIL = 64 * MB  # from the last record of an archive on, looked at for a cut-off end

# What one document may hold.
TEXT_LIMIT = 1_000_000  # characters: ten seconds of reading where every sentence counts troops
DEPTH_LIMIT = 240  # tags within tags; lxml keeps no text below 256
TAG_LIMIT = 40_000  # a long page has ten thousand; far beyond it the extraction takes minutes
MANY_TAGS = 6_000  # beyond it the depth is measured first: the parser's time grows with the square of it
PDF_PAGES = 2_000
PDF_SIGNS = 5_000_000  # of text
PARTS = 500  # of one mail, those of mails within it included
MAILS_DEEP = 5  # mails within mails
ENTRIES = 5_000  # of a feed, which has some dozens; one without end has none
ELEMENTS_DEEP = 200  # elements of a feed within each other
FREE = 16 * MB  # bytes that a packed file may hold whatever its size
RATIO = 200  # bytes that it may hold for each of its own, beyond these

# A child that parses.
DOCUMENTS = 500  # before it is replaced by a fresh one
START = 60.0  # seconds until it has to be ready

# A reader of archives.
STALLED = 60.0  # seconds at one page before the page is given up
LOST_PAGES = 20  # given up in one archive before the archive is
SWOLLEN = 2_000  # megabytes: five times what a reader needs


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the parse of one document may cost."""

    seconds: float = 10.0
    megabytes: int = 512  # of memory, all the child has
    answer: int = 32 * MB  # bytes of what it gives back
    files: int = 64  # open at once; none may be written


ALLOWANCE = Allowance()
