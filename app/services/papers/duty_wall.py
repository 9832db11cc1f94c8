"""The roster for the wall (值班表, rules D1, D2): people down, days across, who is on call, what the signs mean."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.clock import full_moment
from app.i18n import _
from app.services.papers.content import Imprint
from app.services.papers.duty_content import DutyDay, DutyWeek, Mark, RosterLine, WallRoster
from app.services.papers.duty_look import (
    A3_WIDE,
    A4_WIDE,
    ACCENT_GROUND,
    GROUND,
    LEGEND_PILL,
    PARTING,
    Box,
    centred,
    fitted,
    legend,
    legend_rows,
    mark_cell,
    short_weekday,
    stamp,
    state_words,
    styled,
    unpublished_words,
)
from app.services.papers.look import ACCENT, BODY_DIM, DIM, HAIRLINE, INK, LINE, SUBTITLE, TITLE, Format, Style
from app.services.papers.parts import day_words, named, running_head, title_block
from app.services.papers.press import Front
from app.services.papers.sheet import Sheet, shorten, width_of, write_paper
from app.services.papers.table import GUTTER

A4_WEEKS = 2  # that one A4 holds side by side
LEAST_ROW, MOST_ROW = 15.0, 52.0
BAND, WEEKDAY, DATE, SPECIAL = 17.0, 12.0, 14.0, 9.0
WEEK_GAP = 6.0
MOST_NAME, MOST_POST = 96.0, 104.0
LEAST_NAME = 7.0  # the type size of a name that is too long otherwise; the sheet is read from some way off
BELOW = 16.0  # the row that counts who answers customers
CALL_LINE = 9.5


def write_wall_roster(roster: WallRoster, path: Path, imprint: Imprint) -> None:
    """Write the roster to `path` as PDF; whatever goes wrong leaves nothing behind."""
    first, last = roster.days[0].day, roster.days[-1].day
    subject = _("{first} to {last}").format(first=day_words(first), last=day_words(last))
    front = Front(_("Roster"), imprint.office, subject)
    printed = _("Printed {time} by {person}").format(time=full_moment(imprint.printed_at), person=imprint.printed_by)

    draft = [_("Draft")] if any(week.draft for week in roster.weeks) else []

    def draw(sheet: Sheet) -> None:
        sheet.on_page = lambda: running_head(sheet, named(front), " · ".join((front.subject, *draft)))
        sheet.start(printed)
        _title(sheet, draft)
        grid = _Grid.of(sheet, roster)
        for number, lines in enumerate(grid.pages(sheet)):
            if number:
                sheet.new_page()
            grid.draw(sheet, lines)

    write_paper(path, form_of(len(roster.weeks)), front, draw)


def form_of(weeks: int) -> Format:
    """The paper that so many weeks want."""
    return A4_WIDE if weeks <= A4_WEEKS else A3_WIDE


def _title(sheet: Sheet, draft: Sequence[str]) -> None:
    top = sheet.y - 22
    title_block(sheet, sheet.front.subject, ())
    for word in draft:
        at = sheet.form.left + width_of(sheet.front.title, TITLE) + 10 + width_of(sheet.front.subject, SUBTITLE) + 14
        stamp(sheet, at, top - TITLE.leading / 2, word)
    sheet.y += 2


@dataclass(frozen=True, slots=True)
class _Grid:
    """The table: how wide its columns are, how high what stands around the people."""

    roster: WallRoster
    name: float
    post: float
    day: float
    special: float  # how high the holidays' names are
    call_lines: int

    @classmethod
    def of(cls, sheet: Sheet, roster: WallRoster) -> "_Grid":
        """The grid that fills the paper's width."""
        labels = (_("Service there / needed"), _("On call"))
        style = _name_style(sheet)
        name = min(MOST_NAME, max([width_of(line.name, style) for line in roster.lines], default=0.0)) + 10
        post = min(MOST_POST, max([width_of(line.post, BODY_DIM) for line in roster.lines], default=0.0)) + GUTTER
        post = max(post, max(width_of(label, BODY_DIM) for label in labels) + GUTTER - name)
        days = roster.days
        day = (sheet.form.inner - name - post - WEEK_GAP * (len(roster.weeks) - 1)) / len(days)
        special = SPECIAL if any(one.special for one in days) else 0.0
        return cls(roster, name, post, day, special, max(map(len, roster.on_call)) or 1)

    def pages(self, sheet: Sheet) -> list[Sequence[RosterLine]]:
        """The lines of each page, shared out evenly."""
        lines = self.roster.lines
        most = max(1, int((sheet.room() - self._around(sheet)) // LEAST_ROW))
        count = max(1, math.ceil(len(lines) / most))
        each = math.ceil(len(lines) / count)
        return [lines[number * each : (number + 1) * each] for number in range(count)]

    def _around(self, sheet: Sheet) -> float:
        """How high everything is but the people's rows."""
        rows = len(legend_rows(self.roster.legend, sheet.form.inner))
        notes = BODY_DIM.leading if self.roster.unpublished else 0.0
        return self._head() + BELOW + self._call() + 14 + rows * (LEGEND_PILL + 4) + notes

    def _head(self) -> float:
        return BAND + WEEKDAY + DATE + self.special + 4

    def _call(self) -> float:
        return self.call_lines * CALL_LINE + 8

    def draw(self, sheet: Sheet, lines: Sequence[RosterLine]) -> None:
        """One page of it."""
        row = max(LEAST_ROW, min(MOST_ROW, (sheet.room() - self._around(sheet)) / max(len(lines), 1)))
        self._heads(sheet, row * len(lines) + BELOW + self._call())
        before = lines[0].main if lines else ""
        for line in lines:
            if line.main != before:
                sheet.rule(PARTING, 0.8)
            before = line.main
            self._line(sheet, line, row)
        sheet.rule(INK)
        self._below(sheet)
        sheet.y -= 10
        legend(sheet, self.roster.legend, sheet.form.inner)
        if self.roster.unpublished:
            sheet.text(sheet.form.left, sheet.y, unpublished_words(self.roster.unpublished), BODY_DIM)

    def _at(self, sheet: Sheet, number: int) -> float:
        """Where a day's column begins."""
        return sheet.form.left + self.name + self.post + number * self.day + number // 7 * WEEK_GAP

    def _heads(self, sheet: Sheet, depth: float) -> None:
        """The weeks with their state, the days below them, and the ground of the free days down to the end."""
        top = sheet.y
        sheet.y -= self._head()
        for number, day in enumerate(self.roster.days):
            if day.free:
                below = top - BAND - 1
                sheet.fill(self._at(sheet, number), sheet.y - depth, self.day, below - sheet.y + depth, GROUND)
        for number, week in enumerate(self.roster.weeks):
            left = self._at(sheet, number * 7)
            _band(sheet, week, left, top, 7 * self.day)
            for place, day in enumerate(week.days):
                self._day_head(sheet, day, number * 7 + place, top - BAND - 2)
        sheet.rule(INK)

    def _day_head(self, sheet: Sheet, day: DutyDay, number: int, top: float) -> None:
        middle = self._at(sheet, number) + self.day / 2
        colour = ACCENT if day.free else DIM
        centred(sheet, middle, top - WEEKDAY / 2, short_weekday(day.day), styled(7.5, colour))
        date = f"{day.day.month}-{day.day.day}" if number == 0 or day.day.day == 1 else f"{day.day.day}"
        style = styled(10, ACCENT if day.free else INK, bold=True)
        centred(sheet, middle, top - WEEKDAY - DATE / 2 + 1, date, style)
        if day.special:
            text, small = fitted(day.special, self.day - 2, 6.5, colour, bold=True)
            centred(sheet, middle, top - WEEKDAY - DATE - SPECIAL / 2 + 1.5, text, small)

    def _line(self, sheet: Sheet, line: RosterLine, row: float) -> None:
        left, middle = sheet.form.left, sheet.y - row / 2
        whole = _name_style(sheet).size
        words, name = fitted(line.name, self.name - 6, whole, INK, bold=True, least=LEAST_NAME)
        sheet.text(left, middle + name.leading / 2, words, name)
        post = shorten(line.post, self.post - 4, BODY_DIM)
        sheet.text(left + self.name, middle + BODY_DIM.leading / 2, post, BODY_DIM)
        size = max(6.5, min(11.0, row * 0.36, self.day * 0.3))
        for number, mark in enumerate(line.marks):
            if mark is not None:
                self._cell(sheet, number, row, mark, size)
        sheet.y -= row
        sheet.rule(LINE, 0.4)

    def _cell(self, sheet: Sheet, number: int, row: float, mark: Mark, size: float) -> None:
        edge = 1.5 if row < 20 else 2.2
        box = Box(self._at(sheet, number) + 1.2, sheet.y - row + edge, self.day - 2.4, row - 2 * edge)
        mark_cell(sheet, box, mark, size)

    def _below(self, sheet: Sheet) -> None:
        """How many answer customers, and who is on call."""
        left, roster = sheet.form.left, self.roster
        sheet.text(left, sheet.y - (BELOW - BODY_DIM.leading) / 2, _("Service there / needed"), BODY_DIM)
        for number, told in enumerate(roster.service):
            if told is not None:
                short = number in roster.short
                style = styled(8, ACCENT if short else DIM, bold=short)
                middle = self._at(sheet, number) + self.day / 2
                centred(sheet, middle, sheet.y - BELOW / 2, "{}/{}".format(*told), style)
        sheet.y -= BELOW
        sheet.rule(LINE, 0.4)
        sheet.text(left, sheet.y - (self._call() - BODY_DIM.leading) / 2, _("On call"), BODY_DIM)
        for number, names in enumerate(roster.on_call):
            self._called(sheet, number, names)
        sheet.y -= self._call()
        sheet.rule(LINE, HAIRLINE)

    def _called(self, sheet: Sheet, number: int, names: Sequence[str]) -> None:
        middle = self._at(sheet, number) + self.day / 2
        height = sheet.y - self._call() / 2 + max(len(names) - 1, 0) * CALL_LINE / 2
        wrong = number in self.roster.calls
        if not names and self.roster.weeks[number // 7].planned:
            centred(sheet, middle, height, "–", styled(8, ACCENT if wrong else DIM, bold=True))
        for place, name in enumerate(names):
            told = fitted(name, self.day - 2, 7.5, ACCENT if wrong else INK, bold=True)
            centred(sheet, middle, height - place * CALL_LINE, *told)


def _band(sheet: Sheet, week: DutyWeek, x: float, top: float, width: float) -> None:
    """A week's number and state; a draft's stands on accent, so that nobody takes it for what is agreed."""
    if week.draft:
        sheet.fill(x, top - BAND + 1, width, BAND - 2, ACCENT_GROUND)
        sheet.fill(x, top - BAND + 1, 2.5, BAND - 2, ACCENT)
    number = _("Week {number}").format(number=week.days[0].day.isocalendar().week)
    bold, plain = styled(8, ACCENT if week.draft else INK, bold=True), styled(7.5, ACCENT if week.draft else DIM)
    left = x + (7 if week.draft else 0)
    centre = top - BAND / 2
    sheet.text(left, centre + bold.leading / 2, number, bold)
    after = left + width_of(number, bold) + 8
    text = shorten(state_words(week), x + width - after, plain)
    sheet.text(after, centre + plain.leading / 2, text, plain)
    sheet.line(x, top - BAND, x + width, ACCENT if week.draft else PARTING, 0.8)


def _name_style(sheet: Sheet) -> Style:
    """Names stand larger on the larger paper."""
    return styled(9.5 if sheet.form is A4_WIDE else 10.5, INK, bold=True)
