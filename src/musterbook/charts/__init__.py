"""One function a chart: records in, SVG out; the same for pages, the command line and notebooks.

The drawings carry no style and no script of their own, so that a page under a strict policy may hold them; a page links
``charts.css``, and a file that stands alone (``Picture.alone``) brings it along.
"""

from musterbook.charts.atlas import land_file
from musterbook.charts.bars import bars
from musterbook.charts.curve import Shape, curve, sample_days
from musterbook.charts.family import family
from musterbook.charts.picture import Picture, stylesheet
from musterbook.charts.records import Aim, Bar, Course, Dot, Holding, Kin, Promise
from musterbook.charts.spark import spark
from musterbook.charts.timeline import timeline, verdict_sign
from musterbook.charts.world import world

__all__ = [
    "Aim",
    "Bar",
    "Course",
    "Dot",
    "Holding",
    "Kin",
    "Picture",
    "Promise",
    "Shape",
    "bars",
    "curve",
    "family",
    "land_file",
    "sample_days",
    "spark",
    "stylesheet",
    "timeline",
    "verdict_sign",
    "world",
]
