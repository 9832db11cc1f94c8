"""Reminders of tasks and notices: one however many, not again each minute."""

from datetime import date, timedelta

from app.models.people import Post
from app.services.access import Context
from app.services.staff.notices import NoticeDraft, post_notice, read_notice
from app.services.staff.tasks import change_task, report_task
from app.views.staff.reminders import LOOK_MS, StaffReminders
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew
from tests.services.staff.making import TODAY, task


class Heard:
    """What is told to one person."""

    def __init__(self, ctx: Context, tasks: ImmediateTasks) -> None:
        self.told: list[tuple[str, bool]] = []
        self.reminders = StaffReminders(ctx, tasks, tasks)
        self.reminders.due.connect(lambda text, late: self.told.append((text, late)))

    def look(self) -> list[tuple[str, bool]]:
        """What a look tells that was not told before."""
        before = len(self.told)
        self.reminders.look()
        return self.told[before:]


def test_many_tasks_make_one_notice_and_only_once_a_stage(crew: Crew, tasks: ImmediateTasks) -> None:
    for number in range(5):
        task(crew, title=f"任务{number}")
    heard = Heard(crew.clerk, tasks)
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
    heard = Heard(crew.lead, tasks)
    assert heard.look() == [
        ("1 task is due soon: 排双十二的班; 1 task was reported as done: 核对退货单; 1 notice to read: 消防演练", False)
    ]
    crew.clock.advance(hours=8)
    assert heard.look() == [("1 task is late: 排双十二的班", True)]


def test_a_new_notice_is_told_once_and_a_second_one_anew(crew: Crew, tasks: ImmediateTasks) -> None:
    heard = Heard(crew.clerk, tasks)
    first = post_notice(crew.lead, NoticeDraft("一", "x", (Post.SERVICE,)))
    assert heard.look() == [("1 notice to read: 一", False)]
    post_notice(crew.lead, NoticeDraft("二", "x", (Post.SERVICE,)))
    assert heard.look() == [("1 notice to read: 二", False)]
    read_notice(crew.clerk, first)
    assert heard.look() == []


def test_another_day_is_told_of_when_it_comes(crew: Crew, tasks: ImmediateTasks) -> None:
    number = task(crew, due=TODAY)
    heard = Heard(crew.clerk, tasks)
    assert len(heard.look()) == 1
    change_task(crew.lead, number, {"due": date(2026, 11, 24)})
    crew.clock.advance(hours=8)  # 18:00 on Monday: a day is left again
    assert heard.look() == [("1 task is due soon: 核对退货单", False)]
    change_task(crew.lead, number, {"due": TODAY + timedelta(days=9)})
    assert heard.look() == []


def test_it_looks_each_minute(crew: Crew, tasks: ImmediateTasks) -> None:
    task(crew, due=TODAY)
    heard = Heard(crew.clerk, tasks)
    heard.reminders.start()
    assert len(heard.told) == 1  # at once, and from then on by the minute
    assert heard.reminders._timer.isActive()
    assert heard.reminders._timer.interval() == LOOK_MS == 60_000
    heard.reminders.stop()
    assert not heard.reminders._timer.isActive()
