"""What goes onto the papers: frozen facts, already worded by who hands them over (channels, states, masked people).

Times are milliseconds UTC as stored and are shown in the office's zone; money is in minor units of its currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in minor units."""

    minor: int
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class Imprint:
    """Which office printed a paper, when, and in whose name."""

    office: str
    printed_at: int
    printed_by: str


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """The orders of one channel or of one state, and what they come to in each currency."""

    name: str
    orders: int
    payable: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The figures of the day as they were sealed; the paper shows them and computes none."""

    accepted: int
    in_time: int
    late: int
    confirmed: int
    held: int
    cancelled: int
    payable: tuple[Money, ...]
    by_channel: tuple[GroupTotal, ...]
    by_state: tuple[GroupTotal, ...]


@dataclass(frozen=True, slots=True)
class DayOrder:
    """An order of the day; recipient and phone are printed as given, so mask them before."""

    number: str
    source_number: str
    channel: str
    accepted_at: int
    contacted_at: int | None
    late: bool
    state: str
    recipient: str
    phone: str
    goods: str
    payable: Money


@dataclass(frozen=True, slots=True)
class LateContact:
    """A customer reached after the ten minutes, or not yet (rule O2), with the reason given."""

    number: str
    accepted_at: int
    contacted_at: int | None
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An order that was held or cancelled: when, by whom and why."""

    number: str
    at: int
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class Seal:
    """What closes the day (rule O5); `text` is exactly what `verify --seal` takes, blanks aside."""

    text: str
    first_entry: int
    last_entry: int
    entries: int
    head: str  # hash of the last entry, hexadecimal
    backup: str  # the backup's file name
    backup_sha256: str


@dataclass(frozen=True, slots=True)
class DailyRecord:
    """The sealed record of one day (日终记录)."""

    office: str
    day: date
    sealed_at: int
    sealed_by: str
    figures: DayFigures
    orders: Sequence[DayOrder]
    late: tuple[LateContact, ...]
    held: tuple[SetAside, ...]
    cancelled: tuple[SetAside, ...]
    seal: Seal
    supplement: int = 0  # 1 and up: covers only what came after the day's earlier records


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is carried onto every paper so that nothing wrong is sent (rule O4)."""

    buyer: str = ""  # 买家留言
    seller: str = ""  # 商家备注
    office: str = ""  # 客服备注


@dataclass(frozen=True, slots=True)
class PickLine:
    """Goods to take from the shelf."""

    sku: str
    title: str
    variant: str
    quantity: int


@dataclass(frozen=True, slots=True)
class PickOrder:
    """An order on the pick list (配货单); people are printed as given, so mask them before."""

    number: str
    source_number: str
    channel: str
    recipient: str
    phone: str
    region: str
    remarks: Remarks
    lines: tuple[PickLine, ...]


@dataclass(frozen=True, slots=True)
class CountLine:
    """An article to be counted; how many there should be is not on the paper."""

    code: str
    name: str
    shelf: str


@dataclass(frozen=True, slots=True)
class CountSheet:
    """The sheet of one count (盘点表), its lines in the order of the shelves."""

    number: int
    begun_at: int
    begun_by: str
    note: str
    lines: tuple[CountLine, ...]


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """Delivered goods; price and amount in minor units of the note's currency."""

    title: str
    variant: str
    quantity: int
    price: int
    amount: int


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """One delivery note (送货单); `capitals` adds renminbi sums in capital numerals, other currencies have none."""

    number: str
    source_number: str
    channel: str
    recipient: str
    phone: str
    address: str
    remarks: Remarks
    lines: tuple[DeliveryLine, ...]
    freight: int
    discount: int
    payable: Money
    prices: bool = True
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class ComparedOffer:
    """A competitor's price for goods like ours; `difference` is how far it lies above ours (below: negative)."""

    competitor: str
    title: str
    note: str
    price: Money
    difference: float | None


@dataclass(frozen=True, slots=True)
class ComparedArticle:
    """One of our articles and what competitors ask for it, the lowest first."""

    code: str
    name: str
    price: Money | None
    promoted: bool  # ours is a promotion's price
    offers: tuple[ComparedOffer, ...]


@dataclass(frozen=True, slots=True)
class SoldArticle:
    """What we shipped of an article in the week, and in as many days of the week before."""

    code: str
    name: str
    pieces: int
    before: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at a competitor's."""

    day: date
    competitor: str
    title: str
    note: str
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class MarketDigest:
    """The market of one week (市场周报)."""

    first: date
    last: date
    compared: tuple[ComparedArticle, ...]
    others: tuple[Finding, ...]  # prices of goods that are not ours
    sold: tuple[SoldArticle, ...]
    sold_until: int  # the week's end, or when it was asked while the week goes on
    best_sellers: tuple[Finding, ...]
    trends: tuple[Finding, ...]
