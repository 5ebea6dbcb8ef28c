"""A chart as a program gets it: to be shown in a notebook, or saved as a picture, a table or a description.

Pictures of dots and the interactive page need the extra ``charts``; everything else is written with nothing but Python.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musterbook.charts.picture import Picture
from musterbook.charts.tables import Table
from musterbook.errors import BookError, UsageError

if TYPE_CHECKING:
    from types import ModuleType

FORMS = (".svg", ".csv", ".json", ".png", ".html")
VEGA_LITE = "6.1"
SCALE = 2.0  # pixels for each unit of the drawing
MISSING = "a {} needs the extra charts: pip install 'musterbook[charts]'; .svg, .csv and .json are written without it"


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart in all its forms."""

    picture: Picture
    table: Table
    spec: dict[str, Any]  # Vega-Lite

    @property
    def svg(self) -> str:
        """The picture as a file that stands alone."""
        return self.picture.alone

    def as_bytes(self, form: str) -> bytes:
        """The chart as the file with this ending; UsageError for any other, or without the extra that it needs."""
        if form == ".svg":
            return self.svg.encode()
        if form == ".csv":
            return self.table.csv().encode()
        if form == ".json":
            return (json.dumps(self.spec, ensure_ascii=False, indent=1) + "\n").encode()
        if form == ".png":
            drawn: bytes = _converter(form).svg_to_png(self.picture.plain, scale=SCALE)
            return drawn
        if form == ".html":
            page: str = _converter(form).vegalite_to_html(self.spec, vl_version=VEGA_LITE, bundle=True)
            return page.encode()
        raise UsageError(
            f"a chart cannot be written as {form or 'a file without ending'}; {', '.join(FORMS)} it can"
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the form that the file's ending names: .svg, .csv, .json (Vega-Lite), .png or .html."""
        file = Path(path)
        held = self.as_bytes(file.suffix.lower())
        try:
            file.write_bytes(held)
        except OSError as broken:
            raise BookError(
                f"{file} cannot be written ({broken.strerror}); check its folder and permissions"
            ) from broken
        return file

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.svg


def _converter(form: str) -> ModuleType:
    """The package that draws dots and bundles the interactive page; UsageError where it is not installed."""
    try:
        import vl_convert
    except ImportError as missing:
        raise UsageError(MISSING.format(form.removeprefix(".").upper())) from missing
    converter: ModuleType = vl_convert
    return converter
