"""Writes the sample reports that ship with the package: retellings of real reports, without their labels.

Only reports that are not put aside, so that whoever looks at the samples has seen nothing that measures us.
"""

from __future__ import annotations

import json
from pathlib import Path

from texts import documents

SAMPLES = Path(__file__).resolve().parents[1] / "src/musterbook/samples/reports.jsonl"
FIELDS = ("id", "url", "publisher", "published", "published_estimated", "title", "text", "lang")
MOST = 150


def main() -> None:
    """Take them by day; where there are more than enough, leave out evenly over the years."""
    found = sorted(documents("chronicle", aside=False), key=lambda d: (d["published"], d["id"]))
    step = max(1.0, len(found) / MOST)
    chosen = [found[int(i * step)] for i in range(min(MOST, len(found)))]
    lines = [json.dumps({f: d[f] for f in FIELDS if f in d}, ensure_ascii=False) for d in chosen]
    SAMPLES.parent.mkdir(exist_ok=True)
    SAMPLES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} reports, {chosen[0]['published']} to {chosen[-1]['published']}: {SAMPLES}")


if __name__ == "__main__":
    main()
