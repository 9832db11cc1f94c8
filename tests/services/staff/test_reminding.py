"""What somebody is reminded of: their tasks, reports on what they gave, notices they have not read."""

from datetime import timedelta

from app.models.people import Post
from app.services.access import Context
from app.services.reminder import LATE, SOON, What
from app.services.staff.notices import NoticeDraft, post_notice, read_notice
from app.services.staff.reminding import staff_reminders
from app.services.staff.tasks import accept_task, change_task, reopen_task, report_task
from tests.services.orders.making import Crew
from tests.services.staff.making import TODAY, let_act, move, task


def told(ctx: Context) -> list[tuple[What, str, int]]:
    return [(one.what, one.title, one.stage) for one in staff_reminders(ctx)]


def test_tasks_of_ones_own_are_told_when_due_and_when_late(any_crew: Crew) -> None:
    crew = any_crew
    task(crew, due=TODAY + timedelta(days=2))
    task(crew, title="回访老客户", due=TODAY, person=crew.colleague.person)
    assert told(crew.clerk) == [(What.TASK_NEW, "核对退货单", SOON)]
    assert told(crew.colleague) == [(What.TASK, "回访老客户", SOON), (What.TASK_NEW, "核对退货单", SOON)]
    assert told(crew.lead) == []
    crew.clock.advance(days=1, hours=8)
    assert told(crew.clerk) == [(What.TASK, "核对退货单", SOON)]
    assert told(crew.colleague) == [(What.TASK, "回访老客户", LATE), (What.TASK, "核对退货单", SOON)]
    assert told(crew.lead) == [(What.TASK_LATE, "回访老客户", SOON)]
    assert told(crew.manager) == []


def test_a_new_task_is_told_for_a_day_and_once_more_where_it_is_passed_on_or_opened_again(any_crew: Crew) -> None:
    crew, due = any_crew, TODAY + timedelta(days=20)
    number = task(crew, due=due)
    crew.clock.advance(days=1)
    assert told(crew.clerk) == told(crew.colleague) == []
    change_task(crew.lead, number, {"title": "核对退货"})
    assert told(crew.clerk) == []
    change_task(crew.lead, number, {"person": crew.colleague.person})
    assert (told(crew.clerk), told(crew.colleague)) == ([], [(What.TASK_NEW, "核对退货", SOON)])
    report_task(crew.colleague, number, "好了")
    assert told(crew.colleague) == []
    reopen_task(crew.lead, number, "缺两张单")
    assert told(crew.colleague) == [(What.TASK_AGAIN, "核对退货", SOON)]
    [before] = staff_reminders(crew.colleague)
    report_task(crew.colleague, number, "补齐了")
    reopen_task(crew.lead, number, "还缺一张")
    [after] = staff_reminders(crew.colleague)
    assert before.mark != after.mark


def test_another_day_is_told_of_anew(crew: Crew) -> None:
    number = task(crew, due=TODAY)
    [before, *_new] = staff_reminders(crew.clerk)
    change_task(crew.lead, number, {"due": TODAY + timedelta(days=1)})
    crew.clock.advance(days=1)
    [after] = staff_reminders(crew.clerk)
    assert (before.id, before.stage) == (after.id, after.stage)
    assert before.mark != after.mark


def test_who_gave_a_task_is_told_of_the_report(crew: Crew) -> None:
    number = task(crew)
    report_task(crew.clerk, number, "好了")
    assert told(crew.lead) == [(What.REPORT, "核对退货单", SOON)]
    assert told(crew.clerk) == told(crew.manager) == []
    accept_task(crew.lead, number)
    assert told(crew.lead) == []


def test_notices_are_told_of_until_they_are_read(crew: Crew) -> None:
    number = post_notice(crew.lead, NoticeDraft("新规", "x", (Post.SERVICE,)))
    assert told(crew.clerk) == [(What.NOTICE, "新规", SOON)]
    assert told(crew.packer) == told(crew.lead) == []
    read_notice(crew.clerk, number)
    assert told(crew.clerk) == []


def test_a_task_of_a_post_that_one_is_not_signed_in_with_is_told_of_as_well(any_crew: Crew) -> None:
    crew = any_crew
    move(crew, crew.clerk.person, [Post.SERVICE, Post.DESIGN])
    let_act(crew, crew.packer.person, Post.FINANCE, "2026-11-20", "2026-11-30")
    number = task(crew, post=Post.DESIGN, title="店招换新", due=TODAY)
    task(crew, post=Post.FINANCE, title="对账", due=TODAY)
    assert told(crew.clerk) == [(What.TASK, "店招换新", SOON)]
    assert told(crew.packer) == [(What.TASK, "对账", SOON)]
    assert told(crew.colleague) == []
    report_task(crew.clerk, number, "好了")  # what one hears of can be answered without signing in anew
    assert told(crew.clerk) == []


def test_who_gave_a_task_to_a_post_hears_when_it_is_late(any_crew: Crew) -> None:
    task(any_crew, due=TODAY)
    any_crew.clock.advance(days=1)
    assert told(any_crew.lead) == [(What.TASK_LATE, "核对退货单", SOON)]
