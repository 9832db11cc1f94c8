"""The roster's grid under keys and mouse: cells are drawn, dragged, copied, and every rule is red at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.models.leave import LeaveKind
from app.models.people import Post
from app.services.duty.roster.problem import FREE, Rule
from app.services.duty.rosters import read_roster
from app.services.duty.weeks import line_key
from app.services.leave.acting import ActingDraft, begin_acting
from app.services.leave.handing import accept_all
from app.services.leave.leaves import propose_leave
from app.views.duty.grid import RosterGrid
from app.views.duty.grid_model import CALL_ROW, SERVICE_ROW
from app.views.duty.sheet import Move, Sheet
from app.views.theme import SMALL, current, font
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.leave.making import agree, approved, ask
from tests.services.orders.making import Crew

EARLY, LATE, DUTY = 0, 1, 2  # places of the shifts among the rules


class Board:
    """A grid of the office's week, and the moves that it told of."""

    def __init__(self, qtbot: QtBot, crew: Crew) -> None:
        self.crew = crew
        self.grid = RosterGrid(lambda model: model.today(MONDAY))
        self.grid.may_edit = True
        self.moves: list[list[Move]] = []
        self.grid.edited.connect(self.moves.append)
        qtbot.addWidget(self.grid)
        self.grid.resize(1_000, 600)
        self.grid.show_sheet(Sheet(read_roster(crew.lead, MONDAY, 1), now=crew.clock.now()))
        self.grid.show()
        qtbot.waitExposed(self.grid)

    @property
    def sheet(self) -> Sheet:
        assert self.grid.roster.sheet is not None
        return self.grid.roster.sheet

    def row(self, person: int) -> int:
        """The grid's row of somebody."""
        places = list(self.sheet.rows())
        return next(n for n, place in enumerate(places) if self.sheet.span.lines[place].key == line_key(person))

    def at(self, person: int, column: int) -> int:
        return self.grid.roster.shift_at(self.grid.roster.place(self.row(person)), column)

    def look(self, person: int, column: int) -> None:
        self.grid.setFocus()
        self.grid.setCurrentIndex(self.grid.roster.index(self.row(person), column))

    def frame(self, person: int, column: int) -> list[str]:
        """The colours on the way into somebody's cell from its left edge, as far as frames reach."""
        rect = self.grid.visualRect(self.grid.roster.index(self.row(person), column))
        picture = self.grid.viewport().grab(rect).toImage()
        return [picture.pixelColor(x, picture.height() // 2).name() for x in range(9)]

    def middle(self, person: int, column: int) -> QPoint:
        return self.grid.visualRect(self.grid.roster.index(self.row(person), column)).center()

    def drag(
        self, start: QPoint, *ways: QPoint, drop: bool = True, modifier: Qt.KeyboardModifier | None = None
    ) -> None:
        held = modifier or Qt.KeyboardModifier.NoModifier
        pane = self.grid.viewport()
        QTest.mousePress(pane, Qt.MouseButton.LeftButton, held, start)
        for point in ways:
            place = pane.mapToGlobal(point)
            event = QMouseEvent(
                QMouseEvent.Type.MouseMove, point, place, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, held
            )
            QApplication.sendEvent(pane, event)
        if drop:
            QTest.mouseRelease(pane, Qt.MouseButton.LeftButton, held, ways[-1])


@pytest.fixture
def board(qtbot: QtBot, crew: Crew) -> Board:
    drawn(
        crew.lead,
        {
            crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 - -",
            crew.colleague.person: "12:30 12:30 12:30 12:30 12:30 Duty -",
        },
        {crew.manager.person: "+ + + + + + +"},
    )
    return Board(qtbot, crew)


def test_a_shifts_code_is_read_whole_also_where_many_weeks_are_shown(board: Board) -> None:
    board.grid.show_sheet(Sheet(read_roster(board.crew.lead, MONDAY, 5), now=board.crew.clock.now()))
    wide = QFontMetrics(font(SMALL, bold=True)).horizontalAdvance("8:30-21")
    assert board.grid.viewport().width() < 35 * wide  # they are scrolled
    assert {board.grid.columnWidth(column) for column in range(35)} == {wide + 10}


def test_digits_put_shifts_and_delete_frees(board: Board) -> None:
    clerk = board.crew.clerk.person
    board.look(clerk, 5)
    QTest.keyClick(board.grid, Qt.Key.Key_3)
    assert board.at(clerk, 5) == DUTY
    QTest.keyClick(board.grid, Qt.Key.Key_Delete)
    assert board.at(clerk, 5) == FREE
    board.look(clerk, 0)
    QTest.keyClick(board.grid, Qt.Key.Key_0)
    assert board.at(clerk, 0) == FREE
    assert [(move.before, move.after) for (move,) in board.moves] == [(FREE, DUTY), (DUTY, FREE), (EARLY, FREE)]


def test_keys_put_the_shifts_of_a_post_on_the_days_of_acting_alone(board: Board) -> None:
    crew, tuesday = board.crew, MONDAY + timedelta(days=1)
    begin_acting(crew.manager, ActingDraft(crew.planner.person, Post.SERVICE, None, tuesday, tuesday, "空缺"))
    board.grid.show_sheet(Sheet(read_roster(crew.lead, MONDAY, 1), now=crew.clock.now()))
    for column in (0, 1):
        board.look(crew.planner.person, column)
        QTest.keyClick(board.grid, Qt.Key.Key_2)
    assert [board.at(crew.planner.person, column) for column in (0, 1)] == [FREE, LATE]


def test_who_is_on_leave_since_is_not_counted_as_there(board: Board) -> None:
    crew, wednesday = board.crew, MONDAY + timedelta(days=2)
    column = (wednesday - MONDAY).days
    assert board.sheet.service(column) == (2, 2)
    approved(crew, crew.clerk, crew.colleague, first_day=wednesday, last_day=wednesday)
    board.grid.show_sheet(Sheet(read_roster(crew.lead, MONDAY, 1), now=crew.clock.now()))
    assert board.sheet.service(column) == (1, 2)
    assert board.sheet.is_short(column)
    assert board.sheet.service(column + 1) == (2, 2)
    assert not board.sheet.is_short(column + 1)


def test_a_digit_beyond_what_one_does_changes_nothing(board: Board) -> None:
    board.look(board.crew.packer.person, 0)
    QTest.keyClick(board.grid, Qt.Key.Key_9)
    assert board.moves == []


def test_who_may_not_plan_draws_nothing(board: Board) -> None:
    board.grid.may_edit = False
    clerk = board.crew.clerk.person
    board.look(clerk, 0)
    QTest.keyClick(board.grid, Qt.Key.Key_Delete)
    board.drag(board.middle(clerk, 0), board.middle(board.crew.colleague.person, 0))
    assert (board.moves, board.at(clerk, 0)) == ([], EARLY)


def test_a_dragged_shift_changes_places_with_what_lies_there(board: Board) -> None:
    clerk, colleague = board.crew.clerk.person, board.crew.colleague.person
    board.drag(board.middle(clerk, 1), board.middle(colleague, 1))
    assert (board.at(clerk, 1), board.at(colleague, 1)) == (LATE, EARLY)
    assert [len(moves) for moves in board.moves] == [2]


def test_with_ctrl_it_is_copied(board: Board) -> None:
    clerk = board.crew.clerk.person
    board.drag(board.middle(clerk, 4), board.middle(clerk, 6), modifier=Qt.KeyboardModifier.ControlModifier)
    assert (board.at(clerk, 4), board.at(clerk, 6)) == (EARLY, EARLY)


def test_rules_are_red_while_it_hovers_and_escape_takes_it_back(board: Board) -> None:
    colleague = board.crew.colleague.person
    before = board.sheet.cells
    board.drag(board.middle(colleague, 0), board.middle(colleague, 6), drop=False)  # then seven nights, six in a row
    hovering = board.sheet.cells
    assert hovering != before
    place = board.grid.roster.place(board.row(colleague))
    assert board.sheet.cells_at(place, 6) == LATE
    QTest.keyClick(board.grid, Qt.Key.Key_Escape)
    assert board.sheet.cells == before
    assert board.moves == []


def test_a_shift_that_one_does_not_do_is_red_at_once(board: Board) -> None:
    clerk, packer = board.crew.clerk.person, board.crew.packer.person
    board.drag(board.middle(clerk, 2), board.middle(packer, 2), drop=False)
    place = board.grid.roster.place(board.row(packer))
    assert board.sheet.cell(place, 2).broken
    assert Rule.SKILL in {breach.rule for breach in board.sheet.breaches}
    QTest.keyClick(board.grid, Qt.Key.Key_Escape)
    assert not board.sheet.cell(place, 2).broken


def test_the_cell_that_is_hovered_over_or_chosen_is_red_as_well(board: Board) -> None:
    clerk, packer = board.crew.clerk.person, board.crew.packer.person
    accent, info = current().accent.lower(), current().info.lower()
    board.look(packer, 2)
    sound = board.frame(packer, 2).count(accent)
    board.look(clerk, 2)
    assert accent not in board.frame(packer, 2)
    board.drag(board.middle(clerk, 2), board.middle(packer, 2), drop=False)
    assert info in board.frame(packer, 2)
    assert accent in board.frame(packer, 2)
    QTest.keyClick(board.grid, Qt.Key.Key_Escape)
    board.drag(board.middle(clerk, 2), board.middle(packer, 2))
    assert board.frame(packer, 2).count(accent) > sound


def test_what_is_there_and_needed_is_counted_below(board: Board) -> None:
    model = board.grid.roster
    rows = {model.place(row): row for row in range(model.rowCount())}
    assert model.data(model.index(rows[SERVICE_ROW], 0)) == "2 / 2"
    assert board.sheet.is_short(6)  # nobody answers on Sunday
    assert not board.sheet.is_short(0)
    assert model.data(model.index(rows[CALL_ROW], 3)) == "刘总监"


def test_another_person_is_put_on_call(board: Board) -> None:
    lead = next(
        place
        for place in board.sheet.could_be_called(0)
        if board.sheet.span.lines[place].person == board.crew.lead.person
    )
    board.grid.call(2, lead)
    assert board.sheet.called(2) == [lead]
    board.grid.call(2, None)
    assert board.sheet.called(2) == []
    assert board.sheet.call_is_bad(2)


def test_enter_opens_the_shifts_of_the_person(qtbot: QtBot, board: Board) -> None:
    board.look(board.crew.packer.person, 0)
    QTest.keyClick(board.grid, Qt.Key.Key_Return)
    menu = board.grid.findChildren(QMenu)[-1]
    assert [action.text().split()[0] for action in menu.actions()] == ["Deliver", "off"]
    assert menu.activeAction() is menu.actions()[1]  # Enter twice changes nothing
    menu.actions()[0].trigger()
    assert board.at(board.crew.packer.person, 0) != FREE
    menu.close()
    QTest.keyClick(board.grid, Qt.Key.Key_Return)
    again = board.grid.findChildren(QMenu)[-1]
    assert again.activeAction() is again.actions()[0]
    again.close()


def test_a_cell_is_told_in_words(board: Board) -> None:
    model = board.grid.roster
    index = model.index(board.row(board.crew.clerk.person), 0)
    told = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("王敏, Monday 2026-11-23: Early shift 08:30-17:00")


def test_somebody_with_two_posts_has_both_the_main_one_first(board: Board) -> None:
    lines = board.sheet.span.lines
    held = tuple(replace(line, posts=(Post.MANAGER, Post.IT)) for line in lines)
    board.grid.show_sheet(Sheet(replace(board.sheet.span, lines=held), now=board.crew.clock.now()))
    told = board.grid.roster.headerData(0, Qt.Orientation.Vertical)
    assert told.endswith(" · Department manager, IT")


def test_a_name_that_looks_like_markup_is_shown_as_it_is_written(board: Board) -> None:
    lines = board.sheet.span.lines
    named = tuple(replace(line, name="<b>王</b>") for line in lines)
    board.grid.show_sheet(Sheet(replace(board.sheet.span, lines=named), now=board.crew.clock.now()))
    model = board.grid.roster
    hints = [
        model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole),
        model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole),
    ]
    assert all("&lt;b&gt;王" in hint for hint in hints)
    assert model.headerData(0, Qt.Orientation.Vertical).startswith("<b>王</b> · ")


