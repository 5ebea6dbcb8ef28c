"""One article has one address: what only follows readers about is cut off, and nobody takes another's name."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

LONGEST = 2_000  # signs of an address
TRACKING = frozenset(  # parameters that tell whence a reader came, not what is read
    [
        "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "cmpid", "ocid", "ncid",
        "ref_src", "smid", "smtyp", "sref", "taid", "wt_mc", "xtor", "at_medium", "at_campaign", "spm", "_ga",
    ]
)  # fmt: skip
CAMPAIGN = "utm_"
SIDES = ("www.", "m.", "amp.", "mobile.")  # other doors of one house


def plain_address(url: str) -> str:
    """A web address without tracking, password and place in the page; empty for anything else."""
    try:
        parts = urlsplit(url.strip()[: LONGEST + 1])
        port = f":{parts.port}" if parts.port else ""
        asked = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:  # such as a bracket that is not closed
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or len(url) > LONGEST:
        return ""
    kept = [(name, value) for name, value in asked if not _follows(name)]
    query = parts.query if len(kept) == len(asked) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), parts.hostname + port, parts.path or "/", query, ""))


def canonical(stated: tuple[str, ...], fetched: str) -> str:
    """The first address that a page states for itself and may state, else the one it was fetched from.

    An address proves who published. So a page that was fetched from one house cannot name that of another.
    """
    home = plain_address(fetched)
    for words in stated:
        own = plain_address(_joined(home, words))
        if own and (not home or (_house(own) == _house(home) and not _is_front(own, home))):
            return own
    return home


def _joined(home: str, words: str) -> str:
    try:
        return urljoin(home, words.strip())
    except ValueError:
        return ""


def _house(url: str) -> str:
    """The host without the doors for phones and the like."""
    host = urlsplit(url).hostname or ""
    for side in SIDES:
        host = host.removeprefix(side)
    return host


def _is_front(own: str, home: str) -> bool:
    """Whether a page below the front page claims to be the front page, as careless sites have it."""
    return urlsplit(own).path == "/" != urlsplit(home).path and not urlsplit(own).query


def _follows(name: str) -> bool:
    return name.lower().startswith(CAMPAIGN) or name.lower() in TRACKING
