"""Whose and where a number could be: every party and host that the report names or implies, with what speaks for it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from musterbook.reading.context import Context
from musterbook.reading.marks import Name

MOST_NAMES = 40  # names of one sentence, or since a name, that are looked at
MOST_OPTIONS = 24  # forces or places weighed for one number
REACH = 40  # sentences back within which a name still counts


@dataclass(frozen=True, slots=True)
class Option:
    """A code that may be the force or the place, with the names (indices into ``Context.names``) that carry it."""

    code: str
    names: tuple[int, ...]
    titled: bool = False
    joint: bool = False
    apart: bool = False  # joint, and its sentence shares several numbers out to its places
    host_of: str = ""  # the mission whose host it is, where the place itself is not named


@dataclass(slots=True)
class Gathered:
    """The names of each code while they are collected."""

    names: dict[str, list[int]] = field(default_factory=dict)
    titled: set[str] = field(default_factory=set)


def gather(context: Context, side: str) -> Gathered:
    """Every code of one side ("force" or "place") with its names in the text and the title."""
    found = Gathered()
    for index, name in enumerate(context.names):
        code = code_of(name, side)
        if code:
            found.names.setdefault(code, []).append(index)
    for name in context.title_names:
        code = code_of(name, side)
        if code:
            found.titled.add(code)
            found.names.setdefault(code, [])
    return found


def code_of(name: Name, side: str) -> str | None:
    """The code that a name stands for on one side."""
    return name.force if side == "force" else name.place


def force_options(context: Context) -> tuple[Option, ...]:
    """Everybody whose troops may be meant."""
    found = gather(context, "force")
    return tuple(Option(code, tuple(names), code in found.titled) for code, names in found.names.items())


def place_options(context: Context) -> tuple[Option, ...]:
    """Every place that may be the host: named, joined by "and", or implied by a mission."""
    found = gather(context, "place")
    options = [Option(code, tuple(names), code in found.titled) for code, names in found.names.items()]
    options += joint_options(context)
    named = {option.code for option in options}
    for index, name in enumerate(context.names):
        for host in name.hosts if len(name.hosts) <= 2 else ():
            if host not in named:
                named.add(host)
                options.append(Option(host, (index,), host_of=name.force or host))
    for name in context.title_names:
        for host in name.hosts if len(name.hosts) <= 2 else ():
            if host not in named:
                named.add(host)
                options.append(Option(host, (), True, host_of=name.force or host))
    return tuple(options)


def joint_options(context: Context) -> list[Option]:
    """Places joined by "and" or commas, as one option each: "Iraq and Syria" is IRQ+SYR."""
    found: dict[str, Option] = {}
    joiners = frozenset(context.pack.words("grammar", "joiners"))
    for run in runs_of_places(context, joiners):
        codes = [context.names[i].place or "" for i in run]
        for size in range(2, min(len(run), 4) + 1):
            if len(set(codes[-size:])) == size and size == len(run):
                code = "+".join(sorted(set(codes)))
                found.setdefault(code, Option(code, (run[0],), joint=True, apart=is_shared_out(context, run)))
    return list(found.values())


def is_shared_out(context: Context, run: list[int]) -> bool:
    """Whether the sentence of some places gives each its own number: "900 and 350 in Gabon and Chad respectively"."""
    sentence = context.sheet.sentences[context.name_sentence[run[0]]]
    sharing = context.pack.words("grammar", "shared_out")
    return any(context.shapes[i] in sharing for i in range(sentence.first, sentence.last))


def runs_of_places(context: Context, joiners: frozenset[str]) -> list[list[int]]:
    """Names of places that follow each other with nothing but joiners between."""
    runs: list[list[int]] = []
    for index, name in enumerate(context.names):
        if not name.place or name.form in ("adjective", "people"):
            continue
        if runs and linked(context, runs[-1][-1], index, joiners):
            runs[-1].append(index)
        else:
            runs.append([index])
    return [run for run in runs if len(run) > 1]


def linked(context: Context, before: int, after: int, joiners: frozenset[str]) -> bool:
    """Whether only joiners stand between two names of one sentence."""
    if context.name_sentence[before] != context.name_sentence[after]:
        return False
    between = range(context.last_token[before], context.first_token[after])
    return 0 < len(between) <= 3 and all(context.shapes[i] in joiners for i in between)


def distance(context: Context, first: int, last: int, name: int) -> int:
    """Words between a name and the tokens ``first:last``; negative when the name stands before them."""
    if context.first_token[name] >= last:
        return context.first_token[name] - last + 1
    return -(first - context.last_token[name] + 1) if context.last_token[name] <= first else 0


def bucket(words: int) -> str:
    """A distance in a few steps."""
    size = abs(words)
    step = (
        size
        if size <= 3
        else 4
        if size <= 5
        else 6
        if size <= 8
        else 9
        if size <= 13
        else 14
        if size <= 22
        else 23
    )
    return f"{'-' if words < 0 else '+'}{step}"


def rivals_between(context: Context, side: str, name: int, first: int, last: int) -> int:
    """How many other codes of that side stand between the name and the number."""
    low, high = (
        (context.last_token[name], first)
        if context.last_token[name] <= first
        else (last, context.first_token[name])
    )
    own = code_of(context.names[name], side)
    codes = {
        code_of(context.names[context.name_at[i]], side) for i in range(low, high) if i in context.name_at
    }
    return len(codes - {own, None})


def nearest(
    context: Context, option: Option, first: int, last: int, sentence: int
) -> tuple[int | None, int | None, int | None]:
    """The option's nearest name before and after the number in its sentence, and the last one before the sentence."""
    before = after = earlier = None
    start = bisect_left(option.names, sentence, key=context.name_sentence.__getitem__)
    if start:
        earlier = option.names[start - 1]
    for name in option.names[start : start + MOST_NAMES]:
        if context.name_sentence[name] != sentence:
            break
        if context.first_token[name] < last:
            before = name
        elif after is None:
            after = name
    return before, after, earlier


