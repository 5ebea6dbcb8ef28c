"""What one archive gave, packed by whoever read it elsewhere, and checked before it is believed."""

from __future__ import annotations

import json
import tempfile
import zlib
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from musterbook.errors import BookError
from musterbook.fleet.local import shards
from musterbook.fleet.manifest import size_of
from musterbook.fleet.spool import is_finished, write_spool
from musterbook.reading.reader import version


@dataclass(frozen=True, slots=True)
class Label:
    """Which archive was read by which reader, and the sum over what follows."""

    file: str
    size: int
    reader: str
    sum: str


def packed(file: str, learned: bool) -> bytes:
    """Read an archive, watched over as on one machine; the same bytes for the same file and reader."""
    path = Path(file)
    with tempfile.TemporaryDirectory() as folder:
        spool = Path(folder) / "spool"
        for shard in shards([path], 1, learned, Path(folder)):
            write_spool(spool, shard.found, shard.counts)
        body = zlib.compress(spool.read_bytes(), 1)
    label = Label(file, size_of(path), version(learned=learned), sha256(body).hexdigest())
    return json.dumps(asdict(label)).encode() + b"\n" + body


def unpacked(parcel: bytes, path: Path, learned: bool, spool: Path) -> None:
    """Put what a parcel holds into a spool; BookError where it is not what was asked for."""
    head, _, body = parcel.partition(b"\n")
    try:
        label = Label(**json.loads(head))
    except (ValueError, TypeError) as broken:
        raise BookError("came back as something else") from broken
    if label.sum != sha256(body).hexdigest():
        raise BookError("came back damaged")
    if label.file != str(path):
        raise BookError(f"came back as {label.file}")
    if label.reader != version(learned=learned):
        raise BookError(
            f"was read by {label.reader} instead of {version(learned=learned)}: install one version"
        )
    if size_of(path) not in (0, label.size):  # 0: only those who read can see it
        raise BookError(f"has {label.size} bytes where it was read, and {size_of(path)} here")
    spool.write_bytes(zlib.decompress(body))
    if not is_finished(spool):
        spool.unlink()
        raise BookError("came back unfinished")
