"""Writes frozen figures into a page, between two marks; nobody types them."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def renew(page: Path, name: str, written: str, frozen: Path, *, check: bool = False) -> int:
    """Write the block ``name`` of a page, or with ``check`` only say whether it is as it should be; the exit code."""
    block = re.compile(rf"(<!-- {name}:start -->\n).*?(<!-- {name}:end -->)", re.DOTALL)
    before = page.read_text(encoding="utf-8")
    after = block.sub(lambda found: found.group(1) + written + found.group(2), before)
    if written not in after:
        return complain(f"{page.name} has no block between the {name} marks")
    if check and after != before:
        return complain(
            f"the block {name} in {page.name} is not that of bench/{frozen.name}; run bench/{name}_table.py"
        )
    if after != before:
        page.write_text(after, encoding="utf-8")
        print(f"{page.name} renewed")
    return 0


def complain(words: str) -> int:
    """Say what is wrong; the exit code of a failure."""
    print(words, file=sys.stderr)
    return 1
