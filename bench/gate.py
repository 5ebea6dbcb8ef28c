"""What the gate loses: of the statements that reading finds in the labelled texts, the share on pages it lets pass.

usage: python bench/gate.py

Each English text of ../shared stands on a page of its own, in 16 encodings and under 11 disguises. Other languages have
no pack yet, so nothing is read in them and nothing can be lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

import texts
from musterbook.intake.gate import Gate
from musterbook.model import Report
from musterbook.reading.reader import read

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "windows-1252",
    "iso-8859-15",
    "windows-1251",
    "koi8-r",
    "windows-1256",
    "iso-8859-6",
    "gb18030",
    "shift_jis",
    "euc-kr",
    "cp037",
)
WORD = re.compile(r"[A-Za-z]{4,}")
NUMBER = re.compile(r"(\d)(?=[\d,.]*\d)")
ARABIC, WIDE = "٠١٢٣٤٥٦٧٨٩", {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def inside(mark: str) -> Callable[[str], str]:
    """A disguise that puts a mark into the middle of every word, and between the digits of numbers."""

    def disguised(text: str) -> str:
        words = WORD.sub(lambda found: _split(found.group(), mark), text)
        return NUMBER.sub(lambda found: found.group(1) + mark, words)

    return disguised


def _split(word: str, mark: str) -> str:
    return word[: len(word) // 2] + mark + word[len(word) // 2 :]


DISGUISES: dict[str, Callable[[str], str]] = {
    "none": escape,
    "decimal entities": lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(sign):x};" for sign in text),
    "JSON in a script": lambda text: f"<script>{json.dumps({'articleBody': text})}</script>",
    "JSON, every sign escaped": lambda text: "".join(
        f"\\u{ord(sign):04x}" for sign in text if ord(sign) < 65536
    ),
    "soft hyphens": inside("\u00ad"),
    "&shy;": inside("&shy;"),
    "zero-width spaces": inside("\u200b"),
    "<wbr>": inside("<wbr>"),
    "tags inside": inside("</span><span class=x1>"),
    "wide letters": lambda text: text.translate(WIDE),
    "Arabic digits": lambda text: re.sub(r"[0-9]", lambda found: ARABIC[int(found.group())], text),
}


def main() -> None:
    """Print the recall for every engine, encoding and disguise."""
    told = list(stated())
    for engine in ("hyperscan", "re2"):
        for name, recall, lost in losses(told, Gate(engine)):
            print(f"{engine}, {name}: recall {recall:.4f}, {lost} statements lost", flush=True)


def stated() -> Iterator[tuple[dict[str, Any], int]]:
    """The labelled English texts in which reading finds statements, with how many."""
    for name in texts.files():
        for one in texts.documents(name):
            report = Report(one["text"], title=one.get("title") or "")
            if found := len(read(report, learned=False).statements):
                yield one, found


def losses(told: Sequence[tuple[dict[str, Any], int]], gate: Gate) -> Iterator[tuple[str, float, int]]:
    """For every encoding, and every disguise in UTF-8: its name, the share that passes, and how many do not."""
    for encoding in ENCODINGS:
        yield encoding, *_lost(told, gate, escape, encoding)
    for name, disguise in DISGUISES.items():
        yield name, *_lost(told, gate, disguise, "utf-8")


def _lost(
    told: Sequence[tuple[dict[str, Any], int]], gate: Gate, disguise: Callable[[str], str], encoding: str
) -> tuple[float, int]:
    lost = sum(found for one, found in told if not gate.lets_pass(page(one, disguise, encoding), encoding))
    return 1 - lost / sum(found for _, found in told), lost


def page(one: dict[str, Any], disguise: Callable[[str], str], encoding: str) -> bytes:
    """A bare page with the text, so that no menu helps it through."""
    title, text = one.get("title") or "", one["text"]
    body = f"<html><body><h1>{disguise(title)}</h1><p>{disguise(text)}</p></body></html>"
    return body.encode(encoding, "xmlcharrefreplace")


if __name__ == "__main__":
    main()
