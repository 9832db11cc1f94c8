"""How the duty papers look: their formats, tinted pills that are told apart in black-and-white too, words of hours."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.clock import short_moment
from app.i18n import _, language
from app.services.duty.hours import weekday_word
from app.services.duty.service_calendar import DAY_MINUTES, Window
from app.services.papers.duty_content import DutyWeek, LegendEntry, Mark, Publication, Tone
from app.services.papers.look import ACCENT, BODY_DIM, DIM, INK, WHITE, Format, Style, rgb
from app.services.papers.sheet import Sheet, shorten, width_of

A4_WIDE = Format(841.89, 595.276, left=40, right=40, top=40, bottom=44)
A3_WIDE = Format(1190.551, 841.89, left=46, right=46, top=46, bottom=50)
A5_WIDE = Format(595.276, 419.528, left=30, right=30, top=28, bottom=38)

GROUND = rgb("#F3F4F7")  # below the days that most are free on
PARTING = rgb("#B8C0CB")  # between posts
ACCENT_GROUND = rgb("#FBEDEC")
ROUND = 0.5523  # of the radius: where a quarter circle's curve has its handles
LEAST_SIZE = 4.5
EDGE = 4.0  # that lines of hours keep from the pill's edges
LEAST_HOURS, SMALLER = 5.5, 0.25  # of a split shift, which has its cell to share
PILL_PADDING = 2.5
BAR = 2.2  # how wide the bar at the left of some shades is; the sign stays clear of it
LEGEND_PILL = 12.0
LEGEND_GAP = 16.0


@dataclass(frozen=True, slots=True)
class Pill:
    """A shade on paper: its ink, its ground, and an edge by which it is known without colour."""

    ink: str
    ground: str = WHITE
    edge: float = 0.0
    dashed: bool = False
    bar: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the paper; `y` is its lower edge."""

    x: float
    y: float
    width: float
    height: float


PILLS = {
    Tone.INFO: Pill(rgb("#1F5FAF"), rgb("#E3EDFA")),
    Tone.WARN: Pill(rgb("#8F5100"), rgb("#FFF1DA"), edge=0.5),
    Tone.DANGER: Pill(ACCENT, rgb("#FAE3E1"), edge=1.0),
    Tone.OK: Pill(rgb("#1E7F4F"), rgb("#E3F4EA"), bar=True),
    Tone.PLAIN: Pill(INK, edge=0.4),
    Tone.LEAVE: Pill(rgb("#8F5100"), edge=0.7, dashed=True),
}


@functools.lru_cache(maxsize=256)
def styled(size: float, colour: str = INK, bold: bool = False) -> Style:
    """The one style of a size; styles are told apart by identity."""
    return Style(size, size * 1.4, bold, colour)


def fitted(
    text: str, width: float, size: float, colour: str, bold: bool = False, *, least: float = LEAST_SIZE
) -> tuple[str, Style]:
    """`text` in the largest size up to `size` in which it fits; below the least size it ends with …."""
    wide = width_of(text, styled(size, colour, bold))
    if wide > width:
        size = max(least, int(4 * size * width / wide) / 4)
    style = styled(size, colour, bold)
    return shorten(text, width, style), style


def centred(sheet: Sheet, middle: float, height: float, text: str, style: Style) -> None:
    """One line of text whose middle is at (`middle`, `height`)."""
    sheet.text(middle - width_of(text, style) / 2, height + style.leading / 2, text, style)


def rounded(box: Box, radius: float, inset: float = 0.0) -> str:
    """The path of a rectangle with round corners, so far within the box."""
    x, y = box.x + inset, box.y + inset
    right, top = box.x + box.width - inset, box.y + box.height - inset
    r = min(radius, (right - x) / 2, (top - y) / 2)
    k = r * (1 - ROUND)
    return (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c "
        f"{right:.2f} {top - r:.2f} l {right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
        f"{x + r:.2f} {top:.2f} l {x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c "
        f"{x:.2f} {y + r:.2f} l {x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
    )


def pill(sheet: Sheet, box: Box, tone: Tone) -> None:
    """The ground of a cell that is not free."""
    look, radius = PILLS[tone], min(4.0, box.height / 3)
    path = rounded(box, radius, look.edge / 2)
    if look.edge:
        dash = "[2 1.6] 0 d" if look.dashed else "[] 0 d"
        sheet.mark(f"q {look.ground} rg {look.ink} RG {look.edge} w {dash} {path} B Q")
    else:
        sheet.mark(f"q {look.ground} rg {path} f Q")
    if look.bar:
        sheet.mark(f"q {path} W n")
        sheet.fill(box.x, box.y, BAR, box.height, look.ink)
        sheet.mark("Q")


