"""The form of 0.1 and 0.2: reports, entries, doubts and outcomes each in a table of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def tables() -> dict[str, tuple[sa.schema.SchemaItem, ...]]:
    """The columns of each table, made anew each time: they belong to one table only."""
    return {
        "report": (
            sa.Column("url", sa.Text, nullable=False),
            sa.Column("publisher", sa.Text, nullable=False),
            sa.Column("published", sa.String(10), index=True),
            sa.Column("recorded", sa.String(32), nullable=False),
            sa.Column("head", sa.Text, nullable=False),
            sa.Column("text", sa.Text, nullable=False),
            sa.Column("findings", sa.Text, nullable=False),
        ),
        "entry": (
            sa.Column("act", sa.String(8), nullable=False),
            sa.Column("report", sa.String(64), sa.ForeignKey("report.id"), index=True),
            sa.Column("statement", sa.String(64), index=True),
            sa.Column("target", sa.String(64), nullable=False, index=True),
            sa.Column("force", sa.Text),
            sa.Column("place", sa.Text),
            sa.Column("mission", sa.Text),
            sa.Column("recorded", sa.String(32), nullable=False, index=True),
            sa.Column("line", sa.Text, nullable=False),
            sa.Index("entry_contingent", "force", "place", "mission"),
        ),
        "doubt": (
            sa.Column("report", sa.String(64), index=True),
            sa.Column("stage", sa.String, nullable=False),
            sa.Column("code", sa.String, nullable=False),
            sa.Column("recorded", sa.String(32), nullable=False),
            sa.Column("line", sa.Text, nullable=False),
        ),
        "outcome": (
            sa.Column("report", sa.String(64), index=True),
            sa.Column("source", sa.Text, nullable=False),
            sa.Column("code", sa.String, nullable=False),
            sa.Column("message", sa.Text, nullable=False),
            sa.Column("recorded", sa.String(32), nullable=False),
        ),
    }


def upgrade() -> None:
    """Make the four tables, append-only in SQLite."""
    version = sa.Column("schema_version", sa.Integer, nullable=False)
    op.create_table("meta", version, sa.Column("made_by", sa.String, nullable=False))
    op.get_bind().execute(sa.text("INSERT INTO meta VALUES (1, 'musterbook')"))
    for name, columns in tables().items():
        seq = sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True)
        id_ = sa.Column("id", sa.String(64), nullable=False, unique=True)
        op.create_table(name, seq, id_, *columns, sqlite_autoincrement=True)
        if op.get_bind().dialect.name == "sqlite":
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {name}_no_{deed.lower()} BEFORE {deed} ON {name} "
                    "BEGIN SELECT RAISE(ABORT, 'the book is append-only'); END"
                )
