"""Muster notation: a record is one line of JSON with sorted keys, and reading it back gives the same record.

A field that holds its default is left out, so that a line shows what was said and a record may grow fields.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

import msgspec

from musterbook.errors import BookError

T = TypeVar("T")
# Characters that break a line in some readers, or that UTF-8 or PostgreSQL cannot hold.
_AWKWARD = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write(record: object) -> str:
    """Any record of ``model.py``, or a tuple of them, as one line of text without a line end."""
    return write_plain(plain(record))


def write_plain(held: object) -> str:
    """JSON's own types as one line, the same for the same content, that any database and reader can hold."""
    line = json.dumps(held, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if _AWKWARD.search(line):
        return json.dumps(held, sort_keys=True, separators=(",", ":"))
    return line


def parse(line: str | bytes, kind: type[T]) -> T:
    """The record of that kind; BookError naming the beginning of a line that is none."""
    try:
        return msgspec.json.decode(line, type=kind)
    except (ValueError, msgspec.MsgspecError):
        return _parse_slowly(line, kind)


def _parse_slowly(line: str | bytes, kind: type[T]) -> T:
    """As ``parse``, through the standard library, which also takes halves of characters ("\\ud83d")."""
    try:
        return msgspec.convert(json.loads(line), kind)
    except (ValueError, msgspec.MsgspecError) as trouble:
        raise BookError(f"not a line of muster notation: {line[:60]!r} ({trouble})") from trouble


def plain(value: Any) -> Any:  # noqa: ANN401 -- records nest values of every kind
    """The value in JSON's own types, without fields that hold their default."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [plain(item) for item in value]
    if kind is datetime:
        return value.isoformat(timespec="microseconds")
    if kind is date:
        return value.isoformat()
    named = _fields(kind)  # type: ignore[arg-type] # types are hashable
    if named is None:
        return value
    held = {}
    for name, default in named:
        it = getattr(value, name)
        if it is not default and it != default:
            held[name] = it if type(it) in _PLAIN else plain(it)
    return held


_PLAIN = frozenset((str, int, float, bool, type(None)))


@cache
def _fields(kind: Any) -> tuple[tuple[str, object], ...] | None:  # noqa: ANN401 -- any type
    """The fields of a record type with their defaults, looked up once; None for what is no record."""
    return tuple((f.name, f.default) for f in fields(kind)) if is_dataclass(kind) else None
