"""`musterbook read`: statements of good files, one line for each bad one, and an exit code that tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk_runs import Musterbook

TEXT = "The United States has about 2,500 troops in Iraq, the Pentagon said on Tuesday.\n"


def test_a_report_is_read_from_standard_input(musterbook: Musterbook) -> None:
    done = musterbook("read", "-", "--published", "2021-12-09", stdin=TEXT.encode())
    assert done.code == 0, done.err
    header, line = done.out.splitlines()
    assert header.split("\t")[2:5] == ["force", "place", "figures"]
    assert line.split("\t")[2:5] == ["USA", "IRQ", "about 2,500"]


def test_a_program_gets_json_with_the_words_of_the_report(musterbook: Musterbook) -> None:
    done = musterbook("read", "-", "--published", "2021-12-09", "--json", stdin=TEXT.encode())
    (report,) = json.loads(done.out)["reports"]
    (statement,) = report["statements"]
    assert (statement["force"], statement["place"], statement["level"]) == ("USA", "IRQ", 2500)
    assert statement["evidence"] in TEXT
    assert statement["published"] == "2021-12-09"


def test_a_day_that_is_missing_is_told_with_the_cure(musterbook: Musterbook) -> None:
    done = musterbook("read", "-", stdin=TEXT.encode())
    assert done.code == 1
    assert "--published" in done.err
    assert "2,500" in done.out


def bad_files(folder: Path) -> dict[str, str]:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\0\1\2" * 100)
    (folder / "dutch.txt").write_text(
        "Nederland heeft nog ongeveer driehonderd militairen in Mali en haalt die weg."
    )
    with (folder / "huge.txt").open("wb") as out:
        out.truncate(50_000_000)
    return {
        "empty.txt": "empty-file",
        "binary.txt": "binary-file",
        "dutch.txt": "unknown-language",
        "huge.txt": "too-large",
        "missing.txt": "missing-file",
    }


def test_bad_files_get_a_line_each_and_the_good_one_is_read(musterbook: Musterbook, tmp_path: Path) -> None:
    bad = bad_files(tmp_path)
    (tmp_path / "good.txt").write_text(TEXT)
    done = musterbook("read", *bad, "good.txt", "--published", "2021-12-09")
    assert done.code == 1
    assert "about 2,500" in done.out
    lines = done.err.splitlines()
    assert len(lines) == len(bad)
    for line, (name, code) in zip(lines, bad.items(), strict=True):
        assert line.startswith(name)
        assert line.endswith(f"[{code}]")


def test_a_text_in_an_old_encoding_is_read_and_told(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(f"“Yes”. {TEXT}".encode("cp1252"))
    done = musterbook("read", "old.txt", "--published", "2021-12-09")
    assert done.code == 1
    assert "cp1252" in done.err
    assert "about 2,500" in done.out


def test_control_characters_of_a_report_do_not_reach_the_terminal(
    musterbook: Musterbook, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(f"\x1b[31m\x1b]0;title\x07{TEXT}", encoding="utf-8")
    done = musterbook("read", "a.txt", "--published", "2021-12-09")
    assert "\x1b" not in done.out + done.err
    assert "about 2,500" in done.out


@pytest.mark.parametrize(
    "wrong",
    [
        ("read",),
        ("read", "a.txt", "--published", "tomorrow"),
        ("read", "--jsonl", "a.jsonl"),
        ("read", "a.txt", "--jsonl", "a.jsonl", "--out", "b.jsonl"),
        ("nonsense",),
    ],
)
def test_wrong_use_ends_with_two(musterbook: Musterbook, wrong: tuple[str, ...]) -> None:
    done = musterbook(*wrong)
    assert done.code == 2
    assert "Error:" in done.err
    assert "Traceback" not in done.err


def test_the_interchange_form_keeps_the_documents(musterbook: Musterbook, tmp_path: Path) -> None:
    documents = [
        {"id": "a-1", "lang": "en", "published": "2021-12-09", "title": "T", "text": TEXT},
        {"id": 2, "lang": "fr", "published": "2021-12-09", "text": "La France compte 900 soldats au Niger."},
        {
            "id": "a-3",
            "lang": "en",
            "published": "2021-12-09",
            "text": "France will keep a limited presence in Niger.",
        },
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(d) for d in documents) + "\nbroken\n")
    done = musterbook("read", "--jsonl", "in.jsonl", "--out", "out.jsonl")
    assert done.code == 1
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [d["id"] for d in written] == ["a-1", 2, "a-3"]
    assert [len(d["statements"]) for d in written] == [1, 0, 0]
    (statement,) = written[0]["statements"]
    assert statement["evidence"] in TEXT
    assert statement["date"] == "2021-12-09"


def test_an_output_that_cannot_be_written_is_told(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("{}")
    done = musterbook("read", "--jsonl", "in.jsonl", "--out", "no/where.jsonl")
    assert done.code == 1
    assert done.err.startswith("Error: no/where.jsonl cannot be written")


FEED = f"""<?xml version="1.0"?><rss><channel><title>The Paper</title><item><title>Iraq</title>
<link>https://paper.example/a</link><pubDate>Thu, 09 Dec 2021 10:00:00 GMT</pubDate><description>{TEXT}</description>
</item></channel></rss>"""


def test_a_feed_is_read_and_a_summary_is_no_problem(musterbook: Musterbook) -> None:
    done = musterbook("read", "-", "--json", stdin=FEED.encode())
    assert done.code == 0, done.err
    assert "[summary-only]" in done.err
    (report,) = json.loads(done.out)["reports"]
    assert (report["url"], report["published"]) == ("https://paper.example/a", "2021-12-09")
    assert [day["where"] for day in report["days"]] == ["published"]


def test_the_column_of_texts_may_be_named(musterbook: Musterbook, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(f'id,date,words\n1,2021-12-09,"{TEXT.strip()}"\n')
    assert "[table-file]" in musterbook("read", table).err
    done = musterbook("read", table, "--column", "words")
    assert (done.code, done.out.splitlines()[1].split("\t")[4]) == (0, "about 2,500")


def test_pages_are_read_by_the_fast_path_where_it_is_asked_for(musterbook: Musterbook) -> None:
    page = f"<html><body><article><h1>Iraq</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    done = musterbook("read", "-", "--fast", "--published", "2021-12-09", "--json", stdin=page.encode())
    assert done.code == 0, done.err
    assert json.loads(done.out)["reports"][0]["statements"]
