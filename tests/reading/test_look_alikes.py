"""A number is read as it is seen, or doubted; never as another number. Spans stay those of the published text."""

from __future__ import annotations

import pytest

from musterbook.model import Reading, Report
from musterbook.reading.reader import read

SEEN = {
    "full-width digits": "\uff15\uff12\uff10\uff10",
    "full-width digits and comma": "\uff15\uff0c\uff12\uff10\uff10",
    "Arabic-Indic digits": "\u0665\u0662\u0660\u0660",
    "Arabic-Indic digits and separator": "\u0665\u066c\u0662\u0660\u0660",
    "Persian digits": "\u06f5,\u06f2\u06f0\u06f0",
    "Devanagari digits": "\u096b\u0968\u0966\u0966",
    "mathematical bold digits": "\U0001d7d3,\U0001d7d0\U0001d7ce\U0001d7ce",
    "mathematical double-struck digits": "\U0001d7dd,\U0001d7da\U0001d7d8\U0001d7d8",
    "mathematical monospace digits": "\U0001d7fb\U0001d7f8\U0001d7f6\U0001d7f6",
    "mixed digits": "5,2\u0660\u0660",
    "Latin capital O": "5,2OO",
    "Latin small o": "5,2oo",
    "Cyrillic capital O": "5,2\u041e\u041e",
    "Cyrillic small o": "5,2\u043e\u043e",
    "Greek capital omicron": "5,2\u039f\u039f",
    "Latin and Cyrillic O": "5,2O\u041e",
    "Armenian round letters": "5,2\u0585\u0585",
    "Coptic round letters": "5,2\u2c9e\u2c9e",
    "ideographic zeros": "5,2\u3007\u3007",
    "mathematical letters O": "5,2\U0001d5ae\U0001d5ae",
    "zero-width space": "5\u200b,200",
    "zero-width non-joiner": "5,2\u200c00",
    "zero-width joiner": "5\u200d200",
    "word joiner": "5\u2060,200",
    "byte order mark": "\ufeff5,200",
    "soft hyphen": "5,\u00ad200",
    "grapheme joiner": "5\u034f,200",
    "variation selector": "5\ufe0f,200",
    "tag sign": "5\U000e0020,200",
    "left-to-right mark": "5\u200e,200",
    "Arabic letter mark": "5,\u061c200",
    "control sign": "5,\x00200",
    "accent on a digit": "5\u0301,200",
    "right-to-left override": "\u202e002,5\u202c",
    "override inside an isolate": "\u2066\u202e002,5\u202c\u2069",
    "isolate inside an override": "\u202e\u20665,200\u2069\u202c",
    "digits of Cyrillic O under an override": "\u202e\u041e\u041e2,5\u202c",
    "thin space": "5\u2009200",
    "narrow no-break space": "5\u202f200",
    "no-break space": "5\u00a0200",
    "figure space": "5\u2007200",
    "hair space": "5\u200a200",
    "ideographic space": "5\u3000200",
    "blank braille cell": "5\u2800200",
    "low quotation mark": "5\u201a200",
    "small comma": "5\ufe50200",
    "Arabic comma": "5\u060c200",
    "modifier letter comma": "5\u02cc200",
    "middle dot": "5\u00b7200",
    "one-dot leader": "5\u2024200",
    "prime": "5\u2032200",
    "comma torn off": "5, 200",
    "space before the comma": "5\u2009,200",
}
OTHERWISE = {
    "Cyrillic ze": ("\u0417,200", 3200),
    "letter l": ("l,200", 1200),
    "capital I": ("I,200", 1200),
    "palochka": ("\u04c0,200", 1200),
    "digits in a right-to-left isolate stand as written": ("\u20675,200\u2069", 5200),
    "millions in thin spaces": ("1\u200a200\u200a000", 1_200_000),
    "figure with a Cyrillic O at its end": ("35\u041e", 350),
}
DOUBTED = {
    "superscript digit": "5\u00b200",
    "subscript digit": "5\u208200",
    "superscript in a group": "5,\u00b200",
    "letter before a group": "V,200",
    "letter S for 5": "5,2S0",
    "letter B for 8": "5,B00",
    "foreign letter before a group": "\u0411,200",
    "circled digit inside": "5\u246200",
    "struck out": "5\u0336,\u03362\u03360\u03360\u0336",
    "override without an end": "\u202e002,5",
    "group spaces that change places in an isolate": "\u20675 200\u2069",
}


def told(figure: str) -> tuple[str, Reading]:
    text = f"The United States has {figure} troops in Iraq, the ministry said."
    return text, read(Report(text), learned=False)


def numbers(reading: Reading) -> list[float | None]:
    return [s.figures.level for s in reading.statements]


@pytest.mark.parametrize("figure", SEEN.values(), ids=SEEN.keys())
def test_a_figure_is_read_as_it_is_seen(figure: str) -> None:
    assert numbers(told(figure)[1]) == [5200]


@pytest.mark.parametrize(("figure", "value"), OTHERWISE.values(), ids=OTHERWISE.keys())
def test_a_figure_that_looks_like_another_is_that_other(figure: str, value: int) -> None:
    assert numbers(told(figure)[1]) == [value]


@pytest.mark.parametrize("figure", DOUBTED.values(), ids=DOUBTED.keys())
def test_a_figure_that_nobody_can_read_is_doubted_with_its_words(figure: str) -> None:
    text, reading = told(figure)
    assert numbers(reading) == []
    doubt = next(d for d in reading.doubts if d.code == "unreadable-figure")
    assert doubt.span is not None
    assert doubt.span.cut(text) == doubt.words
    assert doubt.report == reading.report.id


@pytest.mark.parametrize("figure", [*SEEN.values(), *(f for f, _ in OTHERWISE.values())])
def test_the_marked_number_is_the_published_one(figure: str) -> None:
    text, reading = told(figure)
    (statement,) = reading.statements
    number = next(m for m in statement.marks if m.start >= len("The United States has"))
    seen = number.cut(text).strip("\u200e\u2066\u2067\u2069\ufeff\u202e\u202c")
    assert seen
    assert seen in figure
    assert statement.evidence[0].cut(text).startswith("The United States has")


@pytest.mark.parametrize(
    "text",
    [
        "On January 5, 200 American troops left Iraq.",
        "In 2019, 200 American troops left Iraq.",
        "Of units 3, 5, 200 American troops left Iraq.",
    ],
)
def test_a_comma_of_the_sentence_is_no_comma_of_a_number(text: str) -> None:
    reading = read(Report(text), learned=False)
    assert not reading.repairs


@pytest.mark.parametrize(
    "text", ["The 5½-year mission ended.", "It is 30 km² large.", "The No.\u202f1 base."]
)
def test_ordinary_signs_are_not_covered(text: str) -> None:
    assert not [d for d in read(Report(text), learned=False).doubts if d.code == "unreadable-figure"]


def test_statements_and_doubts_of_a_mended_report_know_it_by_its_id() -> None:
    text = (
        "The election will be held on Tuesday, November 3. France has 1\u200b,200 soldiers in Mali, the ministry "
        "said on Wednesday, September 9, 2020. It has 5\u00b200 soldiers in Chad."
    )
    reading = read(Report(text), learned=False)
    assert reading.repairs
    assert {s.report for s in reading.statements} == {reading.report.id}
    assert {d.report for d in reading.doubts} == {reading.report.id}
