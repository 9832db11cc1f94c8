"""The pick list (配货单) by order: what to take from the shelf, with every remark and a code to scan (rules O4, O7)."""

from collections.abc import Sequence
from pathlib import Path

from app.clock import full_moment
from app.i18n import _, ngettext
from app.services.papers.codes import code128
from app.services.papers.content import Imprint, PickLine, PickOrder
from app.services.papers.look import (
    A4,
    GOODS,
    GOODS_BOLD,
    GOODS_DIM,
    INK,
    NUMBER,
    QUANTITY,
    REMARK,
    SMALL,
    TICK,
)
from app.services.papers.parts import (
    DRAWN,
    Progress,
    named,
    remark_lines,
    remarks_box,
    remarks_height,
    running_head,
    title_block,
)
from app.services.papers.press import Front, NothingToPrintError
from app.services.papers.sheet import Sheet, shorten, width_of, wrap, write_paper
from app.services.papers.table import Column, Content, Table

BETWEEN = 20.0  # between two orders
CODE_WIDTH = 132.0
CODE_HEIGHT = 26.0
KEPT_WHOLE = 320.0  # an order no higher than this is not broken over two pages
TICK_BOX = "□"
PROGRESS_EVERY = 50


def write_pick_list(
    orders: Sequence[PickOrder], path: Path, imprint: Imprint, progress: Progress | None = None
) -> None:
    """Write the pick list of `orders` to `path` as PDF; a `progress` that raises stops it, leaving nothing behind.

    Raises NothingToPrintError without orders.
    """
    if not orders:
        raise NothingToPrintError
    tell = progress or (lambda _share: None)
    printed = full_moment(imprint.printed_at)
    front = Front(_("Pick list"), imprint.office, printed)

    def draw(sheet: Sheet) -> None:
        table = Table(sheet, _columns(sheet))
        sheet.on_page = lambda: _page_head(sheet, table)
        sheet.start(_("Printed {time} by {person}").format(time=printed, person=imprint.printed_by))
        _title(sheet, orders, imprint)
        table.titles(ruled=False)
        for number, order in enumerate(orders):
            if number % PROGRESS_EVERY == 0:
                tell(DRAWN * number / len(orders))
            _order(sheet, table, order)

    write_paper(path, A4, front, draw)
    tell(1.0)


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    return (
        Column("", 26, style=TICK),
        Column(_("Item number"), 96, style=GOODS_DIM),
        Column(_("Goods"), sheet.form.inner + 8 - 284, style=GOODS_BOLD),
        Column(_("Variant"), 104, style=GOODS),
        Column(_("Quantity"), 58, number=True, style=QUANTITY),
    )


def _page_head(sheet: Sheet, table: Table) -> None:
    running_head(sheet, named(sheet.front), sheet.front.subject)
    table.titles(ruled=False)


def _title(sheet: Sheet, orders: Sequence[PickOrder], imprint: Imprint) -> None:
    pieces = sum(line.quantity for order in orders for line in order.lines)
    facts = (
        (_("Printed at"), sheet.front.subject),
        (_("Printed by"), imprint.printed_by),
    )
    amount = ngettext("{count:,} order", "{count:,} orders", len(orders)).format(count=len(orders))
    goods = ngettext("{count:,} piece", "{count:,} pieces", pieces).format(count=pieces)
    title_block(sheet, f"{amount} · {goods}", facts)


def _order(sheet: Sheet, table: Table, order: PickOrder) -> None:
    head = _head_lines(sheet, order)
    remarks = remark_lines(order.remarks, sheet.form.inner, REMARK)
    rows = [table.lay(*_goods(line)) for line in order.lines]
    begin = _head_height(head) + remarks_height(remarks, REMARK)
    least = begin + (rows[0].height if rows else 0)
    whole = begin + sum(row.height for row in rows)
    sheet.need(whole if whole <= KEPT_WHOLE else min(least, KEPT_WHOLE))
    _set_head(sheet, order, head)
    remarks_box(sheet, remarks, REMARK)
    table.turned = lambda: _continued(sheet, order)
    for row in rows:
        table.place(row)
    sheet.y -= BETWEEN


def _goods(line: PickLine) -> tuple[Content, ...]:
    return TICK_BOX, line.sku, line.title, line.variant, f"{line.quantity:,}"


def _head_lines(sheet: Sheet, order: PickOrder) -> list[str]:
    people = " ".join(part for part in (order.recipient, order.phone) if part)
    where = " · ".join(part for part in (people, order.region) if part)
    return wrap(where, sheet.form.inner - CODE_WIDTH - 24, GOODS)


def _head_height(lines: Sequence[str]) -> float:
    return max(8 + NUMBER.leading + len(lines) * GOODS.leading, CODE_HEIGHT + 12) + 5


def _set_head(sheet: Sheet, order: PickOrder, lines: Sequence[str]) -> None:
    form = sheet.form
    sheet.rule(INK, 1.0)
    top = sheet.y - 6
    sheet.mark(code128(order.number, form.width - form.right - CODE_WIDTH, top - CODE_HEIGHT, CODE_WIDTH, CODE_HEIGHT))
    sheet.text(form.left, top, order.number, NUMBER)
    at = form.left + width_of(order.number, NUMBER) + 10
    source = shorten(f"{order.channel}  {order.source_number}", form.width - form.right - CODE_WIDTH - 12 - at, SMALL)
    sheet.text(at, top + SMALL.baseline - NUMBER.baseline, source, SMALL)
    y = top - NUMBER.leading - 2
    for line in lines:
        sheet.text(form.left, y, line, GOODS)
        y -= GOODS.leading
    sheet.y -= _head_height(lines)


def _continued(sheet: Sheet, order: PickOrder) -> None:
    sheet.y -= 3
    sheet.text(sheet.form.left, sheet.y, _("{number}, continued").format(number=order.number), GOODS_BOLD)
    sheet.y -= GOODS_BOLD.leading + 4
    sheet.rule(INK, 1.0)
