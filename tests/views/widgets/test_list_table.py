"""Tables of rows that are at hand: in a narrow one the column that takes what is left stays readable."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.theme import SMALL, Kind, current, font
from app.views.widgets.cells import PAD
from app.views.widgets.check_table import CheckTable
from app.views.widgets.list_table import LEAST, Column, ListTable

Row = tuple[str, str, str, str]
COLUMNS: tuple[Column[Row], ...] = (
    Column("State", lambda row: row[0], pill=lambda _row: Kind.WARN),
    Column("Promotion name", lambda row: row[1]),
    Column("Terms", lambda row: row[2]),
    Column("Expected cost", lambda row: row[3], right=True),
)
ROW = (
    "Waits for: Department manager",
    "双十二 葡萄酒节 全场葡萄酒直降",
    "葡萄酒两款直降，满三百九十九减四十，限前一百名",
    "¥ 21,400.00",
)


@pytest.mark.parametrize("width", [1_400, 560, 300])
@pytest.mark.parametrize("stretched", [1, 2])
def test_no_column_gives_away_what_its_heading_needs(qtbot: QtBot, width: int, stretched: int) -> None:
    words = ["State", "The name that the promotion has", "The terms of the promotion", "Expected cost"]
    columns = [replace(column, title=word) for column, word in zip(COLUMNS, words, strict=True)]
    table: ListTable[Row] = ListTable(columns, "Promotions", stretched)
    qtbot.addWidget(table)
    table.resize(width, 300)
    table.show()
    qtbot.waitExposed(table)
    table.show_rows([ROW])
    metrics = QFontMetrics(font(SMALL, bold=True))
    rooms = [table.columnWidth(place) - 2 * PAD for place in range(len(words))]
    assert [word for word, room in zip(words, rooms, strict=True) if metrics.horizontalAdvance(word) > room] == []


@pytest.mark.parametrize("width", [1_400, 700, 560])
def test_long_texts_give_way_before_the_name_is_gone(qtbot: QtBot, width: int) -> None:
    table: ListTable[Row] = ListTable(COLUMNS, "Promotions", 1)
    qtbot.addWidget(table)
    table.resize(1_400, 300)
    table.show()
    qtbot.waitExposed(table)
    table.show_rows([ROW])
    full = table.columnWidth(2)
    table.resize(width, 300)
    assert table.columnWidth(1) >= LEAST
    assert (table.columnWidth(2) == full) is (width == 1_400)
    table.resize(1_400, 300)
    assert table.columnWidth(2) == full


def test_where_words_give_way_in_vain_spare_columns_are_left_out_and_come_back(qtbot: QtBot) -> None:
    columns = [replace(column, spare=place in (2, 3)) for place, column in enumerate(COLUMNS)]
    table: ListTable[Row] = ListTable(columns, "Promotions", 1)
    qtbot.addWidget(table)
    table.show()
    qtbot.waitExposed(table)
    table.show_rows([ROW])
    found = {}
    for width in (1_400, 480, 350):
        table.resize(width, 300)
        assert table.columnWidth(1) >= LEAST
        assert table.horizontalScrollBar().maximum() == 0
        found[width] = [place for place in range(len(columns)) if table.isColumnHidden(place)]
    assert found == {1_400: [], 480: [3], 350: [2, 3]}
    table.resize(1_400, 300)
    assert not any(table.isColumnHidden(place) for place in range(len(columns)))


def make_table(kind: str) -> ListTable[Row]:
    if kind == "checks":
        return CheckTable(COLUMNS, "Promotions", 1, lambda row: row[1])
    return ListTable(COLUMNS, "Promotions", 1, several=True)


@pytest.mark.parametrize("kind", ["list", "checks"])
def test_the_row_under_the_keyboard_is_marked_as_long_as_the_list_has_the_keyboard(qtbot: QtBot, kind: str) -> None:
    owner, field, table = QWidget(), QLineEdit(), make_table(kind)
    qtbot.addWidget(owner)
    column = QVBoxLayout(owner)
    column.addWidget(field)
    column.addWidget(table)
    owner.resize(900, 300)
    owner.show()
    owner.activateWindow()
    qtbot.waitUntil(owner.isActiveWindow)
    rows = [(*ROW[:1], f"{ROW[1]} {number}", *ROW[2:]) for number in range(4)]
    table.show_rows(rows)
    table.selectRow(0)

    def marked() -> list[int]:
        picture = table.viewport().grab().toImage()
        ratio = picture.devicePixelRatio()
        middles = [table.rowViewportPosition(place) + table.rowHeight(place) // 2 for place in range(len(rows))]
        colours = [picture.pixelColor(int(ratio), int(y * ratio)) for y in middles]
        return [place for place, colour in enumerate(colours) if colour == QColor(current().accent)]

    table.setFocus()
    assert marked() == [0]
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)  # moves without choosing
    qtbot.waitUntil(lambda: marked() == [2])
    assert [row[1] for row in table.chosen_rows()] == [rows[1][1]]
    field.setFocus()
    assert marked() == []


def test_what_looks_like_markup_is_shown_as_it_was_written_under_the_pointer(qtbot: QtBot) -> None:
    hostile = "任务 <img src='//elsewhere/x.png'> <b>粗</b>"
    table: ListTable[Row] = ListTable(COLUMNS, "Promotions", 1)
    qtbot.addWidget(table)
    table.show_rows([("1 < 2", hostile, "", "")])
    model, tip = table.model(), Qt.ItemDataRole.ToolTipRole
    told = QTextDocument()
    told.setHtml(model.data(model.index(0, 1), tip))
    assert told.toPlainText() == hostile
    assert model.data(model.index(0, 1)) == hostile
    assert model.data(model.index(0, 0), tip) == "1 < 2"


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot) -> None:
    table: ListTable[Row] = ListTable(COLUMNS, "Promotions", 1)
    qtbot.addWidget(table)
    table.show_rows([ROW, ROW, ROW])
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_End)
    assert [one.row() for one in table.selectionModel().selectedRows()] == [2]
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert [one.row() for one in table.selectionModel().selectedRows()] == [0]
