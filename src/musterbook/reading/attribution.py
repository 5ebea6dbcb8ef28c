"""A claim belongs to the voice that the text ties it to, and to the writer where it ties it to nobody."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from musterbook.lexicon.pack import Pack
from musterbook.lexicon.weights import Weights, load_weights
from musterbook.reading.marks import Claim, Name, Voice
from musterbook.reading.people import Nouns, is_capital, nouns
from musterbook.reading.sayings import cue_kinds
from musterbook.reading.sheet import Sheet, Token
from musterbook.values import Attribution, Span

BACK, AHEAD = 6, 3  # voices looked at before and after the claim
SIGNS = frozenset(";:,—–(-")
FAR_TURN = 60  # voices back to the label of the turn
FAR = 5  # sentences beyond which a voice no longer reaches
QUOTES = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class Option:
    """A speaker that may stand behind a claim, with what speaks for it; ``voice`` is None for the writer."""

    voice: Voice | None
    features: tuple[str, ...]


def speaker_of(
    claim: Claim,
    sheet: Sheet,
    voices: tuple[Voice, ...],
    people: tuple[Attribution, ...],
    pack: Pack,
    names: tuple[Name, ...] = (),
) -> Attribution | None:
    """Who says so; None on the writer's own authority."""
    found = options(claim, sheet, voices, pack, names)
    if len(found) == 1:
        return None
    weights = load_weights(pack.language, "voices")
    best = max(found, key=lambda option: score(option, weights))
    return best.voice.speaker if best.voice else None


def score(option: Option, weights: Weights) -> float:
    """How well an option fits."""
    return weights.score(option.features)


@dataclass(frozen=True, slots=True)
class View:
    """What is the same for all options of one claim."""

    sheet: Sheet
    words: Nouns
    kinds: dict[str, str]
    at: int  # where the claim's first number stands
    sentence: int
    around: tuple[str, ...]
    voices: tuple[Voice, ...]
    near: int  # index of the first voice after the claim
    sayings: tuple[tuple[int, int], ...] = ()  # place and sentence of the sayings around
    force: str | None = None  # code of the claim's own force
    names: tuple[Name, ...] = ()  # the names of the claim's own sentence


def options(
    claim: Claim, sheet: Sheet, voices: tuple[Voice, ...], pack: Pack, names: tuple[Name, ...] = ()
) -> list[Option]:
    """The writer first, then every speaker near the claim, each once, nearest voice first."""
    words = nouns(pack)
    at = claim.numbers[0].start if claim.numbers else claim.clause.start
    near = bisect_right(voices, at, key=lambda v: v.cue.start)
    close = [v for v in voices[max(0, near - BACK) : near + AHEAD] if is_saying(v)]
    sayings = tuple((v.cue.start, sheet.sentence_at(v.cue.start)) for v in close)
    bare = View(sheet, words, cue_kinds(pack), at, sheet.sentence_at(at), (), voices, near, sayings, claim.force.code)
    bare = replace(bare, names=names_near(bare, names))
    view = replace(bare, around=setting(bare, claim))
    found: dict[str, list[Voice]] = {}
    for voice in reachable(view):
        found.setdefault(voice.speaker.words, []).append(voice)
    others = [
        Option(same[0], (*features(view, same[0], claim), *company(view, same))) for same in found.values()
    ]
    return [Option(None, nobody(view, others)), *others]


def reachable(view: View) -> list[Voice]:
    """Voices that may govern the claim: near ones on both sides, nearest first, then its turn or author."""
    sheet = view.sheet
    authors = [v for v in view.voices[:BACK] if is_turn(v) and v.cue.end == 0]
    turns = [v for v in view.voices[max(0, view.near - FAR_TURN) : view.near] if is_turn(v) and v.cue.end]
    whole = authors + [v for v in turns[-1:] if v.content.start <= view.at < v.content.end]
    low, high = max(0, view.near - BACK), view.near + AHEAD
    close = [
        v
        for v in view.voices[low:high]
        if not is_turn(v) and abs(sheet.sentence_at(v.cue.start) - view.sentence) < FAR
    ]
    close.sort(
        key=lambda v: (abs(sheet.sentence_at(v.cue.start) - view.sentence), abs(v.cue.start - view.at))
    )
    following = [v for v in view.voices[view.near : view.near + FAR_TURN] if is_turn(v)][:1]
    return close + whole[::-1] + following + parties(view) + lead(view)


def lead(view: View) -> list[Voice]:
    """Whoever speaks at a report's very beginning, if that is far away from the claim."""
    first = next((v for v in view.voices[:3] if is_saying(v)), None)
    if first is None or view.sheet.sentence_at(first.cue.start) > 1 or view.sentence < FAR:
        return []
    return [first]