def mark_cell(sheet: Sheet, box: Box, mark: Mark, size: float) -> None:
    """A cell's sign in its pill, its hours below where there is room; a day off is only a word."""
    middle, centre, room = box.x + box.width / 2, box.y + box.height / 2, box.width - 2 * PILL_PADDING
    if mark.tone is Tone.FREE:
        centred(sheet, middle, centre, *fitted(mark.text, room, size, DIM))
        return
    pill(sheet, box, mark.tone)
    ink = PILLS[mark.tone].ink
    room -= 2 * BAR if PILLS[mark.tone].bar else 0.0  # on both sides: the sign stays in the middle
    text, style = fitted(mark.text, room, size, ink, bold=True)
    hours, small = _hours(mark.hours, room, box.height - style.leading, styled(size - 1.5, ink))
    top = centre + (style.leading + len(hours) * small.leading) / 2
    for line, its in ((text, style), *((line, small) for line in hours)):
        centred(sheet, middle, top - its.leading / 2, line, its)
        top -= its.leading


def _hours(hours: Sequence[str], width: float, height: float, style: Style) -> tuple[Sequence[str], Style]:
    """The hours in one line, or one below the other, and their style; none where there is no room for them in full.

    Where those of an undivided shift have room, those of a split one are written as small as they need.
    """
    if not hours or style.leading > height or any(width_of(one, style) > width for one in hours):
        return (), style
    while style.size >= LEAST_HOURS:
        for lines in ((_(", ").join(hours),), hours):
            high = len(lines) * style.leading + (EDGE if len(lines) > 1 else 0.0)
            if high <= height and all(width_of(line, style) <= width for line in lines):
                return lines, style
        style = styled(style.size - SMALLER, style.colour)
    return (), style


def legend(sheet: Sheet, entries: Sequence[LegendEntry], width: float) -> None:
    """The signs with what they mean and their hours, running on from `sheet.y` down."""
    for row in legend_rows(entries, width):
        for x, entry in row:
            box = Box(sheet.form.left + x, sheet.y - LEGEND_PILL, _sign_width(entry), LEGEND_PILL)
            mark_cell(sheet, box, Mark(entry.mark.text, entry.mark.tone), 7)
            top = sheet.y - (LEGEND_PILL - BODY_DIM.leading) / 2
            sheet.text(box.x + box.width + 5, top, _meaning(entry), BODY_DIM)
        sheet.y -= LEGEND_PILL + 4


def legend_rows(entries: Sequence[LegendEntry], width: float) -> list[list[tuple[float, LegendEntry]]]:
    """The entries in as many rows as they take, each with its place."""
    rows: list[list[tuple[float, LegendEntry]]] = []
    x = width
    for entry in entries:
        wide = _sign_width(entry) + 5 + width_of(_meaning(entry), BODY_DIM)
        if not rows or x + wide > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, entry))
        x += wide + LEGEND_GAP
    return rows


def _sign_width(entry: LegendEntry) -> float:
    return max(26.0, width_of(entry.mark.text, styled(7, bold=True)) + 2 * PILL_PADDING + 4)


def _meaning(entry: LegendEntry) -> str:
    return " ".join((entry.name, _(", ").join(entry.mark.hours))).strip()


def stamp(sheet: Sheet, x: float, height: float, text: str) -> None:
    """A word in a frame of accent whose middle is at `height`."""
    box = Box(x, height - 9, stamp_width(text), 18)
    sheet.mark(f"q {ACCENT} RG 1.4 w {rounded(box, 3)} S Q")
    centred(sheet, x + box.width / 2, height, text, styled(11, ACCENT, bold=True))


def stamp_width(text: str) -> float:
    """How wide a stamp is."""
    return width_of(text, styled(11, ACCENT, bold=True)) + 14


def state_words(week: DutyWeek) -> str:
    """Whether a week is published, by whom and when."""
    if week.published is not None:
        return published_words(week.published, week.days[0].day)
    return _("Draft, not published") if week.planned else _("Not published yet")


def published_words(published: Publication, monday: date) -> str:
    """ "published 11-23 10:05 by 赵倩"; the paper's head says the year of the week, which begins on `monday`."""
    at = short_moment(published.at, monday)
    return _("published {time} by {person}").format(time=at, person=published.by)


def unpublished_words(years: Sequence[int]) -> str:
    """Says that the holidays of these years are not known."""
    told = _(", ").join(map(str, years))
    return _("The public holidays of {years} are not published yet: only weekends are marked.").format(years=told)


def short_weekday(day: date) -> str:
    """ "Mon", or "一"."""
    word = weekday_word(day.weekday())
    return word[-1] if language().startswith("zh") else word[:3]


def minute_words(minute: int) -> str:
    """ "8:30"; what is past midnight is the next day's time."""
    hour, rest = divmod(minute if minute <= DAY_MINUTES else minute - DAY_MINUTES, 60)
    return f"{hour}:{rest:02}"


def window_words(window: Window) -> str:
    """ "8:30–17:00"."""
    return f"{minute_words(window[0])}–{minute_words(window[1])}"
