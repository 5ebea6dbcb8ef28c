"""Days as published tools find them: every reading of every expression, as first and last day.

They get the benefit of each doubt: where a tool can prefer the past or the future, both are asked; where it gives a
moment and says that it means a month, the whole month is a reading too; where its range ends before a day, the day
before and the day itself are.
"""

from __future__ import annotations

import calendar
import importlib
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

Days = tuple[date, date]
Finder = Callable[[str, "date | None"], list[list[str]]]
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def spread(day: date, grain: str) -> Days:
    """The day, or the week, month or year around it."""
    if grain == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if grain == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if grain == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def listed(readings: Iterator[Days]) -> list[list[str]]:
    """Readings as JSON, each once; a range that runs backwards is kept as the tool gave it."""
    return [list(pair) for pair in dict.fromkeys((a.isoformat(), b.isoformat()) for a, b in readings)]


def midnight(day: date | None) -> datetime:
    """The moment from which a tool counts."""
    return datetime.combine(day or date.today(), datetime.min.time())


def dateparser() -> Finder:
    """Searches with each preference; a found piece is asked once more for its grain, and spans are pairs."""
    search = importlib.import_module("dateparser.search").search_dates
    parser = importlib.import_module("dateparser.date").DateDataParser

    def readings(text: str, day: date | None) -> Iterator[Days]:
        for preference in ("current_period", "past", "future"):
            settings = {"RELATIVE_BASE": midnight(day), "PREFER_DATES_FROM": preference}
            spans: dict[str, date] = {}
            with_spans = {**settings, "RETURN_TIME_SPAN": True}
            for words, moment in search(text, languages=["en"], settings=with_spans) or ():
                if words.endswith((" (start)", " (end)")):
                    spans[words] = moment.date()
                    continue
                yield moment.date(), moment.date()
                data = parser(languages=["en"], settings=settings).get_date_data(words)
                if data and data.date_obj:
                    yield spread(data.date_obj.date(), data.period)
            for words, first in spans.items():
                last = spans.get(words.removesuffix(" (start)") + " (end)")
                if words.endswith(" (start)") and last:
                    yield first, last

    return lambda text, day: listed(readings(text, day))


def parsedatetime() -> Finder:
    """Expressions in running text, spread to the accuracy that it states, and its ranges."""
    module = importlib.import_module("parsedatetime")
    calendar_of = module.Calendar(version=module.VERSION_CONTEXT_STYLE)
    context = module.pdtContext
    fine = context.ACU_DAY | context.ACU_HALFDAY | context.ACU_HOUR | context.ACU_MIN | context.ACU_SEC
    grains = (
        (fine, "day"),
        (context.ACU_WEEK, "week"),
        (context.ACU_MONTH, "month"),
        (context.ACU_YEAR, "year"),
    )

    def readings(text: str, day: date | None) -> Iterator[Days]:
        base = midnight(day)
        for moment, how, *_ in calendar_of.nlp(text, base) or ():
            grain = next((name for bits, name in grains if how.accuracy & bits), "day")
            yield moment.date(), moment.date()
            yield spread(moment.date(), grain)
        first, last, given = calendar_of.evalRanges(text, base.timetuple())
        if given:
            yield date(*first[:3]), date(*last[:3])

    return lambda text, day: listed(readings(text, day))


def timefhuman() -> Finder:
    """Each direction, with and without inferring; a bare month stands for all its days too."""
    module = importlib.import_module("timefhuman")
    asked = [(d, infer) for d in module.Direction for infer in (True, False)]

    def flat(value: Any, words: str) -> Iterator[Days]:  # noqa: ANN401 -- the tool answers in many shapes
        if isinstance(value, tuple) and len(value) == 2 and all(isinstance(v, date) for v in value):
            yield value[0], value[1]
        elif isinstance(value, (list, tuple)):
            for one in value:
                yield from flat(one, words)
        elif isinstance(value, date):
            yield value, value
            if value.day == 1 and not re.search(r"\b\d{1,2}(?:st)?\b", words):
                yield spread(value, "month")

    def readings(text: str, day: date | None) -> Iterator[Days]:
        for direction, infer in asked:
            config = module.tfhConfig(
                direction=direction, infer_datetimes=infer, now=midnight(day), return_matched_text=True
            )
            for words, _, value in module.timefhuman(text, config=config):
                for pair in flat(value, words):
                    first, last = (v.date() if isinstance(v, datetime) else v for v in pair)
                    yield first, last

    return lambda text, day: listed(readings(text, day))


def recognizers() -> Finder:
    """All values of all expressions. Its ranges end before their last day, and its timex names whole periods."""
    module = importlib.import_module("recognizers_date_time")

    def readings(text: str, day: date | None) -> Iterator[Days]:
        found = module.recognize_datetime(text, module.Culture.English, reference=midnight(day))
        for value in (v for r in found if r.resolution for v in r.resolution["values"]):
            if value["type"] in ("date", "datetime", "daterange", "datetimerange"):
                yield from resolved(value)

    return lambda text, day: listed(readings(text, day))


def resolved(value: dict[str, str]) -> Iterator[Days]:
    """The readings of one value of Recognizers-Text."""
    ends = {k: date.fromisoformat(value[k][:10]) for k in ("value", "start", "end") if is_day(value.get(k))}
    before = {k: d - timedelta(days=1) for k, d in ends.items() if k == "end"}
    if "start" in ends and "end" in ends:
        yield ends["start"], max(ends["start"], before["end"])
        yield ends["start"], ends["end"]
    else:
        for day in (*ends.values(), *before.values()):
            yield day, day
    yield from named(value.get("timex", ""), [d.year for d in ends.values()])


def is_day(words: str | None) -> bool:
    """Whether a field holds a day (it may say "not resolved")."""
    return bool(words and re.match(r"\d{4}-\d\d-\d\d", words))


def named(timex: str, years: list[int]) -> Iterator[Days]:
    """The whole period that a timex names: 2014, 2014-07, XXXX-07 in the given years, 2014-W10, 2014-SU."""
    parts = re.fullmatch(r"(\d{4}|XXXX)(?:-(\d\d|W\d\d|SP|SU|FA|WI))?", timex)
    for year in [int(parts[1])] if parts and parts[1] != "XXXX" else years:
        part = parts[2] if parts else None
        if parts and not part:
            yield spread(date(year, 1, 1), "year")
        elif part and part[0] == "W" and part[1:].isdigit():
            yield spread(date.fromisocalendar(year, int(part[1:]), 1), "week")
        elif part in SEASONS:
            first = date(year, SEASONS[part], 1)
            last = date(year + (part == "WI"), (SEASONS[part] + 1) % 12 + 1, 1)
            yield first, spread(last, "month")[1]
        elif part and part.isdigit():
            yield spread(date(year, int(part), 1), "month")


TOOLS: dict[str, Callable[[], Finder]] = {
    "dateparser": dateparser,
    "parsedatetime": parsedatetime,
    "timefhuman": timefhuman,
    "recognizers-text": recognizers,
}
