"""Many words are looked for in bytes at once: by hyperscan where it runs, else by RE2; never by Python's ``re``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from musterbook.errors import UsageError

Told = Callable[[int, int], bool]
"""Given the number of a pattern and the place where it ends; True ends the scan."""
CURE = "archives need what the extra `archive` brings: pip install 'musterbook[archive]'"
MEMORY = 1 << 27  # bytes that RE2 may take for its automaton


class Scanner(Protocol):
    """Patterns made ready."""

    def scan(self, raw: bytes, told: Told) -> None:
        """Tell of every place where a pattern ends, until told to stop."""
        ...


def scanner(patterns: Sequence[bytes], engine: str = "") -> Scanner:
    """The patterns (in what both engines understand, capitals alike) made ready; UsageError where neither is."""
    makers: dict[str, Callable[[Sequence[bytes]], Scanner]] = {"hyperscan": _Hyperscan, "re2": _Re2}
    for name, make in makers.items():
        if engine in ("", name):
            try:
                return make(patterns)
            except ImportError:
                continue
    raise UsageError(CURE)


class _Hyperscan:
    """A database of the patterns, and the room it works in."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        import hyperscan

        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        flags = [hyperscan.HS_FLAG_CASELESS] * len(patterns)
        ids = list(range(len(patterns)))
        self._database.compile(expressions=list(patterns), ids=ids, elements=len(patterns), flags=flags)
        self._stopped: type[Exception] = hyperscan.ScanTerminated

    def scan(self, raw: bytes, told: Told) -> None:
        """Tell of every place where a pattern ends, until told to stop."""

        def found(pattern: int, _start: int, end: int, _flags: int, _context: object) -> bool | None:
            return told(pattern, end) or None

        try:
            self._database.scan(raw, match_event_handler=found)
        except self._stopped:
            return


class _Re2:
    """One automaton over all patterns; which one matched is told by its group."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        import re2

        options = re2.Options()
        options.case_sensitive, options.max_mem, options.longest_match = False, MEMORY, True
        options.encoding = re2.Options.Encoding.LATIN1
        self._any = re2.compile(b"|".join(patterns), options)
        self._single = [re2.compile(pattern, options) for pattern in patterns]
        self._known: dict[bytes, int] = {}

    def scan(self, raw: bytes, told: Told) -> None:
        """Tell of every place where a pattern ends, until told to stop."""
        for found in self._any.finditer(raw):
            if told(self._number(found.group()), found.end()):
                return

    def _number(self, words: bytes) -> int:
        """The first pattern that matches the whole of these words."""
        key = words.lower()
        if key not in self._known:
            matching = (n for n, single in enumerate(self._single) if single.fullmatch(words))
            self._known[key] = next(matching)
        return self._known[key]
