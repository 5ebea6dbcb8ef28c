"""What was announced and what became of it."""

from __future__ import annotations

from datetime import date

from musterbook.desk.pledging import timeline
from musterbook.desk.views import View, pledge_view, score_view
from musterbook.desk.web.errors import missing
from musterbook.desk.web.pages.evidence import IDENTITY
from musterbook.desk.web.rest import parameters, shapes
from musterbook.desk.web.rest.call import Call, Source
from musterbook.desk.web.rest.operations import Part
from musterbook.desk.web.rest.paging import Key, Listing, known_or_not
from musterbook.desk.wiring import label
from musterbook.findings import Pledge, Score

part = Part("Announcements")
ORDERS = ("-announced", "announced", "deadline", "-deadline", "-decided", "decided")
SORT = parameters.choice(
    "sort",
    "The order: by the day of the announcement, its deadline, or the verdict; with “-”, the latest first.",
    ORDERS,
    ORDERS[0],
)
DUE = (
    parameters.day("due_from", "Only those whose deadline is that day or later.", "2020-09-01"),
    parameters.day("due_to", "Only those whose deadline is that day or earlier.", "2021-06-01"),
)
BY = parameters.choice(
    "by", "Whose announcements are counted together.", ("force", "place", "speaker"), "force"
)


@part.lists("/pledges", shapes.Pledge, *parameters.CLOCKS, *parameters.WHERE, parameters.VERDICT, *DUE, SORT)
def pledges(call: Call, source: Source) -> Listing[Pledge]:
    """Announced changes with their verdicts.

    As far as was published by the day `on`. `verdict` is one of open, due, kept, kept late, partly kept, broken,
    reversed, superseded, frozen, unverifiable; `because` says why, `deciding` are the ids of the statements that
    decided, `decided_on` the first day on which it could be known.
    """
    found = [one for one in source.pledges() if _is_wanted(one, call)]
    by, falling = call["sort"].lstrip("-"), call["sort"].startswith("-")

    def key(one: Pledge) -> Key:
        day = {"announced": one.announced, "deadline": one.deadline, "decided": one.decided_on}[by]
        return [known_or_not(day.isoformat() if day else None), one.id]

    return Listing(found, key, lambda one: pledge_view(one, label), falling, by)


def _is_wanted(one: Pledge, call: Call) -> bool:
    first, last = call["due_from"], call["due_to"]
    if call["verdict"] and one.verdict != call["verdict"]:
        return False
    if one.deadline is None:
        return first is None and last is None
    return (first or date.min) <= one.deadline <= (last or date.max)


@part.tells("/pledges/{id}", shapes.Story, *parameters.CLOCKS, statuses=(404,))
def pledge(call: Call) -> View:
    """One announced change with its story.

    Who announced it when, who said it again, what was seen, what decided, and the announcements before and after it.
    """
    identity = call.path["id"]
    if not IDENTITY.fullmatch(identity):
        raise missing("An announcement has an id of six to 64 signs, 0 to 9 and a to f.")

    def tell(source: Source) -> View:
        found = [one for one in source.pledges() if one.id.startswith(identity)]
        if len(found) != 1:
            raise missing(f"{len(found) or 'No'} announcements have an id that begins with {identity}.")
        view = pledge_view(found[0], label)
        return view | {"timeline": timeline(source.view, view, call["on"])}

    return call.through(tell)


@part.lists("/scoreboard", shapes.Score, *parameters.CLOCKS, *parameters.WHERE, BY)
def scoreboard(call: Call, source: Source) -> Listing[Score]:
    """How announced changes came out.

    Counts by verdict, and how many were kept in time of those that can be judged, with the 90 % interval of that share.
    """
    from musterbook.reckoning.pledges.scoreboard import scoreboard as counted

    by = call["by"]
    scores = counted(source.pledges(), by)
    names = str if by == "speaker" else label
    return Listing(
        scores, lambda one: [-one.judged, -one.total, one.of], lambda one: score_view(one, names), order=by
    )
