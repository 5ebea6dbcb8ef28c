"""Checks a proof that `musterbook prove` wrote, with nothing but Python: that one line stands in a book.

usage: python check_proof.py PROOF.json [CHECKPOINTS]

The book is a list of lines. A tree of SHA-256 hashes stands over them (RFC 6962, section 2.1): a leaf is the hash of
a 0 byte and a line, a node the hash of a 1 byte and the two hashes below it. The proof holds the line, its place n
(from 1) among `size` lines, the hashes beside the way from it to the top, and the top: the root. If the way leads from
the line to the root, the line stands in every book with that root. Whether that is the book you mean is told by a
checkpoint that you kept: a line of JSON with the same size must have the same root.
Ends with 0 when the proof holds, 1 when it does not, 2 when it was called wrongly.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path


def leaf(line: str) -> bytes:
    """The hash of a line."""
    return hashlib.sha256(b"\x00" + line.encode("utf-8")).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(held: bytes, place: int, size: int, path: list) -> bytes | None:
    """The root that the path leads to from the leaf in that place (from 0) of a tree of that size, else None.

    From the leaf up, we stand at place `at` of a level whose last place is `last`.
    """
    at, last = place, size - 1
    for sister in path:
        if last == 0:
            return None  # the path is longer than the tree is high
        if at % 2 == 1 or at == last:  # the sister stands to the left
            held = node(sister, held)
            while at % 2 == 0 and at != 0:  # the last place of a level without a sister moves up as it is
                at, last = at // 2, last // 2
        else:
            held = node(held, sister)
        at, last = at // 2, last // 2
    return held if last == 0 else None


def trouble_with(proof: dict, checkpoints: list | None) -> str:
    """Why the proof does not hold, or nothing."""
    n, size = proof["n"], proof["size"]
    if not 1 <= n <= size:
        return f"there is no line {n} in a book of {size} lines"
    path = [bytes.fromhex(sister) for sister in proof["path"]]
    root = root_from(leaf(proof["line"]), n - 1, size, path)
    if root is None or root.hex() != proof["root"]:
        return "the path does not lead from the line to the root"
    if json.loads(proof["line"])["n"] != n:
        return "the line says that it stands in another place"
    if checkpoints is None:
        return ""
    kept = {note["root"] for note in checkpoints if note["size"] == size}
    if not kept:
        return f"no checkpoint is of a book of {size} lines"
    return "" if kept == {root.hex()} else "the checkpoint has another root: it is not that book"


def main(arguments: list) -> int:
    """Read the files, say what was found, and give the exit code."""
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    try:
        proof, checkpoints = json.loads(Path(arguments[0]).read_text("utf-8")), None
        if len(arguments) == 2:
            kept = Path(arguments[1]).read_text("utf-8").splitlines()
            checkpoints = [json.loads(line) for line in kept if line.strip()]
        wrong = trouble_with(proof, checkpoints)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        print(f"NOT PROVED: {type(trouble).__name__}: {trouble}")
        return 1
    if wrong:
        print(f"NOT PROVED: {wrong}")
        return 1
    against = " of the checkpoint" if checkpoints is not None else ""
    print(f"PROVED: line {proof['n']} of {proof['size']} stands under the root{against} {proof['root']}")
    print(proof["line"].encode("ascii", "backslashreplace").decode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
