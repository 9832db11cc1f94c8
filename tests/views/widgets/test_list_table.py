"""Tables of rows that are at hand: in a narrow one the column that takes what is left stays readable."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from app.views.theme import SMALL, Kind, font
from app.views.widgets.cells import PAD
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
