"""What can be wrong with a file, one line each: the file, what is wrong with it, and the cure."""

from __future__ import annotations

from musterbook.model import Doubt

CURES = {
    "missing-file": "does not exist; check the name",
    "missing-match": "matches no file; check the pattern",
    "no-permission": "may not be read; give yourself permission (chmod u+r)",
    "unreadable-file": "cannot be read by this machine ({detail}); copy it to a local disk and try again",
    "empty-file": "is empty; leave it out or fetch the report again",
    "empty-folder": "holds no file of a kind that we read (.txt, .html, .pdf, .eml, .jsonl …); name another folder",
    "binary-file": "is not text ({detail}); save the report as text or HTML first",
    "unreadable-encoding": "is in no encoding that we can tell; save it as UTF-8",
    "wrong-encoding": "is not UTF-8 and was read as {detail}; save it as UTF-8 if the accents look wrong",
    "too-large": "is larger than {detail} for one report; split it, or give one report a line as .jsonl",
    "unsupported-type": "is of a type we do not read ({detail}); save it as text, HTML, PDF or JSON lines",
    "bad-json": "is not one JSON object with a text ({detail}); correct or delete the line",
    "no-date": "gives no day of publication, so “Tuesday” stays open; name it with --published 2020-09-09",
    "bad-date": "gives a day we cannot read ({detail}); write it as 2020-09-09",
    "unknown-language": "seems to be in language {detail}, for which there is no pack; "
    "name the language with --lang if that is wrong",
    "no-pack": "is in language {detail}, for which there is no pack; leave it out",
    "too-deep": "nests its tags more than {detail} deep, where text would be lost; save the article as text",
    "deep": "nests its tags more than {detail} deep, so all its words were taken as they follow each other, menus too; "
    "compare its statements with the page",
    "too-tangled": "has more than {detail} tags; save the article as text",
    "too-long": "holds more than {detail} characters of text; split it, or give one report a line as .jsonl",
    "timeout": "was not done with after {detail} and was given up; save the article as text, or give it more time "
    "(MUSTERBOOK_PATIENCE, for archives MUSTERBOOK_STALLED)",
    "too-much-memory": "took more memory than we allow ({detail}) and was given up; save the article as text",
    "crashed-parser": "made its parser fail ({detail}); save the article as text",
    "no-text": "holds no article text that we can find{detail}; save the article as text",
    "damaged": "is damaged ({detail}); what could be read was read; fetch or save it again for the rest",
    "encrypted": "is locked with a password; save it without one",
    "too-many-parts": "has more than {detail}; those behind were left out: split it",
    "own-entities": "defines abbreviations of its own (entities), which we do not expand; save it without its DOCTYPE",
    "empty-feed": "is a feed without entries, or no feed at all; check what its address gives",
    "summary-only": "is only the summary in a feed; add the page itself for the rest: {detail}",
    "bad-row": "is a row without a text ({detail}); correct or delete the row",
    "other-kind": "is really {detail} and was read as that; give its file the name that fits",
    "ambiguous-date": "gives a day that can be two ({detail}); name it with --published 2020-09-09",
    "late-date": "gives a day after it was fetched ({detail}), which was not taken; name it with --published DAY",
    "missing-extra": "is an archive, for which a part is missing; {detail}",
    "passed-over": "was read for the pages that tell of troops; {detail} do not, by the gate, and were left out",
    "damaged-archive": "is damaged in places ({detail}); what lies between was read; fetch it again for the rest",
    "cut-archive": "ends within a record; fetch it again: only what is missing will be added",
    "huge-records": "holds pages that unpack to more than we read ({detail}); they were left out",
    "crashed-archive": "made the reader crash twice ({detail}) and was left out; split it and try again",
    "recovered": "was found behind damage of its archive, where words may only look like a page; check its address",
    "table-file": "is a table without a column of texts; name that with --column; one of a series that we know goes "
    "in with: musterbook series add SERIES FILE",
    "too-large-table": "is larger than {detail} for one table; split it by years",
    "binary-table": "is not text ({detail}); save the table as CSV first",
    "not-of-series": "is no table of this series: {detail}; see which columns one needs: musterbook series list",
}
REMARKS = frozenset(["passed-over", "summary-only"])  # good to know, and no problem with the data


def trouble(code: str, source: str, detail: str = "", report: str = "") -> Doubt:
    """The doubt for one kind of trouble; ``report`` is given where the report was read all the same."""
    return Doubt(
        "intake", code, f"{source} {CURES[code].format(detail=detail)}", source=source, report=report
    )
