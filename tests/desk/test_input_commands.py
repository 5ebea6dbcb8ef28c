"""Every input ends in one outcome; those that were not read are listed with their cure, and tried again on request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk_runs import Musterbook, run_in_terminal

import archived
from musterbook.api import open_book
from musterbook.ledger.outcomes import AGAIN, failures, settled, tally
from musterbook.model import Doubt

SYRIA = "About 900 U.S. troops remain in Syria, the Pentagon said on Tuesday."


@pytest.fixture
def news(tmp_path: Path, musterbook: Musterbook) -> Path:
    """A folder of good and bad input, added to the book ``b.sqlite`` beside it."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(SYRIA)
    (folder / "b.jsonl").write_text(f'{{"text": "{SYRIA} So it was."}}\n{{"text": 7}}\n')
    (folder / "c.html").write_bytes(b"<html><body></body></html>")
    (folder / "d.md").write_bytes(b"")
    assert musterbook("add", "news", "--book", "b.sqlite").code == 1
    return folder


def listed(musterbook: Musterbook, *options: str) -> dict[str, object]:
    done = musterbook("doubts", "--intake", "--book", "b.sqlite", "--json", *options)
    found: dict[str, object] = json.loads(done.out)
    return found


def test_inputs_are_listed_by_outcome_with_place_and_cure(news: Path, musterbook: Musterbook) -> None:
    first, notes, _, *rows = musterbook("doubts", "--intake", "--book", "b.sqlite").out.splitlines()
    assert first == "inputs 5 = bad-json 1 + empty-file 1 + no-text 1 + read 2"
    assert notes == "notes on what was read: no-date 2"
    assert [row.split("\t")[0] for row in rows] == ["bad-json", "no-text", "empty-file"]
    assert rows[0].split("\t")[2] == "news/b.jsonl, line 2"
    assert all("; " in row.split("\t")[3] for row in rows)
    (only,) = listed(musterbook, "--code", "no-text")["not_read"]  # type: ignore[misc]
    assert only["source"] == "news/c.html"


def test_a_terminal_is_told_what_to_type_next(news: Path, tmp_path: Path) -> None:
    seen = run_in_terminal(tmp_path, "doubts", "--intake", "--book", "b.sqlite")
    assert "musterbook retry" in seen
    assert "c.html" in seen


def test_what_can_be_read_now_is_added_and_nothing_is_replaced(news: Path, musterbook: Musterbook) -> None:
    (news / "c.html").write_bytes(archived.article(SYRIA))
    (news / "d.md").write_text("# News\n\n" + SYRIA)
    done = musterbook("retry", "no-text", "--book", "b.sqlite")
    assert "inputs 1 = read 1" in done.out
    assert listed(musterbook)["outcomes"] == {"bad-json": 1, "empty-file": 1, "read": 3, AGAIN: 1}
    assert "read 1 + without statements 0 + already known 1" in musterbook("retry", "--book", "b.sqlite").out
    counts = listed(musterbook)
    assert counts["outcomes"] == {"bad-json": 1, "read": 4, AGAIN: 2}
    assert counts["inputs"] == 7
    again = musterbook("retry", "--book", "b.sqlite")
    assert "nothing changed" in again.out
    assert listed(musterbook) == counts


def test_what_is_no_file_any_more_is_told(news: Path, musterbook: Musterbook) -> None:
    (news / "c.html").unlink()
    done = musterbook("retry", "no-text", "--book", "b.sqlite")
    assert done.code == 1
    assert "news/c.html is no file here any more" in done.err
    assert "nothing to try again" in done.err


def test_a_page_of_an_archive_is_not_tried_by_itself(musterbook: Musterbook, tmp_path: Path) -> None:
    parts = archived.packed(archived.members(archived.pages(4, 1)))
    (tmp_path / "a.warc.gz").write_bytes(b"".join(parts)[:-20])
    assert musterbook("archive", "a.warc.gz", "--book", "b.sqlite").code == 1
    done = musterbook("retry", "cut-archive", "--book", "b.sqlite")
    assert f"musterbook archive {tmp_path}/a.warc.gz --manifest NEW" in done.err


def tangled(n: int) -> list[bytes]:
    """Pages of an archive, of which the second has too many tags."""
    bodies = archived.pages(n, 1)
    return [bodies[0], b"<html><body>" + b"<td>900 troops" * 90_000, *bodies[2:]]


