"""Every file becomes its reports or one line that names the file and the cure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from musterbook.intake import from_path
from musterbook.intake.limits import REPORT_LIMIT
from musterbook.intake.trouble import CURES
from musterbook.model import Doubt, Report

TEXT = "The general said on Tuesday that about 900 American soldiers are still in the east of Syria.\n"


def only(path: Path | str) -> Report | Doubt:
    (outcome,) = from_path(path)
    return outcome


def codes(path: Path | str) -> list[str]:
    return [o.code if isinstance(o, Doubt) else "report" for o in from_path(path)]


def test_a_text_is_kept_as_it_was_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    report = only(file)
    assert isinstance(report, Report)
    assert (report.text, report.language, report.published, report.name) == (TEXT, "en", None, str(file))


def test_the_day_of_publication_may_be_given_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    (report,) = from_path(file, published=date(2020, 9, 9))
    assert isinstance(report, Report)
    assert report.published == date(2020, 9, 9)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty-file"),
        ("blank.txt", b" \n\n\t", "empty-file"),
        ("zeros.txt", b"\0\0\0abc", "binary-file"),
        ("report.txt", b"%PDF-1.7 and so on", "damaged"),
        ("picture.txt", b"\x89PNG and so on", "binary-file"),
        ("noise.txt", bytes(range(1, 32)) * 20, "binary-file"),
        ("report.pdf", b"%PDF-1.7", "damaged"),
        ("report.docx", b"PK\x03\x04", "unsupported-type"),
        ("odd.txt", b"\xff\xfea", "unreadable-encoding"),
        ("empty.jsonl", b"\n\n", "empty-file"),
        ("empty.html", b"<html><body></body></html>", "no-text"),
    ],
)
def test_what_cannot_be_read_is_one_doubt(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    doubt = only(file)
    assert isinstance(doubt, Doubt)
    assert doubt.code == code
    assert doubt.message.startswith(str(file))
    assert "\n" not in doubt.message
    assert not doubt.report


def test_a_missing_file_is_one_doubt(tmp_path: Path) -> None:
    assert codes(tmp_path / "nowhere.txt") == ["missing-file"]
    assert codes(tmp_path / "no*where.txt") == ["missing-match"]
    assert codes(str(tmp_path / "zero\0byte.txt")) == ["unreadable-file"]


@pytest.mark.parametrize(
    ("error", "code"), [(PermissionError, "no-permission"), (OSError, "unreadable-file")]
)
def test_a_closed_file_is_one_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[OSError], code: str
) -> None:
    file = tmp_path / "closed.txt"
    file.write_text(TEXT)

    def refuse(*_: object, **__: object) -> None:
        raise error(5, "no")

    monkeypatch.setattr(Path, "open", refuse)
    assert codes(file) == [code]


def test_a_huge_text_is_refused_without_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    assert codes(file) == ["too-large"]


def test_a_huge_line_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.jsonl"
    good = b'{"text": "About 900 soldiers are still in the east of Syria."}\n'
    file.write_bytes(good + b'{"text": "' + b"a" * (REPORT_LIMIT * 2 + 5) + b'"}\n' + good)
    assert codes(file) == ["report", "too-large", "report"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "utf-32"])
def test_marked_encodings_need_no_note(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("The minister in Kyïv said that 900 soldiers are there.".encode(encoding))
    report = only(file)
    assert isinstance(report, Report)
    assert "Kyïv" in report.text


def test_a_guessed_encoding_is_read_and_told(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("“It is done”, the general said of the 900 soldiers.".encode("cp1252"))
    report, note = from_path(file)
    assert isinstance(report, Report)
    assert isinstance(note, Doubt)
    assert report.text.startswith("“It is done”")
    assert (note.code, note.report) == ("wrong-encoding", report.id)


def test_another_language_is_told_and_not_read(tmp_path: Path) -> None:
    file = tmp_path / "de.txt"
    file.write_text("Die Bundeswehr hat derzeit rund 1.100 Soldaten in Mali und will sie im Mai abziehen.")
    doubt = only(file)
    assert isinstance(doubt, Doubt)
    assert doubt.code == "unknown-language"
    assert "'de'" in doubt.message


def test_the_language_may_be_given_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text("900 troops Syria")
    assert [o.language for o in from_path(file, language="en-US") if isinstance(o, Report)] == ["en"]
    assert [o.code for o in from_path(file, language="tlh") if isinstance(o, Doubt)] == ["no-pack"]


def test_a_folder_gives_its_files_in_order_and_skips_the_rest(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("b.txt", "a.md", "below/c.txt", "d.png", ".hidden.txt"):
        (tmp_path / name).write_text(TEXT)
    names = [Path(o.name).name for o in from_path(tmp_path) if isinstance(o, Report)]
    assert names == ["a.md", "b.txt", "c.txt"]
    assert [Path(o.name).name for o in from_path(str(tmp_path / "*.txt")) if isinstance(o, Report)] == [
        "b.txt"
    ]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["empty-folder"]


def test_markdown_loses_its_marks_and_keeps_its_words(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(
        "---\ndate: 2020-09-09\npublisher: The Paper\n---\n# Fewer soldiers\n\n"
        "The **general** said that [about 900](http://x.org) of _them_ stay in `Syria`, 2*3.\n\n"
        "- so\n> it is\n"
    )
    report = only(file)
    assert isinstance(report, Report)
    assert report.text == "The general said that about 900 of them stay in Syria, 2*3.\n\nso\nit is"
    assert (report.title, report.publisher, report.published) == (
        "Fewer soldiers",
        "The Paper",
        date(2020, 9, 9),
    )


def test_a_page_gives_its_article_and_its_day(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(
        "<html><head><title>Fewer soldiers</title><meta property='article:published_time' "
        "content='2020-09-09T10:00:00Z'></head><body><nav><a href='/'>Home</a></nav><article>"
        f"<p>{TEXT}</p><p>They are to stay until the end of the month, she said.</p></article></body></html>"
    )
    report = only(file)
    assert isinstance(report, Report)
    assert "about 900 American soldiers" in report.text
    assert "Home" not in report.text
    assert report.published == date(2020, 9, 9)


@pytest.mark.parametrize(
    ("page", "code"),
    [("<div " * 300 + TEXT, "too-deep"), ("<td>" * 50_000 + TEXT, "too-tangled"), ("<b" * 9000, "too-deep")],
)
def test_a_page_that_would_lose_words_is_refused(tmp_path: Path, page: str, code: str) -> None:
    file = tmp_path / "a.html"
    file.write_text(page)
    assert codes(file) == [code]


@pytest.mark.parametrize("depth", [300, 5_000, 100_000])
def test_a_page_that_nests_too_deep_for_a_tree_is_read_word_by_word(tmp_path: Path, depth: int) -> None:
    file = tmp_path / "a.html"
    file.write_text(
        '<html><head><title>Fewer soldiers</title><meta name="date" content="2020-09-09"><body>'
        f"<p>Above them stands a line.<!-- and a <b>remark</b> --></p>{'<div><i>' * depth}<p>{TEXT}</p>"
        f"{'</i></div>' * depth}<script>if (a < b) c()</script><p>Some 300 others left Iraq.</p>"
    )
    report, note = list(from_path(file))
    assert isinstance(report, Report)
    assert report.text == f"Above them stands a line.\n{TEXT.strip()}\nSome 300 others left Iraq."
    assert (report.title, report.published) == ("Fewer soldiers", date(2020, 9, 9))
    assert isinstance(note, Doubt)
    assert (note.code, note.report) == ("deep", report.id)
    assert "more than 240 deep" in note.message


def test_open_paragraphs_do_not_count_as_depth(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<html><body><article>" + "".join(f"<p>On day {i}, {TEXT}" for i in range(400)))
    report = only(file)
    assert isinstance(report, Report)
    assert report.text.count("about 900") == 400


def test_every_message_names_a_cure() -> None:
    assert all(";" in words for words in CURES.values())
