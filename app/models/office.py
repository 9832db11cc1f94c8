"""The office itself: settings, secrets that stay in the database, counters, saved views, seals of days."""

from sqlalchemy import Column, Index, Integer, Table

from app.models.base import Id, Moment, Words, metadata

settings = Table(
    "settings",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),  # JSON
)

counters = Table(
    "counters",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Integer, nullable=False),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Id, primary_key=True),
    Column("panel", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("person", Id),  # who saved it
    Column("post", Words),  # whom it is shared with: a post, or "all"; NULL where it is the person's own
    Column("definition", Words, nullable=False),  # JSON: filter, columns, sort
)
Index("ix_saved_views_panel", saved_views.c.panel)

# A projection of the day.sealed entries.
seals = Table(
    "seals",
    metadata,
    Column("day", Words, primary_key=True),  # ISO date
    Column("entry", Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("seal", Words, nullable=False),
)
