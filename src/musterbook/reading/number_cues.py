"""What is no head count is said in the pack, class by class, and looked up here."""

from __future__ import annotations

from dataclasses import dataclass

from musterbook.lexicon.pack import Pack

CLASSES = ("vehicle", "other", "casualty", "score")
UNITS = ("duration", "distance", "money", "clock")


@dataclass(frozen=True)
class Cues:
    """The cue words of a pack; ``units`` stand right after a number, ``nouns`` head its phrase."""

    numerals: frozenset[str]
    of: str
    signs: frozenset[str]
    stops: frozenset[str]
    through_of: frozenset[str]
    between: frozenset[str]
    heads: frozenset[str]
    compounds: frozenset[str]
    units: dict[str, str]
    nouns: dict[str, str]
    lists: dict[str, frozenset[str]]

    @classmethod
    def of_pack(cls, pack: Pack, numerals: frozenset[str]) -> Cues:
        """Reads ``not_heads.toml``."""
        tables = pack.tables["not_heads"]
        plain = {
            k: frozenset(pack.words("not_heads", k))
            for k in ("signs", "stops", "through_of", "between", "heads", "compounds")
        }
        lists = {
            f"{name}.{part}": frozenset(words)
            for name, table in tables.items()
            if isinstance(table, dict)
            for part, words in table.items()
        }
        units = {w: name for name in reversed(UNITS) for w in lists[f"{name}.after"]}
        nouns = {w: name for name in reversed(CLASSES) for w in lists[f"{name}.after"]}
        return cls(
            numerals=numerals, of=pack.table("numbers", "of"), units=units, nouns=nouns, lists=lists, **plain
        )

    def has(self, name: str, word: str) -> bool:
        """Whether a list of the pack holds the word."""
        return word in self.lists[name]
