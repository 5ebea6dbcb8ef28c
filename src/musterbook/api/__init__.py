"""What a program may rely on: read a text, open a book, ask it; everything else may change.

All numbers are persons. All days are days of the world; all moments are the book's clock, in UTC.
"""

from musterbook.api.book import OpenBook, open_book
from musterbook.api.days import Day, Moment, moment_of
from musterbook.api.reading import read, read_report
from musterbook.api.view import BookView

__all__ = ["BookView", "Day", "Moment", "OpenBook", "moment_of", "open_book", "read", "read_report"]
