"""One person's roster (个人值班单, rules D1, D2): their weeks as a calendar, with hours, turns on call and leave."""

from pathlib import Path

from app.clock import full_moment
from app.i18n import _
from app.services.duty.hours import weekday_word
from app.services.papers.content import Imprint
from app.services.papers.duty_content import OwnDay, OwnRoster, OwnWeek
from app.services.papers.duty_look import (
    A4_WIDE,
    A5_WIDE,
    GROUND,
    Box,
    centred,
    fitted,
    mark_cell,
    rounded,
    short_weekday,
    stamp,
    stamp_width,
    state_words,
    styled,
    unpublished_words,
)
from app.services.papers.look import ACCENT, BODY_DIM, DIM, FIGURE, HAIRLINE, INK, LINE, SMALL, SUBTITLE, TITLE, Format
from app.services.papers.parts import day_words, named, running_head
from app.services.papers.press import Front
from app.services.papers.sheet import Sheet, shorten, width_of, wrap, write_paper

A5_WEEKS = 4  # that an A5 holds
WEEK_COLUMN = 78.0
HEAD = 15.0
DATE_LINE = 14.0
LEAST_WEEK, MOST_WEEK = 46.0, 86.0
TILES = SMALL.leading + FIGURE.leading + 6
HOUR = 60
LEAST_NAME, MOST_POSTS = 11.0, 110.0  # the type size of a long name; the room beside it that posts keep


def write_own_roster(roster: OwnRoster, path: Path, imprint: Imprint) -> None:
    """Write the sheet to `path` as PDF; whatever goes wrong leaves nothing behind."""
    front = Front(_("Personal roster"), imprint.office, _span_words(roster))
    printed = _("Printed {time} by {person}").format(time=full_moment(imprint.printed_at), person=imprint.printed_by)

    def draw(sheet: Sheet) -> None:
        sheet.on_page = lambda: running_head(sheet, named(front), f"{roster.name} · {front.subject}")
        sheet.start(printed)
        _title(sheet, roster)
        _tiles(sheet, roster)
        _calendar(sheet, roster)

    write_paper(path, form_of(len(roster.weeks)), front, draw)


def form_of(weeks: int) -> Format:
    """The paper that so many weeks want."""
    return A5_WIDE if weeks <= A5_WEEKS else A4_WIDE


def _span_words(roster: OwnRoster) -> str:
    first, last = roster.weeks[0].days[0].day.day, roster.weeks[-1].days[-1].day.day
    return _("{first} to {last}").format(first=day_words(first), last=day_words(last))


def _title(sheet: Sheet, roster: OwnRoster) -> None:
    """Whose sheet it is, from when to when, and whether some of it is only drafted."""
    form, front = sheet.form, sheet.front
    sheet.fill(form.left, sheet.y - 3, 26, 3, ACCENT)
    sheet.text(form.left, sheet.y - 10, shorten(named(front), form.inner, BODY_DIM), BODY_DIM)
    top, right = sheet.y - 22, form.width - form.right
    if any(week.week.draft for week in roster.weeks):
        right -= stamp_width(_("Draft"))
        stamp(sheet, right, top - TITLE.leading / 2, _("Draft"))
        right -= 12
    below = top + SUBTITLE.baseline - TITLE.baseline
    sheet.text_right(right, below, front.subject, SUBTITLE)
    right -= width_of(front.subject, SUBTITLE) + 16
    room = right - form.left - 10 - min(width_of(roster.posts, SUBTITLE), MOST_POSTS)
    name, style = fitted(roster.name, room, TITLE.size, INK, bold=True, least=LEAST_NAME)
    sheet.text(form.left, top + style.baseline - TITLE.baseline, name, style)
    after = form.left + width_of(name, style) + 10
    sheet.text(after, below, shorten(roster.posts, max(0.0, right - after), SUBTITLE), SUBTITLE)
    sheet.y = top - TITLE.leading - 6


