"""A small typesetting kit: pages of one format, a height that runs down, text and lines on it.

A page's marks (PDF operators) are kept until the number of pages is known; then "page x of y" is set under each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.i18n import _
from app.services.papers.breaking import break_lines
from app.services.papers.look import HAIRLINE, LINE, SMALL, Format, Style
from app.services.papers.press import Front, Press, one_at_a_time, put_in_place
from app.services.papers.typeface import clean, measured, widths

ELLIPSIS = "…"
WELL_FILLED = 0.7  # of a line that ends before a long word


@dataclass(slots=True)
class _Run:
    """Pages that are counted together."""

    foot: str
    pages: int = 0


class Sheet:
    """A paper in the making; `y` is the height above the paper's lower edge where the next thing hangs, in points."""

    def __init__(self, form: Format, front: Front) -> None:
        self.form = form
        self.front = front
        self.y = 0.0
        self.on_page: Callable[[], None] = lambda: None  # sets the head of every page but a run's first
        self.press = Press(form, front)
        self._marks: list[str] = []
        self._runs: list[_Run] = []
        self._pages: list[tuple[str, _Run]] = []

    def start(self, foot: str = "") -> None:
        """Begin a run of pages that are counted together, with `foot` at the left below each."""
        self._close_page()
        self._runs.append(_Run(clean(foot)))
        self._open_page()

    def new_page(self) -> None:
        """Go on on a further page of the run."""
        self._close_page()
        self._open_page()
        self.on_page()

    def room(self) -> float:
        """The height left on this page."""
        return self.y - self.form.bottom

    def need(self, height: float) -> None:
        """Begin a new page unless `height` is left on this one."""
        if height > self.room():
            self.new_page()

    def _open_page(self) -> None:
        self._runs[-1].pages += 1
        self.y = self.form.height - self.form.top

    def _close_page(self) -> None:
        if self._runs:
            self._pages.append(("\n".join(self._marks), self._runs[-1]))
            self._marks = []

    def mark(self, operators: str) -> None:
        """Put PDF operators on the page."""
        self._marks.append(operators)

    def line(self, x1: float, y: float, x2: float, colour: str = LINE, weight: float = HAIRLINE) -> None:
        """A level line."""
        self._marks.append(f"{colour} RG {weight} w {x1:.2f} {y:.2f} m {x2:.2f} {y:.2f} l S")

    def rule(self, colour: str = LINE, weight: float = HAIRLINE) -> None:
        """A line from margin to margin, at the height reached."""
        self.line(self.form.left, self.y, self.form.width - self.form.right, colour, weight)

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle; `y` is its lower edge."""
        self._marks.append(f"{colour} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def frame(self, x: float, y: float, width: float, height: float, colour: str, weight: float = HAIRLINE) -> None:
        """An empty rectangle; `y` is its lower edge."""
        self._marks.append(f"{colour} RG {weight} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def text(self, x: float, top: float, text: str, style: Style) -> None:
        """One line of text from `x` on, its line box hanging from `top`."""
        shown = self.press.encode(clean(text), style)
        self._marks.append(f"BT {style.colour} rg {x:.2f} {top - style.baseline:.2f} Td {shown} ET")

    def text_right(self, right: float, top: float, text: str, style: Style) -> None:
        """One line of text that ends at `right`."""
        self.text(right - width_of(text, style), top, text, style)

    def paragraph(self, x: float, width: float, text: str, style: Style) -> None:
        """Text in a column, running on over as many pages as it takes."""
        for line in wrap(text, width, style):
            self.need(style.leading)
            self.text(x, self.y, line, style)
            self.y -= style.leading

    def finish(self) -> bytes:
        """The whole paper, with its feet; nothing can be set after."""
        self._close_page()
        reached = 0
        run = None
        for number, (marks, its_run) in enumerate(self._pages):
            reached = reached + 1 if its_run is run else 1
            run = its_run
            self._set_foot(run.foot, reached, run.pages)
            self.press.print_page("\n".join((marks, *self._marks)))
            self._marks = []
            self._pages[number] = ("", run)  # let go of what is printed: a thousand pages are 25 MB
        return self.press.finish()

    def _set_foot(self, foot: str, page: int, pages: int) -> None:
        form = self.form
        top = form.bottom - 14
        counted = _("Page {page} of {pages}").format(page=page, pages=pages)
        self.text_right(form.width - form.right, top, counted, SMALL)
        room = form.inner - width_of(counted, SMALL) - 12
        self.text(form.left, top, shorten(foot, room, SMALL), SMALL)


def width_of(text: str, style: Style) -> float:
    """How wide one line of text is."""
    return measured(text, style.bold)[1] * style.size / 1000


def wrap(text: str, width: float, style: Style) -> list[str]:
    """`text` as the lines it takes in a column of `width`."""
    shown, its_width = measured(text, style.bold)
    limit = width * 1000 / style.size
    if its_width <= limit:
        return [shown]
    return break_lines(shown, limit, widths(style.bold).__getitem__)


def shorten(text: str, width: float, style: Style) -> str:
    """`text` on one line, ended with … where it is too long: only for what stands in full elsewhere."""
    text = clean(text).replace("\n", " ")
    if width_of(text, style) <= width:
        return text
    room = width - width_of(ELLIPSIS, style)
    line = wrap(text, room, style)[0]
    if width_of(line, style) < room * WELL_FILLED:  # of a long word its beginning tells more than a gap
        fitting = next((n for n in range(len(text), 0, -1) if width_of(text[:n], style) <= room), 1)
        line = text[:fitting].rstrip()
    return line + ELLIPSIS


def write_paper(path: Path, form: Format, front: Front, draw: Callable[[Sheet], None]) -> None:
    """Have `draw` fill a paper and put it at `path`; whatever `draw` raises leaves nothing behind."""
    with one_at_a_time:
        sheet = Sheet(form, front)
        draw(sheet)
        put_in_place(sheet.finish(), path)
