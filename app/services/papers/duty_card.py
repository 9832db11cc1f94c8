"""The card beside the telephone (值班卡, rule D1): who is on today, who is on call, where the hotline goes when."""

from collections.abc import Sequence
from pathlib import Path

from app.clock import full_moment
from app.i18n import _
from app.services.duty.hours import weekday_word
from app.services.duty.service_calendar import DAY_MINUTES
from app.services.papers.content import Imprint
from app.services.papers.duty_content import CardPerson, DutyCard, Route
from app.services.papers.duty_look import (
    ACCENT_GROUND,
    Box,
    centred,
    fitted,
    minute_words,
    rounded,
    styled,
    window_words,
)
from app.services.papers.look import ACCENT, BODY_DIM, DIM, INK, LINE, WHITE, Format, rgb
from app.services.papers.parts import day_words, named
from app.services.papers.press import Front
from app.services.papers.sheet import Sheet, shorten, width_of, wrap, write_paper

CARD = Format(595.276, 419.528, left=30, right=30, top=26, bottom=36)  # A5, lying
SPLIT = 0.56  # of the width for those who are on
GAP = 30.0
AROUND_ROUTES, ROUTE = 56.0, 27.0  # the bar with its label and hours; a row of words below it
MOST_ACROSS = 4
BAR = 14.0
DESK = rgb("#1F5FAF")
LABEL = styled(9, DIM, bold=True)
DATE = styled(28, INK, bold=True)
MOST_NAME, LEAST_NAME, MOST_SMALL = 26.0, 9.0, 13.0
LINE_SHARE = 1.55  # a line's height by the size of its name
SIDE_BY_SIDE = 8  # from so many people on they stand in two columns
OTHERS_SHARE = 0.45  # of the height, at most
RUN_ON, RUN_ON_LINES = styled(9, DIM), 3


