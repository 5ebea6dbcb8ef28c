"""A mail is its text under its subject; what is attached is read as if it had come alone."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from musterbook.intake import Given, from_bytes
from musterbook.intake.content import kind_by_content
from musterbook.model import Doubt, Report
from papers import MORE, TOLD, mail, page, pdf

NINTH = date(2020, 9, 9)


def read(message: EmailMessage | bytes) -> list[Report | Doubt]:
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return list(from_bytes(raw, "m.eml", Given(), "message/rfc822"))


def codes(message: EmailMessage | bytes) -> list[str]:
    return [one.code if isinstance(one, Doubt) else "report" for one in read(message)]


def test_subject_sender_and_day_are_those_of_the_mail() -> None:
    (report,) = read(mail(subject="Fewer soldiers in Šumava"))
    assert isinstance(report, Report)
    assert (report.text, report.title, report.publisher) == (TOLD, "Fewer soldiers in Šumava", "Press Office")
    assert (report.published, report.published_reason) == (NINTH, "the mail's own date")


def test_of_two_forms_the_plain_one_is_read() -> None:
    (report,) = read(mail(html=f"<p>{TOLD}</p><p>Read this mail on our site.</p>"))
    assert isinstance(report, Report)
    assert report.text == TOLD


def test_a_mail_that_is_only_a_page_gives_the_words_its_reader_sees() -> None:
    (report,) = read(
        mail(text="", html=f"<style>p{{}}</style><table><tr><td>{TOLD}</td></tr></table><p>{MORE}</p>")
    )
    assert isinstance(report, Report)
    assert report.text == f"{TOLD}\n{MORE}"


def test_quoted_words_stay_with_their_mark() -> None:
    (report,) = read(mail(f"{MORE}\n\n> {TOLD}\n"))
    assert isinstance(report, Report)
    assert f"> {TOLD}" in report.text


def test_attachments_are_reports_with_the_mails_day() -> None:
    message = mail()
    message.add_attachment(pdf([(MORE,)]), maintype="application", subtype="pdf", filename="paper.pdf")
    message.add_attachment(f"{MORE}\n", filename="note.txt")
    own = page('<meta name="date" content="2020-09-01">')
    message.add_attachment(own, maintype="text", subtype="html", filename="page.html")
    reports = [one for one in read(message) if isinstance(one, Report)]
    assert [one.name for one in reports] == [
        "m.eml",
        "m.eml: paper.pdf",
        "m.eml: note.txt",
        "m.eml: page.html",
    ]
    assert [one.published for one in reports] == [NINTH, NINTH, NINTH, date(2020, 9, 1)]
    assert reports[1].published_reason == "the day of the mail that it came with"


def test_notes_follow_a_report_that_got_its_day_from_the_mail() -> None:
    message = mail()
    raw = "“It is done”, the general said of the 900 soldiers.".encode("cp1252")
    message.add_attachment(raw, maintype="application", subtype="octet-stream", filename="old.txt")
    _, report, note = read(message)
    assert isinstance(report, Report)
    assert isinstance(note, Doubt)
    assert (note.code, note.report) == ("wrong-encoding", report.id)


def test_what_we_do_not_read_is_told_and_pictures_are_no_documents() -> None:
    message = mail()
    message.add_attachment(b"PK\x03\x04" * 9, maintype="application", subtype="zip", filename="all.zip")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    assert codes(message) == ["report", "unsupported-type"]


def test_a_forwarded_mail_is_a_report_of_its_own() -> None:
    outer = mail(MORE, date="Thu, 10 Sep 2020 10:00:00 +0200")
    outer.add_attachment(mail(subject="The first"))
    found = [one for one in read(outer) if isinstance(one, Report)]
    assert [(one.title, one.published) for one in found] == [
        ("Fewer soldiers", date(2020, 9, 10)),
        ("The first", NINTH),
    ]


def test_mails_within_mails_without_end_are_refused() -> None:
    message = mail()
    for _ in range(12):
        outer = mail("")
        outer.add_attachment(message)
        message = outer
    assert codes(message) == ["too-deep"]


def test_parts_within_parts_without_end_are_refused() -> None:
    assert codes(nested(3_000)) == ["too-many-parts"]


def test_words_deep_within_parts_are_found() -> None:
    (report,) = read(nested(300))
    assert isinstance(report, Report)
    assert TOLD in report.text


def nested(depth: int) -> bytes:
    """A mail of parts within parts."""
    head = b"From: a@b.example\nDate: Wed, 09 Sep 2020 10:00:00 GMT\n"
    parts = (b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(depth))
    return head + b"".join(parts) + b"\n" + TOLD.encode()


def test_ten_thousand_parts_are_refused() -> None:
    part = b"--x\nContent-Type: text/plain\n\nhello\n"
    head = b'From: a@b.example\nContent-Type: multipart/mixed; boundary="x"\n\n'
    assert codes(head + part * 10_000 + b"--x--\n") == ["too-many-parts"]


def test_a_mail_without_a_body_is_told() -> None:
    assert codes(b"From: a@b.example\nTo: c@d.example\nSubject: nothing\n\n") == ["no-text"]


def test_a_day_that_is_none_is_told() -> None:
    assert codes(mail().as_bytes().replace(b"Wed, 09 Sep 2020", b"someday soon")) == ["report", "bad-date"]


@pytest.mark.parametrize(
    "broken",
    [
        b"Subject: =?utf-8?b?!!!?= =?klingon?q?x?=\n",
        b"Subject: " + b"=?utf-8?q?a?= " * 5_000 + b"\n",
        b"From: " + b'"' * 40_000 + b"\n",
        b"Content-Type: text/plain; charset=klingon\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Type: multipart/mixed\n",
    ],
)
def test_broken_headers_end_in_an_outcome(broken: bytes) -> None:
    raw = b"From: a@b.example\nDate: Wed, 09 Sep 2020 10:00:00 GMT\n" + broken + b"\n" + TOLD.encode()
    assert len(codes(raw)) >= 1


def test_a_mailbox_gives_every_mail() -> None:
    one = (
        b"From a@b.example Wed Sep  9 10:00:00 2020\n"
        + mail(f"{TOLD}\n\nFrom now on it is quiet.").as_bytes()
        + b"\n"
    )
    found = list(from_bytes(one * 3, "box", Given(), "application/mbox"))
    assert [type(report) for report in found] == [Report] * 3
    assert kind_by_content(one) == "mails"
    assert [report.name for report in found if isinstance(report, Report)][2] == "box, mail 3"
