"""What several papers are put together from: head, sections, boxed remarks, signatures, times and sums in words."""

from collections.abc import Callable, Sequence
from datetime import date

from app.clock import is_near, office_time
from app.i18n import _
from app.money import format_amount, format_money
from app.services.papers.content import Money, Remarks
from app.services.papers.look import (
    ACCENT,
    BODY_DIM,
    HEADING,
    INK,
    SMALL,
    SMALL_INK,
    SUBTITLE,
    TITLE,
    Style,
)
from app.services.papers.press import Front
from app.services.papers.sheet import Sheet, shorten, width_of, wrap

Progress = Callable[[float], None]

REMARK_PADDING = 5.0
LABEL_WIDTH = 62.0
DRAWN = 0.75  # the share of the work that is done when everything is set and only the printing is left


def day_words(day: date) -> str:
    """A date as one reads it."""
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def clock_time(ms: int | None, day: date) -> str:
    """The time of day in the office's zone, after the date on any other day than `day`; "–" for None.

    Of a day that is far from `day` only the date is told, with its year: the column is no wider for it.
    """
    if ms is None:
        return "–"
    local = office_time(ms)
    if local.date() == day:
        return f"{local:%H:%M:%S}"
    return f"{local:%m-%d %H:%M:%S}" if is_near(local.date(), day) else local.date().isoformat()


def column_amount(money: Money) -> str:
    """A sum for a column: renminbi bare, any other currency with its sign."""
    if money.currency == "CNY":
        return format_amount(money.minor)
    return format_money(money.minor, money.currency)


def named(front: Front) -> str:
    """Office and title, for the head of later pages."""
    return f"{front.office} · {front.title}"


def title_block(sheet: Sheet, subtitle: str, facts: Sequence[tuple[str, str]]) -> None:
    """The head of a first page: office, title and subtitle at the left, `facts` (label, value) at the right."""
    form, front = sheet.form, sheet.front
    right = form.width - form.right
    sheet.fill(form.left, sheet.y - 3, 26, 3, ACCENT)
    top = sheet.y - 10
    facts_width = form.inner * 0.45
    widest = max((width_of(value, SMALL_INK) for _label, value in facts), default=0.0)
    room = min(widest, facts_width - 50)  # taken as it is: right - (right - widest) may round to less than the widest
    values, y = right - room, top
    for label, value in facts:
        sheet.text_right(values - 8, y, shorten(label, 60, SMALL), SMALL)
        sheet.text(values, y, shorten(value, room, SMALL_INK), SMALL_INK)
        y -= SMALL.leading + 1
    sheet.text(form.left, top, shorten(front.office, form.inner - facts_width, BODY_DIM), BODY_DIM)
    sheet.text(form.left, top - 12, front.title, TITLE)
    subtitle_at = form.left + width_of(front.title, TITLE) + 10
    sheet.text(subtitle_at, top - 12 + SUBTITLE.baseline - TITLE.baseline, subtitle, SUBTITLE)
    sheet.y = min(y, top - 12 - TITLE.leading) - 8


def running_head(sheet: Sheet, left: str, right: str) -> None:
    """The head of a later page: what paper this is, over a hairline."""
    form = sheet.form
    sheet.text_right(form.width - form.right, sheet.y, right, SMALL)
    sheet.text(form.left, sheet.y, shorten(left, form.inner - width_of(right, SMALL) - 12, SMALL), SMALL)
    sheet.y -= SMALL.leading + 4
    sheet.rule()
    sheet.y -= 8


def section(sheet: Sheet, heading: str, least: float = 60) -> None:
    """A heading that stays with at least `least` points of what follows."""
    sheet.need(HEADING.leading + 22 + least)
    sheet.y -= 18
    sheet.text(sheet.form.left, sheet.y, heading, HEADING)
    sheet.y -= HEADING.leading + 4


def tiles(sheet: Sheet, facts: Sequence[tuple[str, str, Style]], across: int = 6) -> None:
    """Figures side by side, each under its label."""
    width = sheet.form.inner / across
    style = facts[0][2]
    for number, (label, figure, its_style) in enumerate(facts):
        x = sheet.form.left + number * width
        sheet.text(x, sheet.y, label, SMALL)
        sheet.text(x, sheet.y - SMALL.leading, figure, its_style)
    sheet.y -= SMALL.leading + style.leading + 8


def none_line(sheet: Sheet) -> None:
    """Says that a section has nothing to show."""
    sheet.text(sheet.form.left, sheet.y, _("None."), BODY_DIM)
    sheet.y -= BODY_DIM.leading


def remark_lines(remarks: Remarks, width: float, style: Style) -> list[tuple[str, str]]:
    """Label and text of each line of the remarks; empty where nobody remarked anything."""
    said = (
        (_("Buyer's message"), remarks.buyer),
        (_("Seller's remark"), remarks.seller),
        (_("Office's remark"), remarks.office),
    )
    lines = []
    for label, text in said:
        if text.strip():
            wrapped = wrap(text.strip(), width - LABEL_WIDTH - 2 * REMARK_PADDING - 4, style)
            lines += [(label if number == 0 else "", line) for number, line in enumerate(wrapped)]
    return lines


def remarks_height(lines: Sequence[tuple[str, str]], style: Style) -> float:
    """How high the box of these lines is."""
    return len(lines) * style.leading + 2 * REMARK_PADDING if lines else 0.0


def remarks_box(sheet: Sheet, lines: Sequence[tuple[str, str]], style: Style) -> None:
    """Remarks in a box that nobody overlooks (rule O4); a box too high for the page is continued on the next."""
    while lines:
        fitting = int((sheet.room() - 2 * REMARK_PADDING) // style.leading)
        if fitting < min(len(lines), 2):
            sheet.new_page()
            continue
        _one_box(sheet, lines[:fitting], style)
        lines = lines[fitting:]


def _one_box(sheet: Sheet, lines: Sequence[tuple[str, str]], style: Style) -> None:
    form = sheet.form
    height = remarks_height(lines, style)
    bottom = sheet.y - height
    sheet.frame(form.left, bottom, form.inner, height, ACCENT, 0.8)
    sheet.fill(form.left, bottom, 3.5, height, ACCENT)
    y = sheet.y - REMARK_PADDING
    for label, text in lines:
        x = form.left + REMARK_PADDING + 6
        sheet.text(x, y - style.baseline + SMALL.baseline, label, SMALL)
        sheet.text(x + LABEL_WIDTH, y, text, style)
        y -= style.leading
    sheet.y = bottom


def signature_lines(sheet: Sheet, labels: Sequence[str]) -> None:
    """A line to sign on for each of `labels`, side by side."""
    form = sheet.form
    sheet.need(34)
    sheet.y -= 34
    width = form.inner / len(labels)
    for number, label in enumerate(labels):
        x = form.left + number * width
        taken = width_of(label, SMALL) + 6
        sheet.text(x, sheet.y + SMALL.baseline + 1, label, SMALL)
        sheet.line(x + taken, sheet.y, x + width - (12 if number + 1 < len(labels) else 0), INK)
