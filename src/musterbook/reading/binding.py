"""Force and place are chosen together: the pair that the words speak for most, or a doubt where two pairs tie.

A list of places and one of its places are no rivals: a joint figure stays joint where the list is nearly as likely.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from musterbook.lexicon.weights import softmax
from musterbook.reading.candidates import Candidate
from musterbook.reading.context import Context
from musterbook.reading.options import Option, force_options, option_features, place_options

NEARLY = 1 / 3  # of the chance of one place, from which on the list that holds it is meant


@dataclass(frozen=True, slots=True)
class Pair:
    """A force and a place for one group of numbers."""

    force: Option
    place: Option


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the statement before was bound to, for the discourse to go on from."""

    force: str = ""
    place: str = ""
    sentence: int = -9


@dataclass(frozen=True, slots=True)
class Choices:
    """All pairs for one group, and the features of each side; pair features are made as needed."""

    forces: tuple[Option, ...]
    places: tuple[Option, ...]
    force_features: tuple[list[str], ...]
    place_features: tuple[list[str], ...]


def choices_for(
    context: Context,
    forces: tuple[Option, ...],
    places: tuple[Option, ...],
    candidate: Candidate,
    earlier: Earlier,
    role: str,
) -> Choices:
    """The options of both sides with what speaks for them at this candidate."""
    first, last, sentence = (
        candidate.outer,
        candidate.head.last if candidate.head else candidate.beyond,
        candidate.sentence,
    )
    back = min(3, sentence - earlier.sentence)

    def features(option: Option, side: str, same: bool) -> list[str]:
        found = option_features(context, option, side, first, last, sentence)
        if same:
            found += [f"{side[0]} as before", f"{side[0]} as before back={back}"]
        if candidate.head and side == "force":
            found.append(f"f {candidate.head.singular} kind={found[0]}")
        if option.code and side == "place":
            found.append(f"p role={role} {found[1] if len(found) > 1 else ''}")
        return found

    return Choices(
        forces,
        places,
        tuple(features(f, "force", f.code == earlier.force) for f in forces),
        tuple(features(p, "place", p.code == earlier.place) for p in places),
    )


def pair_features(force: Option, place: Option, earlier: Earlier) -> list[str]:
    """What speaks for a force and a place together."""
    found = []
    if force.code == place.code:
        found.append("same code")
        if force.names == place.names and len(force.names) == 1:
            found.append("same single name")
    elif force.code in place.code and force.code in place.code.split("+"):
        found.append("force among places")
    if place.host_of:
        found.append("host of its mission" if place.host_of == force.code else "host of another mission")
    if force.code == earlier.force and place.code == earlier.place:
        found.append("pair as before")
    return found


def options_of(context: Context) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """The forces and places of a report."""
    return force_options(context), place_options(context)


def bind(
    forces: Sequence[Option],
    places: Sequence[Option],
    scores: tuple[list[float], list[float]],
    together: Callable[[Option, Option], float],
) -> tuple[Pair, float] | None:
    """The likeliest pair with its probability; None where the report offers no force or no place."""
    if not forces or not places:
        return None
    sums = [
        by_force + by_place + together(force, place)
        for by_force, force in zip(scores[0], forces, strict=True)
        for by_place, place in zip(scores[1], places, strict=True)
    ]
    return joined(tuple(product(forces, places)), softmax(sums))


def joined(pairs: Sequence[tuple[Option, Option]], chances: Sequence[float]) -> tuple[Pair, float]:
    """The likeliest pair; with a list of places in it, its chance is that of the list and of its parts."""
    open_to = [i for i, (_, place) in enumerate(pairs) if not place.apart] or range(len(pairs))
    best = max(open_to, key=chances.__getitem__)
    force, place = pairs[best]
    same = [i for i, (other, _) in enumerate(pairs) if other.code == force.code]
    lists = [i for i in same if is_whole(pairs[i][1]) and place.code in pairs[i][1].code.split("+")]
    widest = max(lists, key=chances.__getitem__, default=best)
    meant = widest if chances[widest] >= NEARLY * chances[best] else best
    parts = pairs[meant][1].code.split("+") if is_whole(pairs[meant][1]) else []
    whole = chances[meant] + sum(chances[i] for i in same if pairs[i][1].code in parts)
    return Pair(*pairs[meant]), min(1.0, whole)


def is_whole(place: Option) -> bool:
    """Whether a place is a list of places that one number may be of."""
    return place.joint and not place.apart
