"""Figures: how many of the personnel numbers of the labels each tool finds, and what it offers beside them.

The rule, the same for all and generous to tools that claim less than we do:

- Wanted are the different numbers of a document's labels: level, before, after, low, high, and delta without its
  sign; no shares, no 0. Statements marked optional count neither way. Numbers are equal as the shared scorer has it.
- A wanted number is found if the tool gives its value anywhere in the document, under whatever unit.
- Too much is a different whole number that the tool would count (it gives it no unit but a noun, or none; see
  peers_side_figures.py) and that no label holds.
- A second row, "before our nouns", keeps only what stands before a noun for people of our word lists: the tools do not
  claim to tell people from other things, and this lends them that.
- A document on which the tool raises an exception counts as one in which it finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from peers_naive import noun_ahead
from texts import Document, scorer_module

FIELDS = ("level", "before", "after", "delta", "low", "high")
Offer = tuple[set[float], set[float]]  # every number; those offered as a count
Answer = dict[str, Any]


def numbers_of(statements: list[dict[str, Any]]) -> set[float]:
    """The different numbers that statements hold."""
    held = (s.get(field) for s in statements for field in FIELDS)
    return {abs(float(v)) for v in held if v}


def ours(answer: Document) -> Offer:
    """What our statements hold: all of it is offered as counted people."""
    held = numbers_of(answer["statements"])
    return held, held


def theirs(answer: Answer, *, nouns: bool) -> Offer:
    """What a tool found, all of it or only before a noun for people."""
    findings = [f for f in answer.get("found", ()) if not nouns or noun_ahead().match(f["after"])]
    every = {abs(v) for f in findings for v in f["values"]}
    counted = {abs(v) for f in findings if f["counted"] for v in f["values"]}
    return every, {v for v in counted if v >= 1 and v.is_integer()}


def measure(gold: dict[str, Document], offer: Callable[[str], Offer]) -> dict[str, Any]:
    """Found, missed and too much over a set of documents."""
    scorer = scorer_module()
    found = wanted = extra = 0
    for i, document in gold.items():
        labels = document.get("statements") or []
        held = numbers_of([s for s in labels if not s.get("optional")])
        either_way = held | numbers_of(labels)
        every, counted = offer(i)
        wanted += len(held)
        found += sum(any(scorer.close(h, v) for v in every) for h in held)
        extra += sum(not any(scorer.close(h, v) for h in either_way) for v in counted)
    return {"wanted": wanted, "found": found, "too much": extra, **scorer.f1(found, wanted, found + extra)}
