"""The market from the keyboard: weeks, findings, and the digest in the preview."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.publishing.market import MarketNote, NoteKind, note_market, notes_of_week
from app.views.paper_preview import PaperPreview
from app.views.publishing.note_dialog import NoteDialog
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.views.publishing.conftest import ALT, CTRL, Open, Screen

MONDAY = date(2026, 11, 23)
TREND = MarketNote(MONDAY, NoteKind.TREND, "1919", "小瓶装走俏")


def market(screen: Screen) -> None:
    screen.press(screen.panel.schedule, Qt.Key.Key_3, ALT)


def titles(screen: Screen) -> list[str]:
    return [note.title for note in screen.panel.market.table.all_rows()]


def test_weeks_are_switched_by_arrow_keys_and_none_is_to_come(crew: Crew, open_screen: Open) -> None:
    note_market(crew.manager, TREND)
    note_market(crew.manager, MarketNote(MONDAY - timedelta(days=1), NoteKind.TREND, "1919", "上周的"))
    screen = open_screen(crew.manager)
    market(screen)
    page = screen.panel.market
    assert (titles(screen), page.week.text()) == (["小瓶装走俏"], "Week 48, 11-23 to 11-29")
    screen.press(page, Qt.Key.Key_Left)
    assert (titles(screen), page.week.text()) == (["上周的"], "Week 47, 11-16 to 11-22")
    screen.press(page, Qt.Key.Key_Left)
    assert titles(screen) == []
    assert not page.empty.isHidden()
    for _times in range(5):
        screen.press(page, Qt.Key.Key_Right)
    assert (titles(screen), page.forward.isEnabled()) == (["小瓶装走俏"], False)


def test_a_new_week_begins_by_itself(crew: Crew, open_screen: Open) -> None:
    screen = open_screen(crew.manager)
    market(screen)
    page = screen.panel.market
    crew.clock.advance(days=7)
    note_market(crew.manager, TREND)
    assert page.forward.isEnabled()
    assert titles(screen) == ["小瓶装走俏"]  # the week looked at stays


def test_a_finding_is_noted(qtbot: QtBot, crew: Crew, open_screen: Open) -> None:
    add(crew)
    screen = open_screen(crew.planner)
    market(screen)
    screen.press(screen.panel.market, Qt.Key.Key_N, CTRL)
    dialog = screen.dialog("note")
    assert isinstance(dialog, NoteDialog)
    dialog.button.click()
    assert dialog.form.error("competitor")
    dialog.competitor.setText("酒仙")
    dialog.title.setText("水晶剑")
    dialog.button.click()
    assert dialog._right.error("price")
    dialog.price.setValue(386)
    dialog.day.setDate(QDate(2026, 11, 24))
    dialog.button.click()
    assert dialog._right.error("day")
    dialog.day.setDate(QDate(2026, 11, 23))
    QTest.keyClicks(dialog.code, "bj-1003")
    qtbot.waitUntil(lambda: "剑南春" in dialog.code.accessibleDescription())
    dialog.remark.setPlainText("满减后")
    dialog.button.click()
    assert not dialog.isVisible(), dialog.strip.text()
    assert notes_of_week(crew.clerk, MONDAY) == [
        MarketNote(MONDAY, NoteKind.PRICE, "酒仙", "水晶剑", "满减后", "BJ-1003", 386_00)
    ]
    assert titles(screen) == ["水晶剑"]


@pytest.mark.parametrize("role", ["clerk", "specialist"])
def test_who_may_not_note_may_print(crew: Crew, open_screen: Open, role: str) -> None:
    page = open_screen(getattr(crew, role)).panel.market
    assert (page.add.isEnabled(), page.digest.isEnabled()) == (False, True)


def test_the_digest_of_the_week_looked_at_is_shown_for_printing(crew: Crew, open_screen: Open) -> None:
    note_market(crew.manager, MarketNote(MONDAY - timedelta(days=1), NoteKind.TREND, "1919", "上周的"))
    screen = open_screen(crew.manager)
    market(screen)
    screen.press(screen.panel.market, Qt.Key.Key_Left)
    screen.press(screen.panel.market, Qt.Key.Key_P, CTRL)
    [preview] = screen.panel.market.findChildren(PaperPreview)
    assert preview.windowTitle() == "Market digest 2026-11-16"
    assert preview.document.pageCount() == 1
    assert "上周的" in preview.document.getAllText(0).text()
    folder = preview._path.parent
    preview.reject()
    assert not folder.exists()


def test_a_week_of_last_year_is_told_with_its_year(crew: Crew, open_screen: Open) -> None:
    screen = open_screen(crew.manager)
    market(screen)
    page = screen.panel.market
    for _times in range(52):
        screen.press(page, Qt.Key.Key_Left)
    assert page.week.text() == "Week 48, 2025-11-24 to 2025-11-30"
