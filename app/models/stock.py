"""Stock (库存): what is on hand and reserved, movements, counts (盘点) and wishes (rules P5, P8).

All of them are projections of their entries; an article is named by its code, also one that the catalog does not know.
"""

from enum import StrEnum

from sqlalchemy import Column, Index, Integer, Table

from app.errors import RuleError
from app.i18n import N_, _
from app.models.base import Id, Minor, Moment, Words, metadata


class Movement(StrEnum):
    """Why the stock of an article became more or less."""

    OPENING = "opening"  # 期初
    RECEIPT = "receipt"  # 入库
    SALE = "sale"  # 销售出库
    RETURN = "return"  # 退货入库
    SCRAP = "scrap"  # 报损
    COUNT = "count"  # 盘点
    CORRECTION = "correction"  # 更正


class CountState(StrEnum):
    """Where a count stands."""

    OPEN = "open"  # 盘点中
    WAITING = "waiting"  # 差异待审批
    CLOSED = "closed"  # 已完成
    DROPPED = "dropped"  # 已作废


class WishState(StrEnum):
    """Where a wish for goods stands; it is followed until delivered (rule P8)."""

    MADE = "made"  # 待答复
    ANSWERED = "answered"  # 已答复
    ORDERED = "ordered"  # 已下单
    DELIVERED = "delivered"  # 已到货
    DROPPED = "dropped"  # 已撤销


class AskedOf(StrEnum):
    """Whom goods are asked of (rule P8)."""

    PURCHASING = "purchasing"  # 采购
    WAREHOUSE = "warehouse"  # 仓库
    PARTNER = "partner"  # 合作店


class WishKind(StrEnum):
    """What is wished for."""

    REPLENISH = "replenish"  # 补货
    CLEAR = "clear"  # 清仓


MOVEMENT_WORDS = {
    Movement.OPENING: N_("Opening stock"),
    Movement.RECEIPT: N_("Receipt"),
    Movement.SALE: N_("Sale"),
    Movement.RETURN: N_("Goods returned"),
    Movement.SCRAP: N_("Scrap"),
    Movement.COUNT: N_("Stock count"),
    Movement.CORRECTION: N_("Correction"),
}
COUNT_STATE_WORDS = {
    CountState.OPEN: N_("Being counted"),
    CountState.WAITING: N_("Differences wait for approval"),
    CountState.CLOSED: N_("Count closed"),
    CountState.DROPPED: N_("Count dropped"),
}
WISH_STATE_WORDS = {
    WishState.MADE: N_("Asked for"),
    WishState.ANSWERED: N_("Answered"),
    WishState.ORDERED: N_("Ordered"),
    WishState.DELIVERED: N_("Goods are in"),
    WishState.DROPPED: N_("Wish dropped"),
}
ASKED_OF_WORDS = {
    AskedOf.PURCHASING: N_("Purchasing"),
    AskedOf.WAREHOUSE: N_("Warehouse"),
    AskedOf.PARTNER: N_("Partner shop"),
}
WISH_KIND_WORDS = {WishKind.REPLENISH: N_("Replenish"), WishKind.CLEAR: N_("Clear out")}

_OPEN_WISH = frozenset({WishState.MADE, WishState.ANSWERED, WishState.ORDERED})

# kind of entry → (states before, state after; None: as before)
COUNT_MOVES: dict[str, tuple[frozenset[CountState], CountState | None]] = {
    "count.counted": (frozenset({CountState.OPEN}), None),
    "count.closed": (frozenset({CountState.OPEN}), CountState.CLOSED),  # or waiting, where a difference is large
    "count.settled": (frozenset({CountState.WAITING}), CountState.CLOSED),
    "count.dropped": (frozenset({CountState.OPEN, CountState.WAITING}), CountState.DROPPED),
}
WISH_MOVES: dict[str, tuple[frozenset[WishState], WishState]] = {
    "wish.answered": (frozenset({WishState.MADE, WishState.ANSWERED}), WishState.ANSWERED),
    "wish.ordered": (frozenset({WishState.MADE, WishState.ANSWERED}), WishState.ORDERED),
    "wish.delivered": (_OPEN_WISH, WishState.DELIVERED),
    "wish.dropped": (_OPEN_WISH, WishState.DROPPED),
}


class CountStateError(RuleError):
    """A count that is closed is not counted on."""

    message = N_("This count is in the state “{state}”; that cannot be done with it now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(COUNT_STATE_WORDS[CountState(state)]))


class WishStateError(RuleError):
    """A wish that is delivered or dropped is over."""

    message = N_("This wish is in the state “{state}”; that cannot be done with it now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(WISH_STATE_WORDS[WishState(state)]))


# Running sums by article code, also of codes that the catalog does not know; `verify` adds them up again.
stock = Table(
    "stock",
    metadata,
    Column("code", Words, primary_key=True),
    Column("on_hand", Id, nullable=False),
    Column("reserved", Id, nullable=False),
    Column("kept", Integer, nullable=False),  # 1: somebody has said how many there are; 0: only orders name it
)

movements = Table(
    "movements",
    metadata,
    Column("entry", Id, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("code", Words, nullable=False),
    Column("quantity", Id, nullable=False),  # signed
    Column("kind", Words, nullable=False),
    Column("order", Id),  # whose goods have left
)
Index("ix_movements_code", movements.c.code, movements.c.entry)
Index("ix_movements_order", movements.c.order, sqlite_where=movements.c.order.is_not(None))  # PostgreSQL: the migration

counts = Table(
    "stock_counts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its count.begun entry
    Column("person", Id, nullable=False),
    Column("note", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("last_seq", Id, nullable=False),
)
Index("ix_stock_counts_state", counts.c.state)

count_lines = Table(
    "count_lines",
    metadata,
    Column("count", Id, primary_key=True, autoincrement=False),
    Column("code", Words, primary_key=True),
    Column("shelf", Words, nullable=False),
    Column("counted", Id),  # NULL: not yet
    Column("expected", Id),  # what was on hand by the books when it was counted; the counter does not see it
    Column("moved", Id),  # what came and went between its counting and the closing
    Column("reason", Words, nullable=False),
    Column("waits", Minor, nullable=False),  # what the difference is worth, where it is booked only when approved
)
Index("ix_count_lines_code", count_lines.c.code)

wishes = Table(
    "wishes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its wish.made entry
    Column("code", Words, nullable=False),
    Column("quantity", Id, nullable=False),
    Column("asked_of", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("person", Id, nullable=False),
    Column("state", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expected_on", Words, nullable=False),  # ISO date that was promised, or empty
    Column("last_seq", Id, nullable=False),
)
Index("ix_wishes_state", wishes.c.state)
Index("ix_wishes_code", wishes.c.code)
