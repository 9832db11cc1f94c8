"""Promotions from the keyboard: planned and proposed in one press, red below the floor, stopped with a reason."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.clock import to_ms
from app.models.publishing import PromotionState
from app.services.approvals.queue import Desk, list_proposals
from app.services.catalog.products import add_product
from app.services.due import run_what_is_due
from app.services.promotions.promotions import PromotionDraft, list_promotions, propose_promotion
from app.views.publishing.columns import promotion_state
from app.views.publishing.promotion_dialog import PromotionDialog
from app.views.publishing.promotion_lines import take_off
from app.views.theme import Kind
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.approvals.making import agree_to_all
from tests.services.catalog.making import BOTTLE, add, product
from tests.services.orders.making import Crew
from tests.views.publishing.conftest import ALT, CTRL, Open, Screen

ENTER = Qt.Key.Key_Return


def planning(crew: Crew, open_screen: Open) -> tuple[Screen, PromotionDialog]:
    """The dialog with name, terms and reason typed."""
    add(crew)
    screen = open_screen(crew.planner)
    screen.press(screen.panel.schedule, Qt.Key.Key_2, ALT)
    screen.press(screen.panel.promotions, Qt.Key.Key_N, CTRL)
    dialog = screen.dialog("promotion")
    assert isinstance(dialog, PromotionDialog)
    for field, text in ((dialog.name, "双十二"), (dialog.terms, "直降"), (dialog.reason, "竞品在降价")):
        field.setText(text)
    return screen, dialog


def take(dialog: PromotionDialog, code: str = "BJ-1003") -> None:
    """Add an article as from the keyboard."""
    QTest.keyClicks(dialog.code, code)
    QTest.keyClick(dialog.code, ENTER)


def type_price(dialog: PromotionDialog, text: str) -> None:
    dialog.price.selectAll()
    QTest.keyClicks(dialog.price, text)


def red(dialog: PromotionDialog, place: int) -> bool:
    from app.views.publishing.promotion_lines import line_columns

    colour = line_columns()[4].colour
    assert colour is not None
    return colour(dialog.table.all_rows()[place]) is Kind.DANGER


def test_it_is_planned_and_proposed_in_one_press(qtbot: QtBot, crew: Crew, open_screen: Open) -> None:
    screen, dialog = planning(crew, open_screen)
    take(dialog, "bj-1003")
    assert dialog.isVisible()  # Enter adds the article, it does not plan
    assert dialog.focusWidget() is dialog.price
    type_price(dialog, "389")
    QTest.keyClick(dialog.price, ENTER)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.code
    dialog.cost.setValue(5_000)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.code, ENTER, CTRL)
    assert not dialog.isVisible(), dialog.strip.text()
    [row] = list_promotions(crew.clerk)
    tomorrow = (crew.clock.now() + timedelta(hours=14)).replace(minute=0)  # 0:00 in the office
    assert (row.name, row.cost, row.articles, row.starts) == ("双十二", 5_000_00, 1, to_ms(tomorrow))
    assert row.ends == to_ms(tomorrow + timedelta(days=3))
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    assert (waiting.kind, waiting.subject, waiting.reason) == ("promotion", row.id, "竞品在降价")
    [shown] = screen.panel.promotions.table.all_rows()
    assert promotion_state(shown) == "Waits for: Department manager"
    assert [(one.code, one.price) for one in screen.panel.promotions.articles.all_rows()] == [("BJ-1003", 389_00)]
    assert screen.said == ["Promotion planned and proposed"]


def test_a_price_below_the_floor_is_red_while_it_is_typed_and_refused(crew: Crew, open_screen: Open) -> None:
    _screen, dialog = planning(crew, open_screen)
    take(dialog)
    type_price(dialog, "379.99")
    assert "¥\u00a0380.00" in dialog._pricing.error("price")
    assert red(dialog, 0)
    dialog.button.click()
    assert dialog.isVisible()
    assert list_promotions(crew.clerk) == []
    type_price(dialog, "380")
    assert (dialog._pricing.error("price"), red(dialog, 0)) == ("", False)
    type_price(dialog, "409")
    assert "usual price" in dialog._pricing.error("price")
    type_price(dialog, "0")
    assert "give it a price" in dialog._pricing.error("price")
    type_price(dialog, "389")
    dialog.button.click()
    assert not dialog.isVisible()


def test_a_percentage_is_taken_off_the_chosen_ones(qtbot: QtBot, crew: Crew, open_screen: Open) -> None:
    _screen, dialog = planning(crew, open_screen)
    other = replace(BOTTLE, code="BJ-2", barcodes=(), price=99_00, floor=None)
    add_product(crew.specialist, product(name="另一款", variants=(other,)))
    take(dialog)
    take(dialog, "BJ-2")
    dialog.table.selectAll()
    dialog.percent.setValue(6)
    dialog.apply.click()
    assert [one.price for one in dialog.table.all_rows()] == [384_00, 93_00]  # 384.46 and 93.06, in whole units
    assert not red(dialog, 0)
    dialog.percent.setValue(20)
    dialog.table.selectRow(0)
    dialog.apply.click()
    assert [one.price for one in dialog.table.all_rows()] == [327_00, 93_00]
    assert (red(dialog, 0), red(dialog, 1)) == (True, False)
    assert dialog._pricing.error("price")
    dialog.table.selectRow(1)
    assert dialog._pricing.error("price") == ""
    dialog.button.click()  # goes to the one that is wrong
    assert dialog.isVisible()
    assert dialog.table.currentIndex().row() == 0
    dialog.activateWindow()
    dialog.table.setFocus()
    qtbot.waitUntil(dialog.table.hasFocus)
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert [one.code for one in dialog.table.all_rows()] == ["BJ-2"]
    dialog.button.click()
    assert not dialog.isVisible(), dialog.strip.text()


def test_whole_units_are_rounded() -> None:
    assert [take_off(usual, 10, 100) for usual in (4_90, 5_00, 88_00, 1)] == [400, 400, 79_00, 0]


def test_what_is_missing_is_said_at_its_field(qtbot: QtBot, crew: Crew, open_screen: Open) -> None:
    _screen, dialog = planning(crew, open_screen)
    dialog.button.click()
    assert dialog._adding.error("code")
    take(dialog, "X-1")
    assert "X-1" in dialog._adding.error("code")
    dialog.code.clear()
    take(dialog)
    take(dialog)  # once more is once
    assert len(dialog.table.all_rows()) == 1
    type_price(dialog, "389")
    dialog.ends.setDateTime(dialog.starts.dateTime())
    dialog.button.click()
    assert dialog._right.error("ends")
    dialog.starts.setDateTime(QDateTime(2020, 1, 1, 0, 0, 0))
    dialog.ends.setDateTime(QDateTime(2020, 1, 2, 0, 0, 0))
    dialog.button.click()
    assert dialog._right.error("ends")
    dialog.name.clear()
    dialog.button.click()
    assert dialog.form.error("name")
    assert list_promotions(crew.clerk) == []


def test_it_runs_is_seen_to_run_and_is_stopped_with_a_reason(crew: Crew, open_screen: Open) -> None:
    add(crew)
    start = crew.clock.now() + timedelta(hours=1)
    prices = {"BJ-1003": 389_00}
    propose_promotion(crew.planner, PromotionDraft("双十二", "x", start, start + timedelta(days=1), 0, prices), "x")
    agree_to_all(crew.manager, crew.director)
    screen = open_screen(crew.manager)
    page = screen.panel.promotions
    screen.press(screen.panel.schedule, Qt.Key.Key_2, ALT)
    crew.clock.advance(hours=1)
    run_what_is_due(crew.program)
    assert [promotion_state(row) for row in page.table.all_rows()] == ["Running"]
    assert "1 is running" in page.summary.text()
    screen.press(page, Qt.Key.Key_D, CTRL)
    dialog = screen.dialog("reason")
    assert isinstance(dialog, ReasonDialog)
    dialog.button.click()
    assert dialog.form.error("reason")
    dialog.reason.setText("缺货")
    dialog.button.click()
    assert [row.state for row in list_promotions(crew.clerk)] == [PromotionState.STOPPED]
    assert not page.stop.isEnabled()
    model, tip = page.table.model(), Qt.ItemDataRole.ToolTipRole
    assert [model.index(0, place).data(tip) for place in (0, 1)] == ["缺货", "双十二"]  # why it was stopped


def test_who_enters_goods_plans_no_promotion(crew: Crew, open_screen: Open) -> None:
    for ctx, may in ((crew.specialist, False), (crew.clerk, False), (crew.planner, True)):
        assert open_screen(ctx).panel.promotions.plan.isEnabled() is may


def test_the_dialog_fits_the_smallest_screen(crew: Crew, open_screen: Open) -> None:
    _screen, dialog = planning(crew, open_screen)
    take(dialog)
    type_price(dialog, "1")
    inside: list[QWidget] = [dialog, dialog.price, dialog.table]
    assert all(part.width() <= 1_366 and part.height() <= 700 for part in inside)


def test_both_lists_have_room_in_a_low_window(qtbot: QtBot, crew: Crew, open_screen: Open) -> None:
    screen, dialog = planning(crew, open_screen)
    dialog.reject()
    page = screen.panel.promotions
    screen.panel.resize(1_000, 330)
    qtbot.waitUntil(lambda: page.height() < 331)
    assert page.articles.height() >= 100
    assert page.table.height() >= page.articles.height()
    screen.panel.resize(1_000, 800)
    qtbot.waitUntil(lambda: page.articles.height() == 190)


def test_last_years_promotion_says_its_year_and_its_hint_the_minutes(crew: Crew, open_screen: Open) -> None:
    add(crew)
    for name in ("去年双十二", "双十二"):
        start = crew.clock.now() + timedelta(days=19)
        prices = {"BJ-1003": 389_00}
        propose_promotion(crew.planner, PromotionDraft(name, "x", start, start + timedelta(days=1), 0, prices), "x")
        crew.clock.advance(days=365)
    crew.clock.advance(days=-365)
    model = open_screen(crew.planner).panel.promotions.table.model()
    assert [model.index(row, 3).data() for row in (0, 1)] == ["12-12 10:00 — 12-13 10:00", "2026-12-12 — 12-13"]
    hint = model.index(1, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert hint == "2026-12-12 10:00 — 2026-12-13 10:00"
