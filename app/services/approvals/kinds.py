"""What can be proposed: a kind's word, who proposes it, and what its approval does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection

from app.i18n import N_
from app.models.people import Post
from app.services.ledger import Pen

Facts = Mapping[str, Any]  # of a subject, as it is or as it would be: plain JSON
Contradicted = Callable[[Connection, int, Facts, Facts, int], None]  # subject, before, after, when it takes effect
Voided = Callable[[Connection, Pen, int, str], None]  # subject, reason


class Effect(Protocol):
    """What the subject's own service does for a proposal."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """What is true now of everything the decision rests on; raises NotFoundError where the subject is gone."""
        ...

    def check(self, conn: Connection, subject: int, before: Facts, after: Facts) -> None:
        """Raise a RuleError where the change may not be."""
        ...

    def apply(self, conn: Connection, pen: Pen, subject: int, after: Facts, proposal: int) -> None:
        """Make the change: the subject's entries and rows."""
        ...

    def words(self, before: Facts, after: Facts) -> Sequence[tuple[str, str, str]]:
        """(what, as it is, as it would be) for a person to read."""
        ...

    def amount(self, before: Facts, after: Facts) -> tuple[int, str] | None:
        """The money that is at stake, for the rule table; None where it is not about money."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of proposal."""

    name: str
    word: str
    colour: str  # of its pill: "info", "ok", "warn", "danger"
    proposers: frozenset[Post]  # empty: everybody at the back office
    effect: Effect
    publishes: bool = False  # the specialist brings it to the shops afterwards (P2, P11)
    timed: bool = False  # may take effect at a later time
    against: Contradicted | None = None  # raises where what else was approved forbids it
    voided: Voided | None = None  # what becomes of a subject that waits for its proposal when that comes to nothing

    def check(self, conn: Connection, subject: int, before: Facts, after: Facts, at: int) -> None:
        """Raise a RuleError where the change may not be, or not at its time."""
        self.effect.check(conn, subject, before, after)
        self.refuse_contradicted(conn, subject, before, after, at)

    def refuse_contradicted(self, conn: Connection, subject: int, before: Facts, after: Facts, at: int) -> None:
        """Raise a RuleError where what else was approved forbids the change at its time."""
        if self.against is not None:
            self.against(conn, subject, before, after, at)


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name; the packages are loaded when the first proposal is looked at."""
    from app.services.catalog.effects import DELISTING, LISTING, PRICE
    from app.services.customers.effects import BAD_CUSTOMER
    from app.services.duty.swaps import SWAP, swap_begun, swap_returned
    from app.services.leave.effects import LEAVE, leave_returned
    from app.services.orders.effects import CONCESSION, REFUND
    from app.services.promotions.effects import PROMOTION
    from app.services.promotions.prices import keep_promotions
    from app.services.publishing.effects import CONTENT
    from app.services.stock.effects import COUNT_DIFFERENCE

    planners = frozenset({Post.PLANNER, Post.MANAGER, Post.DIRECTOR})
    catalog = planners | {Post.LISTING}
    desk = frozenset({Post.SERVICE, Post.LEAD, Post.MANAGER, Post.DIRECTOR})
    makers = catalog | {Post.DESIGN, Post.MARKETING}
    counters = frozenset({Post.DELIVERY, Post.LISTING, Post.LEAD, Post.MANAGER, Post.DIRECTOR})
    made = (
        Kind(
            "price",
            N_("Price change"),
            "info",
            planners,
            PRICE,
            publishes=True,
            timed=True,
            against=keep_promotions,
        ),
        Kind("listing", N_("Listing"), "ok", catalog, LISTING, publishes=True, timed=True),
        Kind("delisting", N_("Delisting"), "danger", catalog, DELISTING, publishes=True, timed=True),
        Kind("promotion", N_("Promotion"), "info", planners, PROMOTION, publishes=True),
        Kind("concession", N_("Concession"), "warn", desk, CONCESSION),
        Kind("refund", N_("Refund"), "warn", desk, REFUND),
        Kind("bad_customer", N_("Bad customer"), "danger", desk, BAD_CUSTOMER),
        Kind("count", N_("Count difference"), "warn", counters, COUNT_DIFFERENCE),
        Kind("content", N_("Content"), "ok", makers, CONTENT),
        Kind("front_page", N_("Front page"), "ok", makers, CONTENT),
        Kind("confidential", N_("Confidential content"), "warn", makers, CONTENT),
        Kind("swap", N_("Swap of shifts"), "info", frozenset(), SWAP, against=swap_begun, voided=swap_returned),
        Kind(
            "swap_of_lead",
            N_("Swap of a lead's shift"),
            "info",
            frozenset(),
            SWAP,
            against=swap_begun,
            voided=swap_returned,
        ),
        Kind("leave", N_("Leave"), "info", frozenset(), LEAVE, voided=leave_returned),
        Kind("resignation", N_("Resignation"), "warn", frozenset(), LEAVE, voided=leave_returned),
    )
    return {kind.name: kind for kind in made}


def come_to_nothing(conn: Connection, pen: Pen, proposal: Mapping[str, Any], reason: str) -> None:
    """Tell the subject of a proposal that was returned, withdrawn, overtaken or could not take effect."""
    voided = kinds()[proposal["kind"]].voided
    if voided is not None:
        voided(conn, pen, proposal["subject"], reason)
