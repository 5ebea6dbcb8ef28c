"""Ways to change a book behind its back: nothing of ours guards it but the check itself.

usage: python tests/tamperings.py [HOW MANY] [SEED]   prints for each kind how many were tried, found, and named right
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from musterbook.errors import BookError
from musterbook.ledger.merkle import leaf_hash
from musterbook.ledger.packing import MARK, SUM, is_packed, packed
from musterbook.ledger.schema import ON_SQLITE, told
from tampered import Answer, Books, Trial, checked

COLUMNS = (
    "n",
    "kind",
    "id",
    "at",
    "matter",
    "report",
    "statement",
    "force",
    "place",
    "mission",
    "text",
    "leaf",
)
NEEDED = ("kind", "id", "at", "text", "leaf")


def flipped(value: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(value))
    return value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :]


def flip_a_bit(trial: Trial) -> Answer:
    n, column = trial.place(), trial.chance.choice(COLUMNS)
    value = trial.kept(column, n)
    if column == "n":
        other = n ^ 1 << trial.chance.randrange(62)
        if trial.db.execute("SELECT 1 FROM line WHERE n = ?", (other,)).fetchone():
            return flip_a_bit(trial)
        trial.put("n", n, other)
    elif value is None or value == "":
        trial.put(column, n, "x")
    elif isinstance(value, bytes):
        trial.put(column, n, flipped(value, trial.chance))
    else:
        trial.put(column, n, flipped(value.encode(), trial.chance), "CAST(? AS TEXT)")
    return n


def change_a_type(trial: Trial) -> Answer:
    n, column = trial.place(), trial.chance.choice(COLUMNS[1:-1])
    value = trial.value(column, n)
    if value is None:
        trial.put(column, n, b"x")
    elif column in NEEDED or trial.chance.random() < 0.5:
        trial.put(column, n, value.encode())
    else:
        trial.put(column, n, None)
    return n


def delete_a_line(trial: Trial) -> Answer:
    n = trial.place()
    with trial.unsealed() as db:
        db.execute("DELETE FROM line WHERE n = ?", (n,))
    return n


def delete_and_close_the_gap(trial: Trial) -> Answer:
    n = trial.chance.randint(1, trial.size - 1)
    with trial.unsealed() as db:
        db.execute("DELETE FROM line WHERE n = ?", (n,))
        db.execute("UPDATE line SET n = -n WHERE n > ?", (n,))
        db.execute("UPDATE line SET n = -n - 1 WHERE n < 0")
    if trial.chance.random() < 0.5:
        trial.hash_tree()
    return n


def insert_a_line(trial: Trial) -> Answer:
    """It bears its own hash; the one behind it is the first that is not what it says."""
    n = trial.place(2)
    with trial.unsealed() as db:
        db.execute("UPDATE line SET n = -n WHERE n >= ?", (n,))
        db.execute("UPDATE line SET n = 1 - n WHERE n < 0")
    forge(trial, n)
    return range(n, n + 2)


def add_a_line_behind_the_end(trial: Trial) -> Answer:
    n = trial.size + 1
    forge(trial, n)
    return n


def forge(trial: Trial, n: int) -> None:
    """A line in that place, as the one before it but for the id."""
    row = list(trial.db.execute("SELECT * FROM line WHERE n = ?", (n - 1,)).fetchone())
    text = str(told(row[-2])).replace(f'{{"n":{n - 1},', f'{{"n":{n},').replace(row[2], "0" * 64)
    row[0], row[2], row[-2], row[-1] = n, "0" * 64, text, leaf_hash(text.encode())
    trial.put_in(row)


def swap_two_lines(trial: Trial) -> Answer:
    first, second = sorted(trial.chance.sample(range(1, trial.size + 1), 2))
    with trial.unsealed() as db:
        for old, new in ((first, -1), (second, first), (-1, second)):
            db.execute("UPDATE line SET n = ? WHERE n = ?", (new, old))
    if trial.chance.random() < 0.5:
        trial.hash_tree()
    return first


def cut_the_end_off(trial: Trial) -> Answer:
    n = trial.place()
    with trial.unsealed() as db:
        db.execute("DELETE FROM line WHERE n >= ?", (n,))
    return n


def cut_the_end_off_and_mend_the_head(trial: Trial) -> Answer:
    n = cut_the_end_off(trial)
    trial.hash_tree()
    trial.notes = trial.books.notes
    return n


def add_a_copied_line(trial: Trial) -> Answer:
    n = trial.place()
    row = trial.db.execute("SELECT * FROM line WHERE n = ?", (n,)).fetchone()
    other = trial.chance.choice([0, -n, trial.size + 2, 2**40])
    trial.put_in((other, row[1], "0" * 64, *row[3:]))
    return None


def edit_a_report(trial: Trial) -> Answer:
    n = trial.line_of("report")
    trial.rewrite(n, lambda held: held["body"]["report"].update(text="About 9 troops are there."))
    return n


def edit_a_figure(trial: Trial) -> Answer:
    n = trial.line_of("entry")
    while "level" not in (text := trial.value("text", n)):
        n = trial.line_of("entry")
    trial.put("text", n, text.replace('"level":', '"level":9'))
    if trial.chance.random() < 0.5:
        trial.hash_line(n)
    return n


def edit_evidence(trial: Trial) -> Answer:
    n = trial.line_of("entry")
    while "evidence" not in trial.value("text", n):
        n = trial.line_of("entry")
    end = trial.chance.choice([1, 9999])
    trial.rewrite(n, lambda held: held["body"]["statement"]["evidence"][0].update(end=end))
    return n


def harm_a_packed_line(trial: Trial) -> Answer:
    n, kept = _packed_line(trial)
    body = flipped(kept[len(MARK) + SUM :], trial.chance)
    chosen = trial.chance.choice(
        [
            kept[: trial.chance.randrange(len(kept))],
            kept + b"more",
            bytes([kept[0] ^ 3]) + kept[1:],
            MARK + kept[len(MARK) :][:SUM] + body,
            kept[: len(MARK) + SUM],
        ]
    )
    trial.put("text", n, chosen)
    return n


def pack_an_edited_line(trial: Trial) -> Answer:
    n, kept = _packed_line(trial)
    trial.put("text", n, packed(str(told(kept)).replace("wanted to say more", "wanted to say a lot")))
    return n


def _packed_line(trial: Trial) -> tuple[int, bytes]:
    """A line that is kept packed."""
    n = trial.line_of("report")
    while not is_packed(trial.kept("text", n)):
        n = trial.line_of("report")
    return n, trial.kept("text", n)


def sign_for_somebody_else(trial: Trial) -> Answer:
    n = trial.line_of("entry")
    trial.rewrite(n, lambda held: held["body"].update(by="somebody else"))
    trial.notes = trial.chance.choice([(), trial.books.notes])
    return within(trial, n) if trial.notes else None


def hash_all_anew(trial: Trial) -> Answer:
    n = trial.line_of("entry")
    trial.rewrite(n, lambda held: held["body"].update(by="somebody else"))
    trial.hash_tree()
    trial.notes = trial.books.notes
    return within(trial, n)


def hash_an_edited_report_anew(trial: Trial) -> Answer:
    n = edit_a_report(trial)
    trial.hash_tree()
    trial.notes = trial.books.notes
    return n


def within(trial: Trial, n: int) -> range | None:
    """The stretch of the first checkpoint that holds the line; None behind the last one."""
    last = 0
    for note in trial.notes:
        if n <= note.size:
            return range(last + 1, note.size + 1)
        last = note.size
    return None


def roll_back(trial: Trial) -> Answer:
    trial.db.deserialize(trial.chance.choice(trial.books.older[:-1]))
    trial.notes = trial.books.notes
    return trial.size + 1


def take_a_seal_away(trial: Trial) -> Answer:
    name = trial.chance.choice(ON_SQLITE).split()[2]
    trial.db.execute(f"DROP TRIGGER {name}")
    if trial.chance.random() < 0.5:
        trial.db.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON line BEGIN SELECT 1; END")
    return None


def add_a_trigger(trial: Trial) -> Answer:
    trial.db.execute("CREATE TRIGGER helpful AFTER INSERT ON line BEGIN UPDATE head SET at = ''; END")
    return None


def edit_the_head(trial: Trial) -> Answer:
    size, peaks, at = trial.db.execute("SELECT size, peaks, at FROM head").fetchone()
    deeds: list[tuple[str, tuple[object, ...]]] = [
        ("UPDATE head SET size = ?", (size ^ 1 << trial.chance.randrange(12),)),
        ("UPDATE head SET size = ?", ("many",)),
        ("UPDATE head SET peaks = CAST(? AS TEXT)", (flipped(peaks.encode(), trial.chance),)),
        ("UPDATE head SET peaks = ?", (b"\xff",)),
        ("UPDATE head SET at = CAST(? AS TEXT)", (flipped(at.encode(), trial.chance),)),
        ("UPDATE head SET at = ?", ("",)),
        ("DELETE FROM head", ()),
        ("INSERT INTO head SELECT 2, size, peaks, at FROM head", ()),
        ("UPDATE head SET peaks = ?", (peaks[64:] + peaks[:64] if len(peaks) > 64 else "",)),
    ]
    trial.db.execute(*trial.chance.choice(deeds))
    return None


def edit_what_says_the_form(trial: Trial) -> Answer:
    deeds = (
        "DELETE FROM alembic_version",
        "UPDATE alembic_version SET version_num = '0001'",
        "UPDATE alembic_version SET version_num = '0002'",
        "UPDATE alembic_version SET version_num = '0999'",
        "INSERT INTO alembic_version VALUES ('0001')",
        "DELETE FROM meta",
        "INSERT INTO meta VALUES ('somebody')",
        "DROP TABLE head",
        "DROP TABLE meta",
    )
    trial.db.execute(trial.chance.choice(deeds))
    return None


KINDS = (
    flip_a_bit,
    change_a_type,
    delete_a_line,
    delete_and_close_the_gap,
    insert_a_line,
    add_a_line_behind_the_end,
    add_a_copied_line,
    swap_two_lines,
    cut_the_end_off,
    cut_the_end_off_and_mend_the_head,
    edit_a_report,
    edit_a_figure,
    edit_evidence,
    harm_a_packed_line,
    pack_an_edited_line,
    sign_for_somebody_else,
    hash_all_anew,
    hash_an_edited_report_anew,
    roll_back,
    take_a_seal_away,
    add_a_trigger,
    edit_the_head,
    edit_what_says_the_form,
)


def tamper(books: Books, kind: Callable[[Trial], Answer], seed: str) -> tuple[bool, bool, str]:
    """Whether it was found, whether the right line was named, and what was said."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    db.deserialize(books.bytes)
    trial = Trial(books, db, random.Random(seed))
    answer = kind(trial)
    found = checked(db, trial.notes)
    db.close()
    if isinstance(found, BookError):
        return True, answer is None, str(found)
    first = found.faults[0].line if found.faults else 0
    right = answer is None or (first in answer if isinstance(answer, range) else first == answer)
    return not found.is_clean, right, "; ".join(f"{f.line}: {f.message}" for f in found.faults[:3])


def main() -> None:
    """Try many, and print what became of them."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    with TemporaryDirectory() as folder:
        books = Books(Path(folder))
    print(f"seed {seed}")
    for kind in KINDS:
        done = [tamper(books, kind, f"{seed} {turn}") for turn in range(-(-many // len(KINDS)))]
        found, right = (sum(one[part] for one in done) for part in (0, 1))
        print(f"{kind.__name__:36}{len(done):6} tried {found:6} found {right:6} named right")
        for turn, (is_found, is_right, said) in enumerate(done):
            if not (is_found and is_right):
                print(f"    turn {turn}: {said[:300]}")


if __name__ == "__main__":
    main()
