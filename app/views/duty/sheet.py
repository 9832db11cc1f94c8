"""The roster under somebody's hands: the cells as they are drawn, what they break, and what is still to be saved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.services.duty.answering import answering
from app.services.duty.marks import marks_of
from app.services.duty.mending import Mending
from app.services.duty.roster.check import Checker
from app.services.duty.roster.problem import FREE, Breach, Cells
from app.services.duty.rosters import Stroke
from app.services.duty.rules import ShiftKind
from app.services.duty.span import Span
from app.services.duty.versions import Version
from app.services.duty.weeks import Week, monday_of
from app.views.duty.against import Against, Difference


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows."""

    code: str
    sign: str
    kind: ShiftKind | None
    away: bool
    left: bool  # and that for good
    pinned: bool
    broken: bool
    was: str | None  # the code that stood there in what it is compared with, "" where free; None: it is the same
    told: bool  # nothing is said of a week that is not published to who does not plan it


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a cell, so that it can be taken back."""

    row: int
    column: int
    before: int
    after: int


class Sheet:
    """Pure of Qt: the grid's model asks it, tests do too. Rows are the span's lines, columns its days.

    `published` says that it shows what people know, not a draft. It is compared with what is published, where it is a
    draft that differs, else with the version before; with another one if one says so. What can no longer be mended
    `now` (aware) is not told as broken.
    """

    def __init__(self, span: Span, versions: Sequence[Version] = (), *, now: datetime, published: bool = False) -> None:
        self.span, self.published, self._mending = span, published, Mending(span, now)
        self._checker = Checker(span.problem, span.cells())
        self._saved: Cells = self._checker.cells
        self._rows = [list(row) for row in self._saved]
        self._told = [not published or monday_of(day) in span.weeks for day in span.days]
        self._open = [_is_open(span.weeks.get(monday_of(day)), published=published) for day in span.days]
        self._pinned = _pinned(span)
        self._codes = {FREE: "", **{place: shift.code for place, shift in enumerate(span.problem.shifts)}}
        self._places = [place for place, line in enumerate(span.lines) if not line.on_call]
        self._call_places = [place for place, line in enumerate(span.lines) if line.on_call]
        news = [
            week.is_new for monday, week in span.weeks.items() if monday >= span.first and week.published is not None
        ]
        self.choices: Sequence[Version | None] = [*([None] if news and not published else []), *versions]
        self.is_known = published or not any(news)
        self.compare(next(iter(versions), None) if self.is_known else None)
        self._look()

    def _look(self) -> None:
        """Find what does not hold, and what it marks; a week of which nothing is told is as one nobody has planned."""
        self.breaches: Sequence[Breach] = self._mending.of(self._checker.breaches, self.cells)
        self.marks = marks_of(self.span, self.breaches)

    @property
    def seen(self) -> Mapping[date, int]:
        """By Monday the last entry of each week that is shown as people know it, not as it is drafted otherwise."""
        weeks, told = self.span.weeks, self.span.told
        return {monday: seq for monday, seq in told.items() if self.published or not weeks[monday].is_new}

    @property
    def cells(self) -> Cells:
        """The roster as it is drawn."""
        return self._checker.cells

    def rows(self) -> Sequence[int]:
        """The places of the lines that have shifts; those of days on call stand in one row of their own."""
        return self._places

    def cell(self, place: int, column: int) -> Cell:
        """What a cell shows."""
        span, shift = self.span, self.cells_at(place, column)
        line, day = span.lines[place], span.days[column]
        code = span.code(shift)
        return Cell(
            code,
            span.rules.sign(code),
            span.rules.kind(code),
            day in span.away.get(line.person, ()),
            span.has_left(line.person, day),
            self.is_pinned(place, column),
            (place, column) in self.marks.cells,
            self.was(place, column),
            self.tells(column),
        )

    def tells(self, column: int) -> bool:
        """Whether anything is told of a day: not of a draft to who does not plan."""
        return self._told[column]

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is drawn or fixed in these weeks."""
        return not self._pinned and all(shift == FREE for row in self._rows for shift in row)

    @property
    def is_planned(self) -> bool:
        """Whether something is drawn in each week that is not over; of one where nothing is, nothing is told."""
        return self._mending.is_planned(self.cells)

    @property
    def is_published(self) -> bool:
        """Whether all of these weeks are published as they stand here."""
        return not any(self._open)

    @property
    def is_in_part(self) -> bool:
        """Whether some of these weeks are published as they stand here, and others are not."""
        return not self.is_published and not all(self._open)

    def is_ahead(self, column: int) -> bool:
        """Whether a day is not published as it stands here, beside others that are."""
        return self.is_in_part and self._open[column]

    def is_pinned(self, place: int, column: int) -> bool:
        """Whether a cell is fixed for the planner."""
        return (place, column) in self._pinned

    def pinning(self, place: int, column: int, *, fixed: bool) -> Stroke:
        """What fixes a cell for the planner, or lets it go."""
        code = self.span.code(self.cells_at(place, column))
        return Stroke(self.span.lines[place].key, self.span.days[column], code, code, fixed)

    def compare(self, version: Version | None) -> None:
        """Mark what is otherwise than in a version; None: than what people know now."""
        self._against = Against(self.span, version)

    @property
    def compared(self) -> Version | None:
        """What it is compared with."""
        return self._against.version

    def was(self, place: int, column: int) -> str | None:
        """The code that stood in a cell of what it is compared with, where it is another one."""
        return self._against.was(place, column, self._codes[self._rows[place][column]]) if self._told[column] else None

    def differences(self) -> list[Difference]:
        """What is otherwise than in what it is compared with, line by line, also of who has no line any more."""
        found: list[Difference] = []
        for place, line in enumerate(self.span.lines):
            now = [self._codes[shift] for shift in self._rows[place]]
            found += (Difference(line.key, *one) for one in self._against.others(place, now) if self._told[one[0]])
        return [*found, *self._against.gone()]

    def name(self, key: str) -> str:
        """Whose a line is, or was."""
        lines = {line.key: line.name for line in self.span.lines}
        return lines.get(key) or self._against.name(key)

    def cells_at(self, place: int, column: int) -> int:
        """The shift in a cell, or FREE."""
        return self._rows[place][column]

    def put(self, place: int, column: int, shift: int) -> Move:
        """Draw a cell; all rules are checked at once."""
        move = Move(place, column, self.cells_at(place, column), shift)
        self._rows[place][column] = shift
        self._checker.set(place, column, shift)
        self._look()
        return move

    def line_is_bad(self, place: int) -> bool:
        """Whether a rule about the person's whole weeks does not hold."""
        return place in self.marks.lines

    def may(self, place: int, column: int, shift: int) -> bool:
        """Whether a line could have a shift on a day: what its own posts do, or one that is acted in then."""
        return shift == FREE or shift in self.span.problem.workers[place].does(column)

    def called(self, column: int) -> list[int]:
        """The lines that are on call on a day."""
        return [place for place in self._call_places if self.cells_at(place, column) != FREE]

    def could_be_called(self, column: int) -> Sequence[int]:
        """The lines that can be on call on a day."""
        return [place for place in self._call_places if self.span.problem.workers[place].does(column)]

    def call_is_bad(self, column: int) -> bool:
        """Whether nobody, or more than one, is on call, or somebody who is away."""
        return column in self.marks.calls or any((place, column) in self.marks.cells for place in self._call_places)

    def call_is_changed(self, column: int) -> bool:
        """Whether another is on call than in what it is compared with."""
        return any(self.was(place, column) is not None for place in self._call_places)

    def service(self, column: int) -> tuple[int, int]:
        """How many answer customers on a day, and how many are wanted; who is on leave since is not there."""
        return answering(self.span, column, self._present(column))

    def is_short(self, column: int) -> bool:
        """Whether fewer are there than a rule demands."""
        return column in self.marks.short

    def _present(self, column: int) -> list[list[int]]:
        """The cells without the shifts that somebody's leave takes away on a day."""
        day, away = self.span.days[column], self.span.away
        gone = [day in away.get(line.person, ()) for line in self.span.lines]
        return [_row_without(row, column) if left else row for row, left in zip(self._rows, gone, strict=True)]

    def strokes(self, *, pinned: bool) -> list[Stroke]:
        """What is drawn and not saved yet."""
        return [self._stroke(place, column, pinned) for place, column in self._drawn()]

    def backward(self) -> list[Stroke]:
        """What would take back what is drawn and not saved yet, pins too."""
        drawn = [(place, column, self._stroke(place, column, pinned=False)) for place, column in self._drawn()]
        return [
            Stroke(one.key, one.day, one.after, one.before, self.is_pinned(place, column))
            for place, column, one in drawn
        ]

    def keep(self, strokes: Sequence[Stroke]) -> None:
        """What is drawn is on its way to be saved."""
        places = {line.key: place for place, line in enumerate(self.span.lines)}
        for one in strokes:
            if one.key in places and one.day in self.span.days:
                self._fix(places[one.key], self.span.days.index(one.day), fixed=one.pinned)
        self._saved = self.cells

    def show_plan(self, cells: Cells) -> None:
        """Put a whole plan into the cells."""
        self._rows = [list(row) for row in cells]
        self._checker = Checker(self.span.problem, cells)
        self._look()

    def _fix(self, place: int, column: int, *, fixed: bool) -> None:
        if fixed:
            self._pinned.add((place, column))
        else:
            self._pinned.discard((place, column))

    def _drawn(self) -> Iterator[tuple[int, int]]:
        for place, (before, after) in enumerate(zip(self._saved, self.cells, strict=True)):
            yield from ((place, column) for column, shift in enumerate(after) if shift != before[column])

    def _stroke(self, place: int, column: int, pinned: bool) -> Stroke:
        span = self.span
        before, after = (span.code(cells[place][column]) for cells in (self._saved, self.cells))
        return Stroke(span.lines[place].key, span.days[column], before, after, pinned)


def _is_open(week: Week | None, *, published: bool) -> bool:
    """Whether a week is still to be published, or is published no longer as it is drawn."""
    return week is None or (not published and week.is_new)


def _row_without(row: list[int], column: int) -> list[int]:
    return [*row[:column], FREE, *row[column + 1 :]]


def _pinned(span: Span) -> set[tuple[int, int]]:
    """The cells that somebody has fixed."""
    weeks = [span.weeks.get(monday_of(day)) for day in span.days]
    return {
        (place, column)
        for place, line in enumerate(span.lines)
        for column, (day, week) in enumerate(zip(span.days, weeks, strict=True))
        if week is not None and day.weekday() in week.pins.get(line.key, ())
    }
