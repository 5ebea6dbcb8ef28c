"""Origins at the desk: who repeats whom, and what an editor says to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from desk_runs import Musterbook

STORY = (
    "The United States has about 2,500 troops in Iraq, Gen. Frank McKenzie said on Tuesday. They advise local units "
    "and guard an airfield in the north, and he thanked them during a visit to the base."
)
LATE = "Rockets hit a base near Baghdad. The United States has about 2,500 troops in Iraq."


@pytest.fixture
def home(musterbook: Musterbook, tmp_path: Path) -> Path:
    """A story, its copy, and an old figure three months later."""
    days = {"2021-12-07": STORY, "2021-12-08": STORY + " More follows.", "2022-03-08": LATE}
    lines = [
        {"text": text, "published": day, "publisher": f"Paper {day}", "title": day}
        for day, text in days.items()
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert musterbook("add", "all.jsonl").code == 0
    return tmp_path


def told(musterbook: Musterbook) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(musterbook("origins", "us", "iraq", "--json").out)["utterances"]
    return found


def test_three_papers_are_one_utterance_and_two_origins(musterbook: Musterbook, home: Path) -> None:
    [one] = told(musterbook)
    assert (len(one["outlets"]), one["repeats"], one["published"]) == (3, 1, "2021-12-07")
    assert "3 reports of 3 outlets: 2 origins, 1 utterances" in musterbook("origins").out


def test_the_tree_gives_a_reason_for_every_line(musterbook: Musterbook, home: Path) -> None:
    tree = musterbook("origins", told(musterbook)[0]["statement"][:8]).out
    assert "same words as" in tree
    assert "repeats the figure of 3 months before" in tree


def test_an_editor_sets_apart_and_joins_and_takes_it_back(musterbook: Musterbook, home: Path) -> None:
    first, _, late = told(musterbook)[0]["statements"]
    deeds = (("apart", late), ("undo", late), ("apart", late), ("echo", late, first))
    for number, (deed, many) in enumerate(zip(deeds, (2, 1, 2, 1), strict=True)):
        done = musterbook("review", *deed, "--reason", f"reason {number}", "--as", "ann")
        assert done.code == 0, done.err
        assert len(told(musterbook)) == many
