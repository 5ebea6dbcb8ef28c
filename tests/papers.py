"""Small documents of every kind for tests: pages, PDFs, mails and feeds with our own sentences."""

from __future__ import annotations

import io
from collections.abc import Sequence
from email.message import EmailMessage

from pypdf import PdfReader, PdfWriter

TOLD = "The general said on Tuesday that about 900 American soldiers are still in the east of Syria."
MORE = "They are to stay until the end of the month, she said, and their families have been told so."


def page(head: str = "", above: str = "", text: str = f"<p>{TOLD}</p><p>{MORE}</p>") -> bytes:
    """A page with one article; ``above`` stands between headline and text."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Fewer soldiers</title>{head}</head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Fewer soldiers</h1>{above}{text}</article></body></html>"
    ).encode()


def pdf(pages: Sequence[Sequence[str]], facts: dict[str, str] | None = None, password: str = "") -> bytes:
    """A PDF of these lines, page by page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_plain_pdf(pages))))
    if facts:
        writer.add_metadata(facts)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def _plain_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    """The objects as a file with its table of places."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for n, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{n} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def mail(text: str = TOLD, html: str = "", subject: str = "Fewer soldiers", date: str = "") -> EmailMessage:
    """A mail from a press office."""
    message = EmailMessage()
    message["From"] = "Press Office <press@ministry.example>"
    message["To"] = "desk@paper.example"
    message["Subject"] = subject
    message["Date"] = date or "Wed, 09 Sep 2020 10:00:00 +0200"
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message


def rss(*items: str, head: str = "", title: str = "The Paper") -> bytes:
    """An RSS feed of these items."""
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://paper.example/</link>{inner}</channel></rss>"
    ).encode()
