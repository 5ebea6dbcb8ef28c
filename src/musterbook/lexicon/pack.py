"""A pack is one language's words as data; code asks for word lists by name and never holds words itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from musterbook.errors import LexiconError

CASES = "cases.toml"


@dataclass(frozen=True, eq=False)
class Pack:
    """The TOML files of ``packs/<language>/``, merged by file name: ``pack.words("verbs", "leave")``."""

    language: str
    tables: dict[str, dict[str, Any]]
    asked: dict[tuple[str, ...], tuple[str, ...]] = field(
        default_factory=dict, repr=False
    )  # lists given before

    def words(self, file: str, *path: str) -> tuple[str, ...]:
        """A list of words or phrases, lower case as written in the pack; LexiconError when it is missing."""
        given = self.asked.get((file, *path))
        return given if given is not None else self.asked.setdefault((file, *path), self._listed(file, *path))

    def _listed(self, file: str, *path: str) -> tuple[str, ...]:
        found = self.table(file, *path)
        if not isinstance(found, list):
            raise LexiconError(f"packs/{self.language}/{file}.toml: {'.'.join(path)} is not a list")
        return tuple(found)

    def table(self, file: str, *path: str) -> Any:  # noqa: ANN401 -- TOML holds lists, tables and scalars alike
        """Whatever stands at that place of the pack; LexiconError when nothing does."""
        found: Any = self.tables.get(file)
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if found is None:
            raise LexiconError(f"packs/{self.language}/{file}.toml: {'.'.join(path) or 'file'} is missing")
        return found


@cache
def load_pack(language: str) -> Pack:
    """The pack of a language by its ISO 639-1 code; LexiconError when none ships."""
    folder = resources.files("musterbook").joinpath("packs", language)
    if not folder.is_dir():
        raise LexiconError(f"no language pack for {language!r}; packs that ship: {', '.join(languages())}")
    tables = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml") and file.name != CASES:
            tables[file.name.removesuffix(".toml")] = tomllib.loads(file.read_text(encoding="utf-8"))
    return Pack(language, tables)


def cases_of(language: str) -> dict[str, Any]:
    """The short reports of a pack with what they say, for its tests; not loaded with the words."""
    file = resources.files("musterbook").joinpath("packs", language, CASES)
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a pack."""
    root = resources.files("musterbook").joinpath("packs")
    return tuple(sorted(f.name for f in root.iterdir() if f.joinpath("sentences.toml").is_file()))
