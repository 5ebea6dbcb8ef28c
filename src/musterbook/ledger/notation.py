"""Muster notation: a record is one line of JSON with sorted keys, and reading it back gives the same record.

A field that holds its default is left out, so that a line shows what was said and a record may grow fields.
"""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

import msgspec

from musterbook.errors import BookError
from musterbook.model import Entry

T = TypeVar("T")
# Characters that break a line in some readers, or that UTF-8 or PostgreSQL cannot hold.
_AWKWARD = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write(entry: Entry) -> str:
    """The entry as one line of text without a line end."""
    return write_record(entry)


def parse(line: str) -> Entry:
    """The entry that the line stands for; BookError when it is none."""
    return parse_record(line, Entry)


def write_record(record: object) -> str:
    """Any record of ``model.py``, or a tuple of them, as one line."""
    plain = _plain(record)
    line = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if _AWKWARD.search(line):
        return json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return line


def parse_record(line: str, kind: type[T]) -> T:
    """The record of that kind; BookError naming the beginning of a line that is none."""
    try:
        return msgspec.convert(json.loads(line), kind)
    except (ValueError, msgspec.ValidationError) as trouble:
        raise BookError(f"not a line of muster notation: {line[:60]!r} ({trouble})") from trouble


def _plain(value: Any) -> Any:  # noqa: ANN401 -- records nest values of every kind
    """The value in JSON's own types, without fields that hold their default."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not is_dataclass(value):
        return value
    held = ((field, getattr(value, field.name)) for field in _fields(type(value)))  # type: ignore[arg-type] # types are hashable
    return {field.name: _plain(it) for field, it in held if field.default is MISSING or it != field.default}


@cache
def _fields(kind: Any) -> tuple[Field[Any], ...]:  # noqa: ANN401 -- any record type
    """The fields of a record type, looked up once."""
    return fields(kind)
