"""The pictures of docs/charts.md: what the commands there draw of the sample reports.

usage: python tests/charts/pictures.py   draws them afresh
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOWN = ROOT / "docs/charts"


def drawn(folder: Path) -> dict[str, str]:
    """The pictures by name, drawn by the commands of the page."""
    sys.path.insert(0, str(ROOT / "tests"))
    from shown import run, shown_in

    for shown in shown_in((ROOT / "docs/charts.md").read_text(encoding="utf-8")):
        output, code = run(shown, folder)
        if code:
            raise SystemExit(output)
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.svg"))}


def main() -> None:
    """Write the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        for name, picture in drawn(Path(folder)).items():
            SHOWN.joinpath(name).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
