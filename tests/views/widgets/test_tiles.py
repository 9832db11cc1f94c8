"""Figures, bars, time lines, check lists, empty states: what they say, also to a screen reader."""

from PySide6.QtCore import QDate, QDateTime, Qt, QTime
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.views.theme import LIGHT, Kind
from app.views.widgets.bars import Bar, BarChart
from app.views.widgets.buttons import new_action
from app.views.widgets.date_edit import date_edit, moment_edit
from app.views.widgets.empty import EmptyState
from app.views.widgets.figure import Figure
from app.views.widgets.labels import label
from app.views.widgets.timeline import CheckList, Timeline


def words(widget: QWidget) -> list[str]:
    return [part.text() for part in widget.findChildren(QLabel) if part.text()]


def test_a_figure_says_title_value_and_note(qtbot: QtBot) -> None:
    figure = Figure("10-minute rate")
    qtbot.addWidget(figure)

    figure.set("96.4%", "3 late", Kind.WARN)

    assert words(figure) == ["10-minute rate", "96.4%"]
    assert figure.accessibleName() == "10-minute rate: 96.4% 3 late"


def bar_heights(chart: BarChart, colour: str) -> dict[int, int]:
    """How many pixels of a colour each column of the picture has."""
    image = chart.grab().toImage()
    wanted = QColor(colour)
    columns = {
        x: sum(image.pixelColor(x, y) == wanted for y in range(image.height())) for x in range(0, image.width(), 2)
    }
    return {x: height for x, height in columns.items() if height > 4}


def test_bars_are_as_high_as_their_values_and_today_stands_out(qtbot: QtBot) -> None:
    chart = BarChart("Turnover")
    qtbot.addWidget(chart)
    chart.resize(400, 180)
    chart.set([Bar("21", 50, "21: 50"), Bar("22", 100, "22: 100"), Bar("23", 25, "23: 25")], top=100)

    others, today = bar_heights(chart, LIGHT.bar), bar_heights(chart, LIGHT.primary)

    middle = (min(others) + max(others)) // 2
    low = max(height for x, height in others.items() if x < middle)
    high = max(height for x, height in others.items() if x > middle)
    assert abs(high / low - 2) < 0.1
    assert abs(high / max(today.values()) - 4) < 0.4
    assert min(today) > max(others)


def test_a_chart_is_read_out(qtbot: QtBot) -> None:
    chart = BarChart("Turnover")
    qtbot.addWidget(chart)

    chart.set([Bar("22", 1, "22 November: ¥ 1.00"), Bar("23", 2, "23 November: ¥ 2.00")])

    assert chart.accessibleName() == "Turnover"
    assert chart.accessibleDescription() == "22 November: ¥ 1.00; 23 November: ¥ 2.00"


def test_a_chart_without_days_or_with_nothing_in_them_paints(qtbot: QtBot) -> None:
    chart = BarChart("Turnover")
    qtbot.addWidget(chart)

    for bars in ([], [Bar("1", 0, "0")], [Bar("1", -5, "-5")]):
        chart.set(bars)
        assert not chart.grab().isNull()


def test_a_time_line_shows_what_is_new_and_forgets_what_was(qtbot: QtBot) -> None:
    line = Timeline()
    qtbot.addWidget(line)
    line.set_rows([("09:42:10", "accepted")])

    line.set_rows([("09:42:10", "accepted"), ("09:45:00", "contacted")])

    assert words(line) == ["09:42:10", "accepted", "09:45:00", "contacted"]
    assert line.accessibleDescription() == "09:42:10 accepted; 09:45:00 contacted"


def test_a_check_list_says_word_and_finding(qtbot: QtBot) -> None:
    checks = CheckList()
    qtbot.addWidget(checks)

    checks.set_rows([(Kind.DANGER, "Payment", "¥60 short"), (Kind.OK, "Address", "complete")])

    assert words(checks) == ["Payment", "¥60 short", "Address", "complete"]


def test_what_a_customer_wrote_is_never_markup(qtbot: QtBot) -> None:
    written = label("<b>bold</b> & <img src=x>")
    qtbot.addWidget(written)

    assert written.textFormat() == Qt.TextFormat.PlainText


def test_an_empty_state_offers_what_to_do(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    done: list[str] = []
    action = new_action(owner, "Import orders", lambda: done.append("import"), "tray-arrow-down", "Ctrl+I")
    empty = EmptyState("tray-arrow-down", "No orders yet.", action, owner)

    QTest.mouseClick(empty.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)

    assert done == ["import"]
    assert "No orders yet." in words(empty)


def test_days_are_written_as_the_office_writes_them(qtbot: QtBot) -> None:
    day = date_edit(QDate(2026, 11, 3))
    moment = moment_edit(QDateTime(QDate(2026, 11, 3), QTime(9, 5)))
    qtbot.addWidget(day)
    qtbot.addWidget(moment)

    assert day.text() == "2026-11-03"
    assert moment.text() == "2026-11-03 09:05"
