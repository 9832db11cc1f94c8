"""What comes of each kind of proposal: the one place where approvals know the subjects."""

from collections.abc import Mapping

from app.services.approvals.effect import Consequence
from app.services.catalog.effects import DELISTING, LISTING, PRICE
from app.services.customers.effects import BAD_CUSTOMER
from app.services.duty.swap_effect import SWAP, swap_begun, swap_returned
from app.services.leave.confidential import TAKING_BACK
from app.services.leave.effects import LEAVE, STAYING, leave_returned
from app.services.orders.effects import CONCESSION, REFUND
from app.services.promotions.effects import PROMOTION
from app.services.promotions.prices import keep_promotions
from app.services.publishing.effects import CONTENT
from app.services.stock.effects import COUNT_DIFFERENCE

_CONTENT = Consequence(CONTENT)
_SWAP = Consequence(SWAP, against=swap_begun, voided=swap_returned)
_LEAVE = Consequence(LEAVE, voided=leave_returned)

CONSEQUENCES: Mapping[str, Consequence] = {
    "price": Consequence(PRICE, against=keep_promotions),
    "listing": Consequence(LISTING),
    "delisting": Consequence(DELISTING),
    "promotion": Consequence(PROMOTION),
    "concession": Consequence(CONCESSION),
    "refund": Consequence(REFUND),
    "bad_customer": Consequence(BAD_CUSTOMER),
    "count": Consequence(COUNT_DIFFERENCE),
    "content": _CONTENT,
    "front_page": _CONTENT,
    "confidential": _CONTENT,
    "swap": _SWAP,
    "swap_of_lead": _SWAP,
    "leave": _LEAVE,
    "resignation": _LEAVE,
    TAKING_BACK: Consequence(STAYING),
}
