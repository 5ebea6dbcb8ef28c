"""The learned document reader: one pass of a small encoder over the report scores numbers, forces, places and links.

Rules supply the candidates and options and check what comes out; without the model they read alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from musterbook.lexicon.weights import Weights
from musterbook.reading.binding import Earlier, choices_for
from musterbook.reading.context import Context
from musterbook.reading.encoder_features import FORMS, marks_of, step_class
from musterbook.reading.options import Option, force_options, place_options
from musterbook.reading.roles import ROLES, chances_of_roles

MOST = 512  # pieces that one pass of the encoder takes


class Pieces(Protocol):
    """What a tokenizer gives for a title and a text: piece ids, and where each stands in which of the two."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    sequence_ids: list[int | None]


class PieceCutter(Protocol):
    """A tokenizer, as the library ``tokenizers`` has it."""

    def encode(self, sequence: str, pair: str | None = None) -> Any:  # noqa: ANN401 -- the library's own type
        """The pieces of a title and a text."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as the encoder sees it: names by index (title names follow those of the text), and its kind."""

    option: Option
    names: tuple[int, ...]
    kind: int  # 0 named, 1 joint, 2 host of a mission, 3 in the title alone


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report as arrays: piece ids, where numbers and names stand, their marks, what the rules think of them."""

    ids: list[int]
    number_spots: list[list[int]]  # first piece, last piece, piece of the counted noun
    number_features: list[list[int]]
    rules: list[list[float]]  # log chance of each role by the rules
    name_spots: list[list[int]]
    name_forms: list[int]
    steps: list[list[int]]  # number x name
    options: tuple[list[Choice], list[Choice]]
    unary: tuple[list[list[float]], list[list[float]]]  # number x option, by the rules
    spots: Spots  # for what is asked later: speakers and days


def prepare_document(
    context: Context, title: str, cutter: PieceCutter, roles: Weights, binding: Weights
) -> Prepared | None:
    """The arrays of a report; None where it holds no candidate."""
    if not context.candidates:
        return None
    pieces = cutter.encode(sound(title), sound(context.sheet.text))
    spots = Spots(pieces)
    options = (choices(context, force_options(context)), choices(context, place_options(context)))
    everything = [*context.names, *context.title_names]
    here = len(context.names)
    return Prepared(
        ids=list(pieces.ids),
        number_spots=[spots.number(context, i) for i in range(len(context.candidates))],
        number_features=[marks_of(context, i) for i in range(len(context.candidates))],
        rules=rule_view(context, roles),
        name_spots=[
            spots.pair(n.span.start, n.span.end, 1 if i < here else 0) for i, n in enumerate(everything)
        ],
        name_forms=[
            FORMS.index("titled") if i >= here else form_of(n.form) for i, n in enumerate(everything)
        ],
        steps=[
            [step_class(context, c, i) if i < here else 14 for i in range(len(everything))]
            for c in context.candidates
        ],
        options=options,
        unary=unary_scores(context, options, binding),
        spots=spots,
    )


def sound(text: str) -> str:
    """The text with a question mark for every half of a surrogate pair; as long as before."""
    return text.encode("utf-8", "replace").decode("utf-8")


def form_of(form: str) -> int:
    """The index of a name's form."""
    return FORMS.index(form) if form in FORMS else FORMS.index("other")


def rule_view(context: Context, weights: Weights) -> list[list[float]]:
    """The chances of the roles by the rules, candidate by candidate, in the order of ROLES."""
    return [[chances.get(role, 0.0) for role in ROLES] for chances in chances_of_roles(context, weights)]


def choices(context: Context, options: Sequence[Option]) -> list[Choice]:
    """The options with their names numbered as the encoder has them."""
    here = len(context.names)
    found = []
    for option in options:
        titled = [
            here + i for i, n in enumerate(context.title_names) if option.code in (n.force, n.place, *n.hosts)
        ]
        names = (*option.names, *titled)
        if names:
            kind = 1 if option.joint else 2 if option.host_of else 3 if not option.names else 0
            found.append(Choice(option, names, kind))
    return found


def unary_scores(
    context: Context, options: tuple[list[Choice], list[Choice]], weights: Weights
) -> tuple[list[list[float]], list[list[float]]]:
    """What the rules think of every option for every candidate, each side by itself."""
    sides: tuple[list[list[float]], list[list[float]]] = ([], [])
    forces, places = (tuple(c.option for c in side) for side in options)
    for candidate in context.candidates:
        made = choices_for(context, forces, places, candidate, Earlier(), "")
        sides[0].append([weights.score(f) for f in made.force_features])
        sides[1].append([weights.score(f) for f in made.place_features])
    return sides


class Spots:
    """Where characters stand among the pieces."""

    def __init__(self, pieces: Pieces) -> None:
        self.places: dict[tuple[int, int], int] = {}
        for index, (sequence, (start, end)) in enumerate(
            zip(pieces.sequence_ids, pieces.offsets, strict=True)
        ):
            if sequence is not None:
                for at in range(start, end):
                    self.places[sequence, at] = index

    def pair(self, start: int, end: int, sequence: int) -> list[int]:
        """First and last piece of a stretch; the opening piece where the tokenizer saw nothing."""
        first = self.places.get((sequence, start), 0)
        return [first, self.places.get((sequence, end - 1), first)]

    def number(self, context: Context, index: int) -> list[int]:
        """First and last piece of a number, and the first of the noun it counts."""
        candidate = context.candidates[index]
        found = self.pair(candidate.quantity.span.start, candidate.quantity.span.end, 1)
        noun = context.sheet.tokens[candidate.head.first].start if candidate.head else -1
        return [*found, self.places.get((1, noun), found[1])]