def write_duty_card(card: DutyCard, path: Path, imprint: Imprint) -> None:
    """Write the card to `path` as PDF; whatever goes wrong leaves nothing behind."""
    front = Front(_("On-duty card"), imprint.office, day_words(card.day.day))
    printed = _("Printed {time} by {person}").format(time=full_moment(imprint.printed_at), person=imprint.printed_by)

    def draw(sheet: Sheet) -> None:
        sheet.start(printed)
        _head(sheet, card)
        across = min(max(len(card.routes), 1), MOST_ACROSS)
        low = sheet.form.bottom + AROUND_ROUTES + ROUTE * -(-len(card.routes) // across)
        left, height = sheet.form.inner * SPLIT, sheet.y - low
        _people(sheet, card, Box(sheet.form.left, low, left, height))
        _call(sheet, card, Box(sheet.form.left + left + GAP - 12, low, sheet.form.inner - left - GAP + 12, height))
        _hotline(sheet, card.routes, low - 8, across)

    write_paper(path, CARD, front, draw)


def _head(sheet: Sheet, card: DutyCard) -> None:
    """The day across the card."""
    form, day = sheet.form, card.day
    sheet.fill(form.left, sheet.y - 3, 26, 3, ACCENT)
    sheet.text(form.left, sheet.y - 10, shorten(named(sheet.front), form.inner, BODY_DIM), BODY_DIM)
    top, date = sheet.y - 20, day_words(day.day)
    sheet.text(form.left, top, date, DATE)
    weekday = weekday_word(day.day.weekday())
    told = f"{weekday} · {day.special}" if day.special else weekday
    room = form.inner - width_of(date, DATE) - 16
    text, style = fitted(told, room, 20, ACCENT if day.free else INK, bold=True)
    sheet.text_right(form.width - form.right, top - DATE.baseline + style.baseline, text, style)
    sheet.y = top - DATE.leading - 2
    sheet.rule(INK, 1.0)
    sheet.y -= 10


def _people(sheet: Sheet, card: DutyCard, box: Box) -> None:
    """Who answers customers, large; then everybody else."""
    top = box.y + box.height
    sheet.text(box.x, top, _("On duty"), LABEL)
    top -= LABEL.leading + 2
    if not card.on:
        words = _("Nobody is on duty.") if card.planned else _("The roster of this day is not published.")
        sheet.text(box.x, top, *fitted(words, box.width, 15, ACCENT, bold=True))
        return
    service = [one for one in card.on if one.service]
    others = [one for one in card.on if not one.service]
    room = top - box.y
    below, listed = _below(others, room * (OTHERS_SHARE if service else 1.0))
    if service:
        top = _listed(sheet, service, Box(box.x, box.y + below, box.width, room - below), MOST_NAME)
    if others:
        sheet.line(box.x, top - 4, box.x + box.width, LINE)
        place = Box(box.x, box.y, box.width, top - 8 - box.y)
        if listed:
            _listed(sheet, others, place, MOST_SMALL)
        else:
            _run_on(sheet, others, place)


def _below(others: Sequence[CardPerson], most: float) -> tuple[float, bool]:
    """How high the others stand, and whether each has a line; in a large office their names run on."""
    if not others:
        return 0.0, False
    rows = -(-len(others) // _columns(others))
    if rows * LEAST_NAME * LINE_SHARE + 8 <= most:
        return min(rows * MOST_SMALL * LINE_SHARE + 8, most), True
    return RUN_ON.leading * RUN_ON_LINES + 8, False


def _columns(people: Sequence[CardPerson]) -> int:
    return 1 if len(people) < SIDE_BY_SIDE else 2


def _listed(sheet: Sheet, people: Sequence[CardPerson], box: Box, most: float) -> float:
    """A line each, as large as fits; returns where they end."""
    columns = _columns(people)
    rows = -(-len(people) // columns)
    size = min(most, box.height / rows / LINE_SHARE)
    width = (box.width - 16 * (columns - 1)) / columns
    for column in range(columns):
        place = Box(box.x + column * (width + 16), box.y + box.height, width, 0)
        _named(sheet, people[column * rows : (column + 1) * rows], place, size)
    return box.y + box.height - rows * size * LINE_SHARE


def _run_on(sheet: Sheet, people: Sequence[CardPerson], box: Box) -> None:
    words = _("Also at work: {names}").format(names=_(", ").join(one.name for one in people))
    lines = wrap(words, box.width, RUN_ON)
    if len(lines) > RUN_ON_LINES:
        lines[RUN_ON_LINES - 1 :] = [shorten("".join(lines[RUN_ON_LINES - 1 :]), box.width, RUN_ON)]
    for number, line in enumerate(lines):
        sheet.text(box.x, box.y + box.height - number * RUN_ON.leading, line, RUN_ON)


def _named(sheet: Sheet, people: Sequence[CardPerson], place: Box, size: float) -> None:
    """Names with their shifts, and the hours at the right, from `place.y` down."""
    right, middle = place.x + place.width, place.y - size * LINE_SHARE / 2
    for one in people:
        hours, its = fitted(
            _(", ").join(one.hours), place.width * 0.55, size * 0.75, DESK if one.service else DIM, one.service
        )
        name, style = fitted(one.name, place.width * 0.42, size, INK, bold=True)
        if style.size < min(size, LEAST_NAME):  # rather than in tiny letters it stands where its shift would
            room = place.width - width_of(hours, its) - 10
            name, style = fitted(one.name, room, size, INK, bold=True, least=min(size, LEAST_NAME))
        sheet.text(place.x, middle + style.leading / 2, name, style)
        sheet.text_right(right, middle + its.leading / 2, hours, its)
        after, dim = place.x + width_of(name, style) + 8, styled(max(6.0, int(size * 2) / 4), DIM)
        if after + width_of(one.shift, dim) + 8 < right - width_of(hours, its):
            sheet.text(after, middle + dim.leading / 2, one.shift, dim)
        middle -= size * LINE_SHARE


def _call(sheet: Sheet, card: DutyCard, box: Box) -> None:
    """Who is on call, the number, and from when to when calls go there."""
    sheet.mark(f"q {ACCENT_GROUND} rg {rounded(box, 6)} f Q")
    left, room, top = box.x + 14, box.width - 26, box.y + box.height - 10
    sheet.text(left, top, _("On call"), LABEL)
    top -= LABEL.leading + 4
    if not card.on_call:
        sheet.text(left, top, *fitted(_("nobody is planned"), room, 20, ACCENT, bold=True))
        return
    name, style = fitted(card.on_call, room, 34, INK, bold=True)
    sheet.text(left, top, name, style)
    top -= style.leading
    number, style = fitted(_grouped(card.number) or _("no number known"), room, 26, ACCENT, bold=True)
    sheet.text(left, top, number, style)
    low = box.y + 10
    for route in reversed([one for one in card.routes if one.called]):
        hours, its = fitted(_("Hotline {hours}").format(hours=_hours(route)), room, 12, INK)
        low += its.leading
        if low < top - style.leading:
            sheet.text(left, low, hours, its)


def _hotline(sheet: Sheet, routes: Sequence[Route], top: float, across: int) -> None:
    """The day as a bar, and below it in words to whom calls go from when to when."""
    sheet.text(sheet.form.left, top, _("Hotline"), LABEL)
    top -= LABEL.leading + 2
    _bar(sheet, routes, top)
    top -= BAR + 16
    width = sheet.form.inner / across
    style = styled(9, DIM)
    for number, route in enumerate(routes):
        x, y = sheet.form.left + number % across * width, top - number // across * ROUTE
        sheet.text(x, y, _hours(route), style)
        goes = _("the desk") if route.to_desk else route.name or _("nobody is planned")
        told = "  ".join(part for part in (goes, _grouped(route.number)) if part)
        text, its = fitted(told, width - 12, 12, DESK if route.to_desk else ACCENT, bold=True)
        sheet.text(x, y - style.leading + 1 - styled(12).baseline + its.baseline, text, its)


def _bar(sheet: Sheet, routes: Sequence[Route], top: float) -> None:
    """From midnight to midnight: when the desk answers, when who is on call."""
    form = sheet.form
    minute = form.inner / DAY_MINUTES
    for route in routes:
        x, end = form.left + route.start * minute, form.left + min(route.end, DAY_MINUTES) * minute
        sheet.fill(x, top - BAR, end - x, BAR, DESK if route.to_desk else ACCENT_GROUND)
        words = _("the desk") if route.to_desk else route.name
        text, style = fitted(words, end - x - 4, 8.5, WHITE if route.to_desk else ACCENT, bold=True)
        centred(sheet, (x + end) / 2, top - BAR / 2, text, style)
    reached = form.left
    for at in sorted({0, DAY_MINUTES} | {one.start for one in routes}):
        width = width_of(minute_words(at), BODY_DIM)
        x = min(max(form.left + at * minute - width / 2, form.left), form.left + form.inner - width)
        if x >= reached:
            sheet.text(x, top - BAR - 1, minute_words(at), BODY_DIM)
            reached = x + width + 3


def _hours(route: Route) -> str:
    return window_words((route.start, route.end))


def _grouped(number: str) -> str:
    """A mobile number as it is read aloud: 138 0000 2210."""
    mobile = len(number) == 11 and number.isdecimal() and number[0] == "1"
    return f"{number[:3]} {number[3:7]} {number[7:]}" if mobile else number
