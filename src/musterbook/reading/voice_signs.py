"""What speaks for and against each voice as the source of a claim: features for the learned choice."""

from __future__ import annotations

from musterbook.reading.marks import Claim, Voice
from musterbook.reading.people import Nouns, is_capital
from musterbook.reading.sheet import Token
from musterbook.reading.voice_view import View, code_of, is_question, is_saying, is_turn

FAR = 5  # sentences beyond which a voice no longer reaches
QUOTES = frozenset('"“”„«»')


def setting(view: View, claim: Claim) -> tuple[str, ...]:
    """What the claim's own sentence looks like."""
    sheet, words = view.sheet, view.words
    sentence = sheet.sentences[view.sentence]
    tokens = sheet.tokens[sentence.first : sentence.last]
    place = sheet.token_at(view.at)
    before = sheet.tokens[max(sentence.first, place - 6) : place]
    found = [f"opens={opener(tokens, words)}"]
    found += [f"modal={t.lower}" for t in tokens if t.lower in words["shapes.tense"]]
    found += (
        ["relative"]
        if any(t.lower in words["relatives"] or t.lower in words["shapes.relative"] for t in before)
        else []
    )
    found += ["inquote"] if in_quotes(view) else []
    found += ["first"] if any(t.lower in words["first_person"] for t in tokens) else []
    found += [f"change={claim.figures.is_change}"]
    found += [f"figure={shape_of(claim)}", f"place={place_in_paragraph(view)}", *clause_shape(view, claim)]
    head = sheet.tokens[sheet.token_at(claim.clause.start)].lower
    found += [f"head={head}"] if head in words["relatives|breaks|openers|pronouns"] else []
    return tuple(dict.fromkeys(found))


def shape_of(claim: Claim) -> str:
    """What the claim counts: a stock, a stock to come, a flow or a share."""
    figures = claim.figures
    kinds = ("level", "before", "after", "delta", "ratio")
    return "+".join(k for k in kinds if getattr(figures, k) is not None)


def place_in_paragraph(view: View) -> int:
    """How many sentences of its paragraph stand before the claim's, three at most."""
    sentences, at = view.sheet.sentences, view.sentence
    first = at
    while first > 0 and at - first < 3 and sentences[first - 1].paragraph == sentences[at].paragraph:
        first -= 1
    return at - first


def clause_shape(view: View, claim: Claim) -> list[str]:
    """The words around and within the claim's own clause that tell reported speech from a plain sentence."""
    sheet, words = view.sheet, view.words
    first, sentence = sheet.token_at(claim.clause.start), sheet.sentences[view.sentence]
    last = sheet.token_at(max(claim.clause.start, claim.clause.end - 1))
    before = sheet.tokens[first - 1] if first > sentence.first else None
    after = sheet.tokens[last + 1] if last + 1 < sentence.last else None
    tense = {t.lower for t in sheet.tokens[first : last + 1][:60]} & words["shapes.finite"]
    return [
        f"before={sort_of(before, words)}",
        f"after={sort_of(after, words)}",
        *(f"tense={t}" for t in sorted(tense)),
        *(() if tense else ("tense=none",)),
    ]


def sort_of(token: Token | None, words: Nouns) -> str:
    """A small word or sign as it stands, other words by their shape."""
    if token is None:
        return "edge"
    if token.lower in words["shapes.links"] or not token.text[0].isalnum():
        return token.lower
    if token.lower in words["saying"]:
        return "saying"
    return "digit" if token.text[0].isdigit() else "capital" if is_capital(token) else "word"


def opener(tokens: tuple[Token, ...], words: Nouns) -> str:
    """The kind of word a sentence starts with."""
    if not tokens:
        return "none"
    first = tokens[0]
    if first.text in QUOTES:
        return "quote"
    if first.lower in words["pronouns|determiners|openers|breaks"]:
        return first.lower
    return "digit" if first.text[0].isdigit() else "capital"


def in_quotes(view: View) -> bool:
    """Whether the claim stands inside quotation marks, counted from the paragraph's start."""
    sentences = view.sheet.sentences
    first = view.sentence
    while (
        first > 0
        and view.sentence - first < 12
        and sentences[first - 1].paragraph == sentences[view.sentence].paragraph
    ):
        first -= 1
    marks = [
        t
        for t in view.sheet.tokens[sentences[first].first : view.sheet.token_at(view.at)]
        if t.text in QUOTES
    ]
    return len(marks) % 2 == 1


def features(view: View, voice: Voice, claim: Claim) -> tuple[str, ...]:
    """What speaks for or against this voice."""
    if is_turn(voice):
        return turn_features(view, voice)
    if voice.cue.start == voice.cue.end:
        return party_features(view, voice)
    sheet = view.sheet
    if view.sentence - sheet.sentence_at(voice.cue.start) >= FAR:
        return ("lead", *(f"lead {s}" for s in view.around))
    distance = view.sentence - sheet.sentence_at(voice.cue.start)
    covers = voice.content.start <= view.at < voice.content.end
    side = "after" if voice.cue.start < view.at else "before"
    word = sheet.tokens[sheet.token_at(voice.cue.start)].lower
    kind = view.kinds.get(word, "phrase")
    between, marks = crossed(view, voice), signs(view, voice)
    where = f"d={distance} {side} {'in' if covers else 'out'}"
    who = speaker_kind(view, voice)
    found = [
        "voice",
        where,
        f"{where} {kind}",
        f"kind={kind} {covers}",
        f"word={word} {distance == 0}",
        f"who={who}",
    ]
    found += [
        f"{where} who={who}",
        f"between={between} {where}",
        f"between={between}",
        f"quoted={voice.quoted} {covers}",
    ]
    found += [f"{where} {setting}" for setting in view.around]
    found += [
        f"{where} {kind} {setting}" for setting in view.around if setting.startswith(("tense", "figure"))
    ]
    found += [f"{where} {sign}" for sign in marks]
    found += [
        f"{where} {kind} {who}",
        f"{where} p={same_paragraph(view, voice)} b={between}",
        f"{where} {kind} b={between}",
    ]
    found += [f"{where} {kind} {sign}" for sign in marks if distance == 0]
    found += [f"{where} own={own_sayings(view)}", f"{where} q={'inquote' in view.around} {voice.quoted}"]
    found += [
        f"paragraph={same_paragraph(view, voice)} d={distance != 0}",
        f"named={voice.speaker.named} {kind}",
    ]
    return tuple(found)


