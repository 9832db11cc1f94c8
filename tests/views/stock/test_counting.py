"""Counting at the window: begun from the plan, scanned and typed blind, explained, closed; large differences wait."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.models.stock import CountState, Movement
from app.services.approvals.decisions import approve
from app.services.approvals.queue import Desk, list_proposals
from app.services.stock.count_rows import count_sheet, list_counts
from app.services.stock.counts import begin_count, close_count, enter_count
from app.services.stock.movements import move_stock, stock_rows
from app.views.paper_preview import PaperPreview
from app.views.stock.begin_dialog import BeginDialog
from app.views.stock.close_dialog import CloseDialog, DifferencesDialog
from app.views.stock.count_dialog import CountDialog
from app.views.stock.panel import StockPanel
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.orders.making import Crew
from tests.views.conftest import opened
from tests.views.stock.conftest import (
    BOTTLE_CODE,
    CASE_CODE,
    OpenStock,
    digit_opens,
    press_ctrl_enter,
    stock_up,
    type_in,
)

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
ALL = ["W-1", "W-2", "W-3"]


def sheet_of(panel: StockPanel) -> CountDialog:
    dialog = opened(panel, "count_dialog")
    assert isinstance(dialog, CountDialog)
    return dialog


def go_on(panel: StockPanel) -> CountDialog:
    panel.counts.table.setFocus()
    QTest.keyClick(panel.counts.table, ENTER)
    return sheet_of(panel)


def closing(dialog: CountDialog) -> CloseDialog:
    found = opened(dialog, "close_dialog")
    assert isinstance(found, CloseDialog)
    return found


def line_of(dialog: CloseDialog) -> QLineEdit:
    line = dialog.reason.lineEdit()
    assert line is not None
    return line


def words(dialog: object) -> str:
    assert isinstance(dialog, (CountDialog, CloseDialog, DifferencesDialog))
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def counted(crew: Crew, count: int) -> dict[str, int | None]:
    return {line.code: line.counted for line in count_sheet(crew.packer, count)}


def on_hand(crew: Crew) -> dict[str, int]:
    return {row.code: row.on_hand for row in stock_rows(crew.clerk, ALL)}


def test_a_count_is_begun_from_the_plan_and_opens_its_sheet(qtbot: QtBot, panel: StockPanel, crew: Crew) -> None:
    assert "Count 1 article today" in panel.counts.due.text()  # a seventh of three
    QTest.keyClick(panel.counts.table, Qt.Key.Key_N, CTRL)
    dialog = opened(panel, "begin_dialog")
    assert isinstance(dialog, BeginDialog)
    assert [row.code for row in dialog.rows.checked_rows()] == ["W-1"]
    type_in(dialog.scan, "W-3")
    assert dialog.isVisible()  # a scanner's Enter is not the button's
    assert [row.code for row in dialog.rows.checked_rows()] == ["W-1", "W-3"]
    type_in(dialog.scan, CASE_CODE)  # is there already
    assert len(dialog.rows.all_rows()) == 2
    type_in(dialog.scan, "no-such-code")
    assert "no-such-code" in dialog.strip.text()
    dialog.note.setText("试盘")
    press_ctrl_enter(qtbot, dialog)
    [count] = list_counts(crew.clerk)
    assert (count.lines, count.counted, count.note) == (2, 0, "试盘")
    assert sheet_of(panel).windowTitle() == f"Count {count.id}"


def test_what_is_overdue_is_added_but_what_is_being_counted(panel: StockPanel, crew: Crew) -> None:
    begin_count(crew.lead, ["W-2"])
    crew.clock.advance(days=15)
    panel.counts.actions_.begin.trigger()
    dialog = opened(panel, "begin_dialog")
    assert isinstance(dialog, BeginDialog)
    dialog.overdue.click()
    assert [row.code for row in dialog.rows.checked_rows()] == ["W-1", "W-3"]
    dialog.button.click()
    assert [(count.lines, count.person) for count in list_counts(crew.clerk)] == [(2, "吴迪"), (1, "赵倩")]


def test_what_is_unchecked_is_not_counted(panel: StockPanel, crew: Crew) -> None:
    panel.counts.actions_.begin.trigger()
    dialog = opened(panel, "begin_dialog")
    assert isinstance(dialog, BeginDialog)
    type_in(dialog.scan, "W-2")
    dialog.rows.selectRow(0)
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    box = dialog.rows.visualRect(dialog.rows.model().index(1, 0)).topLeft() + QPoint(16, 14)
    QTest.mouseClick(dialog.rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    dialog.button.click()
    assert dialog.isVisible()  # nothing is left to count
    assert dialog.strip.isVisible()
    QTest.mouseClick(dialog.rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    dialog.button.click()
    [count] = list_counts(crew.clerk)
    assert list(counted(crew, count.id)) == ["W-2"]


def test_scans_add_up_with_multiplier_and_prefix(panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.packer, ["W-1", "W-3"])
    dialog = go_on(panel)
    for typed, total in ((BOTTLE_CODE, 1), (CASE_CODE, 7), (f"2*{CASE_CODE}", 19), ("1 × W-1", 20)):
        type_in(dialog.scan, typed)
        assert counted(crew, count)["W-1"] == total
        assert dialog.scan.text() == ""
    assert "20" in dialog.last.text()
    assert dialog.progress() == "1 of 2"
    assert dialog.model.lines[0].counted == 20


def test_a_wrong_scan_is_red_and_disturbs_nothing(panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.packer, ["W-1"])
    dialog = go_on(panel)
    for wrong in ("6900000000001", "W-2", "0*W-1", "999999999*W-1", "'; DROP TABLE counts; --"):
        type_in(dialog.scan, wrong)
        assert dialog.strip.isVisible(), wrong
        assert dialog.strip.property("kind") == "danger"
        assert dialog.scan.text() == ""
        assert dialog.isVisible()
    assert counted(crew, count) == {"W-1": None}
    type_in(dialog.scan, "W-1")
    assert not dialog.strip.isVisible()
    assert counted(crew, count) == {"W-1": 1}


def test_numbers_are_typed_line_by_line_and_kept(qtbot: QtBot, panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.packer, ALL)
    dialog = go_on(panel)
    for place, number in enumerate(("20", "5")):
        type_in(digit_opens(qtbot, dialog, dialog.table, number[0]), number[1:])
        qtbot.waitUntil(lambda row=place + 1: dialog.table.currentIndex().row() == row)  # type: ignore[misc]
    assert counted(crew, count) == {"W-1": 20, "W-2": 5, "W-3": None}
    assert dialog.table.currentIndex().row() == 2
    dialog.leave.trigger()
    again = go_on(panel)
    assert [line.counted for line in again.model.lines] == [20, 5, None]
    assert again.progress() == "2 of 3"
    assert again.table.currentIndex().row() == 2  # where it goes on


def test_a_scanner_that_types_into_the_table_scans(qtbot: QtBot, panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.packer, ALL)
    dialog = go_on(panel)
    dialog.table.go(2)
    type_in(digit_opens(qtbot, dialog, dialog.table, CASE_CODE[0]), CASE_CODE[1:])
    qtbot.waitUntil(lambda: counted(crew, count)["W-1"] is not None)
    assert counted(crew, count) == {"W-1": 6, "W-2": None, "W-3": None}


def test_the_sheet_is_blind(qtbot: QtBot, panel: StockPanel, crew: Crew) -> None:
    move_stock(crew.packer, Movement.RECEIPT, [("W-1", 757)])
    begin_count(crew.packer, ALL)
    dialog = go_on(panel)
    shown = [str(dialog.model.index(row, column).data()) for row in range(3) for column in range(4)]
    assert "777" not in " ".join([*shown, words(dialog)])
    assert not dialog.close_it.isEnabled()
    type_in(dialog.scan, "W-1")
    press_ctrl_enter(qtbot, dialog)
    assert "2 articles are not counted" in dialog.strip.text()
    assert dialog.findChildren(CloseDialog) == []  # no difference before the second press
    type_in(dialog.scan, "W-2")
    press_ctrl_enter(qtbot, dialog)
    assert dialog.findChildren(CloseDialog) == []  # what was entered since asks again
    press_ctrl_enter(qtbot, dialog)
    assert "777" in [f"{row.expected}" for row in closing(dialog).rows.all_rows()]


def test_differences_are_explained_once_for_all_and_booked(qtbot: QtBot, panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.packer, ALL)
    enter_count(crew.packer, count, {"W-1": 18, "W-2": 5, "W-3": 52})
    said: list[str] = []
    panel.said.connect(said.append)
    QTest.keyClick(panel.counts.table, ENTER, CTRL)
    sheet = sheet_of(panel)
    dialog = closing(sheet)
    assert [(row.code, row.difference, row.worth) for row in dialog.rows.all_rows()] == [
        ("W-1", -2, 60_00),
        ("W-3", 2, 4_00),
    ]
    dialog.button.click()
    assert dialog.form.error("reason") == "2 differences have no reason yet."
    first = dialog.rows.visualRect(dialog.rows.model().index(0, 2)).center()
    QTest.mouseClick(dialog.rows.viewport(), Qt.MouseButton.LeftButton, pos=first)
    choices = [dialog.reason.itemText(place) for place in range(dialog.reason.count())]
    assert choices == ["Breakage", "Loss", "Not booked", "Booked wrongly", "Counted wrongly before"]
    dialog.reason.setCurrentIndex(0)
    QTest.keyClick(line_of(dialog), ENTER)
    assert dialog.isVisible()
    assert dialog.reasons() == {"W-1": "Breakage"}
    assert [row.code for row in dialog.rows.chosen_rows()] == ["W-3"]  # the next without a reason
    type_in(line_of(dialog), "gift not booked")
    press_ctrl_enter(qtbot, dialog)
    assert not dialog.isVisible()
    assert not sheet.isVisible()
    assert on_hand(crew) == {"W-1": 18, "W-2": 5, "W-3": 52}
    [row] = list_counts(crew.clerk, open_only=False)
    assert row.state is CountState.CLOSED
    assert said == [f"Count {count} closed"]


def test_what_is_above_the_limit_waits_for_the_manager(panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.packer, ALL)
    enter_count(crew.packer, count, {"W-1": 19, "W-2": 4, "W-3": 50})
    said: list[str] = []
    panel.said.connect(said.append)
    panel.counts.actions_.close_it.trigger()
    dialog = closing(sheet_of(panel))
    assert [(row.code, row.waits) for row in dialog.rows.all_rows()] == [("W-1", False), ("W-2", True)]
    assert "waits for the manager" in words(dialog)
    type_in(line_of(dialog), "找不到")
    dialog.button.click()
    assert on_hand(crew) == {"W-1": 19, "W-2": 5, "W-3": 50}
    assert said == [f"Count {count} closed; 1 difference waits for the manager"]
    row = panel.counts.table.current_row()
    assert row is not None
    assert row.state is CountState.WAITING
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    assert waiting.kind == "count"
    approve(crew.manager, waiting.id, waiting.last_seq)
    assert on_hand(crew)["W-2"] == 4
    row = panel.counts.table.current_row()
    assert row is not None
    assert row.state is CountState.CLOSED
    QTest.keyClick(panel.counts.table, ENTER)  # what was found stays to be looked at
    seen = opened(panel, "differences_dialog")
    assert isinstance(seen, DifferencesDialog)
    assert [(one.code, one.reason, one.waits) for one in seen.rows.all_rows()] == [
        ("W-1", "找不到", False),
        ("W-2", "找不到", False),
    ]


def test_without_differences_it_is_closed_at_once(panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.packer, ["W-1"])
    enter_count(crew.packer, count, {"W-1": 20})
    panel.counts.actions_.close_it.trigger()
    dialog = closing(sheet_of(panel))
    assert not dialog.rows.isVisible()
    assert "as the books have it" in words(dialog)
    QTest.keyClick(dialog, ENTER)
    assert list_counts(crew.clerk) == []


def test_a_refusal_keeps_the_dialog(panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.packer, ["W-1"])
    enter_count(crew.packer, count, {"W-1": 20})
    panel.counts.actions_.close_it.trigger()
    dialog = closing(sheet_of(panel))
    close_count(crew.lead, count)  # a colleague was faster
    dialog.button.click()
    assert dialog.isVisible()
    assert "Count closed" in dialog.strip.text()


def test_a_count_is_dropped_with_a_reason(panel: StockPanel, crew: Crew) -> None:
    begin_count(crew.packer, ["W-1"])
    QTest.keyClick(panel.counts.table, Qt.Key.Key_Backspace, CTRL)
    dialog = opened(panel, "reason_dialog")
    assert isinstance(dialog, ReasonDialog)
    dialog.button.click()
    assert dialog.form.error("reason")
    type_in(dialog.reason, "wrong shelf")
    assert list_counts(crew.clerk) == []
    assert not panel.counts.actions_.drop.isEnabled()


def test_two_people_see_each_others_numbers(panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.packer, ALL)
    dialog = go_on(panel)
    enter_count(crew.lead, count, {"W-3": 49})
    assert dialog.model.lines[2].counted == 49
    assert dialog.progress() == "1 of 3"


def test_what_is_overdue_stands_above(crew: Crew, open_stock: OpenStock) -> None:
    stock_up(crew)
    count = begin_count(crew.packer, ["W-1"])
    crew.clock.advance(days=20)
    panel = open_stock(crew.packer)
    assert panel.counts.late.isVisible()
    assert panel.counts.late.accessibleName() == "Count late by 18 days"
    told = panel.counts.due.text()
    assert "3 articles past their time" in told
    assert "1 count left open" in told
    enter_count(crew.packer, count, {"W-1": 20})
    close_count(crew.packer, count)
    assert "2 articles past their time" in panel.counts.due.text()  # by itself
    assert panel.lists.model().index(0, 0).data(Qt.ItemDataRole.UserRole) == 0


def test_the_sheet_is_printed_from_the_panel(panel: StockPanel, crew: Crew, qtbot: QtBot) -> None:
    begin_count(crew.packer, ALL)
    QTest.keyClick(panel.counts.table, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in panel.findChildren(PaperPreview)))
    [preview] = [one for one in panel.findChildren(PaperPreview) if one.isVisible()]
    assert preview.document.pageCount() == 1
    folder: Path = preview._path.parent
    preview.reject()
    assert not folder.exists()


@pytest.mark.usefixtures("panel")
def test_who_only_reads_sees_the_lists_and_may_nothing(crew: Crew, open_stock: OpenStock) -> None:
    begin_count(crew.packer, ["W-1"])
    panel = open_stock(crew.clerk)
    assert panel.counts.table.model().rowCount() == 1
    actions = panel.counts.actions_
    every = (actions.begin, actions.go_on, actions.close_it, actions.print, actions.drop)
    assert not any(one.isEnabled() for one in every)
    QTest.keyClick(panel.counts.table, ENTER)
    assert panel.findChildren(CountDialog) == []


def test_last_years_count_says_its_year_and_its_hint_the_minute(panel: StockPanel, crew: Crew) -> None:
    count = begin_count(crew.lead, ["W-1"])
    enter_count(crew.lead, count, {"W-1": 20})
    close_count(crew.lead, count)
    crew.clock.advance(days=365)
    begin_count(crew.lead, ["W-2"])
    model, hint = panel.counts.table.model(), Qt.ItemDataRole.ToolTipRole
    assert [[model.index(row, place).data() for place in (3, 4)] for row in (0, 1)] == [
        ["11-23 10:00", ""],
        ["2026-11-23", "2026-11-23"],
    ]
    assert [model.index(1, place).data(hint) for place in (3, 4)] == ["2026-11-23 10:00", "2026-11-23 10:00"]