def names_near(view: View, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names that the claim's own sentence holds."""
    span = view.sheet.sentences[view.sentence].span
    low = bisect_left(names, span.start, key=lambda n: n.span.start)
    high = bisect_left(names, span.end, key=lambda n: n.span.start)
    return names[low:high]


def parties(view: View) -> list[Voice]:
    """Subjects of the claim's own clauses, which speak by doing: "Malaysia responded with 500"."""
    sheet, words = view.sheet, view.words
    sentence, found = sheet.sentences[view.sentence], []
    tokens = sheet.tokens
    known = {n.span.start: n.span.end for n in view.names}
    for at in range(sentence.first, min(sentence.last, sentence.first + 60)):
        opens = (
            at == sentence.first or tokens[at - 1].text in SIGNS or tokens[at - 1].lower in words["breaks"]
        )
        if not opens or at + 1 >= sentence.last:
            continue
        first = at + (tokens[at].lower in words["determiners"])
        if first == at and tokens[first].lower in words["no_names"] - words["bodies"]:
            continue
        end = party_end(tokens, first, sentence.last, words, known)
        if end == first:
            continue
        span = Span(tokens[at].start, tokens[end - 1].end)
        said = span.cut(sheet.text)
        found.append(
            Voice(
                Attribution(said, organisation=said, span=span),
                Span(tokens[end - 1].end, tokens[end - 1].end),
                sentence.span,
            )
        )
    return found[:4]


def party_end(
    tokens: tuple[Token, ...], first: int, limit: int, words: Nouns, known: dict[int, int]
) -> int:
    """One past a short subject: a known name or capitals, with a noun of people, bodies or papers at its end."""
    end = first
    stop = known.get(tokens[first].start, 0)
    while end < limit and end - first < 7 and tokens[end].start < stop:
        end += 1
    sure = end > first
    while end < limit and end - first < 4 and is_capital(tokens[end]) and tokens[end].lower not in words["times"]:
        end += 1
    for at in range(end, min(limit, first + 4)):
        if (
            tokens[at].lower in words["unnamed"]
            or tokens[at].lower in words["bodies"]
            or tokens[at].lower in words["papers"]
        ):
            return at + 1
        if not tokens[at].text[0].isalpha() or tokens[at].lower in words["shapes.finite"] | words["breaks"]:
            break
    return end if sure or end - first > 1 or (end > first and is_noun(tokens[first], words)) else first


def is_noun(token: Token, words: Nouns) -> bool:
    """Whether a capital alone at a clause's start may be a name: no adverb, number or small word."""
    small = ("breaks", "openers", "helpers", "determiners", "quantifiers", "pronouns", "times", "enders")
    return not token.lower.endswith(("ly", "ing")) and not any(token.lower in words[k] for k in small)


def code_of(view: View, voice: Voice) -> str | None:
    """The state or body that a subject's words name."""
    span = voice.speaker.span
    return next((n.force for n in view.names if span and n.force and span.covers(n.span)), None)


def is_turn(voice: Voice) -> bool:
    """Whether the voice is a transcript's turn or a whole document's author, not a saying."""
    return voice.cue.start == 0 == voice.cue.end or (
        voice.speaker.span is not None and voice.speaker.span.start == voice.cue.start
    )


def is_saying(voice: Voice) -> bool:
    """Whether words of saying mark the voice, rather than a label or its standing as a subject."""
    return not is_turn(voice) and voice.cue.start != voice.cue.end


def is_question(voice: Voice) -> bool:
    """Whether the turn is that of somebody who asks."""
    return not voice.speaker.named


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
    found += (
        [f"head={head}"]
        if head in words["relatives"] | words["breaks"] | words["openers"] | words["pronouns"]
        else []
    )
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
    if first.lower in words["pronouns"] | words["determiners"] | words["openers"] | words["breaks"]:
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
    follow = sort_of(sheet.tokens[near] if (near := sheet.token_at(voice.cue.end - 1) + 1) < len(sheet.tokens) else None, view.words)
    cut = sheet.sentences[sheet.sentence_at(voice.cue.start)]
    early = min(3, (sheet.token_at(voice.cue.start) - cut.first) // 4)
    found += [
        f"follow={follow} {where}",
        f"follow={follow} word={word}",
        f"follow={follow} {kind} {distance == 0}",
        f"early={early} {where}",
        f"again={said_again(view, voice)} {where}",
        f"own={code_of(view, voice) == view.force if view.force else None} {kind} {distance == 0}",
    ]
    found += [f"{where} {setting}" for setting in view.around]
    found += [f"{where} {kind} {setting}" for setting in view.around if setting.startswith(("tense", "figure"))]
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


def said_again(view: View, voice: Voice) -> str:
    """Whether the claim's sentence speaks of the speaker again: by a pronoun, by name, or not at all."""
    sentence = view.sheet.sentences[view.sentence]
    tokens = view.sheet.tokens[sentence.first : sentence.last][:60]
    if voice.speaker.name and any(t.text == voice.speaker.name.rsplit(" ", 1)[-1] for t in tokens):
        return "name"
    return next((t.lower for t in tokens if t.lower in view.words["pronouns"]), "no")


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


def nobody(view: View, others: list[Option]) -> tuple[str, ...]:
    """What speaks for the writer's own authority."""
    own = [
        o
        for o in others
        if o.voice and is_saying(o.voice) and view.sheet.sentence_at(o.voice.cue.start) == view.sentence
    ]
    covering = [o for o in own if o.voice and o.voice.content.start <= view.at < o.voice.content.end]
    turn = any(o.voice and is_turn(o.voice) for o in others)
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
