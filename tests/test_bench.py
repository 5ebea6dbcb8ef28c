"""What is frozen in bench/ is what the pages show, and the composed texts are labelled as the schema wants."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
COMPOSED = sorted((ROOT / "bench/composed").glob("*.jsonl"))


TABLES = [
    "accuracy_table.py",
    "archive_scale_table.py",
    "archive_table.py",
    "curves_table.py",
    "pages_table.py",
    "peers_table.py",
    "reliability_table.py",
]


@pytest.mark.parametrize("script", TABLES)
def test_a_table_of_figures_is_that_of_the_frozen_ones(script: str) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / script, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", COMPOSED, ids=lambda p: p.stem)
def test_composed_texts_are_labelled_as_the_schema_wants(path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the schema's own check stands in ../shared")
    done = subprocess.run(
        [sys.executable, SHARED / "eval/validate.py", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_composed_texts_have_names_of_their_own() -> None:
    names = [json.loads(line)["id"] for path in COMPOSED for line in path.open(encoding="utf-8")]
    assert len(names) == len(set(names)) > 3000
    assert all(name.startswith("cmp-") for name in names)


def bench(name: str) -> ModuleType:
    """A file of bench/, which is no package."""
    if str(ROOT / "bench") not in sys.path:
        sys.path.append(str(ROOT / "bench"))
    return importlib.import_module(name)


def test_rewrites_of_one_announcement_are_found() -> None:
    """A short run on invented announcements that nothing was tuned on."""
    on_rewrites = bench("echoes").on_rewrites

    found = on_rewrites([1000], 40)
    assert found["precision"] >= 0.98
    assert found["recall"] >= 0.92


def test_the_chronicle_goes_back_to_its_origins() -> None:
    """From its labels; ``bench/echoes.json`` holds what the reader's own statements give."""
    from chronicle import labelled

    found = bench("echoes").on_chronicle(*labelled())
    assert found["precision"] >= 0.98
    assert found["recall"] >= 0.92
