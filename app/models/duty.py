"""Duty (值班): the roster of each week, wishes for it, and swaps (rules D1, D2).

All of them are projections of their entries.
"""

from enum import StrEnum

from sqlalchemy import Column, Index, Integer, Table

from app.errors import RuleError
from app.i18n import N_, _
from app.models.base import Id, Moment, Words, metadata


class SwapState(StrEnum):
    """Where a swap of shifts (换班) stands."""

    ASKED = "asked"  # 待同事答复
    ACCEPTED = "accepted"  # 待审批
    DONE = "done"  # 已换班
    REFUSED = "refused"  # 同事不同意
    WITHDRAWN = "withdrawn"  # 已撤回


class WishState(StrEnum):
    """Where a wish for the roster stands."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"


SWAP_STATE_WORDS = {
    SwapState.ASKED: N_("Waits for the colleague"),
    SwapState.ACCEPTED: N_("Waits for approval"),
    SwapState.DONE: N_("Swapped"),
    SwapState.REFUSED: N_("Not accepted"),
    SwapState.WITHDRAWN: N_("Taken back"),
}

# Event → the states it may happen in, and the state after it.
SWAP_MOVES: dict[str, tuple[frozenset[SwapState], SwapState]] = {
    "swap.accepted": (frozenset({SwapState.ASKED}), SwapState.ACCEPTED),
    "swap.refused": (frozenset({SwapState.ASKED, SwapState.ACCEPTED}), SwapState.REFUSED),  # by either of the two
    "swap.withdrawn": (frozenset({SwapState.ASKED, SwapState.ACCEPTED}), SwapState.WITHDRAWN),
    "swap.done": (frozenset({SwapState.ACCEPTED}), SwapState.DONE),
}


class SwapStateError(RuleError):
    """A swap cannot go there from where it is."""

    message = N_("The swap is “{state}”; this cannot be done with it now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(SWAP_STATE_WORDS[SwapState(state)]))


class WishWithdrawnError(RuleError):
    """A wish is taken back once."""

    message = N_("This wish has been taken back already.")


# A week's roster is one row. Its cells are JSON: {"person": [shift code, "" where free, of the seven days]}.
rosters = Table(
    "rosters",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its roster.begun entry
    Column("week", Words, nullable=False, unique=True),  # ISO date of its Monday
    Column("draft", Words, nullable=False),
    Column("pins", Words, nullable=False),  # JSON: {"person": [days whose cell is fixed, 0 is Monday]}
    Column("published", Words, nullable=False),  # "" as long as it is not
    Column("published_at", Moment),
    Column("last_seq", Id, nullable=False),
)

duty_wishes = Table(
    "duty_wishes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its duty.wished entry
    Column("person", Id, nullable=False),
    Column("day", Words, nullable=False),  # ISO date
    Column("shifts", Words, nullable=False),  # codes parted by commas; "" is any shift
    Column("wanted", Integer, nullable=False),  # 0: rather not
    Column("weight", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_duty_wishes_day", duty_wishes.c.day)

swaps = Table(
    "swaps",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its swap.asked entry
    Column("asker", Id, nullable=False),
    Column("day", Words, nullable=False),  # ISO date of the shift given away
    Column("colleague", Id, nullable=False),
    Column("their_day", Words, nullable=False),  # ISO date of the shift taken for it; may be the same day
    Column("state", Words, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_swaps_state", swaps.c.state)
