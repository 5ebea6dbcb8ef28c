"""Announced changes: what was promised, by whom, for when, and what became of it (docs/pledges.md)."""

from musterbook.reckoning.pledges.promises import BINDING, PLEDGING
from musterbook.reckoning.pledges.reckoning import NO_ECHOES, pledges

__all__ = ["BINDING", "NO_ECHOES", "PLEDGING", "pledges"]
