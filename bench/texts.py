"""The labelled texts in ../shared, and which of them are put aside.

A third is put aside by a hash of its id, or of its event where one is known, so that two retellings of one
announcement never stand on both sides. Nothing put aside is read, tuned on or trained on; it only measures.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("MUSTERBOOK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
Document = dict[str, Any]
WATCHED = 0.08  # the share of what may be learned from that only watches


def files() -> dict[str, Path]:
    """The labelled files by name: dev_real, chronicle, and each file of train/."""
    found = {"dev_real": SHARED / "eval/dev_real.jsonl", "chronicle": SHARED / "data/chronicle.jsonl"}
    found |= {path.stem: path for path in sorted((SHARED / "train").glob("*.jsonl"))}
    return found


def composed() -> Iterator[Document]:
    """The texts composed in bench/composed/, for learning only: nothing is measured on them."""
    for path in sorted(Path(__file__).with_name("composed").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


def teaching(*, watched: bool | None = None) -> Iterator[tuple[str, Document]]:
    """Every document that may be learned from, with the name of its file; ``watched`` picks a part (None: both).

    The watched ones are kept from the tables too while MUSTERBOOK_HOLD_WATCHED is set (``bench/calibrate.py``).
    """
    if watched is None and os.environ.get("MUSTERBOOK_HOLD_WATCHED"):
        watched = False
    for name in files():
        for document in documents(name, aside=False):
            if watched in (None, is_watched(document)):
                yield name, document
    for document in composed():
        if watched in (None, is_watched(document)):
            yield "composed", document


def is_watched(document: Document) -> bool:
    """Whether a document that may be learned from is kept from the document reader, to watch and calibrate it."""
    key = str(document.get("origin") or document["id"])
    return int(hashlib.sha256(b"watched" + key.encode()).hexdigest(), 16) % 1000 < 1000 * WATCHED


def labelled(aside: bool) -> Iterator[tuple[str, Document]]:
    """The documents of one part with the names of their files: those put aside, or those to learn from."""
    return ((name, d) for name in files() for d in documents(name, aside=True)) if aside else teaching()


def is_aside(document: Document) -> bool:
    """Whether the document is kept out of reading, tuning and training."""
    key = document.get("origin") or document["id"]
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 3 == 0


def documents(name: str, *, aside: bool | None = None, language: str = "en") -> Iterator[Document]:
    """The documents of one file in one language; ``aside`` picks the part (None: both)."""
    with files()[name].open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if document["lang"] == language and aside in (None, is_aside(document)):
                yield document


def scorer() -> Any:  # noqa: ANN401 -- a module
    """The scorer in ../shared/eval as a module."""
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "eval/score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "eval/score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same_party(one: str | None, other: str | None) -> bool:
    """Whether the scorer takes two codes for the same force or place."""
    return bool(scorer_module().same_party(one, other))


@cache
def scorer_module() -> Any:  # noqa: ANN401 -- a module
    """The scorer, loaded once."""
    return scorer()
