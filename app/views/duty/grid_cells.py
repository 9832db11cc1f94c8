"""How the roster is painted: cells as tinted blocks, the days above them, the people beside them."""

from collections.abc import Callable, Set

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.i18n import _, language
from app.services.duty.hours import weekday_word
from app.services.duty.lines import Line
from app.services.duty.rules import Shade
from app.services.people.names import posts_word
from app.views.duty.grid_model import CALL_ROW, SERVICE_ROW, Index, RosterModel, cell_text, is_red
from app.views.duty.sheet import Cell, Sheet
from app.views.theme import RADIUS, SMALL, TEXT, Kind, current, font

HEAD, LINE, BELOW_LINE = 48, 36, 24
LOW_HEAD, LOW_LINE, LOW_BELOW_LINE = 38, 28, 20  # where a small screen has room for few people
MARGIN = 2  # around a block
PAD = 4  # beside the words in it, together
WIDEST = 96
NAME_PAD, WIDEST_NAME, WIDEST_LINE = 12, 132, 260
LEAST_NAME, LEAST_POST = 84, 36  # to which names give way, and a post before it is left out
SCROLLED_SHARE = 4  # of the width, which part people have where the days are scrolled anyway
SHADES = {Shade.INFO: Kind.INFO, Shade.WARN: Kind.WARN, Shade.DANGER: Kind.DANGER, Shade.OK: Kind.OK}
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def width_of(code: str) -> int:
    """How wide a cell has to be for a shift's code to be read whole; very long ones are cut off."""
    text = QFontMetrics(font(SMALL, bold=True)).horizontalAdvance(code)
    return min(text + 2 * MARGIN + PAD + 2, WIDEST)


class RosterCells(QStyledItemDelegate):
    """Paints the cells; `target` is the cell that something dragged would fall on."""

    def __init__(self, model: RosterModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.target: tuple[int, int] | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = getattr(option, "rect")  # noqa: B009 (the stubs leave it out)
        state = getattr(option, "state")  # noqa: B009
        painter.fillRect(rect, QColor(current().surface))
        place, sheet = self._model.place(index.row()), self._model.sheet
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if sheet is None:
            return
        selected, hovered = state & QStyle.StateFlag.State_Selected, self.target == (index.row(), index.column())
        cell = None if place in (SERVICE_ROW, CALL_ROW) else sheet.cell(place, index.column())
        if cell is None:
            self._below(painter, rect, sheet, index)
        else:
            self._block(painter, rect, cell)
        if selected:
            _frame(painter, rect, current().ink, 2)  # red is for what breaks a rule
        if hovered:
            _frame(painter, rect, current().info, 2)
        if cell is not None and cell.broken:  # within the other frames, which would hide it
            _frame(painter, rect.adjusted(3, 3, -3, -3) if selected or hovered else rect, current().accent, 1.5)

    def _below(self, painter: QPainter, rect: QRect, sheet: Sheet, index: Index) -> None:
        service = self._model.place(index.row()) == SERVICE_ROW
        bad = sheet.is_short(index.column()) if service else sheet.call_is_bad(index.column())
        painter.setFont(font(SMALL, bold=bad))
        painter.setPen(QColor(current().accent if bad else current().dim))
        text = QFontMetrics(painter.font()).elidedText(
            str(self._model.data(index)), Qt.TextElideMode.ElideRight, rect.width() - 4
        )
        painter.drawText(rect, _CENTRE, text)
        if not service and sheet.call_is_changed(index.column()):
            _dot(painter, rect.adjusted(MARGIN, 0, 0, 0))

    def _block(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        theme, block = current(), rect.adjusted(MARGIN, MARGIN + 1, -MARGIN, -MARGIN - 1)
        ink, ground = theme.dim, theme.surface
        if cell.code:
            kind = SHADES[cell.kind.shade] if cell.kind is not None else Kind.DIM
            ink, ground = theme.pair(kind)
        elif cell.away:
            ink, ground = theme.pair(Kind.WARN)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(block), RADIUS, RADIUS)
        painter.setFont(font(SMALL, bold=bool(cell.code or cell.away)))
        painter.setPen(QColor(ink))
        shown = painter.fontMetrics().elidedText(cell_text(cell), Qt.TextElideMode.ElideRight, block.width() - PAD)
        painter.drawText(block, _CENTRE, shown)
        if cell.pinned:
            _corner(painter, block, theme.dim)
        if cell.was is not None:
            _dot(painter, block)


def _frame(painter: QPainter, rect: QRect, colour: str, width: float) -> None:
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 2.5, -1.5, -2.5), RADIUS, RADIUS)


def _dot(painter: QPainter, block: QRect) -> None:
    """A small dot: this is otherwise than in what it is compared with."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(current().info))
    painter.drawEllipse(QRectF(block.left() + 3, block.top() + 3, 5, 5))


def _corner(painter: QPainter, block: QRect, colour: str) -> None:
    """A small turned-down corner: somebody has fixed this cell."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    right, top = block.right() + 1, block.top()
    painter.drawPolygon([QPointF(right - 8, top), QPointF(right, top), QPointF(right, top + 8)])


