"""Who says so: the voice that the text ties to the words, and nobody where it does not."""

from __future__ import annotations

from datetime import date

from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import Office, Tenure, load_register
from musterbook.reading.marks import Claim, Name, Voice
from musterbook.reading.names import find_names
from musterbook.reading.sheet import cut_up
from musterbook.reading.voices import (
    credits_of,
    find_appointments,
    find_people,
    find_quotations,
    find_voices,
    speaker_of,
    with_speakers,
)
from musterbook.values import Figures, Mention, Span

PACK = load_pack("en")
STOCK = Figures(level=1)


def voices(text: str, title: str = "") -> tuple[Voice, ...]:
    """All voices of a text."""
    sheet = cut_up(text, PACK)
    return find_voices(sheet, (), find_people(sheet, (), PACK), find_quotations(sheet, PACK), PACK, title)


def speakers(text: str) -> list[str]:
    """The speakers' words in text order."""
    return [v.speaker.words for v in voices(text)]


def behind(
    text: str, number: str, title: str = "", figures: Figures = STOCK, force: str = "USA"
) -> str | None:
    """Who stands behind the claim with this number; the claim is its sentence."""
    sheet = cut_up(text, PACK)
    names = find_names(sheet, load_register(), PACK)
    people = find_people(sheet, names, PACK)
    found = find_voices(sheet, names, people, find_quotations(sheet, PACK), PACK, title)
    at = text.index(number)
    sentence = sheet.sentence_at(at)
    numbers = (Span(at, at + len(number)),)
    claim = Claim(sentence, sheet.sentences[sentence].span, numbers, figures, Mention(force), None)
    speaker = speaker_of(claim, sheet, found, people, PACK, names)
    return speaker.words if speaker else None


def test_indirect_speech_names_its_speaker() -> None:
    assert behind("The ministry said on Monday that 400 soldiers would leave Mali.", "400") == "The ministry"


def test_a_speaker_behind_the_words_governs_them() -> None:
    assert behind("About 400 soldiers will leave, said Gen. Alan Porter.", "400") == "Gen. Alan Porter"


def test_according_to_is_a_voice() -> None:
    assert behind("According to the Pentagon, 400 soldiers are in Niger.", "400") == "the Pentagon"


def test_a_direct_quotation_belongs_to_who_said_it() -> None:
    text = 'Gen. Alan Porter met the press. "We have 400 soldiers here," he said.'
    assert behind(text, "400") == "Gen. Alan Porter"


def test_the_writer_answers_for_a_plain_sentence() -> None:
    assert behind("Some 400 soldiers are in Niger. They train the army.", "400") is None


def test_a_government_speaks_by_promising() -> None:
    text = "Berlin promised 400 soldiers for the mission in Mali."
    assert behind(text, "400", figures=Figures(delta=400), force="DEU") == "Berlin"


def test_an_unnamed_official_keeps_the_words_of_the_text() -> None:
    (voice,) = voices("A U.S. official said 400 soldiers would stay.")
    assert (voice.speaker.words, voice.speaker.named) == ("A U.S. official", False)


def test_somebody_unnamed_is_told_apart_by_what_is_told_of_him() -> None:
    assert set(speakers("An official who saw the order said 400 would go.")) == {
        "An official who saw the order"
    }


def test_an_agency_that_was_told_is_on_the_way() -> None:
    (voice,) = voices("A source told Reuters that 400 soldiers would stay.")
    assert voice.speaker.via == ("Reuters",)


def test_a_quotation_learns_who_said_it() -> None:
    text = 'Gen. Alan Porter met the press. "We have 400 soldiers here," he said. The train left.'
    (quotation,) = with_speakers(find_quotations(cut_up(text, PACK), PACK), voices(text))
    assert quotation.speaker is not None
    assert quotation.speaker.words == "Gen. Alan Porter"


def test_a_transcript_label_speaks_until_the_next() -> None:
    text = "Q: How many are there?\n\nMR. ODELL: We have 400 in Niger. They train.\n\nQ: Thanks."
    assert behind(text, "400") == "Mr. Odell"


def test_a_label_in_capitals_is_the_person_of_the_title() -> None:
    title = "Press Briefing by Press Secretary Ann Lee-Moore and Council Coordinator for Plans Tom Odell"
    text = "Q How many?\n\nMR. ODELL: We have 400 in Niger. They train.\n\nMS. LEE-MOORE: Thanks.\n\nQ: Well."
    assert behind(text, "400", title) == "Council Coordinator for Plans Tom Odell"


