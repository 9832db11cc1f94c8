"""Leave (请假) with handover (交接), resignation (离职) and acting (代理) (rules D3, D4).

All of them are projections of their entries.
"""

from enum import StrEnum

from sqlalchemy import Column, Index, Table

from app.errors import RuleError
from app.i18n import N_, _
from app.models.base import Id, Words, metadata


class LeaveKind(StrEnum):
    """Why somebody is away."""

    ANNUAL = "annual"  # 年假
    PERSONAL = "personal"  # 事假
    SICK = "sick"  # 病假
    OVERTIME = "overtime"  # 调休
    FAMILY = "family"  # 婚丧产假
    OTHER = "other"
    RESIGNATION = "resignation"  # 离职


class LeaveState(StrEnum):
    """Where a leave stands."""

    ASKED = "asked"  # 交接中
    PROPOSED = "proposed"  # 待审批
    APPROVED = "approved"  # 已批准
    RUNNING = "running"  # 休假中
    ENDED = "ended"  # 已销假 or 已离职
    RETURNED = "returned"  # 已退回
    WITHDRAWN = "withdrawn"  # 已撤回


class HandoverState(StrEnum):
    """Where one thing that is handed over stands."""

    OPEN = "open"  # nobody has been asked
    OFFERED = "offered"  # 待接受
    ACCEPTED = "accepted"  # 已接受
    REFUSED = "refused"  # 不接受
    GIVEN = "given"  # 已交接: the leave has begun
    BACK = "back"  # 已交回
    GONE = "gone"  # settled meanwhile: nothing is left to be handed over


LEAVE_KIND_WORDS = {
    LeaveKind.ANNUAL: N_("Annual leave"),
    LeaveKind.PERSONAL: N_("Personal leave"),
    LeaveKind.SICK: N_("Sick leave"),
    LeaveKind.OVERTIME: N_("Time off for overtime"),
    LeaveKind.FAMILY: N_("Family leave"),
    LeaveKind.OTHER: N_("Other leave"),
    LeaveKind.RESIGNATION: N_("Resignation"),
}
LEAVE_STATE_WORDS = {
    LeaveState.ASKED: N_("Handing over"),
    LeaveState.PROPOSED: N_("Leave to be approved"),
    LeaveState.APPROVED: N_("Leave approved"),
    LeaveState.RUNNING: N_("Away"),
    LeaveState.ENDED: N_("Over"),
    LeaveState.RETURNED: N_("Returned"),
    LeaveState.WITHDRAWN: N_("Withdrawn"),
}
HANDOVER_STATE_WORDS = {
    HandoverState.OPEN: N_("Nobody yet"),
    HandoverState.OFFERED: N_("To be accepted"),
    HandoverState.ACCEPTED: N_("Taken on"),
    HandoverState.REFUSED: N_("Refused"),
    HandoverState.GIVEN: N_("Handed over"),
    HandoverState.BACK: N_("Handed back"),
    HandoverState.GONE: N_("Settled"),
}

_L, _H = LeaveState, HandoverState

# Event → the states it may happen in, and the state after it.
LEAVE_MOVES: dict[str, tuple[frozenset[LeaveState], LeaveState]] = {
    "leave.proposed": (frozenset({_L.ASKED, _L.RETURNED}), _L.PROPOSED),
    "leave.approved": (frozenset({_L.PROPOSED}), _L.APPROVED),
    "leave.returned": (frozenset({_L.PROPOSED}), _L.RETURNED),
    "leave.begun": (frozenset({_L.APPROVED}), _L.RUNNING),
    "leave.ended": (frozenset({_L.APPROVED, _L.RUNNING}), _L.ENDED),
    "leave.withdrawn": (frozenset({_L.ASKED, _L.RETURNED, _L.PROPOSED, _L.APPROVED}), _L.WITHDRAWN),
    "leave.taken_back": (frozenset({_L.APPROVED, _L.RUNNING}), _L.WITHDRAWN),  # a resignation, by approval
}
HANDOVER_MOVES: dict[str, tuple[frozenset[HandoverState], HandoverState]] = {
    "handover.offered": (frozenset({_H.OPEN, _H.OFFERED, _H.ACCEPTED, _H.REFUSED}), _H.OFFERED),
    "handover.opened": (frozenset({_H.OFFERED, _H.ACCEPTED}), _H.OPEN),  # the receiver has left for good
    "handover.accepted": (frozenset({_H.OFFERED}), _H.ACCEPTED),
    "handover.refused": (frozenset({_H.OFFERED}), _H.REFUSED),
    "handover.given": (frozenset({_H.ACCEPTED, _H.GIVEN}), _H.GIVEN),  # given again: the receiver goes on leave too
    "handover.back": (frozenset({_H.GIVEN}), _H.BACK),
    "handover.gone": (frozenset({_H.OPEN, _H.OFFERED, _H.ACCEPTED, _H.REFUSED, _H.GIVEN}), _H.GONE),
}


class LeaveStateError(RuleError):
    """A leave cannot go there from where it is."""

    message = N_("The leave is “{state}”; this cannot be done with it now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(LEAVE_STATE_WORDS[LeaveState(state)]))


class HandoverStateError(RuleError):
    """A handover cannot go there from where it is."""

    message = N_("The handover is “{state}”; this cannot be done with it now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(HANDOVER_STATE_WORDS[HandoverState(state)]))


class ActingEndedError(RuleError):
    """Acting ends once."""

    message = N_("This acting has ended already.")


leaves = Table(
    "leaves",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its leave.asked entry
    Column("person", Id, nullable=False),
    Column("kind", Words, nullable=False),
    Column("first_day", Words, nullable=False),  # ISO dates; of a resignation the last day of work is first and last
    Column("last_day", Words, nullable=False),
    Column("receiver", Id, nullable=False),  # who takes over what has no receiver of its own
    Column("state", Words, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_leaves_state", leaves.c.state)
Index("ix_leaves_person", leaves.c.person)

handovers = Table(
    "handovers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its handover.listed entry
    Column("leave", Id, nullable=False),
    Column("kind", Words, nullable=False),  # what is handed over: see app/services/leave/belongings.py
    Column("thing", Id, nullable=False),
    Column("title", Words, nullable=False),
    Column("giver", Id, nullable=False),
    Column("receiver", Id),
    Column("state", Words, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_handovers_leave", handovers.c.leave)
Index("ix_handovers_receiver", handovers.c.receiver, handovers.c.state)

actings = Table(
    "actings",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its acting.begun entry
    Column("person", Id, nullable=False),  # who acts
    Column("post", Words, nullable=False),
    Column("instead_of", Id),  # None: the post is vacant
    Column("first_day", Words, nullable=False),
    Column("last_day", Words, nullable=False),
    Column("ended", Words, nullable=False),  # "" or the ISO date on which it was ended early
    Column("last_seq", Id, nullable=False),
)
Index("ix_actings_person", actings.c.person)
