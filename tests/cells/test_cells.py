"""Whatever a document does to its parser is an outcome of that document; the next one is parsed all the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import archived
from musterbook.api import open_book
from musterbook.cells import frames, pool
from musterbook.cells.pool import PROGRAM, Cells
from musterbook.errors import MusterbookError, UsageError
from musterbook.intake import from_path
from musterbook.intake.kinds import Given, report_of
from musterbook.intake.limits import Allowance
from musterbook.intake.trouble import CURES
from musterbook.model import Doubt, Report
from musterbook.settings import patience

ROGUE = (sys.executable, str(Path(__file__).with_name("rogue.py")))
SHORT = Allowance(seconds=1.0, megabytes=120)
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory a process holds")


@pytest.fixture
def rogues() -> Iterator[Cells]:
    cells = Cells(SHORT, program=ROGUE, documents=3)
    yield cells
    cells.close()


def told(cells: Cells, deed: str) -> Doubt:
    (found,) = cells.parse(deed.encode(), "page", "a.html", Given())
    assert isinstance(found, Doubt)
    return found


@pytest.mark.parametrize(
    ("deed", "code", "detail"),
    [
        ("sleep", "timeout", "1 seconds"),
        ("work", "timeout", "1 seconds"),
        ("stop short", "timeout", "1 seconds"),
        pytest.param("eat", "too-much-memory", "120 MB", marks=linux),
        ("lack memory", "too-much-memory", "512 MB"),
        ("die", "crashed-parser", "SIGSEGV"),
        ("leave", "crashed-parser", "exit code 3"),
        ("fail", "crashed-parser", "ValueError: no"),
        ("boast", "crashed-parser", "SIGKILL"),
        ("lie", "crashed-parser", "SIGKILL"),
        ("babble", "crashed-parser", "SIGKILL"),
        ("invent", "crashed-parser", "SIGKILL"),
    ],
)
def test_what_a_document_does_to_its_child_is_its_own_outcome(
    rogues: Cells, deed: str, code: str, detail: str
) -> None:
    found = told(rogues, deed)
    assert (found.stage, found.code, found.source) == ("intake", code, "a.html")
    assert detail in found.message
    assert told(rogues, "anything").code == "x"


def test_a_child_is_replaced_after_some_documents_and_after_any_anomaly(rogues: Cells) -> None:
    first = [told(rogues, "pid").message for _ in range(3)]
    assert len(set(first)) == 1
    second = told(rogues, "pid").message
    assert second != first[0]
    told(rogues, "die")
    assert told(rogues, "pid").message not in {first[0], second}


def test_an_interruption_leaves_no_answer_for_the_next_document(
    rogues: Cells, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    told(rogues, "pid")
    monkeypatch.setattr(frames, "receive", interrupted)
    with pytest.raises(KeyboardInterrupt):
        told(rogues, "lie")
    monkeypatch.undo()
    assert told(rogues, "anything").code == "x"


def test_a_child_inherits_no_secret(rogues: Cells, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "secret")
    monkeypatch.setenv("MUSTERBOOK_LLM_KEY", "secret")
    names = told(rogues, "environment").message.split()
    assert "PYTHONPATH" in names
    assert not {"PGPASSWORD", "MUSTERBOOK_LLM_KEY"} & set(names)


def test_where_no_child_can_be_started_the_cure_is_told() -> None:
    cells = Cells(SHORT, program=(sys.executable, "-c", "raise SystemExit(4)"))
    with pytest.raises(MusterbookError, match=r"exit code 4.*MUSTERBOOK_CELLS=off"):
        cells.parse(b"", "page", "a.html", Given())


@pytest.fixture(scope="module")
def cells() -> Iterator[Cells]:
    real = Cells(Allowance(seconds=20))
    yield real
    real.close()


@pytest.mark.parametrize(
    "raw",
    [
        archived.pages(1)[0],
        archived.article(
            "Rund 900 Soldaten der Bundeswehr sind in Litauen, teilte das Ministerium mit. " * 3
        ),
        "<html><body><p>caf\xe9 caf\xe9 and some more words</p>".encode("latin-1"),
        b"<html></html>",
        b"",
        b"\x1f\x8b",
    ],
)
def test_a_child_says_what_its_parser_says(cells: Cells, raw: bytes) -> None:
    given = Given(date(2020, 9, 9), url="https://a.example/b")
    name = "odd \udce9 name \u2028.html"
    assert cells.parse(raw, "page", name, given) == tuple(report_of(raw, "page", name, given))


@linux
def test_a_child_has_no_more_memory_than_it_is_allowed(cells: Cells) -> None:
    greedy = (*PROGRAM[:1], "-c", GREEDY)
    (found,) = Cells(Allowance(seconds=20, megabytes=100), program=greedy).parse(b"", "page", "a", Given())
    assert isinstance(found, Doubt)
    assert found.code == "too-much-memory"


GREEDY = """
from musterbook.cells import child
def greedy(*given):
    return [bytes(300_000_000)]
child._warm_up, child.report_of = lambda: None, greedy
child.main()
"""


def slow_page() -> bytes:
    """A page within all limits of size that keeps the extraction busy for many seconds."""
    return b"<html><body><table><tr>" + b"<td>a b c" * 39_000 + b"</table>"


def test_a_page_that_does_not_end_is_a_timeout_in_the_book_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = Cells(Allowance(seconds=3))
    monkeypatch.setattr(pool, "the_cells", lambda: impatient)
    (tmp_path / "a.html").write_bytes(slow_page())
    (tmp_path / "b.html").write_bytes(archived.pages(1)[0])
    with open_book(":memory:") as book:
        tally = book.add(tmp_path)
        assert (tally.inputs, tally.read, tally.causes) == (2, 1, (("timeout", 1),))
        (lost,) = [o for o in book.outcomes() if o.code == "timeout"]
        assert lost.source == str(tmp_path / "a.html")
        assert "MUSTERBOOK_PATIENCE" in lost.message
    impatient.close()


def test_plain_text_needs_no_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "the_cells", lambda: pytest.fail("a child for a text"))
    for name in ("a.txt", "b.md", "c.jsonl"):
        (tmp_path / name).write_text('{"text": "About 900 U.S. troops remain in Syria."}')
    assert all(isinstance(one, Report) for one in from_path(tmp_path, parse=pool.parse))


def test_children_may_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTERBOOK_CELLS", "off")
    monkeypatch.setattr(pool, "the_cells", lambda: pytest.fail("a child in spite of the setting"))
    pool.prepare(["a.html"])
    assert [type(one) for one in pool.parse(archived.pages(1)[0], "page", "a", Given())] == [Report]


@pytest.mark.parametrize("words", ["soon", "-1", "nan", "0"])
def test_patience_is_a_number_of_seconds(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTERBOOK_PATIENCE", words)
    with pytest.raises(UsageError, match="MUSTERBOOK_PATIENCE"):
        patience()


def test_every_end_of_a_child_has_a_cure() -> None:
    assert {pool.CRASHED, pool.TIMEOUT, pool.MEMORY} <= set(CURES)
