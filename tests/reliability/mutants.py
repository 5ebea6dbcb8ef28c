"""Documents of every format, damaged in the ways that documents are damaged, by chance and by intent."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from random import Random

import archived
import papers

NUMBER = re.compile(rb"\d{1,10}")
LENGTHS = (0, 1, -1, 255, 65_536, 2**31 - 1, 2**32, 10**18)
NESTS = (
    (b"<div>", b"</div>"),
    (b"<table><tr><td>", b""),
    (b"[", b"]"),
    (b'{"a":', b"}"),
    (b"(", b")"),
    (b"<<", b">>"),
    (b"> ", b""),
    (b"<item>", b"</item>"),
)
MOST = 60_000  # bytes that a mutant grows to; what is large on purpose is in bombs.py


def seeds() -> dict[str, tuple[bytes, ...]]:
    """Sound documents by the ending of their file."""
    long = " ".join([papers.TOLD, papers.MORE] * 6)
    item = f"<title>Fewer soldiers</title><link>https://a.example/1</link><description>{long}</description>"
    mail = papers.mail(long, html=f"<p>{long}</p>")
    mail.add_attachment(papers.pdf([(papers.TOLD,)]), maintype="application", subtype="pdf", filename="a.pdf")
    lines = [json.dumps({"text": long, "published": "2020-09-09", "id": n}) for n in range(3)]
    pages = archived.members(archived.pages(5, 2))
    return {
        ".txt": (long.encode(), long.encode("utf-16"), f"June 9, 2020\n\n{long}\n".encode()),
        ".md": (
            f"---\ndate: 2020-09-09\n---\n# News\n\n{long} **bold** [link](https://a.example)\n".encode(),
        ),
        ".html": (
            papers.page('<meta name="date" content="2020-09-01">'),
            archived.pages(1)[0],
            papers.page(text=f"<p>{long}</p>" * 9),
        ),
        ".jsonl": ("\n".join(lines).encode(), b"\n".join(line.encode() for line in lines[:1])),
        ".xml": (papers.rss(item, item), papers.rss(item).replace(b"rss", b"feed")),
        ".pdf": (
            papers.pdf([(papers.TOLD, papers.MORE)] * 3),
            papers.pdf([(papers.TOLD,)], {"/Title": "News"}),
        ),
        ".eml": (mail.as_bytes(), papers.mail(long).as_bytes()),
        ".csv": (f'title,text,published\nNews,"{long}",2020-09-09\nMore,"{long}",\n'.encode(),),
        ".warc": (b"".join(pages),),
        ".warc.gz": (b"".join(archived.packed(pages)),),
        ".txt.gz": (gzip.compress(long.encode(), mtime=0),),
    }


def mutant(raw: bytes, luck: Random, others: tuple[bytes, ...]) -> bytes:
    """The document after one to four accidents."""
    for _ in range(luck.randint(1, 4)):
        raw = luck.choice(ACCIDENTS)(raw, luck, others)[:MOST]
    return raw


def _at(raw: bytes, luck: Random) -> int:
    return luck.randrange(len(raw) + 1)


def _flipped(raw: bytes, luck: Random, _: tuple[bytes, ...]) -> bytes:
    """Some bits are turned over."""
    held = bytearray(raw)
    for _n in range(luck.randint(1, 12) if held else 0):
        held[luck.randrange(len(held))] ^= 1 << luck.randrange(8)
    return bytes(held)


def _cut(raw: bytes, luck: Random, _: tuple[bytes, ...]) -> bytes:
    """The end, or the beginning, is missing."""
    at = _at(raw, luck)
    return raw[:at] if luck.random() < 0.7 else raw[at:]


def _without(raw: bytes, luck: Random, _: tuple[bytes, ...]) -> bytes:
    """A piece is missing."""
    at = _at(raw, luck)
    return raw[:at] + raw[at + luck.randint(1, 400) :]


def _spliced(raw: bytes, luck: Random, others: tuple[bytes, ...]) -> bytes:
    """The beginning of this, the end of another, whatever it is."""
    other = luck.choice(others)
    return raw[: _at(raw, luck)] + other[_at(other, luck) :]


def _repeated(raw: bytes, luck: Random, _: tuple[bytes, ...]) -> bytes:
    """A piece stands there again and again."""
    at = _at(raw, luck)
    piece = raw[at : at + luck.choice((1, 4, 30, 400))]
    return raw[:at] + piece * luck.choice((2, 20, 200)) + raw[at:]


def _nested(raw: bytes, luck: Random, _: tuple[bytes, ...]) -> bytes:
    """A piece is wrapped, layer on layer."""
    first, last = luck.choice(NESTS)
    at, many = _at(raw, luck), luck.choice((3, 30, 100, 300))
    end = min(len(raw), at + luck.randint(1, 300))
    return raw[:at] + first * many + raw[at:end] + last * many + raw[end:]


def _numbered(raw: bytes, luck: Random, _: tuple[bytes, ...]) -> bytes:
    """A length, a place or a count is another."""
    found = list(NUMBER.finditer(raw))
    if not found:
        return raw
    one = luck.choice(found)
    return raw[: one.start()] + str(luck.choice(LENGTHS)).encode() + raw[one.end() :]


def _strewn(raw: bytes, luck: Random, _: tuple[bytes, ...]) -> bytes:
    """Strange bytes where none belong."""
    at = _at(raw, luck)
    strange = luck.choice(
        (b"\0" * 40, b"\xff\xfe", b"\xed\xa0\x80", "\u202e\u2028\u0000".encode(), luck.randbytes(60))
    )
    return raw[:at] + strange + raw[at:]


ACCIDENTS: tuple[Callable[[bytes, Random, tuple[bytes, ...]], bytes], ...] = (
    _flipped,
    _cut,
    _without,
    _spliced,
    _repeated,
    _nested,
    _numbered,
    _strewn,
)
