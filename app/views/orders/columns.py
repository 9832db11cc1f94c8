"""The columns of the order list: what each shows, how wide it begins, and by what it sorts."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.clock import OFFICE_ZONE, from_ms
from app.i18n import N_, _
from app.money import format_amount
from app.services.orders.hints import short_hint
from app.services.orders.rows import OrderRow, Sort
from app.services.orders.words import channel_word, hint_text, state_word


class Look(StrEnum):
    """How the delegate paints a cell."""

    CLOCK = "clock"
    STATE = "state"
    TEXT = "text"
    AMOUNT = "amount"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    sort: Sort
    title: str
    width: int
    look: Look
    text: Callable[[OrderRow], str]
    shown: bool = True
    whole: Callable[[OrderRow], str] | None = None  # what the cell says in full, where it is cut short

    def in_full(self, row: OrderRow) -> str:
        """The text for a tool tip and for a screen reader."""
        return (self.whole or self.text)(row)


def mask_phone(phone: str) -> str:
    """A phone as a list shows it: 138****2065; what the platform has masked stays as it is."""
    return phone if "*" in phone or len(phone) < 7 else f"{phone[:3]}****{phone[-4:]}"


def _moment(ms: int | None) -> str:
    return "" if ms is None else from_ms(ms).astimezone(OFFICE_ZONE).strftime("%m-%d %H:%M")


def _nothing(_row: OrderRow) -> str:
    return ""


COLUMNS = (
    Column(Sort.CLOCK, N_("Clock"), 92, Look.CLOCK, _nothing),
    Column(Sort.STATE, N_("State"), 80, Look.STATE, lambda row: state_word(row.state)),
    Column(Sort.NUMBER, N_("Order number"), 120, Look.TEXT, lambda row: row.number),
    Column(Sort.CHANNEL, N_("Channel"), 72, Look.TEXT, lambda row: channel_word(row.channel)),
    Column(Sort.NAME, N_("Recipient"), 68, Look.TEXT, lambda row: row.name),
    Column(Sort.PHONE, N_("Phone"), 104, Look.TEXT, lambda row: mask_phone(row.phone)),
    Column(Sort.GOODS, N_("Goods"), 160, Look.TEXT, lambda row: row.goods),
    Column(Sort.PAYABLE, N_("Amount"), 84, Look.AMOUNT, lambda row: format_amount(row.payable, row.currency)),
    Column(
        Sort.HINT,
        N_("Hint"),
        92,
        Look.HINT,
        lambda row: short_hint(row.findings, row.currency),
        whole=lambda row: hint_text(row.findings, row.currency),
    ),
    Column(Sort.SOURCE_NUMBER, N_("Platform number"), 168, Look.TEXT, lambda row: row.source_number, shown=False),
    Column(Sort.PLACED, N_("Placed at"), 96, Look.TEXT, lambda row: _moment(row.placed_at), shown=False),
    Column(Sort.CLAIMED, N_("Claimed by"), 80, Look.TEXT, lambda row: row.claimer, shown=False),
)


def title(column: Column) -> str:
    """A column's title in the language in use."""
    return _(column.title)
