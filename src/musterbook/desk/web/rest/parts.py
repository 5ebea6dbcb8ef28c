"""The subjects of the API in the order in which its description tells of them."""

from __future__ import annotations

from collections.abc import Iterator

from musterbook.desk.web.rest import (
    adding,
    changes,
    contingents,
    deciding,
    doubts,
    pledges,
    reports,
    searching,
    sources,
    statements,
)
from musterbook.desk.web.rest.operations import Operation, Part

PARTS: tuple[Part, ...] = tuple(
    subject.part
    for subject in (
        contingents,
        statements,
        pledges,
        reports,
        sources,
        doubts,
        searching,
        changes,
        adding,
        deciding,
    )
)


def operations() -> Iterator[Operation]:
    """All operations, in order."""
    for part in PARTS:
        yield from part.operations
