"""Delivery notes (送货单) on A5: who gets what, every remark, sums if wanted, and where to sign (rules O4, O7)."""

from collections.abc import Sequence
from pathlib import Path

from app.clock import full_moment
from app.i18n import _
from app.money import format_amount, format_money
from app.services.papers.capitals import capital_amount
from app.services.papers.codes import code128
from app.services.papers.content import DeliveryLine, DeliveryNote, Imprint
from app.services.papers.look import (
    A5,
    ACCENT,
    BODY_BOLD,
    BODY_DIM,
    GOODS,
    GOODS_BOLD,
    NOTE_REMARK,
    SMALL,
    SUM,
    TITLE,
    Style,
)
from app.services.papers.parts import (
    DRAWN,
    Progress,
    named,
    remark_lines,
    remarks_box,
    running_head,
    signature_lines,
)
from app.services.papers.press import Front, NothingToPrintError
from app.services.papers.sheet import Sheet, shorten, width_of, wrap, write_paper
from app.services.papers.table import Cell, Column, Table

CODE_WIDTH = 126.0
CODE_HEIGHT = 26.0
LABEL = 52.0
SIGNATURES = 34.0


def write_delivery_note(
    notes: Sequence[DeliveryNote], path: Path, imprint: Imprint, progress: Progress | None = None
) -> None:
    """Write `notes` to `path` as one PDF, each with its own page numbers; a `progress` that raises stops it.

    Raises NothingToPrintError without notes, AmountTooLargeError where capital numerals end.
    """
    if not notes:
        raise NothingToPrintError
    tell = progress or (lambda _share: None)
    front = Front(_("Delivery note"), imprint.office, notes[0].number if len(notes) == 1 else "")

    def draw(sheet: Sheet) -> None:
        for number, note in enumerate(notes):
            tell(DRAWN * number / len(notes))
            _note(sheet, note, imprint)

    write_paper(path, A5, front, draw)
    tell(1.0)


def _note(sheet: Sheet, note: DeliveryNote, imprint: Imprint) -> None:
    sheet.on_page = lambda: running_head(sheet, named(sheet.front), note.number)
    sheet.start(_("Printed {time} by {person}").format(time=full_moment(imprint.printed_at), person=imprint.printed_by))
    _head(sheet, note)
    _recipient(sheet, note)
    remarks = remark_lines(note.remarks, sheet.form.inner, NOTE_REMARK)
    if remarks:
        sheet.y -= 8
        remarks_box(sheet, remarks, NOTE_REMARK)
    sheet.y -= 8
    _lines(sheet, note)
    _sums(sheet, note)
    signature_lines(sheet, (_("Delivered by"), _("Received by"), _("Date")))


def _head(sheet: Sheet, note: DeliveryNote) -> None:
    form = sheet.form
    top = sheet.y
    right = form.width - form.right
    sheet.fill(form.left, top - 3, 26, 3, ACCENT)
    office = shorten(sheet.front.office, form.inner - CODE_WIDTH - 16, BODY_DIM)
    sheet.text(form.left, top - 10, office, BODY_DIM)
    sheet.text(form.left, top - 22, sheet.front.title, TITLE)
    sheet.mark(code128(note.number, right - CODE_WIDTH, top - CODE_HEIGHT, CODE_WIDTH, CODE_HEIGHT))
    sheet.text(right - CODE_WIDTH, top - CODE_HEIGHT - 4, note.number, BODY_BOLD)
    sheet.y = top - 22 - TITLE.leading - 6
    sheet.rule()
    sheet.y -= 8


def _recipient(sheet: Sheet, note: DeliveryNote) -> None:
    people = "  ".join(part for part in (note.recipient, note.phone) if part)
    order = "  ".join(part for part in (note.channel, note.source_number) if part)
    for label, text, style in (
        (_("Recipient"), people, GOODS_BOLD),
        (_("Address"), note.address, GOODS),
        (_("Order"), order, GOODS),
    ):
        sheet.text(sheet.form.left, sheet.y - style.baseline + SMALL.baseline, label, SMALL)
        sheet.paragraph(sheet.form.left + LABEL, sheet.form.inner - LABEL, text, style)
        sheet.y -= 2


def _lines(sheet: Sheet, note: DeliveryNote) -> None:
    table = Table(sheet, _columns(sheet, note.prices))
    table.titles()
    for number, line in enumerate(note.lines, 1):
        goods = (Cell(line.title, GOODS), Cell(line.variant, BODY_DIM)) if line.variant else Cell(line.title, GOODS)
        table.row(Cell(str(number), BODY_DIM), goods, f"{line.quantity:,}", *_money(line, note))


def _columns(sheet: Sheet, prices: bool) -> tuple[Column, ...]:
    money = (
        Column(_("Price"), 64, number=True, style=GOODS),
        Column(_("Amount"), 72, number=True, style=GOODS),
    )
    taken = 24 + 50 + (136 if prices else 0)
    return (
        Column(_("No."), 24),
        Column(_("Goods"), sheet.form.inner + 8 - taken),
        Column(_("Quantity"), 50, number=True, style=GOODS_BOLD),
        *(money if prices else ()),
    )


def _money(line: DeliveryLine, note: DeliveryNote) -> tuple[str, ...]:
    if not note.prices:
        return ()
    currency = note.payable.currency
    return format_amount(line.price, currency), format_amount(line.amount, currency)


def _sums(sheet: Sheet, note: DeliveryNote) -> None:
    """The sums, kept with the lines to sign on."""
    parts = _parts(note) if note.prices else []
    capitals = note.capitals and note.payable.currency == "CNY"
    words = _in_words(note, sheet.form.inner) if capitals else []
    sheet.need((len(parts) + len(words) + 1) * GOODS.leading + SUM.leading + 14 + SIGNATURES)
    sheet.y -= 8
    pieces = _("Pieces: {count:,}").format(count=sum(line.quantity for line in note.lines))
    sheet.text(sheet.form.left, sheet.y, pieces, BODY_BOLD)
    for label, amount in parts:
        _sum(sheet, label, amount, GOODS)
    if note.prices or capitals:
        _sum(sheet, _("Payable"), format_money(note.payable.minor, note.payable.currency), SUM)
    sheet.y -= 6 if words else 0
    for line in words:
        sheet.text(sheet.form.left, sheet.y, line, GOODS)
        sheet.y -= GOODS.leading


def _sum(sheet: Sheet, label: str, amount: str, style: Style) -> None:
    right = sheet.form.width - sheet.form.right
    sheet.text_right(right, sheet.y, amount, style)
    label_right = right - max(80.0, width_of(amount, style) + 8)
    sheet.text_right(label_right, sheet.y - style.baseline + BODY_DIM.baseline, label, BODY_DIM)
    sheet.y -= style.leading


def _parts(note: DeliveryNote) -> list[tuple[str, str]]:
    """What the payable sum is made of; what was conceded or amended since shows as a difference, never hidden."""
    currency = note.payable.currency
    goods = sum(line.amount for line in note.lines)
    other = note.payable.minor - (goods + note.freight - note.discount)
    parts = (
        (_("Goods total"), goods),
        (_("Freight"), note.freight),
        (_("Discount"), -note.discount),
        (_("Other adjustments"), other),
    )
    return [(label, format_amount(minor, currency)) for label, minor in parts if minor]


def _in_words(note: DeliveryNote, width: float) -> list[str]:
    words = _("In words (renminbi): {amount}").format(amount=capital_amount(note.payable.minor))
    return wrap(words, width, GOODS)
