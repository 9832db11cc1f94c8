"""The full-text index of orders."""

from collections.abc import Sequence

from app.services.orders.projection import Standing
from app.services.search.index import FullText
from app.services.search.tokens import document

ORDERS = FullText("order_search")


def document_of(order: Standing, personal: Sequence[str], titles: Sequence[str]) -> str:
    """The tokens of one order; `personal` in the order of PERSONAL_FIELDS."""
    return document(order.number, order.source_number, personal[0], personal[1], titles, personal[7])
