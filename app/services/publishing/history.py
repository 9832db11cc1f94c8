"""What happened to a content item: every step with its words, the newest first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.i18n import N_, _
from app.models.ledger import entries
from app.models.people import people
from app.services.access import Context, Permission, requires

_SENTENCES = {
    "content.planned": N_("planned it"),
    "content.changed": N_("changed the plan"),
    "content.made": N_("made it and proposed it"),
    "content.approved": N_("gave the last approval"),
    "content.published": N_("published it"),
    "content.reviewed": N_("looked at it again"),
    "content.taken_down": N_("took it down"),
    "content.dropped": N_("dropped it"),
}


@dataclass(frozen=True, slots=True)
class ContentStep:
    """One step of an item's life; milliseconds UTC."""

    at: int
    name: str
    sentence: str
    note: str


@requires(Permission.CATALOG_READ)
def content_history(ctx: Context, content: int) -> list[ContentStep]:
    """The steps of one item."""
    e = entries.c
    about = (e.kind.startswith("content.")) & ((e.seq == content) | (e.subject == content))
    wanted = (
        select(e.at, e.kind, e.content, people.c.name)
        .join(people, people.c.id == e.person, isouter=True)
        .where(about)
        .order_by(e.seq.desc())
    )
    with ctx.reading() as conn:
        rows = conn.execute(wanted).all()
    return [
        ContentStep(row.at, row.name or "掌柜", _(_SENTENCES[row.kind]), _note(json.loads(row.content))) for row in rows
    ]


def _note(content: Mapping[str, Any]) -> str:
    if "changes" in content and "title" in content["changes"]:
        before, after = content["changes"]["title"]
        return f"{before} → {after}"
    return str(content.get("note", ""))
