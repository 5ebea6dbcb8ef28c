"""Words and numbers that a page hides from whoever looks at its bytes: signs of that, and the page without it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from html import unescape

# Patterns of bytes: an invisible sign or a tag between letters, a letter or digit as a number, letters of other widths.
LETTER = rb"[a-z]"
INVISIBLE = (
    rb"(?:&shy;|\xc2\xad|\xad|&#173;|&#xad;|\xe2\x80[\x8b-\x8d]|\xe2\x81\xa0|&#8203;|&#x200b;"
    rb"|&zwnj;|&zwj;|\\u00ad|\\u200b|<wbr ?/?>)"
)
INLINE = rb"</?(?:a|abbr|b|big|em|font|i|mark|s|small|span|strong|sub|sup|tt|u)(?: [^<>]{0,200})?>"
SIGNS = (
    LETTER + INVISIBLE + LETTER,
    rb"&#(?:4[89]|5[0-7]|6[5-9]|[78][0-9]|9[0789]|1[01][0-9]|12[0-2]);",  # 0-9, A-Z, a-z
    rb"&#x(?:3[0-9]|[46][1-9a-f]|[57][0-9a]);",
    rb"\\u00(?:3[0-9]|[46][1-9a-f]|[57][0-9a])",
    rb"\xef\xbc[\x90-\x99\xa1-\xba]",  # wide digits and capitals
    rb"\xef\xbd[\x81-\x9a]",
    LETTER + rb"(?:" + INLINE + rb"){1,4}(?-i:[a-z])",  # within a word: menus go on with a capital
    rb"(?-i:[A-Z])(?:"
    + INLINE.replace(b"a|", b"", 1)
    + rb"){1,4}(?-i:[A-Z]{2})",  # in capitals: menus are links
)
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
EBCDIC = re.compile(r"(?:cp|ibm)?-?(037|1026|1140|273|424|500|875)|ebcdic", re.IGNORECASE)
SAMPLE = 400  # bytes
_INLINE = re.compile(INLINE.decode("latin-1"), re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]|<wbr ?/?>")


def in_ascii_order(raw: bytes, charset: str = "") -> bytes:
    """The page in an encoding where Latin letters are single bytes; as it is where it is so already."""
    encoding = _wide(raw) or (charset if EBCDIC.fullmatch(charset) and _is_ebcdic(raw) else "")
    if not encoding:
        return raw
    try:
        return raw.decode(encoding, "replace").encode("utf-8", "replace")
    except LookupError:
        return raw


def _is_ebcdic(raw: bytes) -> bool:
    """Whether the blanks are those of mainframes, whatever the sender says."""
    return raw.count(b"\x40", 0, SAMPLE) > raw.count(b" ", 0, SAMPLE)


def _wide(raw: bytes) -> str:
    """The encoding of a page of two or four bytes a sign, by its mark or its zeros; else empty."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return encoding
    if b"\0" not in raw[:SAMPLE]:
        return ""
    even, odd = raw[:SAMPLE:2].count(b"\0"), raw[1:SAMPLE:2].count(b"\0")
    if even + odd < SAMPLE // 8:
        return ""
    if min(even, odd) > SAMPLE // 8:
        return "utf-32-be" if raw[:1] == b"\0" else "utf-32-le"
    return "utf-16-be" if even > odd else "utf-16-le"


def undisguised(raw: bytes) -> bytes:
    """The words of a page as a reader sees them: no tags, no invisible signs, everything else as UTF-8."""
    text = raw.decode("utf-8", "replace")
    text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    text = _INVISIBLE.sub("", unescape(text))
    text = _TAG.sub(" ", _INLINE.sub("", text))
    return unicodedata.normalize("NFKC", text).encode("utf-8", "replace")
