"""A wire story in several files, runs and books is one origin and one utterance, whatever came first."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

import archived
from musterbook.api import open_book
from musterbook.fleet.run import Order, enter_archives
from musterbook.ledger.book import utc_now
from musterbook.ledger.joining import join
from musterbook.ledger.open import open_book as open_ledger

DAY = '<meta property="article:published_time" content="2024-12-02T06:00:00Z">'
WIRE = (
    "About 900 U.S. troops remain in Syria, Gen. Mary Rose said on Monday. The troops train local forces in the "
    "northeast, and guard prisons there. Their commander visited the base at the river last week and spoke with them."
)
OTHER = "Some 120 Danish soldiers serve in Estonia, Defence Minister Jens Holm said on Monday."


@pytest.fixture
def archives(tmp_path: Path) -> list[Path]:
    """The story on a site of each archive, once with its end cut, beside another story."""
    texts = (WIRE, WIRE.rpartition(" Their")[0], WIRE + " Read more in our weekend issue.")
    return [
        archived.write(
            tmp_path / f"{name}.warc.gz",
            [archived.article(text, DAY), archived.article(OTHER, DAY)][: 1 + (name == "b")],
        )
        for name, text in zip("abc", texts, strict=True)
    ]


def test_copies_in_files_of_different_runs_are_one_origin(tmp_path: Path, archives: list[Path]) -> None:
    for n, order in enumerate(permutations(archives)):
        place = tmp_path / f"{n}.sqlite"
        with open_ledger(place) as book:
            for archive in order:  # a run each
                list(enter_archives(Order((archive,), place.with_suffix(".jsonl")), book, utc_now))
        check(place)


def test_copies_in_books_that_are_joined_are_one_origin(tmp_path: Path, archives: list[Path]) -> None:
    with open_ledger(tmp_path / "whole.sqlite") as whole:
        for archive in archives:
            with open_ledger(tmp_path / f"{archive.name}.sqlite") as book:
                list(enter_archives(Order((archive,), tmp_path / f"{archive.name}.jsonl"), book, utc_now))
                join(whole, [book], utc_now)
    check(tmp_path / "whole.sqlite")


def check(place: Path) -> None:
    """Three reports of one origin, and one of another; three statements are one utterance."""
    with open_book(place) as book:
        assert sorted(len(one.reports) for one in book.origins()) == [1, 3]
        assert sorted(len(one.statements) for one in book.utterances()) == [1, 3]
