"""The discrete marks that the document reader sees beside the words: forms of numbers and names, distances."""

from __future__ import annotations

from musterbook.model import Status
from musterbook.reading.candidates import Candidate
from musterbook.reading.context import Context
from musterbook.reading.options import distance
from musterbook.reading.roles import frame_of, size_of

STATUSES = tuple(s.value for s in Status)
FORMS = (
    "state",
    "adjective",
    "people",
    "capital",
    "city",
    "base",
    "province",
    "region",
    "border",
    "government",
    "forces",
    "mission",
    "organisation",
    "group",
    "other",
    "titled",
)  # fmt: skip -- a list to read across
FEATURES = (
    "digits",
    "words",
    "mixed",
    "share",
    "all",
    "low",
    "high",
    "approx",
    "range",
    "head strong",
    "head weak",
    "head body",
    "head other",
    "head none",
    "from",
    "to",
    *(f"size {n}" for n in ("range", "small", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "more")),
)  # fmt: skip -- a list to read across
LONGEST = 8  # marks of one number at most
STEPS = 16  # distance classes between a number and a name
FAR = (1, 2, 3, 5, 9, 16)


def marks_of(context: Context, index: int) -> list[int]:
    """The marks of one candidate as indices into FEATURES, padded."""
    candidate = context.candidates[index]
    quantity = candidate.quantity
    size = size_of(quantity.value if quantity.form not in ("share", "all") else None)
    size = "small" if size.startswith("small") else size
    names = [
        quantity.form,
        f"head {candidate.head.kind if candidate.head else 'none'}",
        frame_of(context, index),
    ]
    names += [
        n
        for n, yes in (
            ("low", quantity.low is not None),
            ("high", quantity.high is not None),
            ("approx", quantity.approx),
        )
        if yes
    ]
    names += ["range"] if quantity.value is None else []
    names.append(f"size {size}" if f"size {size}" in FEATURES else "size more")
    found = [FEATURES.index(n) for n in names if n in FEATURES][:LONGEST]
    return found + [len(FEATURES)] * (LONGEST - len(found))


def step_class(context: Context, candidate: Candidate, name: int) -> int:
    """How far a name stands from a number: 0-6 after it, 7-13 before it in the sentence, 14 earlier, 15 later."""
    there = context.name_sentence[name]
    if there != candidate.sentence:
        return 14 if there < candidate.sentence else 15
    steps = distance(context, candidate.outer, candidate.beyond, name)
    far = next((i for i, limit in enumerate(FAR) if abs(steps) <= limit), len(FAR))
    return far if steps >= 0 else 7 + far
