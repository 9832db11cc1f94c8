"""Tasks from the keyboard: given, reported, followed up, accepted, opened again, changed, dropped."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from app.clock import to_ms
from app.i18n import set_language
from app.models.people import Level, Post
from app.models.staff import TaskState
from app.services.access import program
from app.services.ledger import open_ledger
from app.services.people.accounts import change_person
from app.services.staff.task_history import task_detail
from app.services.staff.task_rows import Shown, list_tasks
from app.services.staff.tasks import drop_task, hand_task, report_task
from app.views.staff.columns import clock_kind, clock_text, seen_to_by
from app.views.staff.task_dialog import TaskDialog
from app.views.staff.tasks_page import WATCHES, TasksPage
from app.views.theme import Kind
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.orders.making import Crew
from tests.services.staff.making import row, task
from tests.views.pages import CTRL, Open, answer, dialog, press

ENTER = Qt.Key.Key_Return


def titles(page: TasksPage) -> list[str]:
    return [one.title for one in page.table.all_rows()]


def show(page: TasksPage, shown: Shown) -> None:
    page.shown.setCurrentIndex(page.shown.findData(shown))


def given(page: TasksPage) -> TaskDialog:
    found = dialog(page, "task")
    assert isinstance(found, TaskDialog)
    return found


def test_a_task_is_given_by_keyboard(crew: Crew, open_page: Open) -> None:
    page = open_page(TasksPage, crew.lead)
    assert "Ctrl+N" in page.empty._text.text()
    press(page, Qt.Key.Key_N, CTRL)
    asked = given(page)
    asked.button.click()
    assert asked.form.error("title")
    QTest.keyClicks(asked.title, "returns")
    asked.text.setPlainText("逐一核对")
    asked.post.setCurrentIndex(asked.post.findData(Post.PLANNER))
    people = [asked.person.itemText(place) for place in range(asked.person.count())]
    assert people == ["whoever holds the post", "张伟"]
    asked.person.setCurrentText("张伟")
    assert asked.day.date() == QDate(2026, 11, 24)  # tomorrow, until another day is chosen
    asked.day.setDate(QDate(2026, 11, 22))
    asked.button.click()
    assert asked._days.error("day")
    asked.day.setDate(QDate(2026, 11, 27))
    open_page.take(asked, asked.title)
    assert not asked.isVisible(), asked.strip.text()
    [one] = list_tasks(crew.lead, Shown.ALL)
    assert (one.title, one.post, one.person, one.due) == (
        "returns", Post.PLANNER, crew.planner.person, date(2026, 11, 27),
    )  # fmt: skip
    assert task_detail(crew.lead, one.id).text == "逐一核对"
    assert open_page.said == ["Task given"]
    looked_at = page.table.current_row()
    assert titles(page) == ["returns"]  # who gives tasks sees them all
    assert looked_at is not None
    assert looked_at.title == "returns"


@pytest.mark.parametrize(("shown", "then"), [(Shown.ALL, Shown.ALL), (Shown.MINE, Shown.GIVEN)])
def test_a_task_given_is_looked_at_in_a_list_that_holds_it(
    crew: Crew, open_page: Open, shown: Shown, then: Shown
) -> None:
    for title in ("first", "second"):
        task(crew, title=title, post=Post.PLANNER)
    page = open_page(TasksPage, crew.lead)
    show(page, shown)
    press(page, Qt.Key.Key_N, CTRL)
    asked = given(page)
    QTest.keyClicks(asked.title, "third")
    asked.post.setCurrentIndex(asked.post.findData(Post.PLANNER))
    open_page.take(asked, asked.title)
    looked_at = page.table.current_row()
    assert (page.shown.currentData(), looked_at and looked_at.title) == (then, "third")


def test_posts_that_nobody_holds_are_not_offered(crew: Crew, open_page: Open) -> None:
    page = open_page(TasksPage, crew.lead)
    press(page, Qt.Key.Key_N, CTRL)
    offered = {given(page).post.itemData(place) for place in range(given(page).post.count())}
    assert Post.DESIGN not in offered
    assert {Post.SERVICE, Post.DELIVERY} < offered


def test_what_is_typed_stays_where_it_is_refused(crew: Crew, open_page: Open) -> None:
    page = open_page(TasksPage, crew.lead)
    press(page, Qt.Key.Key_N, CTRL)
    asked = given(page)
    asked.title.setText("核对")
    crew.clock.advance(days=2)  # the dialog was left open over night
    asked.day.setDate(QDate(2026, 11, 24))
    asked.button.click()
    assert asked._days.error("day")
    assert (asked.isVisible(), asked.title.text()) == (True, "核对")


def test_who_does_it_reports_and_who_gave_it_accepts(crew: Crew, open_page: Open) -> None:
    number = task(crew, text="按平台口径")
    page = open_page(TasksPage, crew.clerk)
    assert (titles(page), open_page.counts[-1], page.summary.text()) == (["核对退货单"], 1, "1 task")
    assert page.below.text.text() == "按平台口径"
    press(page, Qt.Key.Key_E, CTRL)
    answer(page, "做了一半")
    press(page, ENTER)
    answer(page, "12 单全对")
    assert row(crew.lead, number).state is TaskState.REPORTED
    assert (open_page.counts[-1], page.report.isEnabled(), page.accept.isEnabled()) == (0, False, False)
    assert "王敏 reported it as done: 12 单全对" in page.below.timeline.accessibleDescription()


def test_what_was_reported_is_accepted_at_one_press_and_opened_again_with_a_reason(crew: Crew, open_page: Open) -> None:
    number = task(crew)
    page = open_page(TasksPage, crew.lead)
    show(page, Shown.GIVEN)
    report_task(crew.clerk, number, "好了")
    press(page, Qt.Key.Key_U, CTRL)
    assert row(crew.lead, number).state is TaskState.DONE
    assert (open_page.said, titles(page)) == (["核对退货单: done"], [])
    page.finished.setChecked(True)
    assert titles(page) == ["核对退货单"]
    press(page, Qt.Key.Key_O, CTRL)
    answer(page, "漏了京东")
    assert row(crew.lead, number).state is TaskState.OPEN


def test_who_does_not_give_has_neither_the_buttons_nor_the_lists(crew: Crew, open_page: Open) -> None:
    task(crew)
    page = open_page(TasksPage, crew.clerk)
    press(page, Qt.Key.Key_N, CTRL)
    assert not page.window().findChildren(TaskDialog)
    assert [page.shown.itemData(place) for place in range(page.shown.count())] == [Shown.MINE, Shown.POST]
    assert [one.isEnabled() for one in (page.give, page.accept, page.change, page.drop)] == [False] * 4


def test_a_colleagues_task_is_seen_among_the_posts(crew: Crew, open_page: Open) -> None:
    task(crew, person=crew.clerk.person)
    page = open_page(TasksPage, crew.colleague)
    assert (titles(page), open_page.counts[-1]) == ([], 0)
    show(page, Shown.POST)
    assert titles(page) == ["核对退货单"]
    assert page.report.isEnabled()


def test_a_task_is_changed_and_its_post_stays(crew: Crew, open_page: Open) -> None:
    number = task(crew, text="旧的", person=crew.clerk.person)
    page = open_page(TasksPage, crew.lead)
    show(page, Shown.ALL)
    press(page, Qt.Key.Key_F4)
    asked = given(page)
    assert (asked.title.text(), asked.text.toPlainText()) == ("核对退货单", "旧的")
    assert (asked.post.isEnabled(), asked.person.currentText()) == (False, "王敏")
    asked.text.setPlainText("新的")
    asked.person.setCurrentIndex(0)
    asked.button.click()
    assert not asked.isVisible(), asked.strip.text()
    assert (row(crew.lead, number).person, task_detail(crew.lead, number).text) == (None, "新的")
    assert open_page.said == ["Task changed"]


def test_whoever_took_it_over_from_another_post_is_kept_in_the_dialog(crew: Crew, open_page: Open) -> None:
    number = task(crew, person=crew.clerk.person)
    with crew.db.writing() as conn:
        hand_task(conn, open_ledger(conn, to_ms(crew.clock.now()), crew.clerk.person), number, crew.planner.person)
    page = open_page(TasksPage, crew.lead)
    show(page, Shown.ALL)
    press(page, Qt.Key.Key_F4)
    asked = given(page)
    assert asked.person.currentText() == "张伟"
    asked.title.setText("核对换货单")
    asked.button.click()
    assert not asked.isVisible(), asked.strip.text()
    assert row(crew.lead, number).person == crew.planner.person


def test_a_task_is_dropped_with_a_reason(crew: Crew, open_page: Open) -> None:
    number = task(crew)
    page = open_page(TasksPage, crew.lead)
    show(page, Shown.ALL)
    press(page, Qt.Key.Key_Backspace, CTRL)
    answer(page, "平台已代办")
    assert row(crew.lead, number).state is TaskState.DROPPED
    assert open_page.said == ["核对退货单: dropped"]


def test_a_refusal_is_said_in_the_dialog(crew: Crew, open_page: Open) -> None:
    number = task(crew)
    page = open_page(TasksPage, crew.clerk)
    press(page, ENTER, CTRL)
    asked = dialog(page, "reason")
    drop_task(crew.lead, number, "不用了")
    assert isinstance(asked, ReasonDialog)
    asked.reason.setText("好了")
    asked.button.click()
    assert "Task dropped" in asked.strip.text()


@pytest.mark.parametrize(
    ("hours", "text", "kind"),
    [
        (0, "2 days left", Kind.DIM),
        (7, "2 days left", Kind.DIM),
        (8, "48 h left", Kind.DIM),
        (31, "25 h left", Kind.DIM),
        (32, "24 h left", Kind.WARN),
        (55, "1 h left", Kind.WARN),
        (56, "0 h late", Kind.DANGER),
        (79, "23 h late", Kind.DANGER),
        (80, "1 day late", Kind.DANGER),
    ],
)
def test_the_clock_runs_to_the_end_of_the_days_service(crew: Crew, hours: int, text: str, kind: Kind) -> None:
    number = task(crew)  # 10:00 on Monday, due on Wednesday at 18:00
    crew.clock.advance(hours=hours)
    one = row(crew.lead, number)
    assert (clock_text(one, to_ms(crew.clock.now())), clock_kind(one)) == (text, kind)
    report_task(crew.clerk, number, "好了")
    assert clock_text(row(crew.lead, number), to_ms(crew.clock.now())) == ""


def test_late_ones_are_counted_above(crew: Crew, open_page: Open) -> None:
    task(crew)
    task(crew, title="回访", due=date(2026, 12, 1))
    crew.clock.advance(days=4)
    page = open_page(TasksPage, crew.clerk)
    assert page.summary.text() == "2 tasks · 1 urgent"


def test_it_fits_beside_the_detail_on_a_small_screen_in_english(crew: Crew, open_page: Open) -> None:
    page = open_page(TasksPage, crew.manager)
    assert page.minimumSizeHint().width() <= 760  # of 1366 pixels; the rest of the room tells how many there are


def test_it_has_names_for_screen_readers_in_both_languages(crew: Crew, open_page: Open) -> None:
    page = open_page(TasksPage, crew.clerk)
    assert {"tasks", "people"} <= WATCHES
    names = [one.accessibleName() for one in (page.table, page.shown, page.below)]
    assert names == ["Tasks", "Which tasks are shown", "What is asked, and what happened"]
    set_language("zh_CN")
    assert page.table.model().headerData(0, Qt.Orientation.Horizontal) == "计时"


def test_a_task_that_nobody_is_there_for_says_so(crew: Crew, open_page: Open) -> None:
    task(crew, post=Post.DELIVERY)
    task(crew, title="回访", person=crew.clerk.person)
    page = open_page(TasksPage, crew.lead)
    page.shown.setCurrentIndex(page.shown.findData(Shown.GIVEN))
    assert [seen_to_by(row) for row in page.table.all_rows()] == ["whoever holds the post", "王敏"]
    boss = program(crew.db, crew.clock)
    for who, post in ((crew.packer, Post.DELIVERY), (crew.clerk, Post.SERVICE)):
        change_person(boss, who.person, posts=[post], level=Level.BACK_OFFICE, active=False, reason="离职")
    page.refresh()
    assert [seen_to_by(row) for row in page.table.all_rows()] == ["nobody holds the post", "王敏 (has left)"]


def test_a_task_says_the_year_it_is_due_in_where_that_may_be_another_one(crew: Crew, open_page: Open) -> None:
    task(crew, title="去年的", due=date(2026, 11, 25))
    crew.clock.advance(days=365)  # 2027-11-23
    for title, due in (("年后的", date(2028, 1, 10)), ("明年的", date(2028, 11, 20))):
        task(crew, title=title, due=due)
    page = open_page(TasksPage, crew.lead)
    show(page, Shown.ALL)
    model = page.table.model()
    due_on = {model.index(place, 1).data(): model.index(place, 5).data() for place in range(model.rowCount())}
    assert due_on == {"去年的": "2026-11-25", "年后的": "01-10", "明年的": "2028-11-20"}
