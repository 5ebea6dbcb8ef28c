"""A JSON file is a feed (JSON Feed), one document, or a list of documents with the fields of JSON lines."""

from __future__ import annotations

import json
from typing import Any

from musterbook.intake.arrival import Outcomes, decoded, notes_on
from musterbook.intake.feeds import SUMMARY, Entry, Feed, told_by
from musterbook.intake.fragments import words_of
from musterbook.intake.given import Given
from musterbook.intake.limits import ENTRIES
from musterbook.intake.lines import line_of
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt

FEED = "jsonfeed.org/version"


def read_json(raw: bytes, source: str, given: Given) -> Outcomes:
    """The reports of a JSON file."""
    found = decoded(raw, source, given.charset)
    if isinstance(found, Doubt):
        yield found
        return
    try:
        held: object = json.loads(found.text)
    except (ValueError, RecursionError) as broken:
        yield trouble("bad-json", source, str(broken)[:80])
        return
    if isinstance(held, dict) and FEED in str(held.get("version", "")):
        yield from told_by(_feed(held), source, given, notes_on(found))
    else:
        yield from _documents(held, source, given)


def _documents(held: object, source: str, given: Given) -> Outcomes:
    if isinstance(held, dict):
        yield from line_of(json.dumps(held).encode(), source, given).outcomes
    elif isinstance(held, list) and held:
        for number, one in enumerate(held, start=1):
            yield from line_of(json.dumps(one).encode(), f"{source}, document {number}", given).outcomes
    else:
        yield trouble("bad-json", source, "it holds no document")


def _feed(held: dict[str, Any]) -> Feed:
    items = held.get("items")
    listed = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    feed = Feed(
        _words(held, "title"), _words(held, "home_page_url"), [_entry(one) for one in listed[:ENTRIES]]
    )
    if len(listed) > ENTRIES:
        feed.trouble = ("too-many-parts", f"{ENTRIES:,} entries")
    return feed


def _entry(item: dict[str, Any]) -> Entry:
    full = _words(item, "content_text") or words_of(_words(item, "content_html"))
    authors = item.get("authors") or [item.get("author")]
    names = (
        [_words(one, "name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    )
    text = full or _words(item, "summary")
    return Entry(
        text,
        _words(item, "title"),
        _words(item, "url") or _words(item, "external_url"),
        _words(item, "date_published"),
        _words(item, "date_modified"),
        ", ".join(filter(None, names)),
        "",
        bool(full) or len(text.split()) >= SUMMARY,
    )


def _words(held: dict[str, Any], name: str) -> str:
    found = held.get(name)
    return found.strip() if isinstance(found, str) else ""
