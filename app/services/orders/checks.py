"""What the system looks for in an order before a person does (rule O3).

A check is a function from the order and what the office knows to what it found, or None. Checks that need what the
office does not know (a floor price in the catalog, a stock that is kept) are absent, not guessed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.services.address.phone import phone_problem
from app.services.address.regions import check_region
from app.services.stock.fold import drawn

LONGEST_REGION = 40  # characters: a whole path and what contradicts it

Found = dict[str, Any]
Finding = tuple[str, Found]


@dataclass(slots=True)
class Subject:
    """The order as the checks see it; money in minor units."""

    payable: int
    paid: int | None
    lines: Sequence[Sequence[Any]]  # [sku, title, variant, quantity, price, amount]
    phone: str
    province: str
    city: str
    district: str
    address: str


@dataclass(slots=True)
class Known:
    """What the office knows besides the order itself."""

    unusual_quantity: int = 50
    doubled: str = ""  # number of an order of the same customer and goods shortly before
    flagged: str = ""  # why the customer was flagged
    floor_price: Callable[[str], int | None] | None = None  # sku → floor, from the catalog when there is one
    available: Callable[[str], int | None] | None = None  # code → how many the order can have; None: stock not kept
    expect_address: bool = field(default=True)  # shop sales over the counter have none


def _payment(order: Subject, _known: Known) -> Found | None:
    if order.paid is None or order.paid == order.payable:
        return None
    return {"paid": order.paid, "payable": order.payable}


def _floor(order: Subject, known: Known) -> Found | None:
    if known.floor_price is None:
        return None
    for sku, title, _variant, _quantity, price, _amount in order.lines:
        floor = known.floor_price(sku)
        if floor is not None and price < floor:
            return {"title": title, "price": price, "floor": floor}
    return None


def _stock(order: Subject, known: Known) -> Found | None:
    if known.available is None:
        return None
    titles = {line[0]: line[1] for line in reversed(order.lines)}
    for code, wanted in drawn(order.lines).items():
        left = known.available(code)
        if left is not None and wanted > left:
            return {"title": titles[code], "wanted": wanted, "available": max(left, 0)}
    return None


def _region(order: Subject, known: Known) -> Found | None:
    if not known.expect_address:
        return None
    problem = check_region(order.province, order.city, order.district, order.address)
    return None if problem is None else {"problem": problem.code, "where": _no_address(problem.where)}


def _no_address(where: str) -> str:
    """Findings stand in the ledger for good: a whole address that somebody wrote into a province's field does not."""
    return where if len(where) <= LONGEST_REGION else f"{where[:LONGEST_REGION]}…"


def _phone(order: Subject, known: Known) -> Found | None:
    if not known.expect_address:
        return None
    problem = phone_problem(order.phone)
    return None if problem is None else {"problem": problem}


def _doubled(_order: Subject, known: Known) -> Found | None:
    return {"number": known.doubled} if known.doubled else None


def _flagged(_order: Subject, known: Known) -> Found | None:
    return {"reason": known.flagged} if known.flagged else None


def _quantity(order: Subject, known: Known) -> Found | None:
    for _sku, title, _variant, quantity, _price, _amount in order.lines:
        if quantity >= known.unusual_quantity:
            return {"title": title, "quantity": quantity}
    return None


CHECKS: Mapping[str, Callable[[Subject, Known], Found | None]] = {
    "payment": _payment,
    "floor": _floor,
    "stock": _stock,
    "region": _region,
    "phone": _phone,
    "doubled": _doubled,
    "flagged": _flagged,
    "quantity": _quantity,
}

# What fires here holds the order until a second person releases it.
HOLDING = frozenset({"payment", "floor"})


def run_checks(order: Subject, known: Known) -> list[Finding]:
    """Everything that fired, in the order of CHECKS."""
    return [(code, found) for code, check in CHECKS.items() if (found := check(order, known)) is not None]


def checks_made(known: Known) -> list[str]:
    """The checks that the office can make at all with what it knows."""
    able = {"floor": known.floor_price is not None, "stock": known.available is not None}
    return [code for code in CHECKS if able.get(code, True)]
