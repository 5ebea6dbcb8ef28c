"""Small tables to try series with; figures of the United Nations' layout are invented."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from musterbook.api import OpenBook
from musterbook.ledger.book import Book
from musterbook.ledger.stores.memory import MemoryStore
from musterbook.lexicon.register import load_register
from musterbook.lexicon.series import load_series
from musterbook.model import Statement
from musterbook.series.reader import Told, tell
from musterbook.series.tables import CutUp, cut_up

DMDC = "country,iso3,year,month,quarter,troops_ad,selected_reserve,civilian,grand_total,source,status"
UN = "Contributing_Country,ISOCode3,Mission_Acronym,Personnel_Type,Female_Personnel,Male_Personnel,Last_Reporting_Date"


def book() -> OpenBook:
    return OpenBook(Book(MemoryStore()))


def row(
    country: str, code: str, when: str, troops: object, reserve: object = 0, status: str = "dmdc_report"
) -> str:
    """A line of the quarterly tables; ``when`` is "September 2017"."""
    month, year = when.split()
    quarter = {"March": 1, "June": 2, "September": 3, "December": 4}[month]
    source = when if status == "dmdc_report" else "NA"
    name = f'"{country}"' if "," in country else country
    return f"{name},{code},{year},{month},{quarter},{troops},{reserve},0,9,{source},{status}"


def cut(key: str, head: str, rows: Iterable[str]) -> CutUp:
    found = cut_up("\n".join([head, *rows]) + "\n", load_series(key), "file.csv")
    assert isinstance(found, CutUp)
    return found


def told(key: str, head: str, *rows: str) -> Told:
    """What a file with one table says."""
    [table] = cut(key, head, rows).tables
    return tell(table.report, load_series(key), load_register())


def told_by_dmdc(*rows: str) -> Told:
    return told("dmdc", DMDC, *rows)


def levels(statements: Iterable[Statement]) -> dict[str, int | None]:
    """The figures by place."""
    return {s.place.code if s.place else "": s.figures.level for s in statements}


def written(folder: Path, head: str, *rows: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path
