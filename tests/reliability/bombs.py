"""Small inputs that ask for a large bill: sixty of them and more, each as its file would lie there."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Iterator

import brotli

import archived
import papers

Bombs = Iterator[tuple[str, bytes]]
MANY = 100_000


def bombs() -> Bombs:
    """Every bomb under the name of its file."""
    for makers in MAKERS:
        yield from makers()


def _pages() -> Bombs:
    def held(inner: bytes, head: bytes = b"") -> bytes:
        return b"<!DOCTYPE html><html><head>" + head + b"</head><body>" + inner + b"</body></html>"

    text = papers.TOLD.encode()
    for depth in (300, 5_000, MANY):
        yield f"deep-{depth}.html", held(b"<div>" * depth + text + b"</div>" * depth)
    yield "deep-spans.html", held(b"<span><b><i>" * 30_000 + text)
    yield "deep-below-the-limit.html", held((b"<div>" * 200 + text + b"</div>" * 200) * 90)
    yield "cells.html", held(b"<table><tr>" + b"<td>a" * MANY)
    yield "cells-below-the-limit.html", held(b"<table><tr>" + b"<td>a b c" * 39_000)
    yield "rows.html", held(b"<table>" + b"<tr><td>1<td>2" * 12_000)
    yield "tables.html", held(b"<table><tr><td>" * 200 + text)
    yield (
        "colspan.html",
        held(b'<table><tr><td colspan="9007199254740991" rowspan="9007199254740991">a</table>'),
    )
    yield "attributes.html", held(b"<p " + b" ".join(b"a%d=1" % n for n in range(MANY)) + b">" + text)
    yield "one-attribute.html", held(b'<p title="' + b"a" * 4_000_000 + b'">' + text)
    yield "open-attribute.html", held(b'<p title="' + b"<p>" * MANY)
    yield "links.html", held(b"<a href=x>y</a> " * 19_000)
    yield "items.html", held(b"<ul>" + b"<li>x" * 39_000)
    yield "breaks.html", held(b"x<br>" * 39_000)
    yield "comments.html", held(b"<!-- " * MANY + text)
    yield "scripts.html", held(b"<script>" * MANY + text)
    yield "entities.html", held(b"<p>" + b"&amp;&#x41;&nosuch;" * 200_000)
    yield "numbers.html", held(b"<p>" + b"&#999999999999;" * MANY)
    yield (
        "declared.html",
        b"<?xml version='1.0'?><!DOCTYPE html [" + _laughs() + b"]><html><body>&l9;</body></html>",
    )
    yield "metas.html", held(text, b'<meta name="date" content="2020-09-09">' * 18_000)
    yield "data.html", held(text, b'<script type="application/ld+json">' + b"[" * MANY + b"</script>")
    wide = json.dumps([{"@type": "NewsArticle", "articleBody": "a"}] * 40_000).encode()
    yield "wide-data.html", held(text, b'<script type="application/ld+json">' + wide + b"</script>")
    yield "dates.html", held(b"<p>2020-09-09 June 9, 2020 </p>" * 15_000)
    yield "one-word.html", held(b"<p>" + b"a" * 4_900_000)
    yield "one-line.html", held(b"<p>" + text.replace(b".", b"") * 40_000)
    yield "angles.html", b"<" * 4_900_000
    yield "svg.html", held(b"<svg><g>" * 15_000)
    yield "frames.html", held(b"<select><option>" * 18_000)
    yield "templates.html", held(b"<template>" * 15_000 + text)
    yield "headings.html", held(b"<h1>Fewer soldiers</h1>" * 15_000)


def _laughs() -> bytes:
    first = b'<!ENTITY l0 "lol">'
    return first + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))


def _feeds() -> Bombs:
    item = f"<title>a</title><description>{papers.TOLD}</description>"
    yield "laughs.xml", papers.rss("<title>&l9;</title>", head=f"<!DOCTYPE rss [{_laughs().decode()}]>")
    yield "outside.xml", papers.rss(item, head='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    yield "endless.xml", papers.rss(*[item] * 60_000)[:-40]
    yield "deep.xml", papers.rss("<item>" * 50_000)
    yield "authors.xml", papers.rss(f"{item}<author>{'a@' * 31_000}</author>")
    yield "markup.xml", papers.rss(f"<description>{'&lt;div&gt;' * MANY}{papers.TOLD}</description>")
    yield "cdata.xml", papers.rss(f"<description><![CDATA[{'<td>a' * MANY}]]></description>")
    yield "prefixes.xml", papers.rss(" ".join(f'<a xmlns:p{n}="x"/>' for n in range(50_000)))


def _papers() -> Bombs:
    def stream(packed: bytes, filters: str = "/FlateDecode") -> bytes:
        content = b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (
            len(packed),
            filters.encode(),
            packed,
        )
        page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9]"
        font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        pages = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
        return _pdf([*pages, page + b" /Resources << /Font << /F1 5 0 R >> >> >>", content, font])

    yield "flate.pdf", stream(zlib.compress(b"\0" * 300_000_000, 9))
    twice = zlib.compress(zlib.compress(b"(a) Tj " * 20_000_000, 9), 9)
    yield "flate-twice.pdf", stream(twice, "[/FlateDecode /FlateDecode]")
    yield "words.pdf", stream(zlib.compress(b"BT /F1 9 Tf " + b"(a) Tj " * 2_000_000 + b"ET", 9))
    yield "nested.pdf", stream(zlib.compress(b"q " * 2_000_000, 9))
    yield "hex.pdf", stream(b"41" * 4_000_000 + b">", "/ASCIIHexDecode")
    yield "arrays.pdf", stream(zlib.compress(b"[" * 500_000, 9))
    yield (
        "circle.pdf",
        _pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]),
    )
    kids = b" ".join(b"3 0 R" for _ in range(MANY))
    same = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [" + kids + b"] /Count 100000 >>"]
    yield "pages.pdf", _pdf([*same, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"])
    yield "objects.pdf", _pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *[b"<< >>"] * 50_000])
    yield "deep.pdf", _pdf([b"<< /Type /Catalog /Pages " + b"[" * 50_000 + b"]" * 50_000 + b" >>"])
    yield "earlier.pdf", papers.pdf([(papers.TOLD,)]).replace(b"trailer\n<<", b"trailer\n<< /Prev 9")
    yield "no-table.pdf", b"%PDF-1.4\n" + b"1 0 obj\n" * 200_000


def _pdf(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for n, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, one)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )


def _mails() -> Bombs:
    head = b"From: a@b.example\nTo: c@d.example\nDate: Wed, 09 Sep 2020 10:00:00 +0200\nSubject: a\nMIME-Version: 1.0\n"
    part = b"--x\nContent-Type: text/plain\n\na\n"
    mixed = head + b'Content-Type: multipart/mixed; boundary="x"\n\n'
    yield "parts.eml", mixed + part * MANY
    yield (
        "parts-below-the-limit.eml",
        mixed + (part * 490).replace(b"\na\n", b"\n" + b"soldiers " * 900 + b"\n"),
    )
    yield "headers.eml", head + b"".join(b"X-A%d: b\n" % n for n in range(MANY)) + b"\na"
    yield "one-header.eml", head + b"X-A: " + b"a " * 2_000_000 + b"\n\na"
    yield "encoded-words.eml", head + b"Subject: " + b"=?utf-8?q?a?= " * MANY + b"\n\na"
    inner = b"a"
    for _ in range(400):
        inner = b"Content-Type: message/rfc822\n\n" + inner
    yield "mails-in-mails.eml", head + inner
    nest = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(400))
    yield "multiparts.eml", head + nest
    zipped = base64.encodebytes(gzip.compress(b"a" * 300_000_000, 9))
    named = b"--x\nContent-Type: application/gzip\nContent-Transfer-Encoding: base64\n"
    carried = b'Content-Disposition: attachment; filename="a.txt.gz"\n\n'
    yield "packed.eml", mixed + named + carried + zipped + b"--x--\n"
    yield "date.eml", head.replace(b"2020", b"9" * 50_000) + b"\na"
    yield "box.mbox", (b"From a@b Wed Sep  9 10:00:00 2020\n" + head + b"\na\n\n") * 500


def _texts() -> Bombs:
    yield "deep.json", b"[" * 4_000_000
    yield "deep.jsonl", b'{"text": "a", "b": ' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}"
    yield "long.jsonl", b'{"text": "' + b"a" * 12_000_000 + b'"}'
    yield "keys.json", json.dumps({f"k{n}": n for n in range(MANY)}).encode()
    yield "columns.csv", b"text," + b"a," * 1_000_000 + b"\n" + b"b," * 1_000_000
    yield "quotes.csv", b'text,day\n"' + b"a" * 4_900_000
    yield "rows.csv", b"text,day\n" + b"a,b\n" * 20_000
    yield "words.txt", (papers.TOLD + " ").encode() * 50_000
    yield "digits.txt", b"9" * 900_000
    yield "blanks.txt", b" " * 4_000_000 + b"900 troops"
    yield "marks.md", b"[a](" + b"b" * 2_000_000 + b"\n***" + b" " * 1_000_000 + b"x\n" + b"[" * 1_000_000
    yield "bidi.txt", "\u202e\u0301\u200b".encode() * 150_000


def _packed() -> Bombs:
    yield "zeros.txt.gz", gzip.compress(b"\0" * 1_000_000_000, 9)
    yield "members.txt.gz", gzip.compress(b"a" * 20_000_000, 9) * 20
    yield "twice.txt.gz", gzip.compress(gzip.compress(b"a" * 300_000_000, 9), 9)
    yield "page.html.gz", gzip.compress(b"<td>a" * 10_000_000, 9)


def _archives() -> Bombs:
    def member(body: bytes, packing: str) -> bytes:
        return b"".join(archived.members([body], kind=f"text/html\r\nContent-Encoding: {packing}"))

    good = archived.members(archived.pages(1))
    zeros = b"<html>" + b"a" * 400_000_000
    yield "gzip-in-it.warc.gz", b"".join(archived.packed([member(gzip.compress(zeros, 9), "gzip"), *good]))
    yield (
        "brotli-in-it.warc.gz",
        b"".join(archived.packed([member(brotli.compress(zeros, quality=5), "br"), *good])),
    )
    yield "record.warc.gz", b"".join(archived.packed([*archived.members([zeros]), *good]))
    layers = member(gzip.compress(gzip.compress(zeros[:50_000_000], 9), 9), "gzip, gzip")
    yield "layers.warc.gz", b"".join(archived.packed([layers, *good]))
    cells = archived.members([b"<html><body><table><tr>" + b"<td>900 troops" * 39_000])
    yield "cells.warc.gz", b"".join(archived.packed([*cells, *good]))
    deep = archived.members([b"<html><body>900 troops" + b"<div>" * 5_900 + b"900 troops"])
    yield "deep.warc.gz", b"".join(archived.packed([*deep, *good]))
    yield (
        "headers.warc",
        good[0].replace(b"WARC-Date", b"".join(b"X-%d: a\r\n" % n for n in range(MANY)) + b"WARC-Date"),
    )


MAKERS: tuple[Callable[[], Bombs], ...] = (_pages, _feeds, _papers, _mails, _texts, _packed, _archives)
