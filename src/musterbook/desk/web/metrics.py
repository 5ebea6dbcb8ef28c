"""The state of the desk in the text format of Prometheus, written by hand: a few dozen lines need no package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from musterbook import __version__
from musterbook.desk.web.health import Health
from musterbook.desk.web.traffic import Traffic

KIND = "text/plain; version=0.0.4; charset=utf-8"
Labels = Mapping[str, str]
Sample = tuple[Labels, float | int | None]
GAUGES = (  # name, what it is, field of Health
    ("book_lines", "Lines of the book.", "lines"),
    ("statements", "Statements that stand.", "statements"),
    ("queue", "Statements that nobody has reviewed.", "waiting"),
    ("held", "Statements that count for nothing until somebody confirms them.", "held"),
    ("pledges_due", "Announced changes whose day has just passed.", "due"),
    ("reckoning_behind_lines", "Lines of the book that are not reckoned yet.", "behind"),
    ("reckoning_seconds", "How long the last reckoning took.", "reckoned"),
    ("reckoning_age_seconds", "How long ago that was.", "age"),
    ("checkpoint_lines", "Lines that the last checkpoint vouches for.", "noted"),
    ("disk_free_bytes", "Free bytes on the disk of the book.", "free"),
    ("disk_bytes", "Bytes of the disk of the book.", "room"),
)
ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def exposition(found: Health, traffic: Traffic) -> str:
    """All of it."""
    return "".join(line + "\n" for line in (*_book(found), *_requests(traffic)))


def _book(found: Health) -> Iterator[str]:
    yield from _family("info", "gauge", "The version of the desk.", [({"version": __version__}, 1)])
    yield from _family("healthy", "gauge", "Whether all is well: 1, else 0.", [({}, 0 if found.wrong else 1)])
    for name, words, field in GAUGES:
        yield from _family(name, "gauge", words, [({}, getattr(found, field))])
    doubts = [({"code": code}, count) for code, count in found.doubts.items()]
    yield from _family("doubts", "gauge", "What could not be settled, by kind.", doubts)
    for name, words, moment in (
        (
            "checkpoint_timestamp_seconds",
            "Moment of the last line that a checkpoint vouches for.",
            found.checkpoint,
        ),
        ("watch_beat_timestamp_seconds", "When the watcher of feeds was last heard of.", found.beat),
    ):
        yield from _family(name, "gauge", words, [({}, moment.timestamp() if moment else None)])
    feeds = [({"what": what}, count) for what, count in found.feeds.items()]
    yield from _family("watch", "gauge", "What the watcher of feeds has under way.", feeds)


def _requests(traffic: Traffic) -> Iterator[str]:
    yield from _family("requests_under_way", "gauge", "Requests not answered yet.", [({}, traffic.inside)])
    counts = [
        ({"route": route, "method": method, "status": str(status)}, count)
        for (route, method, status), count in traffic.answers()
    ]
    yield from _family("requests_total", "counter", "Requests answered.", counts)
    name = "musterbook_request_seconds"
    yield f"# HELP {name} How long until an answer began."
    yield f"# TYPE {name} histogram"
    for route, slots, count, seconds in traffic.times():
        for bound, so_far in slots:
            edge = "+Inf" if bound == float("inf") else f"{bound:g}"
            yield f"{name}_bucket{_labels({'route': route, 'le': edge})} {so_far}"
        yield f"{name}_sum{_labels({'route': route})} {seconds:.6f}"
        yield f"{name}_count{_labels({'route': route})} {count}"


def _family(name: str, kind: str, words: str, samples: Iterable[Sample]) -> Iterator[str]:
    """A metric with its samples; what is not known is left out."""
    known = [(labels, value) for labels, value in samples if value is not None]
    if known:
        yield f"# HELP musterbook_{name} {words}"
        yield f"# TYPE musterbook_{name} {kind}"
    for labels, value in known:
        yield (
            f"musterbook_{name}{_labels(labels)} {value:.3f}"
            if isinstance(value, float)
            else (f"musterbook_{name}{_labels(labels)} {value}")
        )


def _labels(labels: Labels) -> str:
    told = ",".join(f'{name}="{value.translate(ESCAPES)}"' for name, value in labels.items())
    return f"{{{told}}}" if told else ""
