"""A mail is its text under its subject, from its sender, on its day; what is attached and we can read is read too.

Headers are taken as they are written and decoded one by one: the newer way of Python's own parser takes minutes over
some of them. Words that the sender quotes keep their ">" and stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import TYPE_CHECKING

from musterbook.intake.arrival import Note, Outcomes, Parse, arrive, decoded, notes_on
from musterbook.intake.days import parse_day
from musterbook.intake.decode import Decoded
from musterbook.intake.fragments import words_of
from musterbook.intake.given import Given
from musterbook.intake.limits import MAIL_LIMIT, MAILS_DEEP, PARTS, REPORT_LIMIT
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report

if TYPE_CHECKING:
    from musterbook.intake.lines import Readable

HEADER_LIMIT = 1_000  # signs of a header that are looked at
PART_MARK = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
BOUNDARY = re.compile(rb"^From [^\n]*\d{4}[^\n]*\n\Z")
CARRIED = "the day of the mail that it came with"
UNREAD = (
    "image/",
    "audio/",
    "video/",
    "application/pgp-",
    "application/pkcs7",
    "text/calendar",
    "text/x-vcard",
)


def read_mail(raw: bytes, source: str, given: Given) -> Outcomes:
    """A mail is one report, and one for each attachment that we can read."""
    if len(PART_MARK.findall(raw)) > PARTS:
        yield trouble("too-many-parts", source, f"{PARTS} parts")
        return
    try:
        message = message_from_bytes(raw)
        yield from list(_mail(message, source, given, 0))
    except RecursionError:
        yield trouble("too-deep", source, str(MAILS_DEEP))


def read_mails(stream: Readable, source: str, given: Given, parse: Parse | None = None) -> Outcomes:
    """Every mail of a mailbox (mbox), one after the other; memory stays at one mail."""
    for number, raw in enumerate(_parted(stream), start=1):
        at = f"{source}, mail {number}"
        if len(raw) > MAIL_LIMIT:
            yield trouble("too-large", at, f"{MAIL_LIMIT // 1_000_000} MB")
        else:
            yield from parse(raw, "mail", at, given) if parse else read_mail(raw, at, given)


def _parted(stream: Readable) -> Iterator[bytes]:
    """The mails of a mailbox; of one that is too large only a little more than we read."""
    held: list[bytes] = []
    size, was_blank, begun = 0, True, False
    while line := stream.readline(REPORT_LIMIT):
        if was_blank and BOUNDARY.match(line):
            if begun:
                yield b"".join(held)
            held, size, begun = [], 0, True
            continue
        if size <= MAIL_LIMIT:
            held.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
            size += len(line)
        was_blank = not line.strip()
    if held:
        yield b"".join(held)


def _mail(message: Message, source: str, given: Given, depth: int) -> Outcomes:
    """The mail's own text, then what is attached to it."""
    if depth > MAILS_DEEP:
        yield trouble("too-deep", source, str(MAILS_DEEP))
        return
    own: list[Message] = []
    attached: list[Message] = []
    _sort(message, own, attached)
    day = given.published or parse_day(_header(message, "Date"))
    yield from _told(message, own, source, given, not attached)
    for number, part in enumerate(attached, start=1):
        name = _decoded(part.get_filename() or "") or f"part {number}"
        yield from _attachment(part, f"{source}: {name}", replace(given, published=None), day, depth)


def _sort(part: Message, own: list[Message], attached: list[Message]) -> None:
    """The parts that are the mail's text, and those that are documents of their own."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        attached.append(part)
    elif kind == "multipart/alternative":
        own.extend(_plainest(part))
    elif part.is_multipart():
        for one in _children(part):
            _sort(one, own, attached)
    elif part.get_content_disposition() == "attachment" or part.get_filename():
        attached.append(part)
    elif kind in ("text/plain", "text/html"):
        own.append(part)
    elif not kind.startswith(UNREAD):
        attached.append(part)


def _children(part: Message) -> list[Message]:
    held = part.get_payload()
    return [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []


def _plainest(part: Message) -> list[Message]:
    """Of several forms of one text the plain one, else the page."""
    forms = [one for one in part.walk() if not one.is_multipart()]
    for kind in ("text/plain", "text/html"):
        fitting = [one for one in forms if one.get_content_type() == kind and _raw(one).strip()]
        if fitting:
            return fitting[:1]
    return []


def _told(message: Message, own: list[Message], source: str, given: Given, is_alone: bool) -> Outcomes:
    """The report of the mail's text; a mail that only carries something else is none."""
    found = [_text(part, source) for part in own]
    text = "\n\n".join(one.text.strip() for one in found if isinstance(one, Decoded) and one.text.strip())
    if not text:
        broken = next((one for one in found if isinstance(one, Doubt)), None)
        if is_alone or broken:
            yield broken or trouble("no-text", source, " (a mail without words)")
        return
    name, address = parseaddr(_header(message, "From"))
    words = _header(message, "Date")
    day = given.published or parse_day(words)
    report = Report(
        text,
        title=_header(message, "Subject"),
        publisher=name or address.rpartition("@")[2],
        published=day,
        published_reason="" if given.published or day is None else "the mail's own date",
        name=source,
    )
    unread: tuple[Note, ...] = (("bad-date", repr(words[:40])),) if words and day is None else ()
    guessed = tuple(note for one in found if isinstance(one, Decoded) for note in notes_on(one))
    yield from arrive(report, given, *guessed[:1], *unread)


def _text(part: Message, source: str) -> Decoded | Doubt:
    """The words of a part; of a page, those that its reader sees."""
    raw = _raw(part)
    if not raw.strip():
        return Decoded()
    found = decoded(raw, source, part.get_content_charset() or "")
    if isinstance(found, Decoded) and part.get_content_type() == "text/html":
        return replace(found, text=words_of(found.text))
    return found


def _raw(part: Message) -> bytes:
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _attachment(part: Message, source: str, given: Given, day: date | None, depth: int) -> Outcomes:
    """What an attachment holds; a day that it does not give is that of its mail."""
    if part.get_content_type() == "message/rfc822":
        for inner in _children(part):
            yield from _mail(inner, source, given, depth + 1)
        return
    from musterbook.intake.kinds import kind_of, report_of  # which reads mails by this module

    raw, kind = _raw(part), part.get_content_type()
    told = kind_of(_decoded(part.get_filename() or ""), kind, raw)
    if told and told not in ("archive", "mails"):
        yield from _dated(report_of(raw, told, source, given), day)
    elif not kind.startswith(UNREAD):
        yield trouble("unsupported-type", source, kind)


def _dated(outcomes: Outcomes, day: date | None) -> Outcomes:
    """The outcomes, with the mail's day for a report that gives none, which its notes follow."""
    report: Report | None = None
    for one in outcomes:
        if isinstance(one, Report):
            report = (
                one if one.published or day is None else replace(one, published=day, published_reason=CARRIED)
            )
            was = one.id
            yield report
        else:
            yield replace(one, report=report.id) if report and one.report == was else one


def _header(message: Message, name: str) -> str:
    return _decoded(str(message.get(name, "")))


def _decoded(words: str) -> str:
    """A header's words, whatever way they were packed for the journey; as written where they cannot be unpacked."""
    short = words[:HEADER_LIMIT]
    try:
        plain = str(make_header(decode_header(short)))
    except (HeaderParseError, LookupError, ValueError):
        plain = short
    return " ".join(plain.split())
