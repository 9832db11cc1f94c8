"""What crosses the border between the order desk and who shows it: frozen rows, never a database object."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.models.orders import OrderEvent, OrderState
from app.services.approvals.standing import Asked

# Headings of the list of divisions that platforms write where a municipality has no city; on no parcel.
NO_PLACES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Queue(StrEnum):
    """The queues of the order desk."""

    CONTACT = "contact"  # 待联系
    CONFIRM = "confirm"  # 待确认
    SHIP = "ship"  # 待发货
    DELIVERING = "delivering"  # 配送中
    HELD = "held"  # 异常
    DONE = "done"  # 已完成
    CANCELLED = "cancelled"  # 已取消
    ALL = "all"  # 全部订单


QUEUE_STATES: dict[Queue, tuple[OrderState, ...]] = {
    Queue.CONTACT: (OrderState.ACCEPTED,),
    Queue.CONFIRM: (OrderState.CONTACTED,),
    Queue.SHIP: (OrderState.CONFIRMED, OrderState.PICKED, OrderState.CHECKED_OUT),
    Queue.DELIVERING: (OrderState.SHIPPED,),
    Queue.DONE: (OrderState.DELIVERED, OrderState.CLOSED),
    Queue.CANCELLED: (OrderState.CANCELLED,),
}


class Sort(StrEnum):
    """What a list of orders may be sorted by: each of its columns."""

    CLOCK = "clock"
    STATE = "state"
    NUMBER = "number"
    CHANNEL = "channel"
    NAME = "name"
    PHONE = "phone"
    GOODS = "goods"
    PAYABLE = "payable"
    HINT = "hint"
    SOURCE_NUMBER = "source_number"
    PLACED = "placed"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list shows; every part that is set narrows it."""

    queue: Queue = Queue.CONTACT
    text: str = ""
    channel: str = ""
    states: tuple[OrderState, ...] = ()
    held: bool = False
    late: bool = False
    mine: bool = False
    unclaimed: bool = False
    uncancelled: bool = False
    accepted_from: date | None = None
    accepted_to: date | None = None  # inclusive
    least: int | None = None  # payable, minor units
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that fired, with the facts for its sentence."""

    code: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A line of a list; times in milliseconds UTC, money in minor units."""

    id: int
    number: str
    source_number: str
    channel: str
    state: OrderState
    held: bool
    late: bool
    findings: tuple[Finding, ...]
    clock_from: int | None
    callback_at: int | None
    accepted_at: int
    placed_at: int | None
    contacted_at: int | None
    claimed_by: int | None
    claimer: str
    name: str
    phone: str
    goods: str
    pieces: int
    payable: int
    paid: int | None
    currency: str
    last_seq: int


@dataclass(frozen=True, slots=True)
class Line:
    """One item of an order."""

    sku: str
    title: str
    variant: str
    quantity: int
    price: int
    amount: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """An order's sums in minor units."""

    payable: int
    paid: int | None
    freight: int
    discount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Person:
    """The personal fields in force; all empty and `erased` set when the customer has been forgotten."""

    name: str = ""
    phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    address: str = ""
    postcode: str = ""
    buyer: str = ""
    message: str = ""
    remark: str = ""
    erased: bool = False

    @property
    def region(self) -> str:
        """Province, city and district as one writes them on a parcel."""
        levels = (self.province, self.city, self.district)
        return "".join(dict.fromkeys(part for part in levels if part and part not in NO_PLACES))

    @property
    def full_address(self) -> str:
        """Region and address, the region not said twice."""
        region = self.region
        return self.address if region and self.address.startswith(region) else region + self.address


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of an order's timeline (经过)."""

    seq: int
    at: int
    person: str
    kind: OrderEvent
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed between the order as made and as it stands; values as text for reading."""

    field: str
    before: str
    after: str
    at: int
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of an order: `fired` with facts, or passed."""

    code: str
    fired: bool
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CustomerSummary:
    """What the office knows of the customer besides this order; money in minor units of `currency`."""

    id: int
    orders: int
    spent: int
    currency: str
    flagged: str = ""


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """One order, complete: as ordered, as it stands, what changed, what happened, what may happen next."""

    row: OrderRow
    person: Person
    lines: tuple[Line, ...]
    amounts: Amounts
    person_as_ordered: Person
    lines_as_ordered: tuple[Line, ...]
    amounts_as_ordered: Amounts
    changes: tuple[Change, ...]
    happenings: tuple[Happening, ...]
    checks: tuple[CheckResult, ...]
    customer: CustomerSummary
    steps: frozenset[OrderEvent]  # what the state allows; the person's permission is asked of the context
    due: int | None
    asked: tuple[Asked, ...] = ()  # what was proposed about the order or its customer and waits for somebody
    office_remark: str = ""
    waybill: str = ""
    carrier: str = ""


class Outcome(StrEnum):
    """How an attempt to reach the customer ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    CALL_BACK = "call_back"


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """What the contact form sends; `reason` is asked for when the clock has run out."""

    outcome: Outcome
    note: str = ""
    callback_at: int | None = None
    verified: tuple[int, ...] = ()  # indexes of the lines that the customer confirmed
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AmendDraft:
    """What the amendment form sends; None leaves a field as it is."""

    reason: str
    name: str | None = None
    phone: str | None = None
    province: str | None = None
    city: str | None = None
    district: str | None = None
    address: str | None = None
    postcode: str | None = None
    office_remark: str | None = None
