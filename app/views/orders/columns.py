"""The columns of the order list: what each shows, how wide it begins, and by what it sorts."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from app.clock import full_moment, short_moment
from app.i18n import N_
from app.models.orders import OrderState
from app.money import format_amount
from app.services.orders.hints import short_hint
from app.services.orders.rows import OrderRow, Sort
from app.services.orders.words import channel_word, hint_text, state_word
from app.views.widgets.long_model import LongColumn


class Look(StrEnum):
    """How the delegate paints a cell."""

    CLOCK = "clock"
    STATE = "state"
    TEXT = "text"
    AMOUNT = "amount"
    HINT = "hint"


Column = LongColumn[OrderRow]


def mask_phone(phone: str) -> str:
    """A phone as a list shows it: 138****2065; what the platform has masked stays as it is."""
    return phone if "*" in phone or len(phone) < 7 else f"{phone[:3]}****{phone[-4:]}"


def _amount(row: OrderRow) -> str:
    return format_amount(row.payable, row.currency)


def _nothing(_row: OrderRow) -> str:
    return ""


def order_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """All of them, in the order of `Sort`."""
    return (
        LongColumn(Sort.CLOCK, N_("Clock"), 92, Look.CLOCK, _nothing),
        LongColumn(
            Sort.STATE,
            N_("State"),
            80,
            Look.STATE,
            lambda row: state_word(row.state),
            pills=lambda: [state_word(state) for state in OrderState],
        ),
        LongColumn(Sort.NUMBER, N_("Order number"), 120, Look.TEXT, lambda row: row.number),
        LongColumn(Sort.CHANNEL, N_("Channel"), 72, Look.TEXT, lambda row: channel_word(row.channel)),
        LongColumn(Sort.NAME, N_("Recipient"), 68, Look.TEXT, lambda row: row.name),
        LongColumn(Sort.PHONE, N_("Phone"), 104, Look.TEXT, lambda row: mask_phone(row.phone)),
        LongColumn(Sort.GOODS, N_("Goods"), 160, Look.TEXT, lambda row: row.goods),
        LongColumn(Sort.PAYABLE, N_("Amount"), 84, Look.AMOUNT, _amount, right=True),
        LongColumn(
            Sort.HINT,
            N_("Hint"),
            92,
            Look.HINT,
            lambda row: short_hint(row.findings, row.currency),
            whole=lambda row: hint_text(row.findings, row.currency),
        ),
        LongColumn(
            Sort.SOURCE_NUMBER, N_("Platform number"), 168, Look.TEXT, lambda row: row.source_number, shown=False
        ),
        LongColumn(
            Sort.PLACED,
            N_("Placed at"),
            96,
            Look.TEXT,
            lambda row: "" if row.placed_at is None else short_moment(row.placed_at, today()),
            whole=lambda row: "" if row.placed_at is None else full_moment(row.placed_at),
            shown=False,
        ),
        LongColumn(Sort.CLAIMED, N_("Claimed by"), 80, Look.TEXT, lambda row: row.claimer, shown=False),
    )


def sort_column(sort: Sort) -> int:
    """The column that sorts by `sort`."""
    return tuple(Sort).index(sort)
