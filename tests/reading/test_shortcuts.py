"""What is looked at quickly first never hides what the slow look would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterbook.lexicon.encoder import load_encoder
from musterbook.lexicon.pack import load_pack
from musterbook.model import Report
from musterbook.reading import look_alikes as alike
from musterbook.reading import reader, repair
from musterbook.reading.sheet import Token, tokens_of

ODD = "\u0334\u00b2\u00bd\u2032\uff0c\u2009\u00a0\u202e\u202b\u2067\u00ad\u00c3\u0085\u0431\uff15\u00e9\u2019\u0660"
TEXTS = st.text(alphabet="aAVlIO05, .:;-&#x\n\t" + ODD, max_size=60) | st.text(max_size=40)
BROKEN_LINE = re.compile(r"(?<=[a-z,])[ \t]*\n[ \t]*(?=\S)(?!\n)")
NEEDS = {  # a quick look, and the slow ones that it stands before
    "unreadable figures": (
        lambda text: alike.SUSPECT.search(text) or alike.SUSPECT_SIGN.search(text),
        (alike.UNREADABLE,),
    ),
    "letters": (
        repair.ANY_LETTER.search,
        (repair.INVISIBLE, repair.TURNED, repair.INWARD, repair.MISREAD, repair.BYTE, repair.ENTITY),
    ),
    "broken words": (repair.BROKEN_OFF.search, (repair.BROKEN_WORD,)),
    "torn numbers": (repair.PARTED.search, (repair.APART, repair.TORN)),
}


@pytest.mark.parametrize("name", NEEDS)
@given(text=TEXTS)
def test_a_text_without_the_sign_needs_no_repair(name: str, text: str) -> None:
    quick, slow = NEEDS[name]
    assert quick(text) or not any(pattern.search(text) for pattern in slow)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("unreadable figures", "V,200"),
        ("unreadable figures", "5,2S0"),
        ("unreadable figures", "5\u00b200"),
        ("unreadable figures", "5\u03342"),
        ("letters", "sol\u00addiers"),
        ("letters", "\u00e2\u20ac\u2122"),
        ("letters", "&amp;"),
        ("broken words", "sol-\ndiers"),
        ("torn numbers", "5 ,200"),
        ("torn numbers", "5, 200 troops"),
    ],
)
def test_a_text_with_the_sign_is_looked_at(name: str, text: str) -> None:
    quick, slow = NEEDS[name]
    assert quick(text)
    assert any(pattern.search(text) for pattern in slow)


@given(TEXTS)
def test_signs_between_groups_and_look_alikes_are_found_by_their_signs(text: str) -> None:
    odd = alike.odd_signs(text)
    assert all(odd & signs or not form.search(text) for form, _, signs in alike.SEPARATORS)
    changed = [m for m in alike.SIGNS.finditer(text) if not m[0].isascii() and alike.as_shown(m[0]) != m[0]]
    assert len(list(alike.look_alikes(text))) == len(changed)


@given(st.text(alphabet="ab,.  \t\n\r\x0b", max_size=60))
def test_the_ends_of_lines_are_those_of_the_pattern(text: str) -> None:
    assert list(repair.line_ends(text)) == [m.span() for m in BROKEN_LINE.finditer(text)]


@given(st.text(alphabet="abAB Ää.1", max_size=80))
def test_a_quiet_paragraph_is_not_shouted(text: str) -> None:
    words = [word for word in repair.WORD.findall(text) if len(word) > 1]
    size, loud = sum(map(len, words)), sum(len(word) for word in words if word.isupper())
    assert not (repair.is_quiet(text, 0, len(text)) and loud >= repair.SHOUTED * size)


PLAIN_TOKEN = re.compile(  # the same kinds one after the other
    r"\d+(?:[.,:’'\u00a0\u202f]\d+)*|(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|[^\W\d_]+(?:[-‐‑](?=\w))?|['’]s\b|\S"
)


@given(st.text(max_size=200) | st.text(alphabet="U.S'’sa-1,0 \n", max_size=80))
def test_tokens_are_the_matches_of_the_pattern(text: str) -> None:
    plain = [
        Token(*m.span(), m[0], m[0].rstrip("-‐‑").casefold() or m[0]) for m in PLAIN_TOKEN.finditer(text)
    ]
    assert list(tokens_of(text)) == plain


def test_the_encoder_of_an_archive_is_asked_where_the_rules_find_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if load_encoder("en") is None:
        pytest.skip("the document reader is not installed")
    asked: list[bool] = []
    judge_of = reader.judge_of
    monkeypatch.setattr(
        reader,
        "judge_of",
        lambda context, title, learned: asked.append(learned) or judge_of(context, title, learned),
    )
    troops, flights = (
        Report("About 900 U.S. troops remain in Syria."),
        Report("The airline adds 900 flights from Cork."),
    )
    assert reader.read(troops, only_stating=True) == reader.read(troops)
    assert not reader.read(flights, only_stating=True).statements
    assert asked == [True, True, False]


def test_a_list_of_a_pack_is_made_once() -> None:
    pack = load_pack("en")
    assert pack.words("grammar", "each") is pack.words("grammar", "each")
