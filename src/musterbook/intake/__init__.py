"""Bytes become reports, or doubts that name the file and the cure; nothing is dropped without a word."""

from musterbook.intake.sources import from_path, from_stream, from_text
from musterbook.intake.whole import whole_text

__all__ = ["from_path", "from_stream", "from_text", "whole_text"]
