"""A short tier of bench/misprints.py: texts read by our own reader, sound ones and ones with a slip."""

from __future__ import annotations

import json
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.append(str(BENCH))

import misprints  # noqa: E402
from sums_told import FRAMES, UNSEEN, printed  # noqa: E402

ALL = (*FRAMES, *UNSEEN)


def test_no_sum_that_comes_out_is_doubted() -> None:
    told = [printed(brief) for brief in misprints.consistent(len(ALL), ALL, seed=7)]
    assert [text for text in told if misprints.flags(text)] == []


def test_most_slips_are_found() -> None:
    told = [printed(brief) for brief in misprints.with_slips(len(FRAMES), FRAMES, seed=7)]
    assert sum(bool(misprints.flags(text)) for text in told) >= 0.85 * len(told)


def test_the_frozen_figures_keep_their_promise() -> None:
    frozen = json.loads((BENCH / "misprints.json").read_text(encoding="utf-8"))
    assert frozen["texts"]["share found"] >= 0.95
    assert all(frozen[part]["all"].get("false", 0) == 0 for part in ("texts", "unseen frames"))
    real = ("chronicle, labels", "chronicle, as read", "dev_real, labels")
    assert [frozen["real"][name]["doubted"] for name in real] == [0, 0, 0]
