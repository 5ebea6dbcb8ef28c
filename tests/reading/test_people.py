"""A person is named in full once and in short afterwards; both are one."""

from __future__ import annotations

from musterbook.lexicon.pack import load_pack
from musterbook.reading.people import find_people
from musterbook.reading.sheet import cut_up

PACK = load_pack("en")


def named(text: str) -> list[str]:
    """The wording of everyone the text names."""
    return [p.words for p in find_people(cut_up(text, PACK), (), PACK)]


def test_rank_name_and_office_come_together_from_the_whole_report() -> None:
    text = "Gen. Alan Porter, commander of the northern force, spoke on Monday. McBride left. Porter stayed."
    assert named(text) == ["Gen. Alan Porter, commander of the northern force"]


def test_a_short_mention_first_is_completed_by_the_full_one() -> None:
    assert named("Gen. Porter spoke. Alan Porter, the force commander, left.") == [
        "Gen. Alan Porter, the force commander"
    ]


def test_an_office_in_small_letters_belongs_to_the_name() -> None:
    assert named("The base spokesman Tim Odell said so.") == ["base spokesman Tim Odell"]


def test_an_office_before_the_name_counts() -> None:
    text = "They met the new commander of the coalition, General Paul Weber, in town."
    assert named(text) == ["General Paul Weber, the new commander of the coalition"]


def test_a_verb_inside_a_name_is_seen_through() -> None:
    text = "“We leave,” Kenneth said. Porter, commander of the force, in town."
    people = find_people(cut_up(text, PACK), (), PACK)
    assert [p.name for p in people] == ["Kenneth Porter"]


def test_a_full_stop_inside_a_name_is_seen_through() -> None:
    assert named("Defence Secretary Leon. Porter said so.") == ["Defence Secretary Leon Porter"]


def test_a_state_is_nobody() -> None:
    assert named("The United States and Iraq agreed on Monday.") == []


def test_an_empty_text_names_nobody() -> None:
    assert named("") == []
