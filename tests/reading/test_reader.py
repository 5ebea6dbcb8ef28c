"""The reader as a whole: long texts, strange texts, and what both readers must agree on."""

from __future__ import annotations

import pytest

from musterbook.model import Report
from musterbook.reading import reader
from musterbook.reading.judges import RuleJudge
from musterbook.reading.learned import LearnedJudge

TEXT = "France has 1,200 soldiers in Mali, the defence ministry in Paris said on Tuesday. "


def judged(text: str, learned: bool = True) -> type:
    seen: list[type] = []
    real = reader.judge_of

    def watch(*given: object) -> object:
        made = real(*given)  # type: ignore[arg-type]
        seen.append(type(made))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "judge_of", watch)
        reader.read(Report(text), learned=learned)
    return seen[0]


def test_the_document_reader_decides_where_it_is_wanted() -> None:
    assert judged(TEXT) is LearnedJudge
    assert judged(TEXT, learned=False) is RuleJudge


def test_a_text_as_long_as_a_book_is_read_by_rules_alone() -> None:
    assert judged(TEXT + "x " * reader.LONGEST) is RuleJudge


@pytest.mark.parametrize("learned", [True, False])
def test_the_same_report_gives_the_same_statements_twice(learned: bool) -> None:
    report = Report(TEXT + "Germany will withdraw its last 300 troops by the end of May.")
    assert reader.read(report, learned=learned) == reader.read(report, learned=learned)


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    "text", ["", " ", "5", "\u202e5,200\u202c troops", "all all all all", "1,2,3,4,5,6" * 50]
)
def test_strange_texts_are_read_without_complaint(text: str, learned: bool) -> None:
    found = reader.read(Report(text), learned=learned)
    assert all(span.cut(text).strip() for s in found.statements for span in s.evidence)


def test_a_crowd_of_numbers_and_names_is_read_by_rules_in_bounded_memory() -> None:
    sentence = "5 French soldiers are in Mali. "
    assert judged(sentence * 3) is LearnedJudge
    assert judged(sentence * 500) is RuleJudge
