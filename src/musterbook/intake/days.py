"""A day of publication is taken as given or not at all; nothing is guessed here."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")


def parse_day(words: str) -> date | None:
    """An ISO day or moment, or a mail date (``Wed, 09 Sep 2020 10:00:00 GMT``); None for the rest."""
    words = words.strip()
    try:
        if ISO.match(words):
            return date.fromisoformat(words[:10])
        found: datetime = parsedate_to_datetime(words)
    except (ValueError, IndexError, TypeError):
        return None
    return found.date()
