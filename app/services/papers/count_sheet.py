"""The count sheet (盘点表): shelf by shelf, a code to scan, an empty box for what is there; counted blind (rule P5)."""

from dataclasses import replace
from pathlib import Path

from app.clock import full_moment
from app.i18n import _, ngettext
from app.services.papers.codes import code128, code128_width
from app.services.papers.content import CountLine, CountSheet, Imprint
from app.services.papers.look import (
    A4,
    BODY,
    GOODS_BOLD,
    GOODS_DIM,
    INK,
    SUM,
)
from app.services.papers.parts import (
    DRAWN,
    Progress,
    named,
    running_head,
    signature_lines,
    title_block,
)
from app.services.papers.press import Front
from app.services.papers.sheet import Sheet, write_paper
from app.services.papers.table import Column, Row, Table

BOX_WIDTH, BOX_HEIGHT = 72.0, 26.0
LEAST_ROW = 38.0
MODULE = 0.8  # of a bar code, in points: a hand scanner reads it from an office printer
BARS_HEIGHT = 13.0
CODE_COLUMN = 140.0
PROGRESS_EVERY = 50


def write_count_sheet(count: CountSheet, path: Path, imprint: Imprint, progress: Progress | None = None) -> None:
    """Write the sheet of a count to `path` as PDF; a `progress` that raises stops it, leaving nothing behind."""
    tell = progress or (lambda _share: None)
    printed = full_moment(imprint.printed_at)
    front = Front(_("Count sheet"), imprint.office, _("Count {number}").format(number=count.number))

    def draw(sheet: Sheet) -> None:
        table = Table(sheet, _columns(sheet))
        sheet.on_page = lambda: running_head(sheet, named(sheet.front), sheet.front.subject)
        sheet.start(_("Printed {time} by {person}").format(time=printed, person=imprint.printed_by))
        _title(sheet, count, imprint)
        table.titles()
        before = None
        for number, line in enumerate(count.lines):
            if number % PROGRESS_EVERY == 0:
                tell(DRAWN * number / len(count.lines))
            _line(sheet, table, line, before)
            before = line.shelf
        signature_lines(sheet, (_("Counted by"), _("Checked by"), _("Date and time")))

    write_paper(path, A4, front, draw)
    tell(1.0)


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    taken = 56 + CODE_COLUMN + 2 * (BOX_WIDTH + 8)
    return (
        Column(_("Shelf"), 56, style=SUM),
        Column(_("Item number"), CODE_COLUMN, style=GOODS_DIM),
        Column(_("Goods"), sheet.form.inner + 8 - taken, style=GOODS_BOLD),
        Column(_("Counted"), BOX_WIDTH + 8),
        Column(_("Counted again"), BOX_WIDTH + 8),
    )


def _title(sheet: Sheet, count: CountSheet, imprint: Imprint) -> None:
    facts = (
        (_("Begun"), full_moment(count.begun_at)),
        (_("Begun by"), count.begun_by),
        (_("Printed at"), full_moment(imprint.printed_at)),
        (_("Printed by"), imprint.printed_by),
    )
    amount = ngettext("{count:,} article", "{count:,} articles", len(count.lines)).format(count=len(count.lines))
    title_block(sheet, f"{sheet.front.subject} · {amount}", facts)
    hint = _("Write down how many single pieces are there. 0 means none; an empty box means not counted.")
    for text, style in ((hint, BODY), (count.note, GOODS_BOLD)):
        if text:
            sheet.paragraph(sheet.form.left, sheet.form.inner, text, style)
    sheet.y -= 8


def _line(sheet: Sheet, table: Table, line: CountLine, before: str | None) -> None:
    row = _laid(table, line, line.shelf if line.shelf != before else "")
    if row.height > sheet.room():
        sheet.new_page()
        table.titles()
        row = _laid(table, line, line.shelf)  # a page stands for itself: who counts it may not have the one before
    elif before is not None and line.shelf != before:
        sheet.line(table.x, sheet.y, table.right, INK, 1.0)
    table.place(row)
    _bars(sheet, table, line, sheet.y + row.height)
    _boxes(sheet, table, sheet.y + row.height)


def _laid(table: Table, line: CountLine, shelf: str) -> Row:
    row = table.lay(shelf, line.code, line.name or line.code, "", "")
    return replace(row, height=max(row.height, LEAST_ROW))


def _bars(sheet: Sheet, table: Table, line: CountLine, top: float) -> None:
    """The code's bars under it, where they are not wider than the column and do not lie on a second line."""
    width = code128_width(line.code, MODULE)
    lines = len(table.lay("", line.code, "", "", "").cells[1])
    if width is not None and lines == 1 and width <= CODE_COLUMN - 2 * 10 * MODULE:
        x = table.x + table.columns[0].width
        sheet.mark(code128(line.code, x, top - LEAST_ROW + 3.5, width, BARS_HEIGHT))


def _boxes(sheet: Sheet, table: Table, top: float) -> None:
    right = table.right
    for place in (0, 1):
        x = right - BOX_WIDTH - place * (BOX_WIDTH + 8)
        sheet.frame(x, top - (LEAST_ROW + BOX_HEIGHT) / 2, BOX_WIDTH, BOX_HEIGHT, INK, 0.8)