def test_the_president_of_a_transcript_is_the_one_named_first_in_its_title() -> None:
    title = (
        "Remarks by President Porter and President Juan Weber of the Republic of Kenya in Press Conference"
    )
    text = "Q: Sir?\n\nTHE PRESIDENT: We have 400.\n\nPRESIDENT WEBER: We have 200."
    assert (behind(text, "400", title), behind(text, "200", title)) == (
        "President Porter",
        "President Juan Weber",
    )


def test_a_titles_day_is_no_part_of_its_author() -> None:
    (voice,) = voices("Hello.", "Press Briefing by Press Secretary Ann Moore, January 24, 2022")
    assert voice.speaker.words == "Press Secretary Ann Moore"


def test_the_time_before_a_title_is_no_part_of_the_speaker() -> None:
    assert speakers("In November Acting Defense Secretary Paul Weber announced a cut.") == [
        "Acting Defense Secretary Paul Weber"
    ]
    assert speakers("When President Weber announced it, nobody stirred.") == ["President Weber"]


def test_a_pronoun_without_anybody_behind_it_is_nobody() -> None:
    assert speakers("Only a few days earlier he said 400 would go.") == []


def test_a_deed_is_no_speaker() -> None:
    assert speakers("That is why deploying 400 men to Haiti says much.") == []


def test_states_is_no_verb_inside_a_name() -> None:
    assert speakers("The United States said 400 would go.") == ["The United States"]


def test_a_letter_has_the_holder_of_its_office_as_author() -> None:
    sheet = cut_up("Approximately 400 personnel are deployed to Niger.", PACK)
    began = date(2021, 1, 20)
    held = (
        Office("President of the United States", "USA", "Ann Moore", Tenure(began, began, date.max, None)),
    )
    title = "Letter to the Speaker of the House regarding the War Powers Report"
    (voice, *_) = find_voices(sheet, (), (), (), PACK, title, date(2022, 6, 1), held)
    assert voice.speaker.words == "President Ann Moore"


def test_an_office_with_an_owner_belongs_to_whom_was_named_before() -> None:
    sheet = cut_up("The Fijians landed on Tuesday; 400 are to come, their prime minister says.", PACK)
    names = (Name(Span(4, 11), "people", "FJI", None),)
    (voice,) = find_voices(sheet, names, (), (), PACK)
    assert voice.speaker.words == "Fijian prime minister"


def test_a_speech_has_one_voice_throughout() -> None:
    text = "I thank you all. We have sent 400 soldiers to Niger, and our work goes on."
    assert behind(text, "400", "Remarks by President Alan Porter at the barracks") == "President Alan Porter"


def test_the_general_is_the_general_named_before() -> None:
    text = "Gen. Alan Porter came on Monday. The general said 400 soldiers would leave."
    assert behind(text, "400") == "Gen. Alan Porter"


def test_agencies_credited_at_either_end_are_found() -> None:
    text = "KABUL (AP) - Troops left.\n\nWith AFP and Reuters"
    assert credits_of(cut_up(text, PACK), PACK) == ("AP", "AFP", "Reuters")


def test_an_agency_that_is_only_told_something_is_no_credit() -> None:
    assert credits_of(cut_up("A source told Reuters that troops left.", PACK), PACK) == ()


def test_a_new_commander_takes_an_office() -> None:
    sheet = cut_up(
        "It was time for the new commander of the coalition, General Paul Weber, to take office.", PACK
    )
    (made,) = find_appointments(sheet, find_people(sheet, (), PACK), (), PACK)
    assert (made.person, made.office, made.act) == ("Paul Weber", "commander of the coalition", "takes")


def test_whoever_is_succeeded_leaves_the_office() -> None:
    sheet = cut_up("Gen. Ray Odell succeeded Gen. Tim Barnes as commander of the northern force.", PACK)
    found = find_appointments(sheet, find_people(sheet, (), PACK), (), PACK)
    assert [(a.person, a.act) for a in found] == [("Ray Odell", "takes"), ("Tim Barnes", "leaves")]


def test_strange_text_is_read_in_good_time() -> None:
    for part in ("said ", '"', "the ", "Gen. ", ": ", "he said, "):
        assert voices(part * 20_000) is not None
