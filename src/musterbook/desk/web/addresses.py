"""The stable addresses of those who have a name but no code."""

from __future__ import annotations

from urllib.parse import quote


def source_address(name: str) -> str:
    """The stable address of a publisher's page."""
    if not name or not name.strip("./"):  # what a browser would take for a folder
        return f"/source?name={quote(name, safe='', errors='replace')}"
    return f"/source/{quote(name, safe='', errors='replace')}"


def speaker_address(name: str) -> str:
    """The stable address of a speaker's page."""
    return f"/speaker?name={quote(name, safe='', errors='replace')}"
