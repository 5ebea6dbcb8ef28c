"""A file that is not a report but a table is read whole, as text, or there is a doubt that says why not."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from musterbook.intake.decode import decode
from musterbook.intake.limits import TABLE_LIMIT
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt


def whole_text(path: str | os.PathLike[str]) -> str | Doubt:
    """The text of a file with lines parted by a line feed, or what is wrong with the file."""
    name = os.fspath(path)
    try:
        found = Path(name).stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISFIFO(found.st_mode):
            return trouble("unsupported-type", name, "no regular file")
        if found.st_size > TABLE_LIMIT:
            return trouble("too-large-table", name, f"{TABLE_LIMIT // 1_000_000} MB")
        raw = Path(name).read_bytes()
    except FileNotFoundError:
        return trouble("missing-file", name)
    except PermissionError:
        return trouble("no-permission", name)
    except (OSError, ValueError) as broken:  # ValueError: a name with a zero byte
        return trouble("unreadable-file", name, str(broken))
    return _decoded(raw, name)


def _decoded(raw: bytes, name: str) -> str | Doubt:
    if not raw.strip():
        return trouble("empty-file", name)
    decoded = decode(raw)
    if decoded.code == "binary-file":
        return trouble("binary-table", name, decoded.detail)
    return decoded.text or trouble(decoded.code or "empty-file", name, decoded.detail)