def test_a_page_of_an_archive_that_is_refused_is_named_and_tried_again_by_itself(
    musterbook: Musterbook, tmp_path: Path
) -> None:
    archived.write(tmp_path / "a.warc.gz", tangled(4))
    assert "read 3" in musterbook("add", "a.warc.gz", "--book", "b.sqlite").out
    (row,) = listed(musterbook)["not_read"]  # type: ignore[misc]
    assert (row["source"], row["code"]) == ("a.warc.gz, record 2", "too-tangled")
    same = musterbook("retry", "--book", "b.sqlite")
    assert (same.code, "pages of archives 1 = too-tangled 1" in same.out) == (1, True)
    archived.write(tmp_path / "a.warc.gz", archived.pages(4, 1))
    done = musterbook("retry", "--book", "b.sqlite")
    assert "inputs 1 = read 1" in done.out
    assert "tried again: pages of archives 1 = read 1" in done.out
    assert listed(musterbook)["outcomes"] == {"read": 4, AGAIN: 1}


def test_an_archive_is_looked_for_where_it_lies_now(musterbook: Musterbook, tmp_path: Path) -> None:
    archived.write(tmp_path / "a.warc.gz", tangled(3))
    musterbook("add", "a.warc.gz", "--book", "b.sqlite")
    (tmp_path / "a.warc.gz").unlink()
    (tmp_path / "old").mkdir()
    archived.write(tmp_path / "old/a.warc.gz", archived.pages(3, 1))
    gone = musterbook("retry", "--book", "b.sqlite")
    assert "a.warc.gz is no file here any more; name the folder where it lies with --archives" in gone.err
    done = musterbook("retry", "--archives", "old", "--book", "b.sqlite", "--json")
    assert json.loads(done.out)["again"] == {"pages of archives": {"read": 1}}


def test_a_record_that_is_gone_is_told(musterbook: Musterbook, tmp_path: Path) -> None:
    archived.write(tmp_path / "a.warc.gz", tangled(3))
    musterbook("add", "a.warc.gz", "--book", "b.sqlite")
    archived.write(tmp_path / "a.warc.gz", archived.pages(1, 1))
    assert "pages of archives 1 = missing-file 1" in musterbook("retry", "--book", "b.sqlite").out


def test_what_came_of_each_is_counted(news: Path, musterbook: Musterbook) -> None:
    (news / "c.html").write_bytes(archived.article(SYRIA))
    done = musterbook("retry", "--book", "b.sqlite")
    assert "tried again: files 3 = bad-json 1 + empty-file 1 + read 1" in done.out
    told = json.loads(musterbook("retry", "--book", "b.sqlite", "--json").out)
    assert told["again"] == {"files": {"bad-json": 1, "empty-file": 1}}


def test_an_address_needs_somebody_who_asks(musterbook: Musterbook, tmp_path: Path) -> None:
    with open_book(tmp_path / "b.sqlite") as book:
        lost = Doubt("intake", "fetch-gone", "is not there", source="https://paper.example/a")
        book.add([lost])
    done = musterbook("retry", "fetch-gone", "--book", "b.sqlite")
    assert done.code == 1
    assert "https://paper.example/a is an address; fetch it again with --feeds FEEDS.toml" in done.err


def test_an_outcome_that_does_not_exist_is_a_wrong_use(news: Path, musterbook: Musterbook) -> None:
    done = musterbook("retry", "boredom", "--book", "b.sqlite")
    assert done.code == 2
    assert "musterbook doubts --intake" in done.err


def test_inputs_are_the_sum_of_outcomes_however_often_they_are_tried(tmp_path: Path) -> None:
    """A law: what the tallies counted stands in the book, under one name each, whatever became of it later."""
    bad, good = b"", SYRIA.encode()
    given = 0
    with open_book(":memory:") as book:
        for n, raws in enumerate([(bad, good), (bad, bad), (good, good), (good, good)]):
            for name, raw in zip("ab", raws, strict=True):
                (tmp_path / f"{name}.txt").write_bytes(raw + (b" %d" % n if raw else b""))
            there = {(one.source, one.code, one.report) for one in book.outcomes()}
            total = book.add(tmp_path)
            given += len({(one.source, one.code, one.report) for one in book.outcomes()} - there)
            assert total.inputs == total.read + total.silent + total.known + total.refused == 2
            found = settled(book.outcomes())
            assert len(found) == given == sum(tally(found).values())
            lost = {one.source for one in failures(found)}
            assert lost == {
                str(tmp_path / f"{name}.txt") for name, raw in zip("ab", raws, strict=True) if not raw
            }
