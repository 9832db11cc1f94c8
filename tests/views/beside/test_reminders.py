"""Reminders among the window's notices: one however many things, not again each minute."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.people import Level, Post
from app.models.publishing import ContentKind
from app.services.access import Context, permissions_of
from app.services.duty.swap_reminding import swap_reminders
from app.services.duty.swaps import SwapDraft, accept_swap, ask_swap, refuse_swap
from app.services.leave.acting import ActingDraft, begin_acting, end_acting
from app.services.leave.handing import accept_all, offer_handovers, refuse_all
from app.services.leave.leaves import propose_leave
from app.services.leave.reading import handover_list
from app.services.leave.reminding import acting_reminders, leave_reminders
from app.services.publishing.contents import publish_content
from app.services.publishing.reminding import publishing_reminders
from app.services.reminder import Reminder
from app.services.staff.notices import NoticeDraft, post_notice, read_notice
from app.services.staff.reminding import staff_reminders
from app.services.staff.tasks import change_task, report_task
from app.views.beside.reminders import Reminders, reminder_text
from app.views.desk import Desk
from app.views.leave.acting_page import ActingPage
from app.views.leave.leave_page import LeavePage
from app.views.publishing.panel import PublishingPanel
from app.views.shell import Shell
from app.views.tasks import ImmediateTasks
from tests.services.approvals.making import agree
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.leave.making import ask
from tests.services.orders.making import Crew
from tests.services.staff.making import TODAY, task
from tests.views.desks import open_desk
from tests.views.publishing.conftest import approved

HOUR = 60
DAY = 24 * HOUR


class Heard:
    """What is told to one person."""

    def __init__(self, ask: Callable[[], list[Reminder]], tasks: ImmediateTasks) -> None:
        self.told: list[tuple[str, bool]] = []
        self.reminders = Reminders(ask, tasks, tasks)
        self.reminders.due.connect(lambda text, late: self.told.append((text, late)))

    def look(self) -> list[tuple[str, bool]]:
        """What a look tells that was not told before."""
        before = len(self.told)
        self.reminders.look()
        return self.told[before:]


def publishing(ctx: Context, tasks: ImmediateTasks) -> Heard:
    return Heard(partial(publishing_reminders, ctx), tasks)


def staff(ctx: Context, tasks: ImmediateTasks) -> Heard:
    return Heard(partial(staff_reminders, ctx), tasks)


def acting(ctx: Context, tasks: ImmediateTasks) -> Heard:
    return Heard(partial(acting_reminders, ctx), tasks)


def test_many_items_make_one_notice_and_only_once_a_stage(crew: Crew, tasks: ImmediateTasks) -> None:
    for number in range(5):
        approved(crew, f"资讯{number}")
    heard = publishing(crew.specialist, tasks)
    assert heard.look() == []
    crew.clock.advance(minutes=36 * HOUR)
    assert heard.look() == [("5 items must be out soon: 资讯0, 资讯1, 资讯2 …", False)]
    for _minute in range(3):
        crew.clock.advance(minutes=1)
        assert heard.look() == []
    crew.clock.advance(minutes=12 * HOUR)
    assert heard.look() == [("5 items are late to publish: 资讯0, 资讯1, 资讯2 …", True)]
    assert heard.look() == []


def test_late_ones_soon_ones_and_reviews_share_a_notice(crew: Crew, tasks: ImmediateTasks) -> None:
    front = approved(crew, "首页", kind=ContentKind.FRONT_PAGE, review_days=14)
    publish_content(crew.specialist, front)
    crew.clock.advance(minutes=12 * DAY)
    approved(crew, "晚了")
    crew.clock.advance(minutes=12 * HOUR)
    approved(crew, "快了")
    crew.clock.advance(minutes=36 * HOUR)
    [(text, late)] = publishing(crew.manager, tasks).look()
    assert late
    assert text == (
        "1 item is late to publish: 晚了; 1 item must be out soon: 快了; 1 page is due for its review: 首页"
    )
    set_language("zh_CN")
    [(text, _late)] = publishing(crew.manager, tasks).look()
    assert text == "1 项内容超时未发布：晚了；1 项内容即将超时：快了；1 个页面该复查了：首页"


def test_what_was_published_is_no_longer_told_of(crew: Crew, tasks: ImmediateTasks) -> None:
    number = approved(crew)
    heard = publishing(crew.specialist, tasks)
    crew.clock.advance(minutes=36 * HOUR)
    assert len(heard.look()) == 1
    publish_content(crew.specialist, number)
    crew.clock.advance(minutes=36 * HOUR)
    assert heard.look() == []


def test_a_clock_turned_back_tells_again_when_the_time_comes(crew: Crew, tasks: ImmediateTasks) -> None:
    approved(crew)
    heard = publishing(crew.specialist, tasks)
    crew.clock.advance(minutes=36 * HOUR)
    assert len(heard.look()) == 1
    crew.clock.advance(minutes=-HOUR)
    assert heard.look() == []
    crew.clock.advance(minutes=HOUR)
    assert len(heard.look()) == 1


@pytest.mark.parametrize(("role", "told"), [("specialist", 1), ("manager", 1), ("clerk", 0), ("planner", 0)])
def test_who_does_not_publish_is_reminded_of_their_own_only(
    crew: Crew, tasks: ImmediateTasks, role: str, told: int
) -> None:
    approved(crew)
    crew.clock.advance(minutes=36 * HOUR)
    assert len(publishing(getattr(crew, role), tasks).look()) == told


def test_many_tasks_make_one_notice_and_only_once_a_stage(crew: Crew, tasks: ImmediateTasks) -> None:
    for number in range(5):
        task(crew, title=f"任务{number}")
    heard = staff(crew.clerk, tasks)
    assert heard.look() == [("5 new tasks: 任务0, 任务1, 任务2 …", False)]
    assert heard.look() == []
    crew.clock.advance(hours=32)
    assert heard.look() == [("5 tasks are due soon: 任务0, 任务1, 任务2 …", False)]
    for _minute in range(3):
        crew.clock.advance(minutes=1)
        assert heard.look() == []
    crew.clock.advance(hours=24)
    assert heard.look() == [("5 tasks are late: 任务0, 任务1, 任务2 …", True)]
    assert heard.look() == []


def test_tasks_reports_and_notices_share_a_notice(crew: Crew, tasks: ImmediateTasks) -> None:
    number = task(crew)
    task(crew, crew.manager, title="排双十二的班", post=Post.LEAD, due=TODAY)
    report_task(crew.clerk, number, "好了")
    post_notice(crew.manager, NoticeDraft("消防演练", "周五 15:00"))
    heard = staff(crew.lead, tasks)
    assert heard.look() == [
        ("1 task is due soon: 排双十二的班; 1 task was reported as done: 核对退货单; 1 notice to read: 消防演练", False)
    ]
    crew.clock.advance(hours=8)
    assert heard.look() == [("1 task is late: 排双十二的班", True)]


def test_a_new_notice_is_told_once_and_a_second_one_anew(crew: Crew, tasks: ImmediateTasks) -> None:
    heard = staff(crew.clerk, tasks)
    first = post_notice(crew.lead, NoticeDraft("一", "x", (Post.SERVICE,)))
    assert heard.look() == [("1 notice to read: 一", False)]
    post_notice(crew.lead, NoticeDraft("二", "x", (Post.SERVICE,)))
    assert heard.look() == [("1 notice to read: 二", False)]
    read_notice(crew.clerk, first)
    assert heard.look() == []


def test_another_day_is_told_of_when_it_comes(crew: Crew, tasks: ImmediateTasks) -> None:
    number = task(crew, due=TODAY)
    heard = staff(crew.clerk, tasks)
    assert len(heard.look()) == 1
    change_task(crew.lead, number, {"due": date(2026, 11, 24)})
    crew.clock.advance(hours=8)  # 18:00 on Monday: a day is left again
    assert heard.look() == [("1 task is due soon: 核对退货单", False)]
    crew.clock.advance(hours=20)  # the task is no new one any more
    change_task(crew.lead, number, {"due": TODAY + timedelta(days=9)})
    assert heard.look() == []


def test_who_asked_for_leave_hears_what_the_receiver_answered(crew: Crew, tasks: ImmediateTasks) -> None:
    task(crew, person=crew.clerk.person)
    heard = Heard(partial(leave_reminders, crew.clerk), tasks)
    number = ask(crew.clerk, crew.colleague)
    assert heard.look() == []
    refuse_all(crew.colleague, number, "忙不过来")
    assert heard.look() == [("Refused to be taken over, offer it to somebody else: Annual leave 12-01 — 12-04", False)]
    assert heard.look() == []
    things = [row.id for row in handover_list(crew.clerk, number) if row.id is not None]
    offer_handovers(crew.clerk, things, crew.lead.person)
    assert heard.look() == []
    accept_all(crew.lead, number)
    ready = [("Your handover is accepted, the leave can be proposed: Annual leave 12-01 — 12-04", False)]
    assert heard.look() == ready
    assert Heard(partial(leave_reminders, crew.lead), tasks).look() == []
    propose_leave(crew.clerk, number)
    assert heard.look() == []


def test_the_answer_to_a_handover_leads_to_ones_own_leaves(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    task(crew, person=crew.lead.person, post=Post.LEAD)
    number = ask(crew.lead, crew.manager)
    ask(crew.clerk, crew.colleague)
    accept_all(crew.manager, number)
    desk = Desk(crew.lead, shell)
    qtbot.addWidget(desk.window)
    desk.show()
    menu = QMenu(desk.window)
    desk.notices.fill(menu)
    [notice] = [one for one in menu.actions() if "can be proposed" in one.text()]
    notice.trigger()
    page = desk.panels.staff.findChild(LeavePage)
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    assert [row.id for row in page.table.all_rows()] == [number]
    desk.close()


def test_who_acts_hears_of_it_a_week_ahead_when_it_begins_and_when_it_is_over(
    crew: Crew, tasks: ImmediateTasks
) -> None:
    first = TODAY + timedelta(days=9)
    draft = ActingDraft(crew.clerk.person, Post.LEAD, crew.lead.person, first, first + timedelta(days=4), "主管休假")
    begin_acting(crew.manager, draft)
    heard, other = acting(crew.clerk, tasks), acting(crew.colleague, tasks)
    assert heard.look() == []
    crew.clock.advance(days=2)
    assert heard.look() == [("You will act in a post: Service lead 12-02 — 12-06", False)]
    crew.clock.advance(days=6, hours=8)
    assert heard.look() == []
    crew.clock.advance(hours=7)  # past midnight
    assert heard.look() == [
        ("You act in a post now: Service lead 12-02 — 12-06. Sign in with it for its rights.", False)
    ]
    as_lead = replace(crew.clerk, post=Post.LEAD, permissions=permissions_of(Post.LEAD, Level.BACK_OFFICE))
    assert acting(as_lead, tasks).look() == []  # who has signed in with the post knows
    crew.clock.advance(days=5)
    assert heard.look() == [("Your acting is over: Service lead", False)]
    crew.clock.advance(days=1)
    assert heard.look() == other.look() == []


def test_acting_that_is_ended_early_is_told_of_at_once(crew: Crew, tasks: ImmediateTasks) -> None:
    heard = acting(crew.clerk, tasks)
    number = begin_acting(crew.manager, ActingDraft(crew.clerk.person, Post.LEAD, None, TODAY, TODAY, "空缺"))
    assert heard.look() == [("You act in a post now: Service lead 11-23. Sign in with it for its rights.", False)]
    end_acting(crew.manager, number, "有人了")
    assert heard.look() == [("Your acting is over: Service lead", False)]


def test_the_notice_of_acting_leads_to_who_acts(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    tomorrow = TODAY + timedelta(days=1)
    begin_acting(crew.manager, ActingDraft(crew.clerk.person, Post.LEAD, None, tomorrow, tomorrow, "空缺"))
    desk = Desk(crew.clerk, shell)
    qtbot.addWidget(desk.window)
    desk.show()
    menu = QMenu(desk.window)
    desk.notices.fill(menu)
    assert [one for one in menu.actions() if "You will act in a post" in one.text()]
    crew.clock.advance(days=1)
    desk.tellers.acting.look()
    desk.notices.fill(menu)
    [notice] = [one for one in menu.actions() if "act in a post" in one.text()]  # instead of the one before
    assert "You act in a post now" in notice.text()
    notice.trigger()
    page = desk.panels.staff.findChild(ActingPage)
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    assert [row.name for row in page.table.all_rows()] == ["王敏"]
    desk.close()


def test_it_looks_each_minute(crew: Crew, tasks: ImmediateTasks) -> None:
    heard = publishing(crew.specialist, tasks)
    approved(crew)
    crew.clock.advance(minutes=48 * HOUR)
    heard.reminders.start()
    assert len(heard.told) == 1  # at once, and from then on by the minute
    assert heard.reminders._timer.isActive()
    assert heard.reminders._timer.interval() == 60_000
    heard.reminders.stop()
    assert not heard.reminders._timer.isActive()


def made(desk: Desk) -> PublishingPanel | None:
    return next((panel for panel in desk.panels.made() if isinstance(panel, PublishingPanel)), None)


@pytest.fixture
def desk(qtbot: QtBot, crew: Crew, shell: Shell) -> Iterator[Desk]:
    approved(crew, "甲")
    approved(crew, "乙")
    crew.clock.advance(minutes=40 * HOUR)
    result = open_desk(qtbot, crew.specialist, shell)
    yield result
    result.close()


def test_the_bell_has_one_notice_and_leads_to_the_panel(qtbot: QtBot, desk: Desk) -> None:
    assert made(desk) is None  # the start has not waited for it
    menu = QMenu(desk.window)
    desk.notices.fill(menu)
    [notice] = [one for one in menu.actions() if "must be out soon" in one.text()]
    assert notice.isEnabled()
    notice.trigger()
    qtbot.waitUntil(lambda: (panel := made(desk)) is not None and panel.isVisible())
    panel = made(desk)
    assert panel is not None
    assert [row.title for row in panel.schedule.table.all_rows()] == ["甲", "乙"]
    desk.tellers.publishing.look()
    desk.notices.fill(menu)
    assert len([one for one in menu.actions() if "must be out soon" in one.text()]) == 1


def to_swap(crew: Crew) -> SwapDraft:
    """The clerk's published Saturday for the colleague's Sunday."""
    drawn(
        crew.lead,
        {crew.clerk.person: "8:30 8:30 8:30 - 8:30 Duty -", crew.colleague.person: "12:30 12:30 12:30 12:30 - - Duty"},
    )
    published(crew.lead)
    saturday, sunday = (MONDAY + timedelta(days=number) for number in (5, 6))
    return SwapDraft(saturday, crew.colleague.person, sunday, "家里有事")


def test_both_hear_that_their_swap_is_done_and_who_asked_that_it_is_refused(crew: Crew, tasks: ImmediateTasks) -> None:
    draft = to_swap(crew)
    heard, other = (Heard(partial(swap_reminders, ctx), tasks) for ctx in (crew.clerk, crew.colleague))
    refuse_swap(crew.colleague, ask_swap(crew.clerk, draft), "不行")
    assert heard.look() == [("A swap was refused: 11-28 ⇄ 李娜 11-29", False)]
    assert other.look() == []
    proposal = accept_swap(crew.colleague, ask_swap(crew.clerk, draft))
    assert heard.look() == []  # it waits for the lead
    agree(crew.lead, proposal)
    assert heard.look() == [("Your swap is done: 11-28 ⇄ 李娜 11-29", False)]
    assert other.look() == [("Your swap is done: 11-29 ⇄ 王敏 11-28", False)]
    crew.clock.advance(days=1)
    assert swap_reminders(crew.clerk) == []  # nobody is told of it for ever


def test_who_asked_for_a_swap_in_somebodys_name_is_told(crew: Crew, tasks: ImmediateTasks) -> None:
    draft = replace(to_swap(crew), asker=crew.clerk.person)
    heard, other = (Heard(partial(swap_reminders, ctx), tasks) for ctx in (crew.clerk, crew.colleague))
    lead = Heard(partial(swap_reminders, crew.lead), tasks)
    refuse_swap(crew.colleague, ask_swap(crew.lead, draft), "不行")
    assert lead.look() == [("A swap was refused: 王敏 11-28 ⇄ 李娜 11-29", False)]
    assert heard.look() == [("A swap was refused: 11-28 ⇄ 李娜 11-29 (asked for by 赵倩)", False)]
    agree(crew.lead, accept_swap(crew.colleague, ask_swap(crew.lead, draft)))
    assert heard.look() == [("Your swap is done: 11-28 ⇄ 李娜 11-29 (asked for by 赵倩)", False)]
    assert other.look() == [("Your swap is done: 11-29 ⇄ 王敏 11-28 (asked for by 赵倩)", False)]
    set_language("zh_CN")
    assert reminder_text(swap_reminders(crew.colleague)) == "您的换班已生效：11-29 ⇄ 王敏 11-28（由赵倩代为提出）"
