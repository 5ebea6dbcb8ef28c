"""Elements of SVG as text: every word escaped, every number short, no style and no script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from musterbook.safe import on_one_line

XMLNS = "http://www.w3.org/2000/svg"
SPELLED = frozenset(("viewBox", "patternUnits", "preserveAspectRatio"))
Given = str | int | float | None


def tag(name: str, *children: str, **attributes: Given) -> str:
    """One element around markup; an attribute that is None is left out, ``class_`` is class, ``_`` is a hyphen."""
    held = "".join(
        f' {_name(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None
    )
    inside = "".join(children)
    return f"<{name}{held}>{inside}</{name}>" if inside else f"<{name}{held}/>"


def words(text: str) -> str:
    """Text as it may stand between tags: on one line, escaped, with control characters visible."""
    return escape(on_one_line(text), quote=True)


def titled(text: str) -> str:
    """What a pointer or a screen reader is told of an element."""
    return tag("title", words(text))


def text(x: float, y: float, told: str, **attributes: Given) -> str:
    """Words at a place."""
    return tag("text", words(told), x=x, y=y, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Given) -> str:
    """A straight line."""
    return tag("path", d=f"M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}", **attributes)


def rect(x: float, y: float, width: float, height: float, **attributes: Given) -> str:
    """A rectangle; one of no size is drawn as none."""
    return tag("rect", x=x, y=y, width=max(width, 0.0), height=max(height, 0.0), **attributes)


def group(children: Iterable[str], **attributes: Given) -> str:
    """Elements that share attributes; nothing where there are none."""
    inside = "".join(children)
    return tag("g", inside, **attributes) if inside else ""


def short(number: float) -> str:
    """A number with one decimal at most."""
    return f"{number + 0.0:.1f}".removesuffix(".0") if abs(number) >= 0.05 else "0"


def _name(key: str) -> str:
    """The attribute's own name; those with capitals are spelled by the caller."""
    return key if key in SPELLED else key.rstrip("_").replace("_", "-")


def _value(value: str | int | float) -> str:
    return words(value) if isinstance(value, str) else short(value)
