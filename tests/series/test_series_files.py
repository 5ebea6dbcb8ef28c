"""The files that describe series name only what the registers know, and say so where they are broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from musterbook.errors import LexiconError
from musterbook.lexicon.register import load_register
from musterbook.lexicon.series import load_series, series_names
from musterbook.series.faults import OUTCOMES


@pytest.mark.parametrize("key", series_names())
def test_every_code_in_a_series_is_one_of_the_registers(key: str) -> None:
    series, register = load_series(key), load_register()
    codes = {*series.place_names.values(), *series.mission_places.values(), *series.mission_names.values()}
    codes |= set(series.mission_places) | {series.force} - {""}
    for one in series.counts:
        codes |= {*(one.within or ()), *one.outside}
    unknown = [c for c in sorted(codes) if not all(register.party(part) for part in c.split("+"))]
    assert unknown == []


@pytest.mark.parametrize("key", series_names())
def test_every_outcome_that_a_series_names_is_known(key: str) -> None:
    assert set(load_series(key).leave.values()) <= set(OUTCOMES)


@pytest.mark.parametrize("text", ["title = ", 'title = "T"', 'counts = 3\ntitle = "T"'])
def test_a_broken_file_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text(text)
    with pytest.raises(LexiconError, match=r"series/broken\.toml"):
        load_series("broken", tmp_path)
