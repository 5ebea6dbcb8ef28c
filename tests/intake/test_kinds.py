"""What a document is, its content tells; a wrong name is noted, and every outcome has a cure that is written down."""

from __future__ import annotations

import gzip
import io
import json
import re
from pathlib import Path

import pytest

import archived
from musterbook.intake import Given, from_bytes, from_path
from musterbook.intake.content import certain_kind
from musterbook.intake.kinds import KINDS, LIMITS, READERS, STREAMED, TYPES
from musterbook.intake.sources import from_stream
from musterbook.intake.trouble import CURES, REMARKS
from musterbook.model import Doubt, Report
from papers import MORE, TOLD, mail, page, pdf, rss

ROOT = Path(__file__).resolve().parents[2]
LINE = json.dumps({"text": TOLD}).encode()
ARCHIVE = b"".join(archived.members(archived.pages(4)))
DOCUMENTS = {
    "text": TOLD.encode(),
    "page": page(),
    "lines": LINE + b"\n",
    "json": json.dumps({"text": TOLD}, indent=1).encode(),
    "json list": json.dumps([{"text": TOLD}]).encode(),
    "feed": rss(f"<description>{TOLD} {MORE} {MORE} {MORE} {MORE} {MORE}</description>"),
    "pdf": pdf([(TOLD,)]),
    "mail": mail().as_bytes(),
    "mails": b"From a@b.example Wed Sep  9 10:00:00 2020\n" + mail().as_bytes(),
    "table": f"id,text\n1,{TOLD}\n".encode(),
    "archive": ARCHIVE,
}


def codes(outcomes: object) -> list[str]:
    return [one.code if isinstance(one, Doubt) else "report" for one in outcomes]  # type: ignore[attr-defined] # any


@pytest.mark.parametrize("packed", [False, True], ids=["bare", "packed"])
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_standard_input_tells_its_kind(kind: str, packed: bool) -> None:
    raw = gzip.compress(DOCUMENTS[kind]) if packed else DOCUMENTS[kind]
    found = list(from_stream(io.BytesIO(raw), "standard input", Given()))
    assert isinstance(found[0], Report), found[0]
    assert "American soldiers" in found[0].text or "U.S. troops" in found[0].text
    assert not [one for one in found if isinstance(one, Doubt) and one.code != "passed-over"]


@pytest.mark.parametrize(
    ("name", "kind", "held"),
    [
        ("a.txt", "page", "a web page"),
        ("a.html", "pdf", "a PDF"),
        ("a.txt", "pdf", "a PDF"),
        ("a.html", "feed", "a feed"),
        ("a.xml", "page", "a web page"),
        ("a.pdf", "page", "a web page"),
    ],
)
def test_a_wrong_name_is_noted_and_the_document_read(tmp_path: Path, name: str, kind: str, held: str) -> None:
    file = tmp_path / name
    file.write_bytes(DOCUMENTS[kind])
    report, note = from_path(file)
    assert isinstance(report, Report)
    assert isinstance(note, Doubt)
    assert (note.code, note.report) == ("other-kind", report.id)
    assert held in note.message


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.html.gz", "page"), ("a.txt.gz", "text"), ("a.jsonl.gz", "lines"), ("a.csv.gz", "table")],
)
def test_packed_files_are_read_as_what_they_hold(tmp_path: Path, name: str, kind: str) -> None:
    file = tmp_path / name
    file.write_bytes(gzip.compress(DOCUMENTS[kind]) + gzip.compress(b"\n"))
    assert codes(from_path(file)) == ["report"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (gzip.compress(b"a" * 150_000_000), "too-large"),
        (gzip.compress(TOLD.encode())[:-6], "damaged"),
        (b"\x1f\x8b\x08 no gzip", "damaged"),
        (gzip.compress(gzip.compress(TOLD.encode())), "unsupported-type"),
        (gzip.compress(b""), "empty-file"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt.gz", "a.gz"])
def test_a_packed_file_that_cannot_be_read_is_one_doubt(
    tmp_path: Path, name: str, raw: bytes, code: str
) -> None:
    file = tmp_path / name
    file.write_bytes(raw)
    assert codes(from_path(file)) == [code]


def test_packed_lines_without_end_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(gzip.compress(LINE + b"\n" + b"\n" * 60_000_000))
    assert codes(from_path(file)) == ["report", "too-large"]


@pytest.mark.parametrize("how", ["plain", "gzip", "zstd"])
def test_an_archive_among_other_files_gives_its_pages(tmp_path: Path, how: str) -> None:
    name = {"plain": "a.warc", "gzip": "a.warc.gz", "zstd": "a.warc.zst"}[how]
    archived.write(tmp_path / name, archived.pages(6), how)
    (tmp_path / "b.txt").write_text(TOLD)
    found = list(from_path(tmp_path))
    assert codes(found) == ["report", "report", "passed-over", "report"]
    assert isinstance(found[2], Doubt)
    assert "4 of its 6 pages" in found[2].message


def test_a_cut_off_archive_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(ARCHIVE[:-300])
    assert "cut-archive" in codes(from_path(file))


def test_an_archive_without_the_part_that_reads_it_names_the_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fastwarc.warc", None)
    (doubt,) = from_path(archived.write(tmp_path / "a.warc.gz", archived.pages(1)))
    assert isinstance(doubt, Doubt)
    assert doubt.code == "missing-extra"
    assert "pip install 'musterbook[archive]'" in doubt.message


@pytest.mark.parametrize(
    ("media_type", "url", "raw", "outcome"),
    [
        ("text/html; charset=utf-8", "https://x.example/a", page(), "report"),
        ("application/pdf", "https://x.example/a", DOCUMENTS["pdf"], "report"),
        ("", "https://x.example/a", page(), "report"),
        ("text/plain", "https://x.example/a.csv", DOCUMENTS["table"], "report"),
        ("image/png", "https://x.example/a.html", b"\x89PNG", "unsupported-type"),
        ("video/mp4", "https://x.example/a", b"\0\0\0", "unsupported-type"),
    ],
)
def test_what_was_fetched_is_told_by_content_type_and_address(
    media_type: str, url: str, raw: bytes, outcome: str
) -> None:
    assert codes(from_bytes(raw, url, Given(url=url), media_type))[0] == outcome


def test_a_text_that_speaks_of_mails_is_no_mail() -> None:
    assert certain_kind(b"From: the desk\nWe are told that") == ""
    assert codes(from_stream(io.BytesIO(f"Note: this\nFrom: there\n{TOLD}".encode()), "in", Given())) == [
        "report"
    ]


def test_every_kind_has_a_reader() -> None:
    kinds = {*KINDS.values(), *TYPES.values(), *LIMITS}
    assert kinds <= {*READERS, *STREAMED}


def test_every_outcome_has_a_cure_and_stands_in_the_page_on_intake() -> None:
    table = (ROOT / "docs/intake.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z-]+)`", table, re.MULTILINE))
    assert listed == set(CURES)
    assert all(";" in cure or ":" in cure for cure in CURES.values())
    assert set(CURES) >= REMARKS


def test_every_code_that_intake_tells_has_a_cure() -> None:
    sources = (ROOT / "src/musterbook/intake").glob("*.py")
    told = {
        code for file in sources for code in re.findall(r'trouble\(\s*"([a-z-]+)"', file.read_text("utf-8"))
    }
    assert told <= set(CURES)
    assert len(told) > 15
