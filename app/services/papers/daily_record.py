"""The sealed daily record (日终记录; rules O5 and R4): what came in, what was late or set aside, and the seal."""

from collections.abc import Sequence
from pathlib import Path

from app.clock import full_moment
from app.i18n import _
from app.money import format_money
from app.services.papers.content import DailyRecord, DayFigures, DayOrder, GroupTotal, LateContact, Money, SetAside
from app.services.papers.look import (
    A4,
    BODY,
    BODY_BOLD,
    BODY_DIM,
    BODY_LATE,
    FIGURE,
    FIGURE_LATE,
    SUM,
)
from app.services.papers.parts import (
    DRAWN,
    Progress,
    clock_time,
    column_amount,
    day_words,
    named,
    none_line,
    running_head,
    section,
    signature_lines,
    tiles,
    title_block,
)
from app.services.papers.press import Front
from app.services.papers.seal_box import grouped, seal_box
from app.services.papers.sheet import Sheet, write_paper
from app.services.papers.table import Cell, Column, Table

SIDE_BY_SIDE = 16  # so many channels or states still stand side by side
FOOT_GROUPS = 4  # groups of the seal below every page
PROGRESS_EVERY = 200


def write_daily_record(content: DailyRecord, path: Path, progress: Progress | None = None) -> None:
    """Write the record of a day to `path` as PDF; a `progress` that raises stops it and leaves nothing behind."""
    tell = progress or (lambda _share: None)
    front = Front(_title(content), content.office, day_words(content.day))

    def draw(sheet: Sheet) -> None:
        seal = " ".join(grouped(content.seal.text)[:FOOT_GROUPS])
        sheet.on_page = lambda: running_head(sheet, named(front), front.subject)
        sheet.start(_("{title} {day} · seal {seal} …").format(title=front.title, day=front.subject, seal=seal))
        _summary(sheet, content)
        _late(sheet, content)
        _set_aside(sheet, content, _("Held orders"), content.held)
        _set_aside(sheet, content, _("Cancelled orders"), content.cancelled)
        _orders(sheet, content, tell)

    write_paper(path, A4, front, draw)
    tell(1.0)


def _title(content: DailyRecord) -> str:
    if content.supplement:
        return _("Daily record, supplement {number}").format(number=content.supplement)
    return _("Daily record")


def _summary(sheet: Sheet, content: DailyRecord) -> None:
    facts = (
        (_("Sealed at"), full_moment(content.sealed_at)),
        (_("Sealed by"), content.sealed_by),
        (_("Ledger entries"), f"{content.seal.first_entry:,} – {content.seal.last_entry:,}"),
    )
    title_block(sheet, sheet.front.subject, facts)
    _figures(sheet, content.figures)
    _totals(sheet, content.figures)
    seal_box(sheet, content.seal, below=34)
    signature_lines(sheet, (_("On duty"), _("Manager"), _("Date")))


def _figures(sheet: Sheet, figures: DayFigures) -> None:
    sheet.rule()
    sheet.y -= 10
    tiles(
        sheet,
        (
            (_("Accepted"), f"{figures.accepted:,}", FIGURE),
            (_("Contacted in time"), f"{figures.in_time:,}", FIGURE),
            (_("Contacted late"), f"{figures.late:,}", FIGURE_LATE if figures.late else FIGURE),
            (_("Confirmed"), f"{figures.confirmed:,}", FIGURE),
            (_("Held"), f"{figures.held:,}", FIGURE),
            (_("Cancelled"), f"{figures.cancelled:,}", FIGURE),
        ),
    )
    payable = figures.payable or (Money(0),)
    for at in range(0, len(payable), 3):
        tiles(
            sheet,
            [
                (
                    _("Payable, {currency}").format(currency=money.currency),
                    format_money(money.minor, money.currency),
                    SUM,
                )
                for money in payable[at : at + 3]
            ],
            3,
        )
    sheet.rule()


