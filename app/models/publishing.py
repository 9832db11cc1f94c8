"""Publishing (发布) and promotions (促销): content items, market notes, promotions (rules P4, P7, P9–P11).

All of them are projections of their entries.
"""

from enum import StrEnum

from sqlalchemy import Column, Index, Integer, Table

from app.errors import RuleError
from app.i18n import N_, _
from app.models.base import Id, Minor, Moment, Words, metadata


class ContentKind(StrEnum):
    """What is made and published."""

    FRONT_PAGE = "front_page"  # 首页
    PRODUCT_PAGE = "product_page"  # 商品页
    NEWS = "news"  # 资讯
    PROMOTION_PAGE = "promotion_page"  # 活动页
    SHOOT = "shoot"  # 拍摄


class ContentState(StrEnum):
    """Where a content item stands."""

    PLANNED = "planned"
    MADE = "made"
    APPROVED = "approved"
    PUBLISHED = "published"
    TAKEN_DOWN = "taken_down"
    DROPPED = "dropped"


class PromotionState(StrEnum):
    """Where a promotion stands; it starts and ends by itself (rule P4)."""

    PLANNED = "planned"
    APPROVED = "approved"
    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"


CONTENT_KIND_WORDS = {
    ContentKind.FRONT_PAGE: N_("Front page"),
    ContentKind.PRODUCT_PAGE: N_("Product page"),
    ContentKind.NEWS: N_("News"),
    ContentKind.PROMOTION_PAGE: N_("Promotion page"),
    ContentKind.SHOOT: N_("Shoot"),
}
CONTENT_STATE_WORDS = {
    ContentState.PLANNED: N_("Planned"),
    ContentState.MADE: N_("Made"),
    ContentState.APPROVED: N_("To publish"),
    ContentState.PUBLISHED: N_("Published"),
    ContentState.TAKEN_DOWN: N_("Taken down"),
    ContentState.DROPPED: N_("Dropped"),
}
PROMOTION_STATE_WORDS = {
    PromotionState.PLANNED: N_("Planned"),
    PromotionState.APPROVED: N_("Approved"),
    PromotionState.RUNNING: N_("Running"),
    PromotionState.ENDED: N_("Ended"),
    PromotionState.STOPPED: N_("Stopped"),
}

# Event → the states it may happen in, and the state after it (None: as before).
CONTENT_MOVES: dict[str, tuple[frozenset[ContentState], ContentState | None]] = {
    "content.changed": (frozenset({ContentState.PLANNED, ContentState.MADE}), None),
    "content.made": (frozenset({ContentState.PLANNED, ContentState.MADE}), ContentState.MADE),
    "content.approved": (frozenset({ContentState.MADE}), ContentState.APPROVED),
    "content.published": (frozenset({ContentState.APPROVED, ContentState.TAKEN_DOWN}), ContentState.PUBLISHED),
    "content.reviewed": (frozenset({ContentState.PUBLISHED}), None),
    "content.taken_down": (frozenset({ContentState.PUBLISHED}), ContentState.TAKEN_DOWN),
    "content.dropped": (
        frozenset({ContentState.PLANNED, ContentState.MADE, ContentState.APPROVED}),
        ContentState.DROPPED,
    ),
}
PROMOTION_MOVES: dict[str, tuple[frozenset[PromotionState], PromotionState]] = {
    "promotion.approved": (frozenset({PromotionState.PLANNED}), PromotionState.APPROVED),
    "promotion.started": (frozenset({PromotionState.APPROVED}), PromotionState.RUNNING),
    "promotion.ended": (frozenset({PromotionState.APPROVED, PromotionState.RUNNING}), PromotionState.ENDED),
    "promotion.stopped": (
        frozenset({PromotionState.PLANNED, PromotionState.APPROVED, PromotionState.RUNNING}),
        PromotionState.STOPPED,
    ),
}


class ContentStateError(RuleError):
    """A content item cannot go there from where it is."""

    message = N_("The content is “{state}”; this cannot be done with it now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(CONTENT_STATE_WORDS[ContentState(state)]))


class PromotionStateError(RuleError):
    """A promotion cannot go there from where it is."""

    message = N_("The promotion is “{state}”; this cannot be done with it now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(PROMOTION_STATE_WORDS[PromotionState(state)]))


contents = Table(
    "contents",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its content.planned entry
    Column("kind", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("product", Id),
    Column("owner", Id, nullable=False),  # the person who makes it
    Column("channel", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("planned_for", Words, nullable=False),  # ISO date
    Column("confidential", Integer, nullable=False),
    Column("review_days", Integer, nullable=False),  # reviewed every so many days; 0: not
    Column("approved_at", Moment),
    Column("published_at", Moment),
    Column("reviewed_at", Moment),
    Column("last_seq", Id, nullable=False),
)
Index("ix_contents_state", contents.c.state)

market_notes = Table(
    "market_notes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its market.noted entry
    Column("day", Words, nullable=False),  # ISO date of the finding
    Column("kind", Words, nullable=False),  # price, best_seller or trend
    Column("competitor", Words, nullable=False),
    Column("code", Words),  # our own article that it is compared with
    Column("title", Words, nullable=False),
    Column("price", Minor),
    Column("currency", Words, nullable=False),
    Column("note", Words, nullable=False),
)
Index("ix_market_notes_day", market_notes.c.day)
Index("ix_market_notes_code", market_notes.c.code)

promotions = Table(
    "promotions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its promotion.planned entry
    Column("name", Words, nullable=False),
    Column("terms", Words, nullable=False),
    Column("starts", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
    Column("cost", Minor, nullable=False),  # expected
    Column("currency", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_promotions_state", promotions.c.state)

promotion_prices = Table(
    "promotion_prices",
    metadata,
    Column("promotion", Id, primary_key=True, autoincrement=False),
    Column("variant", Id, primary_key=True, autoincrement=False),
    Column("price", Minor, nullable=False),
)
Index("ix_promotion_prices_variant", promotion_prices.c.variant)
