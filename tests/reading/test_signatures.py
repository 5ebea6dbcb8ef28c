"""Who signs a letter says everything in it that nobody else says."""

from __future__ import annotations

import pytest

import musterbook as mb
from musterbook.lexicon.pack import load_pack
from musterbook.reading.people import nouns
from musterbook.reading.signatures import signature

WORDS = nouns(load_pack("en"))
BODY = """Dear Mr. Speaker:

On my orders, approximately 230 United States Armed Forces personnel have deployed to Chad.

Approximately 310 United States military personnel are deployed to Jordan.

I am providing this report to keep the Congress informed.

"""


@pytest.mark.parametrize(
    ("foot", "speaker"),
    [
        ("Sincerely,\n\nJANE Q. ROE\n", "Jane Q. Roe"),
        ("Respectfully, Jane Q. Roe", "Jane Q. Roe"),
        (
            "Sincerely,\n\nJane Roe\nPresident of the United States\n",
            "Jane Roe, President of the United States",
        ),
        ("Jane Roe\n\nTHE WHITE HOUSE,\nWashington, May 21, 2014.\n", "Jane Roe"),
    ],
)
def test_the_signer_speaks_in_the_whole_letter(foot: str, speaker: str) -> None:
    """The name, and the office under it, whatever stands between them and the end."""
    found = mb.read(BODY + foot, published="2014-05-21")
    assert [s.speaker.words if s.speaker else None for s in found] == [speaker, speaker]


def test_a_letter_without_a_name_has_the_writer_s_own_authority() -> None:
    """A closing alone names nobody."""
    found = mb.read(BODY + "Sincerely,\n", published="2014-05-21")
    assert {s.speaker.words if s.speaker else None for s in found} == {None}


@pytest.mark.parametrize(
    "text", ["", "One line", "A text.\nIt ends with a sentence.", "A text.\nMay 21, 2014"]
)
def test_what_is_no_signature_is_none(text: str) -> None:
    """Sentences and dates sign nothing."""
    assert signature(text, WORDS) == ("", "")
