"""What a date expression can start with; the first reader that understands the words has them."""

from __future__ import annotations

from musterbook.reading.date_counts import duration, read_week_of
from musterbook.reading.date_figures import read_decade, read_digits
from musterbook.reading.date_names import read_holiday, read_month, read_season, read_weekday, read_weekend
from musterbook.reading.date_parts import (
    read_closing,
    read_edge,
    read_fiscal,
    read_opening,
    read_ordinal,
    read_quarter,
    read_relative,
    read_vague,
)
from musterbook.reading.date_scene import Found, Reader, Scene
from musterbook.reading.date_shifts import read_shift


def read_day(scene: Scene, at: int) -> Found | None:
    """The date expression that starts with this word, or None."""
    word = scene.tokens[at].lower
    if word[:1].isdigit():
        return read_digits(scene, at)
    if not may_start(scene, word, at):
        return None
    kinds = scene.words.kinds[word]
    for kind, reader in READERS:
        if kind in kinds:
            found = reader(scene, at)
            if found is not None:
                return found
    return None


def may_start(scene: Scene, word: str, at: int) -> bool:
    """Whether an expression may start here, at the cost of two look-ups."""
    if word not in scene.words.seconds:
        return False
    seconds = scene.words.seconds[word]
    return seconds is None or scene.lower(at + 1).replace("’", "'") in seconds


READERS: tuple[tuple[str, Reader], ...] = (
    ("relative", read_relative),
    ("holidays", read_holiday),
    ("closings", read_closing),
    ("openings", read_opening),
    ("edges", read_edge),
    ("fiscal.names", read_fiscal),
    ("quarters.names", read_quarter),
    ("ordinals", read_ordinal),
    ("shifts", read_shift),
    ("months", read_month),
    ("weekdays", read_weekday),
    ("numbers", duration),
    ("weekends", read_weekend),
    ("weeks", read_week_of),
    ("decades", read_decade),
    ("seasons", read_season),
    ("vague.soon", read_vague),
)
