"""What happened to a leave and its handover: every step with its words, the newest first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.i18n import N_, _
from app.models.approvals import proposals
from app.models.leave import handovers
from app.models.ledger import entries
from app.models.people import people
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.fold import APPROVE, RETURN
from app.services.leave.confidential import TAKING_BACK
from app.services.leave.errors import OthersLeaveError
from app.services.leave.handover import title_of
from app.services.people.names import name_of, names_of

_SENTENCES = {
    "leave.asked": N_("asked for it"),
    "leave.proposed": N_("proposed it"),
    "leave.approved": N_("approved it"),
    "leave.returned": N_("gave it back"),
    "leave.begun": N_("began the leave"),
    "leave.ended": N_("ended the leave"),
    "leave.withdrawn": N_("withdrew it"),
    "leave.taken_back": N_("put the taking back in force"),
    "handover.accepted": N_("takes it over: {what}"),
    "handover.refused": N_("does not take it over: {what}"),
    "handover.offered": N_("asked {name} to take it over: {what}"),
    "handover.opened": N_("{name} has left, somebody else is to take it over: {what}"),
    "handover.given": N_("gave to {name}: {what}"),
    "handover.back": N_("gave back: {what}"),
    "handover.gone": N_("found settled: {what}"),
}
_STAYING = {
    "proposal.made": N_("asked to take the resignation back"),
    "proposal.withdrawn": N_("no longer asks to take it back"),
    "proposal.stale": N_("found the request to take it back overtaken"),
    APPROVE: N_("agreed to taking it back"),
    RETURN: N_("did not agree to taking it back"),
}
DECIDED = "proposal.decided"


@dataclass(frozen=True, slots=True)
class LeaveStep:
    """One step; milliseconds UTC."""

    at: int
    name: str
    sentence: str
    note: str


@requires(Permission.DUTY_OWN)
def leave_history(ctx: Context, leave: int) -> list[LeaveStep]:
    """The steps of a leave, for its person, for who takes something over, and for the leads."""
    e, h, p = entries.c, handovers.c, proposals.c
    with ctx.reading() as conn:
        row = subjects.load(conn, "leaves", leave)
        listed = {one.id: one for one in conn.execute(select(handovers).where(h.leave == leave))}
        asked = any(one.receiver == ctx.person for one in listed.values())
        if row["person"] != ctx.person and not asked and not ctx.may(Permission.LEAVE_SEE):
            raise OthersLeaveError(name=name_of(conn, row["person"]))
        asks = conn.execute(select(p.id).where(p.subject == leave, p.kind == TAKING_BACK)).scalars().all()
        about = (e.seq == leave) | e.seq.in_(asks) | e.subject.in_([leave, *asks, *listed])
        wanted = select(e.at, e.kind, e.subject, e.content, people.c.name)
        wanted = wanted.join(people, people.c.id == e.person, isouter=True).where(
            about, e.kind.in_([*_SENTENCES, *_STAYING, DECIDED])
        )
        told = [(one, json.loads(one.content)) for one in conn.execute(wanted.order_by(e.seq.desc()))]
        names = names_of(conn, [whom for _one, content in told if (whom := _whom(content)) is not None])
    return [_step(one, content, listed.get(one.subject), names) for one, content in told]


def _whom(content: Mapping[str, Any]) -> int | None:
    """Whom a step names besides who took it: who is to take over, or has left and cannot."""
    whom: int | None = content.get("left", content.get("receiver"))
    return whom


def _step(row: Any, content: Mapping[str, Any], thing: Any, names: Mapping[int, str]) -> LeaveStep:
    what = "" if thing is None else title_of(thing.kind, thing.title)
    whom = _whom(content)
    name = "" if whom is None else names[whom]
    said = content["decision"] if row.kind == DECIDED else row.kind
    sentence = _((_SENTENCES | _STAYING)[said]).format(what=what, name=name)
    return LeaveStep(row.at, row.name or "掌柜", sentence, content.get("reason") or content.get("note") or "")
