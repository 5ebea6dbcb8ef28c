"""``musterbook archive``: plain lines in a pipe, one value for programs, and what went wrong on standard error."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import archived
from musterbook.desk.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUSTERBOOK_BOOK", str(tmp_path / "book.sqlite"))
    monkeypatch.setenv("MUSTERBOOK_READER", "rules")
    (tmp_path / "june").mkdir()
    archived.write(tmp_path / "june/a.warc.gz", archived.pages(9))
    archived.write(tmp_path / "june/b.warc.gz", archived.pages(6))
    return CliRunner()


def call(run: CliRunner, *words: str) -> Result:
    return run.invoke(main, ["archive", *words])


def test_each_archive_has_a_line_and_the_sum_comes_last(run: CliRunner) -> None:
    done = call(run, "june", "--workers", "1")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].partition(": ")[2].startswith("9 pages = gate 6 + kept 3; 3 statements; ")
    assert lines[2] == "2 archives: 15 pages = gate 10 + kept 5; 5 statements"
    assert lines[3].startswith("5 statements of 5 new reports written to ")


def test_a_second_call_finds_all_of_it_done(run: CliRunner) -> None:
    call(run, "june", "--workers", "1")
    done = call(run, "june", "--workers", "1")
    assert [line.rpartition(": ")[2] for line in done.stdout.splitlines()[:2]] == ["in the book already"] * 2
    assert "0 statements of 0 new reports" in done.stdout


def test_programs_get_one_value(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("june/b.warc.gz\njune/a.warc.gz\n")
    done = call(run, "--list", "list.txt", "--workers", "2", "--json")
    found = json.loads(done.stdout)
    assert [Path(one["file"]).name for one in found["files"]] == ["b.warc.gz", "a.warc.gz"]
    assert (found["total"]["pages"], found["total"]["kept"]) == (15, 5)


def test_a_packed_list_names_archives_as_their_publisher_does(run: CliRunner, tmp_path: Path) -> None:
    """``warc.paths.gz``: a path a line, which may lie beside the list, whole or by its last part."""
    lines = "crawl-data/CC-NEWS/2024/06/a.warc.gz\njune/b.warc.gz\n"
    (tmp_path / "june/warc.paths.gz").write_bytes(gzip.compress(lines.encode()))
    found = json.loads(call(run, "--list", "june/warc.paths.gz", "--workers", "1", "--json").stdout)
    assert [Path(one["file"]).name for one in found["files"]] == ["a.warc.gz", "b.warc.gz"]
    assert found["total"]["pages"] == 15


@pytest.mark.parametrize("held", [b"\x1f\x8bnot packed", b"\xff\xfe", gzip.compress(b"a.warc.gz")[:-9]])
def test_a_list_that_cannot_be_read_is_wrong_use(run: CliRunner, tmp_path: Path, held: bytes) -> None:
    (tmp_path / "list").write_bytes(held)
    done = call(run, "--list", "list")
    assert done.exit_code == 2
    assert "list cannot be read" in done.stderr


def test_an_address_without_a_cluster_is_wrong_use(run: CliRunner) -> None:
    done = call(run, "june", "--address", "auto")
    assert done.exit_code == 2
    assert "add --engine ray" in done.stderr


def test_damage_ends_with_1_and_a_line_that_says_what_to_do(run: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "june/a.warc.gz"
    path.write_bytes(path.read_bytes()[:-10])
    done = call(run, "june/a.warc.gz")
    assert done.exit_code == 1
    assert "june/a.warc.gz ends within a record; fetch it again" in done.stderr


def test_no_archive_is_wrong_use(run: CliRunner) -> None:
    assert call(run).exit_code == 2
    assert call(run, "--list", "none.txt").exit_code == 2


def test_what_was_kept_can_be_read_again(run: CliRunner) -> None:
    call(run, "june", "--workers", "1")
    done = call(run, "--second-pass")
    assert done.exit_code == 0
    assert "same 5" in done.stdout
