"""Bytes become reports, or doubts that name the file and the cure; nothing is dropped without a word."""

from musterbook.intake.given import Given
from musterbook.intake.sources import from_bytes, from_path, from_place, from_text
from musterbook.intake.whole import whole_text

__all__ = ["Given", "from_bytes", "from_path", "from_place", "from_text", "whole_text"]
