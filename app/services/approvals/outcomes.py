"""What became of somebody's own proposals since they last heard of them, and how much is to be brought to the shops."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from app.clock import to_ms
from app.i18n import _
from app.models.approvals import proposals
from app.models.ledger import entries
from app.services.access import Context, Permission, requires
from app.services.approvals.fold import RETURN
from app.services.approvals.kinds import KINDS

RECENT_MS = 3 * 24 * 3600 * 1000  # who has never heard of anything hears of these days
MOST = 200


class Ending(StrEnum):
    """What became of a proposal."""

    IN_FORCE = "in_force"
    APPROVED = "approved"  # for a later time
    RETURNED = "returned"
    VOID = "void"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an entry says of a proposal; `reason` where it was returned or has failed."""

    entry: int
    proposal: int
    word: str  # of its kind: an order's number alone may be a concession or a refund
    title: str
    ending: Ending
    reason: str = ""


_ENDINGS = {
    "proposal.applied": Ending.IN_FORCE,
    "proposal.stale": Ending.VOID,
    "proposal.failed": Ending.FAILED,
}


@requires(Permission.PROPOSE)
def own_outcomes(ctx: Context, heard: int | None) -> list[Outcome]:
    """What became of the person's own proposals after entry number `heard`, the oldest first."""
    e, p = entries.c, proposals.c
    fresh = e.at >= to_ms(ctx.clock.now()) - RECENT_MS if heard is None else e.seq > heard
    wanted = (
        select(e.seq, e.at, e.kind, e.content, p.id, p.kind.label("about"), p.title, p.steps, p.effect_at)
        .join(proposals, p.id == e.subject)
        .where(p.person == ctx.person, p.last_seq > (heard or 0), fresh, e.kind.in_([*_ENDINGS, "proposal.decided"]))
        .order_by(e.seq.desc())
        .limit(MOST)
    )
    with ctx.reading() as conn:
        rows = conn.execute(wanted).all()
    return [outcome for row in reversed(rows) if (outcome := _outcome(row)) is not None]


@requires(Permission.PUBLISH)
def count_to_publish(ctx: Context) -> int:
    """How many approved proposals are not in the shops yet."""
    with ctx.reading() as conn:
        count: int = conn.execute(select(func.count()).where(proposals.c.publish == 1)).scalar_one()
        return count


def _outcome(row: Any) -> Outcome | None:
    content: Mapping[str, Any] = json.loads(row.content)
    ending = _ENDINGS.get(row.kind) or _decided(row, content)
    if ending is None:
        return None
    return Outcome(row.seq, row.id, _(KINDS[row.about].word), row.title, ending, content.get("reason", ""))


def _decided(row: Any, content: Mapping[str, Any]) -> Ending | None:
    """What a decision ends: a return always, the last approval only where the proposal waits for its time."""
    if content["decision"] == RETURN:
        return Ending.RETURNED
    last = content["post"] == row.steps.split(",")[-1]
    return Ending.APPROVED if last and (row.effect_at or 0) > row.at else None
