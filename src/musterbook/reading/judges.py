"""Who decides what a number is, whose and where: the learned weights of the rules alone, or with the document reader.

Both answer the same questions about a report; claims are made the same way from either's answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from musterbook.lexicon.weights import Weights, load_weights
from musterbook.reading.attribution import Option as Speaker
from musterbook.reading.binding import Earlier, choices_for, pair_features
from musterbook.reading.candidates import Candidate
from musterbook.reading.context import Context
from musterbook.reading.links import Found, link_features
from musterbook.reading.options import Option
from musterbook.reading.roles import chances_of_roles
from musterbook.reading.timing import Choice


class Judge(Protocol):
    """The questions, the judge's name, and how sure a statement by it must be to be none of the doubts."""

    name: str
    sure: float

    def roles(self) -> list[dict[str, float]]:
        """For every candidate the probability of each role."""

    def linked(self, one: Found, other: Found) -> float:
        """The probability that two numbers, in text order, are of one statement."""

    def options(
        self, index: int, role: str, forces: Sequence[Option], places: Sequence[Option], earlier: Earlier
    ) -> tuple[list[float], list[float]]:
        """Scores of the forces and of the places for a candidate."""

    def pair(self, force: Option, place: Option, earlier: Earlier) -> float:
        """What speaks for a force and a place together."""

    def status(self, index: int) -> dict[str, float] | None:
        """The probability of each status for a candidate, or None where this judge has no view."""

    def speaker(self, index: int, options: Sequence[Speaker]) -> list[float] | None:
        """Log probability of every speaker that may stand behind a candidate, or None."""

    def day(self, index: int, choices: Sequence[Choice]) -> list[float] | None:
        """Log probability of every day that may belong to a candidate, or None."""


class RuleJudge:
    """The learned tables alone: always there, quick."""

    name = "rules"
    sure = 0.35  # a little above where core F1 on the watched texts is best, for fewer false alarms

    def __init__(self, context: Context) -> None:
        self.context = context
        language = context.pack.language
        self.link_weights: Weights = load_weights(language, "links")
        self.binding: Weights = load_weights(language, "binding")
        self.apart = self.binding.score(())  # of a pair that nothing ties: nearly every one

    def roles(self) -> list[dict[str, float]]:
        """From the table of roles."""
        return chances_of_roles(self.context, load_weights(self.context.pack.language, "roles"))

    def linked(self, one: Found, other: Found) -> float:
        """From the table of links."""
        return self.link_weights.chances(link_features(self.context, one, other))["yes"]

    def options(
        self, index: int, role: str, forces: Sequence[Option], places: Sequence[Option], earlier: Earlier
    ) -> tuple[list[float], list[float]]:
        """From the table of bindings, each side by itself."""
        candidate: Candidate = self.context.candidates[index]
        made = choices_for(self.context, tuple(forces), tuple(places), candidate, earlier, role)
        return [self.binding.score(f) for f in made.force_features], [
            self.binding.score(p) for p in made.place_features
        ]

    def pair(self, force: Option, place: Option, earlier: Earlier) -> float:
        """From the table of bindings."""
        features = pair_features(force, place, earlier)
        return self.binding.score(features) if features else self.apart

    def status(self, index: int) -> dict[str, float] | None:
        """The status pass decides."""
        return None

    def speaker(self, index: int, options: Sequence[Speaker]) -> list[float] | None:
        """The attribution pass decides."""
        return None

    def day(self, index: int, choices: Sequence[Choice]) -> list[float] | None:
        """The timing pass decides."""
        return None
