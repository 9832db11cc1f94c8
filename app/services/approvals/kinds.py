"""What can be proposed: a kind's word, and who proposes it; what comes of it stands in `consequences`."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.i18n import N_
from app.models.people import Post
from app.services.leave.confidential import TAKING_BACK

_PLANNERS = frozenset({Post.PLANNER, Post.MANAGER, Post.DIRECTOR})
_CATALOG = _PLANNERS | {Post.LISTING}
_MAKERS = _CATALOG | {Post.DESIGN, Post.MARKETING}
_DESK = frozenset({Post.SERVICE, Post.LEAD, Post.MANAGER, Post.DIRECTOR})
_COUNTERS = frozenset({Post.DELIVERY, Post.LISTING, Post.LEAD, Post.MANAGER, Post.DIRECTOR})
_ALL: frozenset[Post] = frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of proposal."""

    name: str
    word: str
    colour: str  # of its pill: "info", "ok", "warn", "danger"
    proposers: frozenset[Post]  # empty: everybody at the back office
    publishes: bool = False  # the specialist brings it to the shops afterwards (P2, P11)
    timed: bool = False  # may take effect at a later time


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("price", N_("Price change"), "info", _PLANNERS, publishes=True, timed=True),
        Kind("listing", N_("Listing"), "ok", _CATALOG, publishes=True, timed=True),
        Kind("delisting", N_("Delisting"), "danger", _CATALOG, publishes=True, timed=True),
        Kind("promotion", N_("Promotion"), "info", _PLANNERS, publishes=True),
        Kind("concession", N_("Concession"), "warn", _DESK),
        Kind("refund", N_("Refund"), "warn", _DESK),
        Kind("bad_customer", N_("Bad customer"), "danger", _DESK),
        Kind("count", N_("Count difference"), "warn", _COUNTERS),
        Kind("content", N_("Content"), "ok", _MAKERS),
        Kind("front_page", N_("Front page"), "ok", _MAKERS),
        Kind("confidential", N_("Confidential content"), "warn", _MAKERS),
        Kind("swap", N_("Swap of shifts"), "info", _ALL),
        Kind("swap_of_lead", N_("Swap of a lead's shift"), "info", _ALL),
        Kind("leave", N_("Leave"), "info", _ALL),
        Kind("resignation", N_("Resignation"), "warn", _ALL),
        Kind(TAKING_BACK, N_("Taking a resignation back"), "warn", _ALL),
    )
}
