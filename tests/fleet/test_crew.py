"""A crew may lose answers, give them twice, late, damaged or forged: the book is the same as of one process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

import archived
from musterbook.fleet import crew as crews
from musterbook.fleet import parcel
from musterbook.fleet.crew import Answer, Errand, spread
from musterbook.fleet.local import AHEAD
from musterbook.fleet.manifest import Manifest
from musterbook.fleet.parcel import packed
from musterbook.fleet.run import Entered, Order, enter_archives, total
from musterbook.ledger.open import open_book

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SIZES = (9, 3, 12, 1, 6, 4)


@pytest.fixture
def archives(tmp_path: Path) -> tuple[Path, ...]:
    """Some archives, the third of them damaged."""
    found = [
        archived.write(tmp_path / f"{n}.warc.gz", archived.pages(size, 2)) for n, size in enumerate(SIZES)
    ]
    found[2].write_bytes(found[2].read_bytes()[:-7])
    return tuple(found)


def enter(
    book: Path, archives: tuple[Path, ...], crew: crews.Crew | None = None
) -> tuple[bytes, list[Entered]]:
    with open_book(book, lambda: NOON) as opened:
        order = Order(archives, book.with_suffix(".jsonl"), crew=crew)
        done = list(enter_archives(order, opened, lambda: NOON))
        return opened.head().edge.root, done


class Unreliable:
    """Reads in this process, and hands on what it read as badly as the dice say."""

    def __init__(self, seed: int = 0, size: int = 2, fate: Callable[[Errand], str] | None = None) -> None:
        self.size = size
        self.luck = Random(seed)
        self.fate = fate or self._dice
        self.waiting: list[Answer] = []
        self.begun: list[Errand] = []
        self.dropped: list[Errand] = []
        self.read: dict[str, bytes] = {}

    def _dice(self, errand: Errand) -> str:
        """Whatever may happen to an answer; the last attempt comes back well, at last."""
        if errand.attempt == crews.TRIES:
            return self.luck.choice(["well", "twice"])
        return self.luck.choice(["well", "twice", "late", "killed", "damaged", "cut", "another's", "forged"])

    def begin(self, errand: Errand) -> None:
        self.begun.append(errand)
        name = str(errand.path)
        good = self.read.setdefault(name, packed(name, errand.learned))
        for held in answers_of(errand, self.fate(errand), good, self.read):
            self.waiting.insert(self.luck.randrange(len(self.waiting) + 1), held)

    def answers(self) -> Iterator[Answer]:
        for _ in range(min(len(self.waiting), self.luck.randrange(1, 3))):
            yield self.waiting.pop(self.luck.randrange(len(self.waiting)))

    def drop(self, errand: Errand) -> None:
        self.dropped.append(errand)

    def close(self) -> None:
        """Nothing is held."""


def answers_of(errand: Errand, fate: str, good: bytes, read: dict[str, bytes]) -> list[Answer]:
    """What comes back of an errand with that fate."""
    label, body = good.split(b"\n", 1)
    told = {
        "killed": b"",
        "damaged": label + b"\n" + body[:-1] + bytes([body[-1] ^ 1]),
        "cut": good[: len(good) // 2],
        "another's": next(iter(read.values())) if len(read) > 1 else b"",
        "forged": label.replace(b'"reader": "', b'"reader": "another ') + b"\n" + body,
    }
    answer = Answer(errand.turn, errand.attempt, told.get(fate, good), "" if fate in told else fate)
    late = Answer(errand.turn, errand.attempt, why="killed")
    return {"twice": [answer, answer], "late": [late, answer], "lost": []}.get(fate, [answer])


@pytest.mark.parametrize("seed", range(40))
def test_whatever_a_crew_does_the_book_is_the_same(
    tmp_path: Path, archives: tuple[Path, ...], seed: int
) -> None:
    whole, done = enter(tmp_path / "one.sqlite", archives)
    crew = Unreliable(seed)
    again, also = enter(tmp_path / "crew.sqlite", archives, crew)
    assert again == whole
    assert total(also) == total(done)
    assert len(crew.begun) >= len(archives)


def test_no_more_is_sent_out_than_the_writer_can_soon_take(
    tmp_path: Path, archives: tuple[Path, ...]
) -> None:
    crew = Unreliable(size=1, fate=lambda errand: "well")
    left = spread(archives, crew, False, tmp_path)
    next(left)
    assert len(crew.begun) == AHEAD
    list(next(left).found)
    assert len(crew.begun) == AHEAD + 1
    assert len([*left]) == len(archives) - 2
    assert not list(tmp_path.glob("*.part"))


def test_what_nobody_answers_for_is_given_to_another(tmp_path: Path, archives: tuple[Path, ...]) -> None:
    crew = Unreliable(fate=lambda errand: "lost" if errand.attempt == 1 else "well")
    steps = iter(range(10_000))
    found = spread(archives, crew, False, tmp_path, now=lambda: 600.0 * next(steps))
    statements = 0
    for shard in found:
        list(shard.found)
        statements += shard.counts["statements"]
    assert statements == sum((size + 1) // 2 for size in SIZES)
    assert {errand.turn for errand in crew.dropped} == set(range(len(SIZES)))
    assert all(errand.attempt >= 2 for errand in crew.begun[-2:])


def test_an_archive_that_kills_whoever_reads_it_is_a_doubt_and_the_others_go_on(
    tmp_path: Path, archives: tuple[Path, ...]
) -> None:
    crew = Unreliable(fate=lambda errand: "killed" if errand.turn == 1 else "well")
    _, done = enter(tmp_path / "b.sqlite", archives, crew)
    assert [one.tally.causes for one in done if one.tally][1] == (("crashed-archive", 1),)
    assert Manifest(tmp_path / "b.jsonl").find(archives[1]) is None
    assert Manifest(tmp_path / "b.jsonl").find(archives[5]) is not None
    whole, _ = enter(tmp_path / "b.sqlite", archives, Unreliable())
    assert total(done)["kept"] == sum((size + 1) // 2 for n, size in enumerate(SIZES) if n != 1)
    assert whole


@pytest.mark.parametrize(
    ("fate", "why"),
    [("forged", "install one version"), ("damaged", "came back damaged"), ("another's", "came back as")],
)
def test_a_wrong_parcel_is_never_believed_and_its_reason_is_told(
    tmp_path: Path, archives: tuple[Path, ...], fate: str, why: str
) -> None:
    crew = Unreliable(fate=lambda errand: fate if errand.turn == 4 else "well", size=1)
    _, done = enter(tmp_path / "b.sqlite", archives, crew)
    [note] = [note for one in done if one.tally for note in one.tally.notes if note.code == "crashed-archive"]
    assert why in note.message
    assert len([errand for errand in crew.begun if errand.turn == 4]) == crews.TRIES


def test_an_archive_that_grew_meanwhile_is_no_longer_the_one_that_was_read(
    tmp_path: Path, archives: tuple[Path, ...]
) -> None:
    held = packed(str(archives[0]), False)
    with archives[0].open("ab") as file:
        file.write(b"more")
    with pytest.raises(parcel.BookError, match="bytes where it was read"):
        parcel.unpacked(held, archives[0], False, tmp_path / "s")
