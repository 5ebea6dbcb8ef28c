"""What does not add up, what could not be settled, and what is worth a look."""

from __future__ import annotations

from musterbook.desk.views import View, conflict_view, doubt_view
from musterbook.desk.waiting import queue_view
from musterbook.desk.web.rest import parameters, shapes
from musterbook.desk.web.rest.call import Call, Source
from musterbook.desk.web.rest.operations import Part
from musterbook.desk.web.rest.paging import Key, Listing
from musterbook.desk.wiring import label
from musterbook.findings import Conflict, Item
from musterbook.model import Doubt, Statement

part = Part("Conflicts and doubts")
CODE = parameters.text("code", "Only this kind, by its code.", "change")
EXPLAINED = parameters.flag(
    "explained", "With what only seems to conflict: counted by other rules, or an old figure."
)
STAGE = parameters.choice(
    "stage", "Only what this stage of reading could not settle.", ("intake", "reading", "identity", "ledger")
)
OF_REPORT = parameters.text("report", "Only the doubts on the report with this id.", "5f0c")


@part.lists("/conflicts", shapes.Conflict, *parameters.CLOCKS, *parameters.WHERE, CODE, EXPLAINED)
def conflicts(call: Call, source: Source) -> Listing[Conflict]:
    """What does not add up or cannot all be true.

    Sums in reports that do not come out, with the number that is likely misprinted; retellings; sources that differ;
    jumps. `basis` are the ids of the statements.
    """
    found = [one for one in source.conflicts() if call["explained"] or not one.explained]
    found = [one for one in found if call["code"] in ("", one.code)]

    def key(one: Conflict) -> Key:
        return [one.contingent.id, one.code, *one.basis, one.message]

    return Listing(found, key, lambda one: conflict_view(one, label))


@part.lists("/doubts", shapes.Doubt, parameters.KNOWN, STAGE, CODE, OF_REPORT)
def doubts(call: Call, source: Source) -> Listing[Doubt]:
    """What could not be settled.

    With its place in the report and the words around it; `code` is short and stable, for counting.
    """
    wanted = call["stage"], call["code"], call["report"]

    def fits(one: Doubt) -> bool:
        return all(
            asked in ("", told) for asked, told in zip(wanted, (one.stage, one.code, one.report), strict=True)
        )

    def show(one: Doubt) -> View:
        report = source.view.report(one.report) if one.report else None
        return doubt_view(one, report.text if report else None)

    return Listing([one for one in source.view.doubts() if fits(one)], lambda one: [one.id], show)


@part.lists("/queue", shapes.Waiting, parameters.KNOWN, parameters.PUBLIC, *parameters.WHERE)
def queue(call: Call, source: Source) -> Listing[tuple[Item, Statement]]:
    """What to review first.

    The statements that nobody has reviewed; what moves the figure of its day most comes first.
    """
    said = {one.id: one for one in source.view.statements()}
    found = [(item, said[item.statement]) for item in source.queue()]

    def show(pair: tuple[Item, Statement]) -> View:
        view = queue_view(source.view, *pair)
        for name in ("id", "next"):  # what to type at the command line
            view.pop(name)
        return view | {"published": None if view["published"] == "?" else view["published"]}

    return Listing(found, lambda pair: [-pair[0].moves, pair[1].confidence, pair[1].id], show)
