"""The folder of a site: what changed is laid ready beside the old files, and takes their place when all of it is there.

A run that is killed before leaves the old site as it was; one that is killed while files change places is finished by
the next. Files that are not ours stay, and are never written over.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from musterbook.errors import UsageError

MANIFEST = "musterbook-site.json"
READY = ".musterbook-next"  # where new files are laid ready
PLAN = ".plan.json"  # in there: everything is ready; no file of a site begins with a point


@dataclass(slots=True)
class Folder:
    """A folder that holds a site of ours, or nothing yet."""

    place: Path
    old: frozenset[str]  # files that we wrote last time
    names: set[str] = field(default_factory=set)  # files of the site as it is written now
    changed: set[str] = field(default_factory=set)

    def put(self, name: str, content: bytes) -> None:
        """Lay a file ready, unless the very same is there."""
        target = self.place / name
        self.names.add(name)
        if name not in self.old and target.exists():
            raise UsageError(f"{target} was not written by publish; move it away, or name another folder")
        ready = self.place / READY / name
        if name in self.old and target.is_file() and target.read_bytes() == content:
            ready.unlink(missing_ok=True)
            self.changed.discard(name)
            return
        ready.parent.mkdir(parents=True, exist_ok=True)
        ready.write_bytes(content)
        self.changed.add(name)

    def finish(self) -> tuple[int, int]:
        """All is ready: let it take its place; how many files were written, and how many are gone."""
        gone = sorted(self.old - self.names)
        if not (self.changed or gone):
            shutil.rmtree(self.place / READY, ignore_errors=True)
            return 0, 0
        plan = {"files": sorted(self.names), "changed": sorted(self.changed), "gone": gone}
        fresh = self.place / READY / ".part"
        fresh.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(plan))
        fresh.replace(self.place / READY / PLAN)
        take_place(self.place)
        return len(self.changed), len(gone)


def opened(place: Path) -> Folder:
    """The folder, made where there is none; UsageError where it holds something else."""
    if place.exists() and not place.is_dir():
        raise UsageError(f"{place} is a file; name a folder")
    place.mkdir(parents=True, exist_ok=True)
    take_place(place)
    shutil.rmtree(place / READY, ignore_errors=True)
    if not (place / MANIFEST).exists():
        if any(one.name != ".git" for one in place.iterdir()):
            raise UsageError(f"{place} holds files that publish did not write; name an empty folder")
        return Folder(place, frozenset())
    return Folder(place, frozenset(_told(place / MANIFEST)["files"]))


def take_place(place: Path) -> None:
    """Move what is ready to where it belongs, and remove what is no longer there; nothing where nothing is ready."""
    ready = place / READY
    if not (ready / PLAN).exists():
        return
    plan = _told(ready / PLAN)
    for name in plan["changed"]:
        if (ready / name).exists():  # not yet moved by a run that was killed
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (ready / name).replace(place / name)
    _remove(place, plan["gone"])
    (ready / ".manifest").write_text(
        json.dumps({"written by": "musterbook publish", "files": plan["files"]}, indent=1)
    )
    (ready / ".manifest").replace(place / MANIFEST)
    shutil.rmtree(ready)


def _remove(place: Path, names: Iterable[str]) -> None:
    """Files of ours, and folders that are empty without them."""
    for name in names:
        (place / name).unlink(missing_ok=True)
        for folder in (place / name).parents:
            if folder == place or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


def _told(file: Path) -> dict[str, list[str]]:
    """What one of our notes says; its names lead nowhere but into the folder."""
    try:
        told = json.loads(file.read_text())
        lists = {key: [str(name) for name in told.get(key, [])] for key in ("files", "changed", "gone")}
    except (ValueError, AttributeError, TypeError):
        raise UsageError(f"{file} is damaged; remove the folder and publish anew") from None
    for name in (name for several in lists.values() for name in several):
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise UsageError(f"{file} names {name}, which lies outside; remove the folder and publish anew")
    return lists