class DayHeader(QHeaderView):
    """Weekday above the day's number; days that most are free on are red, today's number is in a ring."""

    def __init__(self, model: RosterModel, today: Callable[[], int | None], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._roster, self._today = model, today
        self.setSectionsClickable(False)
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(30)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        sheet, theme = self._roster.sheet, current()
        painter.fillRect(rect, QColor(theme.surface))
        if sheet is None:
            return
        day = sheet.span.days[section]
        painter.setPen(QColor(theme.accent if is_red(sheet, section) else theme.dim))
        painter.setFont(font(SMALL))
        half = rect.height() // 2
        painter.drawText(
            QRect(rect.left(), rect.top() + 4, rect.width(), half - 4), _CENTRE, short_weekday(day.weekday())
        )
        special = sheet.span.holidays.special(day)
        if sheet.is_ahead(section):  # in the colour of the pill that says so of some of the days
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), QColor(theme.warn))
        below = QRect(rect.left(), rect.top() + half - 1, rect.width(), half - 3)
        text = str(day.day) if day.day != 1 and section else f"{day:%m-%d}"
        if special is not None:
            text += " " + (_("off") if special.off else _("work"))
        if section == self._today():
            painter.setFont(font(SMALL, bold=True))
            wide = painter.fontMetrics().horizontalAdvance(text) + 14
            ring = QRectF(below.center().x() - wide / 2 + 1, below.top() + 1, wide, below.height() - 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(theme.accent_ground))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(ring, 10, 10)
            painter.setPen(QColor(theme.accent))
        painter.drawText(
            below, _CENTRE, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        )


class PeopleHeader(QHeaderView):
    """A person's name and posts; a mark where a rule about their weeks does not hold."""

    def __init__(self, model: RosterModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._roster = model
        self._name = self._post = 0
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(LINE)
        model.people_marked.connect(self._on_people_marked)

    def _on_people_marked(self, lines: Set[int]) -> None:
        for section in range(self.count()):
            if self._roster.place(section) in lines:
                self.updateSection(section)

    def measure(self) -> None:
        """Find how much room the longest name, within reason, and the longest post want."""
        sheet = self._roster.sheet
        lines = [] if sheet is None else [sheet.span.lines[place] for place in sheet.rows()]
        names, posts = QFontMetrics(font(TEXT, bold=True)), QFontMetrics(font(SMALL))
        widest = max((names.horizontalAdvance(line.name) for line in lines), default=60)
        self._name = min(widest + 1, WIDEST_NAME)  # Qt rounds a width, and cuts off a name that it has rounded down
        self._post = max((posts.horizontalAdvance(posts_word(line.posts)) for line in lines), default=60)

    def share(self, whole: int, days: int) -> None:
        """Take what is wanted of the grid's whole width, and less where `days` would not have theirs beside it."""
        wanted = min(self._name + self._post + 3 * NAME_PAD, WIDEST_LINE)
        least = min(self._name, LEAST_NAME) + 2 * NAME_PAD
        left = whole - days if whole - days >= least else whole // SCROLLED_SHARE
        self.setFixedWidth(min(max(left, least), wanted))

    def sizeHint(self) -> QSize:
        return QSize(self.width(), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        sheet, theme = self._roster.sheet, current()
        painter.fillRect(rect, QColor(theme.surface))
        if sheet is None:
            return
        place = self._roster.place(section)
        inner = rect.adjusted(NAME_PAD, 0, -4, 0)
        if place in (SERVICE_ROW, CALL_ROW):
            painter.setFont(font(SMALL, bold=True))
            painter.setPen(QColor(theme.dim))
            title = self._roster.headerData(section, Qt.Orientation.Vertical)
            painter.drawText(
                inner, _LEFT, painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
            )
            return
        self._person(painter, inner, sheet.span.lines[place], bad=sheet.line_is_bad(place))

    def _person(self, painter: QPainter, inner: QRect, line: Line, *, bad: bool) -> None:
        """The name goes before the post, which is left out where there is no room; the hint has both."""
        theme, right = current(), inner.adjusted(self._name + NAME_PAD, 0, 0, 0)
        beside = right.width() >= min(self._post, LEAST_POST)
        painter.setFont(font(TEXT, bold=bad))
        painter.setPen(QColor(theme.accent if bad else theme.ink))
        room = self._name if beside else inner.width()
        name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, _LEFT, name)
        if beside:
            painter.setFont(font(SMALL))
            painter.setPen(QColor(theme.dim))
            word = posts_word(line.posts)
            post = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, right.width())
            painter.drawText(right, _LEFT, post)


def short_weekday(weekday: int) -> str:
    """ "Mon", or "一"."""
    word = weekday_word(weekday)
    return word[-1] if language().startswith("zh") else word[:3]
