"""Long lines are kept packed in SQLite; those that are there stay as they are, since both are read for ever.

The tables are the same: the number tells an older program that there are lines which it could not read.
"""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing else is to be done."""
