"""Tables that stream: rows go to the page as they come, wrap to as many lines as they take, and run on over pages."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from app.services.papers.look import BODY, HAIRLINE, INK, LINE, SMALL_BOLD, Style
from app.services.papers.sheet import Sheet, width_of, wrap

GUTTER = 8.0  # between columns
PADDING = 3.0  # above and below a row's text
USUAL_ROW = 36.0  # room that column titles want below them
SMALLEST = 4.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` includes the gutter to the next one. Numbers stand right and shrink rather than break."""

    title: str
    width: float
    number: bool = False
    style: Style = BODY

    @property
    def inner(self) -> float:
        """The width for text."""
        return self.width - GUTTER


@dataclass(frozen=True, slots=True)
class Cell:
    """Text that is not set as its column is."""

    text: str
    style: Style


Content = str | Cell | tuple[Cell, ...]  # a tuple: one below the other
_Line = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class Row:
    """A row broken into lines, ready to be placed; `base` is the depth of the first line, one for all columns."""

    cells: list[list[_Line]]
    base: float
    height: float


class Table:
    """A table from `x` on; `turned` sets what a further page begins with, usually the column titles."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], x: float | None = None) -> None:
        self.sheet = sheet
        self.columns = columns
        self.x = sheet.form.left if x is None else x
        self.right = self.x + sum(column.width for column in columns) - GUTTER
        self.turned: Callable[[], None] = self.titles

    def titles(self, ruled: bool = True) -> None:
        """The column titles, usually over a line in ink, kept together with a first row of usual height."""
        row = _row([_lay(replace(column, style=SMALL_BOLD), column.title) for column in self.columns])
        self.sheet.need(row.height + USUAL_ROW)
        self._draw(row)
        if ruled:
            self.sheet.line(self.x, self.sheet.y, self.right, INK, HAIRLINE)

    def lay(self, *cells: Content) -> Row:
        """Break a row into lines without placing it."""
        return _row([_lay(column, cell) for column, cell in zip(self.columns, cells, strict=True)])

    def row(self, *cells: Content) -> None:
        """Lay and place a row."""
        self.place(self.lay(*cells))

    def place(self, row: Row) -> None:
        """Put a row over a hairline; a row higher than a page runs on over the next ones."""
        sheet = self.sheet
        turned = False
        while row.height > sheet.room():
            if turned:
                fitting, row = _split(row, sheet.room())
                self._draw(fitting)
            sheet.new_page()
            self.turned()
            turned = True
        self._draw(row)
        sheet.line(self.x, sheet.y, self.right, LINE, HAIRLINE)

    def _draw(self, row: Row) -> None:
        encode = self.sheet.press.encode
        top = self.sheet.y - PADDING - row.base
        marks = ["BT"]
        colour = ""
        edge = self.x
        for column, lines in zip(self.columns, row.cells, strict=True):
            y = top
            for text, style in lines:
                x = edge
                if column.number:
                    x += column.inner - width_of(text, style)
                if style.colour != colour:
                    colour = style.colour
                    marks.append(f"{colour} rg")
                marks.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {encode(text, style)}")
                y -= style.leading
            edge += column.width
        marks.append("ET")
        self.sheet.mark("\n".join(marks))
        self.sheet.y -= row.height


def _lay(column: Column, cell: Content) -> list[_Line]:
    if isinstance(cell, str):
        return _lines(column, cell, column.style)
    if isinstance(cell, Cell):
        return _lines(column, cell.text, cell.style)
    return [line for part in cell for line in _lines(column, part.text, part.style)]


def _lines(column: Column, text: str, style: Style) -> list[_Line]:
    if column.number and width_of(text, style) > column.inner:
        style = _smaller(style, column.inner / width_of(text, style))
    return [(line, style) for line in wrap(text, column.inner, style)]


@functools.lru_cache(maxsize=64)
def _smaller(style: Style, share: float) -> Style:
    return replace(style, size=max(SMALLEST, style.size * share * 0.999))


def _row(cells: list[list[_Line]]) -> Row:
    base = max([lines[0][1].baseline for lines in cells if lines], default=0.0)
    heights = [base - lines[0][1].baseline + sum([style.leading for _text, style in lines]) for lines in cells if lines]
    return Row(cells, base, 2 * PADDING + max(heights, default=0.0))


def _split(row: Row, room: float) -> tuple[Row, Row]:
    """The lines of a row that fit into `room`, and the rest."""
    fitting = []
    for lines in row.cells:
        left = room - 2 * PADDING - (row.base - lines[0][1].baseline if lines else 0)
        heights = accumulate(style.leading for _text, style in lines)
        fitting.append(lines[: sum(1 for height in heights if height <= left)])
    rest = [lines[len(done) :] for lines, done in zip(row.cells, fitting, strict=True)]
    return _row(fitting), _row(rest)
