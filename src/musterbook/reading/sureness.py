"""How sure a statement is: the chances of its parts, weighed so that of those given with 0.9 nine in ten are right.

A choice's own chance is too bold or too shy; the table (``bench/calibrate.py``) was fitted on reports that neither
the tables nor the document reader had seen. Right means force, place and figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from musterbook.lexicon.weights import load_weights

STEPS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)


def sureness(language: str, features: Sequence[str]) -> float:
    """The share of such statements that are right."""
    return load_weights(language, "sureness").chances(features)["right"]


def sure_features(
    judge: str,
    ours: Sequence[float],
    roles: Sequence[float],
    links: Sequence[float],
    pair: float,
    home: str = "",
) -> list[str]:
    """The chances of one statement's parts as steps that were reached.

    ``ours``: that each number is of ours; ``roles``: that it is what it was taken for; ``links``: that neighbours
    belong together; ``pair``: the force and the place; ``home``: how a force is in its own state, as guards, relief
    and whole armies are. Such statements are few, so that it also counts for both judges together.
    """
    found = [f"numbers={min(len(ours), 3)}"] + [home] * bool(home)
    for name, chance in (("ours", min(ours)), ("role", min(roles)), ("pair", pair)):
        found += reached(name, chance)
    if links:
        found += reached("link", min(links))
    return [f"{judge} {one}" for one in found] + [home] * bool(home)


def reached(name: str, chance: float) -> Iterator[str]:
    """The steps that a chance has passed."""
    return (f"{name}>{step}" for step in STEPS if chance > step)