def _tiles(sheet: Sheet, roster: OwnRoster) -> None:
    """The hours of these weeks, and the turns here and in the weeks before."""
    sheet.rule()
    top = sheet.y - 6
    minutes = sum(week.minutes for week in roster.weeks)
    before = _("{weeks} weeks before: {count}")
    figures = [(_("Working hours"), f"{minutes / HOUR:g}", "")] + [
        (one.name, f"{one.here}", before.format(weeks=roster.before_weeks, count=one.before)) for one in roster.turns
    ]
    width = sheet.form.inner / len(figures)
    for number, (label, figure, note) in enumerate(figures):
        x = sheet.form.left + number * width
        sheet.text(x, top, label, SMALL)
        sheet.text(x, top - SMALL.leading, figure, FIGURE)
        after = x + width_of(figure, FIGURE) + 6
        sheet.text(after, top - SMALL.leading - FIGURE.baseline + SMALL.baseline, note, SMALL)
    sheet.y = top - TILES


def _calendar(sheet: Sheet, roster: OwnRoster) -> None:
    note = SMALL.leading + 4 if roster.unpublished else 0.0
    row = (sheet.room() - HEAD - note) / len(roster.weeks)
    row = max(LEAST_WEEK, min(MOST_WEEK, row))
    _heads(sheet, roster)
    for week in roster.weeks:
        _week(sheet, week, row)
    if roster.unpublished:
        sheet.text(sheet.form.left, sheet.y - 4, unpublished_words(roster.unpublished), SMALL)


def _day_width(sheet: Sheet) -> float:
    return (sheet.form.inner - WEEK_COLUMN) / 7


def _heads(sheet: Sheet, roster: OwnRoster) -> None:
    width = _day_width(sheet)
    for number, one in enumerate(roster.weeks[0].days):
        x = sheet.form.left + WEEK_COLUMN + number * width
        day = one.day.day
        word = weekday_word(day.weekday()) if width > 80 else short_weekday(day)
        centred(sheet, x + width / 2, sheet.y - HEAD / 2, word, styled(7.5, ACCENT if number >= 5 else DIM))
    sheet.y -= HEAD
    sheet.rule(INK)


def _week(sheet: Sheet, week: OwnWeek, row: float) -> None:
    left, width = sheet.form.left, _day_width(sheet)
    draft = week.week.draft
    number = _("Week {number}").format(number=week.days[0].day.day.isocalendar().week)
    style = styled(9, ACCENT if draft else INK, bold=True)
    sheet.text(left, sheet.y - 4, number, style)
    top = sheet.y - 4 - style.leading
    if week.week.planned:
        sheet.text(left, top, _("{hours} h").format(hours=f"{week.minutes / HOUR:g}"), styled(8, INK))
        top -= 12
    small = styled(6, ACCENT if draft else DIM)
    for line in wrap(state_words(week.week), WEEK_COLUMN - 6, small)[:2]:
        sheet.text(left, top, line, small)
        top -= small.leading
    for place, day in enumerate(week.days):
        _day(sheet, day, Box(left + WEEK_COLUMN + place * width, sheet.y - row, width, row), first=place == 0)
    sheet.y -= row
    sheet.rule(LINE, HAIRLINE)


def _day(sheet: Sheet, one: OwnDay, box: Box, *, first: bool) -> None:
    day, top = one.day, box.y + box.height
    if day.free:
        sheet.fill(box.x, box.y, box.width, box.height - HAIRLINE, GROUND)
    colour = ACCENT if day.free else INK
    number = f"{day.day.month}-{day.day.day}" if first or day.day.day == 1 else f"{day.day.day}"
    style = styled(9, colour, bold=True)
    sheet.text(box.x + 4, top - 2, number, style)
    taken = box.x + 4 + width_of(number, style) + 3
    right = box.x + box.width - 3
    if one.on_call:
        right = _call(sheet, right, top - 2 - style.leading / 2) - 2
    if day.special:
        text, small = fitted(day.special, right - taken, 6.5, colour)
        sheet.text(taken, top - 2 - style.leading / 2 + small.leading / 2, text, small)
    if one.mark is not None:
        inner = Box(box.x + 3, box.y + 3, box.width - 6, box.height - DATE_LINE - 5)
        mark_cell(sheet, inner, one.mark, 8.5 if box.height < 64 else 9.5)


def _call(sheet: Sheet, right: float, middle: float) -> float:
    """Says at the corner of a day that one is on call; returns where that begins."""
    style = styled(6, INK, bold=True)
    width = width_of(_("On call"), style) + 6
    box = Box(right - width, middle - 4.8, width, 9.6)
    sheet.mark(f"q {INK} RG 0.6 w {rounded(box, 4.8)} S Q")
    centred(sheet, box.x + width / 2, middle, _("On call"), style)
    return box.x
