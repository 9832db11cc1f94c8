"""Duty, leave, people's files, tasks and notices"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# SQLite makes a primary key the row's own number only if it is declared INTEGER.
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    _duty()
    _leave()
    _staff()


def _duty() -> None:
    op.create_table(
        "rosters",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("pins", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("published_at", BIG, nullable=True),
        sa.Column("last_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosters")),
        sa.UniqueConstraint("week", name=op.f("uq_rosters_week")),
    )
    op.create_table(
        "duty_wishes",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("shifts", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_wishes")),
    )
    op.create_index("ix_duty_wishes_day", "duty_wishes", ["day"], unique=False)
    op.create_table(
        "swaps",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("asker", BIG, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("colleague", BIG, nullable=False),
        sa.Column("their_day", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swaps")),
    )
    op.create_index("ix_swaps_state", "swaps", ["state"], unique=False)


def _leave() -> None:
    op.create_table(
        "leaves",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("receiver", BIG, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    op.create_index("ix_leaves_person", "leaves", ["person"], unique=False)
    op.create_index("ix_leaves_state", "leaves", ["state"], unique=False)
    op.create_table(
        "handovers",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("leave", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thing", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("giver", BIG, nullable=False),
        sa.Column("receiver", BIG, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index("ix_handovers_leave", "handovers", ["leave"], unique=False)
    op.create_index("ix_handovers_receiver", "handovers", ["receiver", "state"], unique=False)
    op.create_table(
        "actings",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("instead_of", BIG, nullable=True),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("last_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actings")),
    )
    op.create_index("ix_actings_person", "actings", ["person"], unique=False)


def _staff() -> None:
    op.create_table(
        "file_notes",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("struck", sa.Integer(), nullable=False),
        sa.Column("last_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_notes")),
    )
    op.create_index("ix_file_notes_person", "file_notes", ["person"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("person", BIG, nullable=True),
        sa.Column("giver", BIG, nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_state", "tasks", ["state"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("posts", sa.Text(), nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("read_by", sa.Text(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.Column("last_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_ended", "notices", ["ended"], unique=False)
