"""The schedule from the keyboard: planned, made and proposed, the 48 hours, published, taken down at once."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.clock import to_ms
from app.i18n import set_language
from app.models.publishing import ContentKind, ContentState
from app.services.access import Context
from app.services.approvals.queue import Desk, list_proposals
from app.services.publishing.contents import (
    ContentRow,
    Shown,
    content_made,
    list_contents,
    publish_content,
    take_down,
)
from app.services.publishing.history import content_history
from app.views.publishing.columns import clock_kind, clock_text, content_state
from app.views.publishing.content_dialog import ContentDialog
from app.views.theme import Kind
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.approvals.making import agree_to_all
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.views.publishing.conftest import CTRL, NONE, Open, Screen, approved, plan

HOUR = 60
DAY = 24 * HOUR


def only(ctx: Context, shown: Shown = Shown.ALL) -> ContentRow:
    [row] = list_contents(ctx, shown)
    return row


def clock(crew: Crew) -> tuple[str, Kind]:
    row, now = only(crew.clerk), to_ms(crew.clock.now())
    return clock_text(row, now), clock_kind(row, now)


def answer(screen: Screen, text: str) -> None:
    dialog = screen.dialog("reason")
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.setText(text)
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert not dialog.isVisible(), dialog.strip.text()


def test_an_item_is_planned_by_keyboard(qtbot: QtBot, crew: Crew, open_screen: Open) -> None:
    number = add(crew)
    screen = open_screen(crew.specialist)
    page = screen.panel.schedule
    assert "Ctrl+N" in page.empty._text.text()
    screen.press(page, Qt.Key.Key_N, CTRL)
    dialog = screen.dialog("content")
    assert isinstance(dialog, ContentDialog)
    assert dialog.owner.currentText() == "刘洋"  # oneself, until somebody else is chosen
    dialog.kind.setCurrentIndex(dialog.kind.findData(ContentKind.PRODUCT_PAGE))
    dialog.button.click()
    assert dialog.form.error("title")
    dialog.title.setText("水晶剑详情页")
    dialog.channel.setText("天猫")
    QTest.keyClicks(dialog.code, "bj-1003")
    qtbot.waitUntil(lambda: "¥\u00a0409.00" in dialog.code.accessibleDescription())
    dialog.confidential.setChecked(True)
    dialog.review.setValue(3)
    dialog.button.click()
    assert dialog._right.error("review")
    dialog.review.setValue(30)
    QTest.keyClick(dialog.title, Qt.Key.Key_Return, CTRL)
    row = only(crew.clerk)
    assert (row.title, row.product, row.channel, row.confidential, row.review_days) == (
        "水晶剑详情页", number, "天猫", True, 30,
    )  # fmt: skip
    assert (row.owner, row.planned_for) == (crew.specialist.person, date(2026, 11, 23))
    assert screen.said == ["Content planned"]
    assert [one.title for one in page.table.all_rows()] == ["水晶剑详情页"]
    assert page.empty.isHidden()


def test_a_code_that_is_not_there_is_said_and_nothing_typed_is_lost(
    qtbot: QtBot, crew: Crew, open_screen: Open
) -> None:
    screen = open_screen(crew.specialist)
    screen.press(screen.panel.schedule, Qt.Key.Key_N, CTRL)
    dialog = screen.dialog("content")
    assert isinstance(dialog, ContentDialog)
    dialog.title.setText("详情页")
    QTest.keyClicks(dialog.code, "X-1")
    qtbot.waitUntil(lambda: "X-1" in dialog._right.error("code"))
    dialog.button.click()
    assert "X-1" in dialog.strip.text()
    assert (dialog.isVisible(), dialog.title.text()) == (True, "详情页")
    assert list_contents(crew.clerk) == []


def test_the_front_page_is_reviewed_every_two_weeks_unless_said_otherwise(crew: Crew, open_screen: Open) -> None:
    screen = open_screen(crew.manager)
    screen.press(screen.panel.schedule, Qt.Key.Key_N, CTRL)
    dialog = screen.dialog("content")
    assert isinstance(dialog, ContentDialog)
    assert (dialog.kind.currentData(), dialog.review.value()) == (ContentKind.FRONT_PAGE, 14)
    dialog.kind.setCurrentIndex(dialog.kind.findData(ContentKind.NEWS))
    assert dialog.review.value() == 0


def test_the_plan_is_changed_and_what_it_is_stays(crew: Crew, open_screen: Open) -> None:
    plan(crew)
    screen = open_screen(crew.specialist)
    screen.press(screen.panel.schedule, Qt.Key.Key_F4)
    dialog = screen.dialog("content")
    assert isinstance(dialog, ContentDialog)
    assert (dialog.title.text(), dialog.kind.isEnabled(), dialog.confidential.isEnabled()) == ("秋酿上市", False, False)
    dialog.title.setText("冬酿上市")
    dialog.owner.setCurrentText("张伟")
    dialog.button.click()
    assert (only(crew.clerk).title, only(crew.clerk).owner_name) == ("冬酿上市", "张伟")


def test_made_proposes_in_the_same_press(crew: Crew, open_screen: Open) -> None:
    number = plan(crew)
    screen = open_screen(crew.specialist)
    page = screen.panel.schedule
    screen.press(page, Qt.Key.Key_Return, CTRL)
    answer(screen, "图文已齐")
    assert [(one.kind, one.subject, one.reason) for one in list_proposals(crew.manager, Desk.MINE)] == [
        ("content", number, "图文已齐")
    ]
    assert content_state(page.table.all_rows()[0]) == "Waits for: Department manager"
    assert not page.made.isEnabled()  # it waits already
    agree_to_all(crew.manager, crew.director)
    assert (page.publish.isEnabled(), page.change.isEnabled()) == (True, False)


def test_what_is_confidential_waits_for_the_general_manager_too(crew: Crew, open_screen: Open) -> None:
    plan(crew, confidential=True)
    screen = open_screen(crew.specialist)
    screen.press(screen.panel.schedule, Qt.Key.Key_Return, CTRL)
    answer(screen, "x")
    assert [one.kind for one in list_proposals(crew.manager, Desk.MINE)] == ["confidential"]
    [row] = list_proposals(crew.manager, Desk.MINE)
    from app.services.approvals.decisions import approve

    approve(crew.manager, row.id, row.last_seq)
    [shown] = screen.panel.schedule.table.all_rows()
    assert content_state(shown) == "Waits for: General manager"
    assert "confidential" in screen.panel.schedule.table.model().index(0, 2).data()
    assert not screen.panel.schedule.publish.isEnabled()


def test_the_clock_of_48_hours(crew: Crew, open_screen: Open) -> None:
    approved(crew)
    screen = open_screen(crew.specialist)
    assert clock(crew) == ("48 h left", Kind.OK)
    crew.clock.advance(minutes=36 * HOUR - 1)
    assert clock(crew) == ("13 h left", Kind.OK)
    crew.clock.advance(minutes=1)
    assert clock(crew) == ("12 h left", Kind.WARN)
    crew.clock.advance(minutes=12 * HOUR - 1)
    assert clock(crew) == ("1 h left", Kind.WARN)
    crew.clock.advance(minutes=1)
    assert clock(crew) == ("0 h late", Kind.DANGER)
    crew.clock.advance(minutes=125)
    assert clock(crew) == ("2 h late", Kind.DANGER)
    screen.panel._on_again()  # as each minute
    assert screen.panel.schedule.table.model().index(0, 0).data() == "2 h late"
    assert "1 urgent" in screen.panel.schedule.summary.text()
    crew.clock.advance(days=3)
    assert clock(crew) == ("3 days late", Kind.DANGER)


def test_published_where_and_the_clock_stops(crew: Crew, open_screen: Open) -> None:
    number = approved(crew, channel="官网")
    crew.clock.advance(minutes=40 * HOUR)
    screen = open_screen(crew.specialist)
    screen.press(screen.panel.schedule, Qt.Key.Key_U, CTRL)
    dialog = screen.dialog("reason")
    assert isinstance(dialog, ReasonDialog)
    assert dialog.reason.text() == "官网"
    answer(screen, "官网资讯")
    assert only(crew.clerk).state is ContentState.PUBLISHED
    assert clock(crew) == ("", Kind.DIM)
    assert content_history(crew.clerk, number)[0].note == "官网资讯"
    assert screen.panel.schedule.table.all_rows() == []  # nothing is to be done with it any more


def test_a_takedown_is_immediate_and_on_record(crew: Crew, open_screen: Open) -> None:
    number = approved(crew)
    publish_content(crew.specialist, number, "官网")
    screen = open_screen(crew.specialist)
    page = screen.panel.schedule
    page.shown.setCurrentIndex(page.shown.findData(Shown.OUT))
    screen.press(page, Qt.Key.Key_D, CTRL)
    dialog = screen.dialog("reason")
    assert isinstance(dialog, ReasonDialog)
    dialog.button.click()
    assert dialog.form.error("reason")
    assert only(crew.clerk).state is ContentState.PUBLISHED
    answer(screen, "违反广告法")
    assert only(crew.clerk).state is ContentState.TAKEN_DOWN
    assert list_proposals(crew.manager, Desk.WAITING) == []  # nobody has to agree to it
    assert content_history(crew.clerk, number)[0].note == "违反广告法"
    assert page.table.all_rows() == []
    page.shown.setCurrentIndex(page.shown.findData(Shown.ALL))
    assert "违反广告法" in page.history.accessibleDescription()
    assert page.publish.isEnabled()  # when it was put right


def test_a_page_is_due_for_its_review_and_then_not(crew: Crew, open_screen: Open) -> None:
    number = approved(crew, kind=ContentKind.FRONT_PAGE, review_days=14)
    publish_content(crew.specialist, number)
    assert clock(crew) == ("Review in 14 days", Kind.DIM)
    crew.clock.advance(minutes=14 * DAY - 1)
    assert clock(crew) == ("Review in 1 day", Kind.DIM)
    crew.clock.advance(minutes=1)
    assert clock(crew) == ("Review due", Kind.WARN)
    screen = open_screen(crew.specialist)
    screen.press(screen.panel.schedule, Qt.Key.Key_E, CTRL)
    answer(screen, "换轮播图")
    assert clock(crew) == ("Review in 14 days", Kind.DIM)


def test_what_the_plan_has_passed_says_so(crew: Crew, open_screen: Open) -> None:
    plan(crew, kind=ContentKind.SHOOT)
    crew.clock.advance(minutes=2 * DAY)
    assert clock(crew) == ("2 days behind", Kind.WARN)
    screen = open_screen(crew.specialist)
    screen.press(screen.panel.schedule, Qt.Key.Key_Backspace, CTRL)
    answer(screen, "不拍了")
    assert only(crew.clerk).state is ContentState.DROPPED
    assert clock(crew) == ("", Kind.DIM)


def test_enter_takes_the_next_step(crew: Crew, open_screen: Open) -> None:
    plan(crew)
    screen = open_screen(crew.specialist)
    page = screen.panel.schedule
    screen.press(page, Qt.Key.Key_Return)
    answer(screen, "图文已齐")
    agree_to_all(crew.manager, crew.director)
    screen.press(page, Qt.Key.Key_Return)
    answer(screen, "官网")
    assert only(crew.clerk).state is ContentState.PUBLISHED


def test_the_one_looked_at_stays_and_another_windows_step_is_seen(crew: Crew, open_screen: Open) -> None:
    first, second = plan(crew, "甲"), plan(crew, "乙")
    screen = open_screen(crew.specialist)
    page = screen.panel.schedule
    page.table.selectRow(1)
    plan(crew, "丙", planned_for=date(2026, 11, 1))
    row = page.table.current_row()
    assert row is not None
    assert row.id == second
    content_made(crew.manager, first, "x")
    assert [content_state(one) for one in page.table.all_rows()] == [
        "Planned", "Waits for: Department manager", "Planned",
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["clerk", "lead", "packer"])
def test_who_may_not_is_shown_grey(crew: Crew, open_screen: Open, role: str) -> None:
    publish_content(crew.specialist, approved(crew, review_days=14))
    plan(crew, "乙")
    screen = open_screen(getattr(crew, role))
    page = screen.panel.schedule
    for place in range(len(page.table.all_rows())):
        page.table.selectRow(place)
        actions = (page.plan, page.change, page.made, page.publish, page.take_down, page.reviewed, page.drop)
        assert not any(one.isEnabled() for one in actions)


def test_who_plans_does_not_publish(crew: Crew, open_screen: Open) -> None:
    approved(crew)
    page = open_screen(crew.planner).panel.schedule
    assert (page.plan.isEnabled(), page.publish.isEnabled(), page.drop.isEnabled()) == (True, False, True)


def test_a_colleague_who_was_faster_is_told_of(crew: Crew, open_screen: Open) -> None:
    number = approved(crew)
    publish_content(crew.specialist, number)
    screen = open_screen(crew.specialist)
    page = screen.panel.schedule
    page.shown.setCurrentIndex(page.shown.findData(Shown.OUT))
    page.take_down.trigger()
    take_down(crew.manager, number, "先撤")
    dialog = screen.dialog("reason")
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.setText("我也撤")
    dialog.button.click()
    assert "Taken down" in dialog.strip.text()
    assert content_history(crew.clerk, number)[0].note == "先撤"


def test_it_speaks_chinese(crew: Crew, open_screen: Open) -> None:
    set_language("zh_CN")
    approved(crew)
    crew.clock.advance(minutes=36 * HOUR)
    page = open_screen(crew.specialist).panel.schedule
    index = page.table.model().index
    assert [index(0, column).data() for column in (0, 1, 6)] == ["剩 12 小时", "资讯", "待发布"]
    assert page.table.accessibleName() == "内容排期"


def test_the_lists_are_switched_by_keys_and_their_keys_work_beside_them(crew: Crew, open_screen: Open) -> None:
    from tests.views.publishing.conftest import ALT

    screen = open_screen(crew.manager)
    panel = screen.panel
    screen.press(panel.schedule, Qt.Key.Key_2, ALT)
    assert panel.promotions.isVisible()
    assert panel.promotions.table.hasFocus()
    screen.press(panel.promotions, Qt.Key.Key_3, ALT)
    assert panel.market.isVisible()
    panel.lists.setFocus()
    QTest.keyClick(panel.lists, Qt.Key.Key_N, CTRL)
    screen.dialog("note").close()
    QTest.keyClick(panel.lists, Qt.Key.Key_Up, NONE)
    assert panel.promotions.isVisible()
    QTest.keyClick(panel.lists, Qt.Key.Key_N, CTRL)
    screen.dialog("promotion").close()