def test_another_person_on_call_than_was_published_is_marked_and_told(board: Board) -> None:
    published(board.crew.manager)
    board.grid.show_sheet(Sheet(read_roster(board.crew.lead, MONDAY, 1), now=board.crew.clock.now()))
    model, sheet = board.grid.roster, board.sheet
    row = next(row for row in range(model.rowCount()) if model.place(row) == CALL_ROW)

    def painted() -> bool:
        picture = board.grid.viewport().grab(board.grid.visualRect(model.index(row, 2))).toImage()
        dots = {picture.pixelColor(x, y).name() for x in range(12) for y in range(10)}
        return current().info.lower() in dots

    assert not painted()
    assert not any(map(sheet.call_is_changed, range(7)))
    lead = next(place for place in sheet.could_be_called(0) if sheet.span.lines[place].person == board.crew.lead.person)
    board.grid.call(2, lead)
    assert [sheet.call_is_changed(column) for column in (1, 2, 3)] == [False, True, False]
    assert painted()
    assert model.data(model.index(row, 2), Qt.ItemDataRole.ToolTipRole) == "赵倩 · another one than before"
    assert model.data(model.index(row, 1), Qt.ItemDataRole.ToolTipRole) == "刘总监"


def test_after_the_last_day_of_who_resigns_the_cells_say_that_they_have_left(board: Board) -> None:
    crew, model = board.crew, board.grid.roster
    facts = {"kind": LeaveKind.RESIGNATION, "last_day": MONDAY + timedelta(days=2), "early": "双方商定"}
    leave = ask(crew.director, crew.colleague, person=crew.clerk.person, **facts)
    row, full = board.row(crew.clerk.person), Qt.ItemDataRole.AccessibleTextRole

    def told(column: int) -> tuple[str, str]:
        board.grid.show_sheet(Sheet(read_roster(crew.lead, MONDAY, 1), now=crew.clock.now()))
        index = model.index(row, column)
        return str(model.data(index)), str(model.data(index, full)).partition(": ")[2]

    before = [told(column) for column in range(7)]
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    assert [told(column) for column in range(7)] == before  # nobody knows yet
    agree(crew)
    assert [told(column) for column in range(3)] == before[:3]
    assert told(6) == ("left", "left")
    assert told(4) == ("8:30", "Early shift 08:30-17:00 · left · breaks a rule")
