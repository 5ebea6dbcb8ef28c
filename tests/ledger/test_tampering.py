"""Whatever somebody changes in a book behind its back is found, and where one line was changed, that is named."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

from tamperings import KINDS, Answer, Books, Trial, tamper

SOAK = os.environ.get("MUSTERBOOK_SOAK")
MANY = int(os.environ.get("MUSTERBOOK_TAMPERINGS") or (10_000 if SOAK else 500))  # of all kinds together
SEED = os.environ.get("MUSTERBOOK_SEED") or str(random.randrange(10**6))


def leave_it(_trial: Trial) -> Answer:
    return None


def test_a_book_that_was_left_alone_is_clean(books: Books) -> None:
    found, _, said = tamper(books, leave_it, SEED)
    assert not found, said


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_change_is_found(
    books: Books, kind: Callable[[Trial], Answer], record_property: Callable[[str, object], None]
) -> None:
    turns = -(-MANY // len(KINDS))
    done = [tamper(books, kind, f"{SEED} {turn}") for turn in range(turns)]
    unseen = [turn for turn, (found, _, _) in enumerate(done) if not found]
    wrong = [(turn, said) for turn, (found, right, said) in enumerate(done) if found and not right]
    print(f"{kind.__name__}: {turns} tried, {turns - len(unseen)} found (seed {SEED})")
    record_property("tamperings", turns)
    assert not unseen, f"seed {SEED}"
    assert not wrong, f"seed {SEED}"
