"""What a file says of an order, before the office has accepted it.

Drafts are not frozen though nobody changes them: a frozen one takes three times as long to make, and an import makes
three an order.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any


class PlatformState(StrEnum):
    """Where the platform says the order is; each platform's own words are mapped to these in its format file."""

    UNPAID = "unpaid"
    PAID = "paid"
    SHIPPED = "shipped"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class LineDraft:
    """One item of an order; money in minor units of the order's currency."""

    sku: str
    title: str
    variant: str
    quantity: int
    price: int
    amount: int


@dataclass(slots=True)
class PersonDraft:
    """The personal fields of an order (erasable); masked values stay exactly as the platform masked them."""

    name: str = ""
    phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    address: str = ""
    postcode: str = ""
    buyer: str = ""  # the buyer's account name on the platform
    message: str = ""  # 买家留言
    remark: str = ""  # 商家备注


@dataclass(slots=True)
class OrderDraft:
    """One order as a file tells it; times in milliseconds UTC or None, money in minor units of `currency`."""

    channel: str  # "taobao", "jd", …: the format's channel
    source_number: str  # the platform's own order number, text
    currency: str
    payable: int  # what the buyer owes: goods + freight − discounts
    paid: int | None  # what the buyer paid; None where the platform does not say
    freight: int
    discount: int
    placed_at: int | None
    paid_at: int | None
    platform_state: PlatformState | None
    person: PersonDraft
    lines: tuple[LineDraft, ...]
    shop: str = ""
    waybill: str = ""
    carrier: str = ""
    row: int = field(default=0, compare=False)  # the file's row where the order begins, counted from 1


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not become part of an order, and why, in the language in use."""

    row: int
    reason: str
    source_number: str = ""


# The parts of a line and of a person as tuples; dataclasses.astuple copies deeply and takes twenty times as long.
line_values: Callable[[LineDraft], tuple[Any, ...]] = attrgetter(*(f.name for f in fields(LineDraft)))
person_values: Callable[[PersonDraft], tuple[str, ...]] = attrgetter(*(f.name for f in fields(PersonDraft)))
