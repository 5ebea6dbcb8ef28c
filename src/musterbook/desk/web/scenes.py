"""Which contingent an address is about, and the states of knowledge it is seen in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

from musterbook.api import BookView
from musterbook.desk.web.asked import Asked, WrongParameterError, day_in, moment_in
from musterbook.desk.web.errors import missing
from musterbook.desk.web.picturing import Scene
from musterbook.desk.web.shelf import Shelf
from musterbook.desk.wiring import label, matches
from musterbook.findings import Pledge
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent

T = TypeVar("T")
LONGEST = 80  # signs of a name
Codes = tuple[str, str]


def codes_of(force: str, place: str) -> Codes:
    """The codes of a force and a place as they stand in an address; 404 where no register knows one."""
    found = load_register()
    codes = found.resolve_force(_words(force)), found.resolve_place(_words(place))
    if codes[0] is None:
        raise missing(f"No force is known as {force[:LONGEST]}. Write it as in /us/iraq or /un:minusma/mli.")
    if codes[1] is None:
        raise missing(f"No place is known as {place[:LONGEST]}. Write it as in /us/iraq or /deu/mli.")
    return codes[0], codes[1]


def _words(name: str) -> str:
    return name[: LONGEST + 1].replace("_", " ")


def on_stage(
    shelf: Shelf, asked: Asked, query: Mapping[str, str], codes: Codes, question: Callable[[Scene], T]
) -> T:
    """The answer about the contingent of an address, with what was known otherwise (``then=``) beside it.

    Where a page looks back through a clock, what is known now is beside it, unless another day is named.
    """
    then, ends = _then(asked, query), (day_in(query, "first"), day_in(query, "last"))
    if ends[0] and ends[1] and ends[0] >= ends[1]:
        raise WrongParameterError(f"first={ends[0]} must be before last={ends[1]}")
    mission = query.get("mission", "").strip()[:LONGEST]

    def staged(view: BookView, beside: BookView | None) -> T:
        return question(Scene(view, beside, chosen(view, codes, mission, beside), *ends))

    def beside(view: BookView) -> T:
        return (
            staged(view, None) if then is None else shelf.ask(then, lambda other: staged(view, other), *codes)
        )

    return shelf.ask(asked, beside, *codes)


def _then(asked: Asked, query: Mapping[str, str]) -> Asked | None:
    """Through which clocks what is drawn beneath is seen; None where nothing is."""
    named = moment_in(query, "then")
    if named:
        return Asked(known=named, public=asked.public, held=asked.held)
    return Asked(public=asked.public, held=asked.held) if asked.known else None


def chosen(view: BookView, codes: Codes, mission: str, beside: BookView | None = None) -> Contingent:
    """The contingent of that mission, without one the one with most statements; 404 where the book has nothing."""
    counts = counted_here(view, codes) or (counted_here(beside, codes) if beside else Counter())
    alone = [one for one in counts if (one.force, one.place) == _now(view, codes)]
    if mission:
        wanted = load_register().resolve_force(mission) or mission
        alone = [one for one in alone if one.mission.casefold() in (mission.casefold(), wanted.casefold())]
    if not alone:
        under = f" under {mission}" if mission else ""
        hint = (
            f" It has figures of several places together: {_joint(counts)}." if counts and not mission else ""
        )
        raise missing(f"The book has nothing on {label(codes[0])} in {label(codes[1])}{under}.{hint}")
    return max(sorted(alone), key=lambda one: counts[one])


def _joint(counts: Counter[Contingent]) -> str:
    return ", ".join(f"/{one.id.lower()}" for one in sorted(counts)[:3])


def counted_here(view: BookView, codes: Codes) -> Counter[Contingent]:
    """The contingents of a force in a place, joint places too, with how many statements each has."""
    now = _now(view, codes)
    return Counter(e.contingent for e in view.entries() if e.contingent and matches(e.contingent, *now))


def _now(view: BookView, codes: Codes) -> Codes:
    return view.current_name(codes[0]), view.current_name(codes[1])


def pledges_of(shelf: Shelf, scene: Scene, asked: Asked) -> tuple[Pledge, ...]:
    """The announcements of the contingent, judged also by what was said of areas around it."""
    whole = shelf.whole(asked)
    if whole is not None:
        return whole.promised.get(scene.contingent, ())
    return tuple(one for one in scene.view.pledges(asked.on) if one.contingent == scene.contingent)
