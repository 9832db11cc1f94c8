"""Pick lists and delivery notes of orders as they stand, remarks carried along (O4, O7); printing is on record."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from app.clock import to_ms
from app.services.access import Context, Permission, requires
from app.services.ledger import open_ledger
from app.services.office import load_settings
from app.services.orders.detail import detail_of
from app.services.orders.rows import OrderDetail
from app.services.orders.words import channel_word
from app.services.papers.content import DeliveryLine, DeliveryNote, Imprint, Money, PickLine, PickOrder, Remarks

Progress = Callable[[float], None]


@requires(Permission.ORDER_READ)
def pick_list_for(ctx: Context, order_ids: Sequence[int], path: Path, progress: Progress | None = None) -> None:
    """Write the pick list (配货单) of these orders as a PDF."""
    from app.services.papers.pick_list import write_pick_list

    imprint, details = _gather(ctx, order_ids, "pick_list")
    write_pick_list([_pick_order(detail) for detail in details], path, imprint, progress)


@requires(Permission.ORDER_READ)
def delivery_notes_for(
    ctx: Context,
    order_ids: Sequence[int],
    path: Path,
    *,
    prices: bool = True,
    capitals: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write the delivery notes (送货单, A5) of these orders as a PDF."""
    from app.services.papers.delivery_note import write_delivery_note

    imprint, details = _gather(ctx, order_ids, "delivery_note")
    notes = [_note(detail, prices=prices, capitals=capitals) for detail in details]
    write_delivery_note(notes, path, imprint, progress)


def _gather(ctx: Context, order_ids: Sequence[int], kind: str) -> tuple[Imprint, list[OrderDetail]]:
    """The orders' details, and the entry that they were printed."""
    now = to_ms(ctx.clock.now())
    with ctx.writing() as conn:
        details = [detail_of(conn, order_id) for order_id in order_ids]
        pen = open_ledger(conn, now, ctx.person)
        pen.write("paper.printed", None, {"paper": kind, "orders": [detail.row.number for detail in details]})
        pen.flush()
        office = load_settings(conn).name
    return Imprint(office, now, ctx.name), details


def _remarks(detail: OrderDetail) -> Remarks:
    return Remarks(detail.person.message, detail.person.remark, detail.office_remark)


def _pick_order(detail: OrderDetail) -> PickOrder:
    row = detail.row
    return PickOrder(
        row.number,
        row.source_number,
        channel_word(row.channel),
        detail.person.name,
        detail.person.phone,
        detail.person.region,
        _remarks(detail),
        tuple(PickLine(line.sku, line.title, line.variant, line.quantity) for line in detail.lines),
    )


def _note(detail: OrderDetail, *, prices: bool, capitals: bool) -> DeliveryNote:
    row, amounts = detail.row, detail.amounts
    return DeliveryNote(
        row.number,
        row.source_number,
        channel_word(row.channel),
        detail.person.name,
        detail.person.phone,
        detail.person.full_address,
        _remarks(detail),
        tuple(_delivery_lines(detail)),
        amounts.freight,
        _conceded(detail),
        Money(amounts.payable, amounts.currency),
        prices,
        capitals,
    )


def _delivery_lines(detail: OrderDetail) -> Iterable[DeliveryLine]:
    for line in detail.lines:
        yield DeliveryLine(line.title, line.variant, line.quantity, line.price, line.amount)


def _conceded(detail: OrderDetail) -> int:
    """Everything between the goods with freight and what is to be paid: discounts and concessions."""
    goods = sum(line.amount for line in detail.lines)
    return goods + detail.amounts.freight - detail.amounts.payable
