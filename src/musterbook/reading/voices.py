"""The face of this part: who is named and quoted, who says so, who takes an office, whom it came through."""

from __future__ import annotations

from musterbook.reading.appointments import find_appointments
from musterbook.reading.attribution import speaker_of
from musterbook.reading.credits import credits_of
from musterbook.reading.people import find_people
from musterbook.reading.quotations import find_quotations, with_speakers
from musterbook.reading.sayings import find_voices

__all__ = [
    "credits_of",
    "find_appointments",
    "find_people",
    "find_quotations",
    "find_voices",
    "speaker_of",
    "with_speakers",
]
