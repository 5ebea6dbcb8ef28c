"""The pictures that the documents show are what the commands draw today, and light enough for a page."""

from __future__ import annotations

from pathlib import Path

from pictures import SHOWN, drawn


def test_the_pictures_of_the_page_are_what_its_commands_draw(tmp_path: Path) -> None:
    """Run `python tests/charts/pictures.py` where they are not, and look at them."""
    found = drawn(tmp_path)
    assert sorted(found) == sorted(path.name for path in SHOWN.iterdir())
    for name, picture in found.items():
        assert picture == SHOWN.joinpath(name).read_text(encoding="utf-8"), name
        assert len(picture.encode()) < 60_000
