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
    Column("person", Id),  # NULL: shared
    Column("post", Words),  # shared with this post; NULL with person NULL: with all
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
