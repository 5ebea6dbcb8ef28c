"""Writes the examples that the description of the API shows: every operation asked on a small book.

usage: python tests/web/api_examples.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]
PLACE = HERE.parents[2] / "src/musterbook/desk/web/rest/examples.json"
FEW = 2  # items of a list that are shown


def examples() -> dict[str, Any]:
    """Question, body and answer of every operation."""
    from api_desk import all_operations, api_desk, asked

    found: dict[str, Any] = {}
    for one in all_operations():
        with tempfile.TemporaryDirectory() as folder, api_desk(Path(folder)) as desk:
            prepare(desk, one.name)
            address, body = asked(desk, one)
            answer = desk.get(address) if body is None else desk.post(address, body, 201 if one.news else 200)
            told = {"address": address, "answer": shortened(answer)}
            found[one.name] = told | ({"body": body} if body is not None else {})
    return found


def prepare(desk: Any, name: str) -> None:  # noqa: ANN401 -- an ApiDesk, loaded late
    """What some examples need beside the five reports."""
    from musterbook.model import Contingent
    from web_desk import told

    if name.startswith("mission"):
        desk.book.reassign(desk.statement(1100), Contingent("DEU", "MLI", "UN:MINUSMA"), "they serve with it")
        desk.settle()
    if name == "undo":
        desk.book.confirm(desk.statement(900), "seen", by="ed")
    if name == "conflicts":
        wrong = (
            "The United States cut its troops in Iraq from 5,200 to 3,000, a cut of 1,200, a general said."
        )
        desk.book.add(told((wrong, "2020-10-01", "Daily Two")))
        desk.settle()


def shortened(answer: Any) -> Any:  # noqa: ANN401 -- JSON
    """The answer with the first items of its lists."""
    if isinstance(answer, dict):
        return {name: shortened(value) for name, value in answer.items()}
    return [shortened(one) for one in answer[:FEW]] if isinstance(answer, list) else answer


if __name__ == "__main__":
    PLACE.write_bytes(msgspec.json.format(msgspec.json.encode(examples()), indent=1) + b"\n")