def _totals(sheet: Sheet, figures: DayFigures) -> None:
    """Sums by channel and by state: side by side where they are short, else below each other."""
    parts = ((_("By channel"), figures.by_channel), (_("By state"), figures.by_state))
    half = (sheet.form.inner + 20) / 2
    if max(len(groups) for _heading, groups in parts) > SIDE_BY_SIDE:
        for heading, groups in parts:
            sheet.y -= 12
            _group_table(sheet, sheet.form.left, sheet.form.inner + 8, heading, groups)
        return
    sheet.need(30 + 18 * max(sum(max(len(g.payable), 1) for g in groups) for _heading, groups in parts))
    sheet.y -= 12
    top = sheet.y
    reached = []
    for number, (heading, groups) in enumerate(parts):
        sheet.y = top
        _group_table(sheet, sheet.form.left + number * half, half - 12, heading, groups)
        reached.append(sheet.y)
    sheet.y = min(reached)


def _group_table(sheet: Sheet, x: float, width: float, heading: str, groups: Sequence[GroupTotal]) -> None:
    columns = (
        Column(heading, width - 44 - 86),
        Column(_("Orders"), 44, number=True),
        Column(_("Payable"), 86, number=True),
    )
    table = Table(sheet, columns, x)
    table.titles()
    for group in groups:
        table.row(group.name, f"{group.orders:,}", tuple(Cell(column_amount(m), BODY) for m in group.payable))


def _late(sheet: Sheet, content: DailyRecord) -> None:
    section(sheet, _("Contacted late"))
    if not content.late:
        return none_line(sheet)
    table = Table(
        sheet,
        (
            Column(_("Order"), 78),
            Column(_("Accepted"), 50),
            Column(_("Contacted"), 50, style=BODY_LATE),
            Column(_("By"), 66),
            Column(_("Reason"), sheet.form.inner + 8 - 244),
        ),
    )
    table.titles()
    for contact in content.late:
        table.row(*_late_row(contact, content))
    return None


def _late_row(contact: LateContact, content: DailyRecord) -> tuple[str | Cell, ...]:
    return (
        Cell(contact.number, BODY_BOLD),
        clock_time(contact.accepted_at, content.day),
        clock_time(contact.contacted_at, content.day),
        contact.person,
        contact.reason,
    )


def _set_aside(sheet: Sheet, content: DailyRecord, heading: str, orders: Sequence[SetAside]) -> None:
    section(sheet, heading)
    if not orders:
        return none_line(sheet)
    table = Table(
        sheet,
        (
            Column(_("Order"), 78),
            Column(_("Time"), 50),
            Column(_("By"), 66),
            Column(_("Reason"), sheet.form.inner + 8 - 194),
        ),
    )
    table.titles()
    for order in orders:
        table.row(Cell(order.number, BODY_BOLD), clock_time(order.at, content.day), order.person, order.reason)
    return None


def _orders(sheet: Sheet, content: DailyRecord, tell: Progress) -> None:
    section(sheet, _("All orders of the day"))
    if not content.orders:
        return none_line(sheet)
    columns = (
        Column(_("Order, source number"), 98),
        Column(_("Channel, state"), 62),
        Column(_("Accepted"), 44),
        Column(_("Contacted"), 46),
        Column(_("Recipient"), 64),
        Column(_("Goods"), sheet.form.inner + 8 - 374),
        Column(_("Payable"), 60, number=True),
    )
    table = Table(sheet, columns)
    table.titles()
    count = len(content.orders)
    for number, order in enumerate(content.orders):
        if number % PROGRESS_EVERY == 0:
            tell(DRAWN * number / count)
        _order_row(table, order, content)
    return None


def _order_row(table: Table, order: DayOrder, content: DailyRecord) -> None:
    contacted = clock_time(order.contacted_at, content.day)
    table.row(
        (Cell(order.number, BODY_BOLD), Cell(order.source_number, BODY_DIM)),
        (Cell(order.channel, BODY), Cell(order.state, BODY_DIM)),
        clock_time(order.accepted_at, content.day),
        Cell(contacted, BODY_LATE) if order.late else contacted,
        (Cell(order.recipient, BODY), Cell(order.phone, BODY)),
        order.goods,
        column_amount(order.payable),
    )