def party_features(view: View, voice: Voice) -> tuple[str, ...]:
    """What speaks for a subject that no verb of saying marks."""
    tokens, at = view.sheet.tokens, view.sheet.token_at(voice.cue.start - 1)
    follow = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    side = "after" if voice.cue.start < view.at else "before"
    gap = min(3, abs(view.sheet.token_at(view.at) - at) // 4)
    kind = view.kinds.get(follow, follow[-2:])
    code = code_of(view, voice)
    own = "none" if code is None else code == view.force
    change = "change=True" in view.around
    return (
        f"party own={own}",
        f"party own={own} kind={kind}",
        f"party own={own} follow={follow}",
        f"party own={own} change={change} {gap} {side}",
        f"party own={own} change={change} follow={follow}",
        f"party short={voice.speaker.words.count(' ')} own={own}",
        "party",
        f"party {side}",
        f"party kind={kind}",
        f"party kind={kind} {gap} {side}",
        f"party follow={follow}",
        f"party gap={gap} {side}",
        *(f"party {s}" for s in view.around),
    )


def company(view: View, same: list[Voice]) -> tuple[str, ...]:
    """What the other places where this speaker speaks say: before, in and after the claim's sentence."""
    if len(same) < 2:
        return ("once",)
    places = {
        max(-2, min(3, view.sentence - view.sheet.sentence_at(v.cue.start)))
        for v in same
        if not is_turn(v) and v.cue.start != v.cue.end
    }
    found = [f"seen={sorted(places)}", f"also={same[0].cue.start == same[0].cue.end}"]
    whole = [v for v in same if is_turn(v)]
    if whole and not is_turn(same[0]):
        found += turn_features(view, whole[0])
    if min(places, default=0) < 0 < max(places, default=0):
        found.append("around")
    return tuple(found)


def own_sayings(view: View) -> int:
    """How many sayings the claim's own sentence has, two at most."""
    return min(2, sum(1 for _, sentence in view.sayings if sentence == view.sentence))


def turn_features(view: View, voice: Voice) -> tuple[str, ...]:
    """What speaks for the one whose turn or document it is."""
    kind = "author" if voice.cue.end == 0 else "turn"
    if is_question(voice):
        kind = "question"
    elif voice.cue.start > view.at:
        ends = view.sheet.sentences[view.sentence].span.cut(view.sheet.text).rstrip()[-1:] == "?"
        kind = f"answer asked={ends}"
    own = any(sentence == view.sentence for _, sentence in view.sayings)
    return (kind, f"{kind} own={own}", *(f"{kind} {s}" for s in view.around))


def nobody(view: View, others: list[Voice]) -> tuple[str, ...]:
    """What speaks for the writer's own authority."""
    own = [v for v in others if is_saying(v) and view.sheet.sentence_at(v.cue.start) == view.sentence]
    covering = [v for v in own if v.content.start <= view.at < v.content.end]
    turn = any(is_turn(v) for v in others)
    state = f"own={min(len(own), 2)} covering={min(len(covering), 2)} turn={turn}"
    return (
        "nobody",
        f"nobody {state}",
        f"nobody sentence={min(view.sentence, 2)}",
        *(f"nobody {s}" for s in view.around),
    )


def crossed(view: View, voice: Voice) -> int:
    """How many other sayings stand between the voice and the claim."""
    low, high = sorted((voice.cue.start, view.at))
    return min(2, sum(1 for place, _ in view.sayings if low < place < high))


def signs(view: View, voice: Voice) -> list[str]:
    """Signs between the cue and the claim in one sentence that close or open a clause."""
    low, high = sorted((view.sheet.token_at(voice.cue.start), view.sheet.token_at(view.at)))
    if high - low > 60:
        return ["long"]
    tokens = view.sheet.tokens[low + 1 : high]
    found = [
        f"has={t.lower}"
        for t in tokens
        if t.text in (";", ":", ",") or t.lower in view.words["shapes.joints"]
    ]
    return [*dict.fromkeys(found), f"gap={min(4, len(tokens) // 5)}"]


def speaker_kind(view: View, voice: Voice) -> str:
    """What kind of speaker it is."""
    speaker, words = voice.speaker, view.words
    spoken = speaker.span.cut(view.sheet.text).casefold() if speaker.span else ""
    if spoken in words["pronouns"]:
        return spoken
    if speaker.name:
        return "person"
    parts = [p.strip(",.'’") for p in speaker.words.casefold().split()]
    for kind in ("unnamed", "papers", "bodies"):
        if any(p in words[kind] for p in parts):
            return kind
    return "short" if len(parts) <= 2 else "other"


def same_paragraph(view: View, voice: Voice) -> bool:
    """Whether claim and cue stand in one paragraph."""
    sentences = view.sheet.sentences
    return sentences[view.sheet.sentence_at(voice.cue.start)].paragraph == sentences[view.sentence].paragraph
