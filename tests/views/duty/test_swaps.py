"""Swaps and wishes in the window: what is asked for, what the colleague sees before they answer, what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.duty import SwapState
from app.models.people import Level, Post
from app.services.access import Context
from app.services.duty.rosters import read_roster
from app.services.duty.swaps import SwapDraft, accept_swap, ask_swap, list_swaps
from app.services.duty.wishes import enter_wish, open_wishes
from app.services.leave.acting import ActingDraft, begin_acting
from app.services.people.accounts import add_person
from app.services.people.sign_in import sign_in
from app.views.changes import Changes
from app.views.duty.swap_asks import ask_to_swap
from app.views.duty.swap_dialog import SwapDialog
from app.views.duty.swaps_page import SwapsPage
from app.views.duty.wish_dialog import LISTED, WishDialog
from app.views.tasks import ImmediateTasks
from app.views.theme import TEXT, font
from app.views.widgets.cells import PAD
from tests.services.conftest import crew, file_crew, office_template
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.leave.making import approved
from tests.services.orders.making import Crew

__all__ = ["crew", "file_crew", "office_template"]

WEEK = timedelta(weeks=1)
SATURDAY, SUNDAY = (MONDAY + timedelta(days=number) for number in (5, 6))


@pytest.fixture
def planned(crew: Crew) -> Crew:
    weeks = {
        crew.clerk.person: "8:30 8:30 8:30 - 8:30 Duty -",
        crew.colleague.person: "12:30 12:30 12:30 12:30 - - Duty",
    }
    drawn(crew.lead, weeks)
    published(crew.lead)
    return crew


def page_of(qtbot: QtBot, ctx: Context, tasks: ImmediateTasks) -> SwapsPage:
    page = SwapsPage(ctx, tasks)
    qtbot.addWidget(page)
    page.refresh()
    return page


def cells(page: SwapsPage) -> list[str]:
    model = page.table.model()
    return [model.index(0, column).data() for column in range(model.columnCount())]


def swap_dialog(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> SwapDialog:
    dialog = SwapDialog(crew.clerk, tasks, read_roster(crew.clerk, MONDAY, 1), SATURDAY, crew.clerk.person)
    dialog.finished.disconnect()
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_who_is_on_leave_is_told_before_a_swap_is_asked_for(qtbot: QtBot, planned: Crew, tasks: ImmediateTasks) -> None:
    approved(planned, planned.colleague, planned.clerk, first_day=SATURDAY, last_day=SUNDAY)
    dialog = swap_dialog(qtbot, planned, tasks)
    dialog.their_day.setDate(QDate(SUNDAY.year, SUNDAY.month, SUNDAY.day))
    told = " ".join(text.text() for text in dialog.findChildren(QLabel))
    assert "李娜 on leave" in told
    assert "李娜 Duty" not in told


def test_the_colleague_sees_which_shifts_change_hands_and_why(
    qtbot: QtBot, planned: Crew, tasks: ImmediateTasks
) -> None:
    ask_swap(planned.clerk, SwapDraft(SATURDAY, planned.colleague.person, SUNDAY, "家里有事"))
    page = page_of(qtbot, planned.colleague, tasks)
    assert cells(page)[1:] == ["王敏", "11-28 Duty", "李娜", "11-29 Duty", "家里有事"]
    page.accept.trigger()
    assert [row.state for row in list_swaps(planned.clerk)] == [SwapState.ACCEPTED]
    assert not page_of(qtbot, planned.clerk, tasks).accept.isEnabled()


def test_what_the_lead_asks_in_somebodys_name_is_told_as_that(
    qtbot: QtBot, planned: Crew, tasks: ImmediateTasks
) -> None:
    draft = SwapDraft(SATURDAY, planned.colleague.person, SUNDAY, "家里有事", planned.clerk.person)
    changes, told = Changes(), list[str]()
    asks = ask_to_swap(planned.colleague, tasks, changes, tasks)
    asks.told.connect(lambda text, _fresh: told.append(text))
    ask_swap(planned.lead, draft)
    asks.start()
    assert told == ["1 swap asks for your answer: 赵倩 for 王敏"]
    asks.stop()
    for ctx in (planned.clerk, planned.colleague, planned.lead):
        assert cells(page_of(qtbot, ctx, tasks))[1:3] == ["赵倩 for 王敏", "11-28 Duty"]
    set_language("zh_CN")
    assert cells(page_of(qtbot, planned.clerk, tasks))[1] == "赵倩代王敏"


def test_in_a_narrow_window_the_shifts_that_change_hands_are_still_read(
    qtbot: QtBot, planned: Crew, tasks: ImmediateTasks
) -> None:
    ask_swap(planned.clerk, SwapDraft(SATURDAY, planned.colleague.person, SUNDAY, "家里有事，想和你换一天"))
    page = page_of(qtbot, planned.colleague, tasks)
    page.show()
    page.resize(555, 240)  # beside the lists at 200 % on a laptop
    qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() == 0)
    words = QFontMetrics(font(TEXT))
    for column in (2, 4):
        assert page.table.columnWidth(column) - 2 * PAD >= words.horizontalAdvance(cells(page)[column])


def test_a_colleague_is_proposed_and_the_swap_is_asked_for(qtbot: QtBot, planned: Crew, tasks: ImmediateTasks) -> None:
    dialog = swap_dialog(qtbot, planned, tasks)
    assert (dialog.asker.currentText(), dialog.colleague.currentText()) == ("王敏", "李娜")
    dialog.their_day.setDate(dialog.day.date().addDays(1))
    QTest.keyClicks(dialog.reason, "family")
    dialog.take()
    (row,) = list_swaps(planned.colleague)
    assert (row.day, row.gives, row.their_day, row.takes, row.reason) == (SATURDAY, "Duty", SUNDAY, "Duty", "family")


def test_a_swap_that_breaks_a_rule_is_refused_in_words(qtbot: QtBot, planned: Crew, tasks: ImmediateTasks) -> None:
    dialog = swap_dialog(qtbot, planned, tasks)
    dialog.colleague.setCurrentText("吴迪")
    QTest.keyClicks(dialog.reason, "family")
    dialog.take()
    assert dialog.isVisible()
    assert "吴迪 does not do the shift Duty" in dialog.strip.accessibleName()
    assert list_swaps(planned.clerk) == []


def test_a_wish_is_entered_and_taken_back(qtbot: QtBot, planned: Crew, tasks: ImmediateTasks) -> None:
    span = read_roster(planned.clerk, MONDAY, 1)
    dialog = WishDialog(planned.clerk, tasks, span, SUNDAY, planned.clerk.person)
    dialog.finished.disconnect()
    qtbot.addWidget(dialog)
    dialog.open()
    assert [dialog.person.itemText(place) for place in range(dialog.person.count())] == ["王敏"]
    QTest.mouseClick(dialog.strong, Qt.MouseButton.LeftButton)
    dialog.take()
    (wish,) = open_wishes(planned.clerk)
    assert (wish.day, wish.shifts, wish.wanted) == (SUNDAY, (), False)


def test_who_plans_begins_with_the_line_that_is_looked_at(qtbot: QtBot, planned: Crew, tasks: ImmediateTasks) -> None:
    span = read_roster(planned.lead, MONDAY, 1)
    wish = WishDialog(planned.lead, tasks, span, SUNDAY, planned.colleague.person)
    swap = SwapDialog(planned.lead, tasks, span, SUNDAY, planned.colleague.person)
    for dialog in (wish, swap):
        qtbot.addWidget(dialog)
    assert wish.person.currentData() == swap.asker.currentData() == planned.colleague.person
    assert swap.colleague.currentData() not in (None, planned.colleague.person)
    other = swap.colleague.currentData()
    swap.asker.setCurrentIndex(swap.asker.findData(other))
    assert swap.colleague.currentData() not in (None, other)  # nobody swaps with themselves


def test_who_asks_for_their_own_begins_with_the_shift_that_is_looked_at(
    qtbot: QtBot, planned: Crew, tasks: ImmediateTasks
) -> None:
    span = read_roster(planned.clerk, MONDAY, 1)
    swap = SwapDialog(planned.clerk, tasks, span, SUNDAY, planned.colleague.person)
    qtbot.addWidget(swap)
    assert (swap.asker.currentData(), swap.colleague.currentData()) == (planned.clerk.person, planned.colleague.person)


def test_an_acting_persons_shifts_are_those_of_the_day(qtbot: QtBot, planned: Crew, tasks: ImmediateTasks) -> None:
    acting = ActingDraft(planned.planner.person, Post.SERVICE, None, SATURDAY, SATURDAY, "空缺")
    begin_acting(planned.manager, acting)
    planner = planned.planner
    dialog = WishDialog(planner, tasks, read_roster(planner, MONDAY, 1), SATURDAY, planner.person)
    qtbot.addWidget(dialog)
    late = dialog.what.findData("12:30")
    assert late >= 0
    dialog.what.setCurrentIndex(late)
    dialog.day.setDate(dialog.day.date().addDays(1))
    assert dialog.what.findData("12:30") < 0
    assert dialog.what.currentData() == "off"  # what cannot be wished for is not kept
    own = dialog.what.itemData(2)
    dialog.what.setCurrentIndex(2)
    dialog.day.setDate(dialog.day.date().addDays(7))  # beyond the weeks on the screen
    assert dialog.what.currentData() == own
    begin_acting(planned.manager, replace(acting, first_day=SUNDAY + timedelta(weeks=1), last_day=SUNDAY + WEEK * 2))
    dialog.day.setDate(dialog.day.date().addDays(-1))
    dialog.day.setDate(dialog.day.date().addDays(1))
    assert dialog.what.findData("12:30") >= 0


def test_who_acts_only_in_a_week_that_is_not_shown_is_offered_too(
    qtbot: QtBot, planned: Crew, tasks: ImmediateTasks
) -> None:
    number = add_person(planned.program, "郑洁", [Post.MANAGER], Level.BACK_OFFICE, "secret#1")
    own = sign_in(planned.db, planned.clock, "郑洁", None, "secret#1")

    def offered(ctx: Context) -> list[str]:
        dialog = WishDialog(ctx, tasks, read_roster(ctx, MONDAY, 1), SUNDAY, ctx.person)
        qtbot.addWidget(dialog)
        return [dialog.person.itemText(place) for place in range(dialog.person.count())]

    assert "郑洁" not in {*offered(own), *offered(planned.lead)}
    later = SATURDAY + WEEK * 2
    begin_acting(planned.manager, ActingDraft(number, Post.SERVICE, None, later, later, "空缺"))
    assert (offered(own)[-1], offered(planned.lead)[-1]) == ("郑洁", "郑洁")


def test_wishes_beyond_the_list_are_counted(qtbot: QtBot, planned: Crew, tasks: ImmediateTasks) -> None:
    for number in range(LISTED + 3):
        enter_wish(planned.clerk, planned.clerk.person, SUNDAY + timedelta(days=number), (), wanted=False)
    dialog = WishDialog(planned.clerk, tasks, read_roster(planned.clerk, MONDAY, 1), SUNDAY, planned.clerk.person)
    qtbot.addWidget(dialog)
    assert "and 3 more" in {one.text() for one in dialog.findChildren(QLabel)}


def test_a_swap_that_is_asked_of_me_is_told_until_it_is_answered(planned: Crew, tasks: ImmediateTasks) -> None:
    changes, told = Changes(), list[tuple[str, bool]]()
    asks = ask_to_swap(planned.colleague, tasks, changes, tasks)
    asks.told.connect(lambda text, fresh: told.append((text, fresh)))
    planned.colleague.db.listen(changes.announce)
    asks.start()
    assert told == []
    swap = ask_swap(planned.clerk, SwapDraft(SATURDAY, planned.colleague.person, SUNDAY, "家里有事"))
    assert told == [("1 swap asks for your answer: 王敏", True)]
    accept_swap(planned.colleague, swap)
    assert told[1:] == [("", False)]
    asks.stop()
    planned.colleague.db.unlisten(changes.announce)


def test_of_a_week_that_is_not_published_no_shift_is_offered(
    qtbot: QtBot, planned: Crew, tasks: ImmediateTasks
) -> None:
    drawn(planned.lead, {planned.clerk.person: "8:30 - - - - - -"}, monday=MONDAY + timedelta(days=7))
    span = read_roster(planned.lead, MONDAY, 2)
    swap = SwapDialog(planned.lead, tasks, span, SUNDAY, planned.clerk.person)
    qtbot.addWidget(swap)
    swap.their_day.setDate(QDate(MONDAY.year, MONDAY.month, MONDAY.day).addDays(7))
    told = [one.text() for one in swap.form.findChildren(QLabel)]
    assert "Not published yet" in told
    assert "王敏 off · 李娜 Duty" in told


def test_last_years_swap_says_its_year(qtbot: QtBot, planned: Crew, tasks: ImmediateTasks) -> None:
    ask_swap(planned.clerk, SwapDraft(SATURDAY, planned.colleague.person, SUNDAY, "家里有事"))
    planned.clock.advance(days=365)
    found = cells(page_of(qtbot, planned.colleague, tasks))
    assert (found[2], found[4]) == ("2026-11-28 Duty", "2026-11-29 Duty")