def option_features(
    context: Context, option: Option, side: str, first: int, last: int, sentence: int
) -> list[str]:
    """What speaks for or against an option as the force or place of the number at tokens ``first:last``."""
    s = side[0]
    before, after, earlier = nearest(context, option, first, last, sentence)
    found = [f"{s} joint" if option.joint else f"{s} kind={kind_of(option.code)}"]
    if option.host_of:
        found.append(f"{s} host only")
    if option.titled:
        found.append(f"{s} titled")
    for where, name in (("before", before), ("after", after)):
        if name is not None:
            found += name_features(context, side, where, name, first, last)
    if before is None and after is None:
        found += far_features(context, option, side, earlier, sentence)
    else:
        found.append(f"{s} in sentence")
    found.append(f"{s} named={min(5, len(option.names))}")
    return found


def name_features(context: Context, side: str, where: str, name: int, first: int, last: int) -> list[str]:
    """A name of the same sentence: how far, which form, which words stand at it."""
    s, form = side[0], context.names[name].form
    start, end = context.first_token[name], context.last_token[name]
    steps = distance(context, first, last, name)
    rivals = min(2, rivals_between(context, side, name, first, last))
    led, then = context.shape(start - 1), context.shape(end)
    if led in ("the", "a"):
        led = f"{context.shape(start - 2)} {led}"
    found = [
        f"{s} {where} {bucket(steps)}",
        f"{s} {where} {form} {bucket(steps)}",
        f"{s} {where} rivals={rivals}",
        f"{s} {where} led={led}",
        f"{s} {where} {form} led={led}",
        f"{s} {where} then={then}",
        f"{s} {where} {form} then={then}",
    ]
    if abs(steps) <= 5:
        between = range(end, first) if where == "before" else range(last, start)
        found.append(f"{s} {where} between={' '.join(context.shapes[i] for i in between)}")
    if context.sheet.sentences[context.name_sentence[name]].first >= start - 1:
        found.append(f"{s} {where} opens {form}")
    return found


def far_features(
    context: Context, option: Option, side: str, earlier: int | None, sentence: int
) -> list[str]:
    """A code that the sentence does not name: how far back it was named, and whether anything was since."""
    s = side[0]
    if earlier is None:
        later = any(context.name_sentence[n] > sentence for n in option.names)
        return [f"{s} only {'later' if later else 'title' if option.titled else 'implied'}"]
    back = sentence - context.name_sentence[earlier]
    form = context.names[earlier].form
    newer = {
        code_of(context.names[n], side)
        for n in range(earlier + 1, min(len(context.names), earlier + MOST_NAMES))
        if context.name_sentence[n] < sentence and code_of(context.names[n], side)
    }
    rank = len(newer - {option.code})
    led = context.shape(context.first_token[earlier] - 1)
    return [
        f"{s} back={min(back, 5)}",
        f"{s} back={min(back, 3)} {form}",
        f"{s} rank={min(rank, 3)}",
        f"{s} far led={led}",
        f"{s} rank={min(rank, 3)} back={min(back, 3)}",
    ]


def kind_of(code: str) -> str:
    """State, organisation, mission, group, region, joint."""
    if "+" in code:
        return "joint"
    if len(code) == 3 and code.isupper() and code not in ("MFO",):
        return "state"
    return code.split(":")[0] if ":" in code or code.isupper() else "region"


def within_reach(context: Context, options: tuple[Option, ...], sentence: int) -> tuple[Option, ...]:
    """The options worth weighing at a sentence: all of a short report, those named nearby in a long one."""
    if len(options) <= MOST_OPTIONS:
        return options
    near = sorted(options, key=lambda o: (sentences_away(context, o, sentence), not o.titled))[:MOST_OPTIONS]
    kept = {o.code for o in near}
    return tuple(o for o in options if o.code in kept)


def sentences_away(context: Context, option: Option, sentence: int) -> int:
    """Sentences to the option's nearest name; a later name counts double, none at all as out of reach."""
    at = bisect_left(option.names, sentence, key=context.name_sentence.__getitem__)
    here = option.names[at : at + 1]
    after = 2 * (context.name_sentence[here[0]] - sentence) if here else REACH
    before = sentence - context.name_sentence[option.names[at - 1]] if at else REACH
    return min(before, after)
