"""Two ways to promise one change meet in their targets: "from 5,200 to 3,000" is also "minus 2,200"."""

from __future__ import annotations

from musterbook.values import Figures

Target = tuple[str, float, float]


def targets_of(figures: Figures) -> frozenset[Target]:
    """Everything that the figures promise, so that two ways to say it meet."""
    before, after, delta = figures.before, figures.after, figures.delta
    if after is None and before is not None and delta is not None:
        after = before + delta
    if delta is None and before is not None and after is not None:
        delta = after - before
    named = (("after", after), ("delta", delta), ("ratio", figures.ratio))
    found = {(name, float(number), float(number)) for name, number in named if number is not None}
    if not found and before is None and (figures.low is not None or figures.high is not None):
        found.add(("bounds", float(figures.low or 0), float(figures.high or -1)))
    return frozenset(found)
