"""Tasks: given to posts, done by who has the post, followed and accepted (rule D6)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from app.clock import to_ms
from app.errors import AppError, NotFoundError, PermissionDeniedError
from app.models.people import Post
from app.models.staff import TaskState, TaskStateError
from app.services.access import Context, NotAllowedError
from app.services.ledger import open_ledger
from app.services.reasons import ReasonNeededError
from app.services.reminder import LATE, QUIET, SOON
from app.services.staff.task_history import HiddenTaskError, task_detail
from app.services.staff.task_rows import Deed, Shown, due_moment, list_tasks
from app.services.staff.tasks import (
    NotHolderError,
    NotReportedError,
    NotYourTaskError,
    OthersTaskError,
    OwnReportError,
    PastDueError,
    VacantPostError,
    accept_task,
    change_task,
    drop_task,
    follow_task,
    hand_task,
    reopen_task,
    report_task,
)
from app.services.staff.wording import HeadingError, LongTextError
from app.services.verify import verify
from tests.services.orders.making import Crew
from tests.services.staff.making import TODAY, let_act, move, row, task


def ids(ctx: Context, shown: Shown, *, finished: bool = False) -> list[int]:
    return [one.id for one in list_tasks(ctx, shown, finished=finished)]


def test_a_tasks_life(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, text="按平台口径", person=crew.clerk.person)
    given = row(crew.lead, number)
    assert (given.state, given.post, given.person_name, given.giver_name) == (
        TaskState.OPEN, Post.SERVICE, "王敏", "赵倩",
    )  # fmt: skip
    follow_task(crew.lead, number, "先查天猫")
    follow_task(crew.clerk, number, "天猫已查")
    report_task(crew.clerk, number, "共 12 单，一单不符")
    assert row(crew.lead, number).state is TaskState.REPORTED
    reopen_task(crew.lead, number, "京东也要")
    report_task(crew.clerk, number, "都查完了")
    accept_task(crew.lead, number, "辛苦")
    assert row(crew.lead, number).state is TaskState.DONE
    told = [(one.name, one.sentence, one.note) for one in task_detail(crew.clerk, number).steps]
    assert told == [
        ("赵倩", "accepted it as done", "辛苦"),
        ("王敏", "reported it as done", "都查完了"),
        ("赵倩", "opened it again", "京东也要"),
        ("王敏", "reported it as done", "共 12 单，一单不符"),
        ("王敏", "followed up", "天猫已查"),
        ("赵倩", "followed up", "先查天猫"),
        ("赵倩", "gave the task", ""),
    ]
    assert task_detail(crew.clerk, number).text == "按平台口径"
    assert verify(crew.program).ok


def test_what_is_done_is_opened_again_and_dropped(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew)
    accept_task(crew.lead, number)
    reopen_task(crew.manager, number, "漏了一单")
    assert row(crew.lead, number).state is TaskState.OPEN
    drop_task(crew.lead, number, "平台已代办")
    for step in (drop_task, reopen_task, follow_task):
        with pytest.raises(TaskStateError):
            step(crew.lead, number, "x")
    with pytest.raises(TaskStateError):
        accept_task(crew.lead, number)
    assert verify(crew.program).ok


@pytest.mark.parametrize("role", ["clerk", "colleague", "planner", "specialist", "packer"])
def test_who_gives_tasks(crew: Crew, role: str) -> None:
    with pytest.raises(NotAllowedError):
        task(crew, getattr(crew, role))
    assert ids(crew.manager, Shown.ALL) == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": "  "}, HeadingError),
        ({"title": "长" * 201}, HeadingError),
        ({"text": "长" * 10_001}, LongTextError),
        ({"due": TODAY - timedelta(days=1)}, PastDueError),
        ({"post": Post.FINANCE}, VacantPostError),
    ],
)
def test_nonsense_is_refused(crew: Crew, changes: dict[str, Any], error: type[AppError]) -> None:
    with pytest.raises(error):
        task(crew, **changes)
    assert ids(crew.lead, Shown.ALL) == []


def test_a_named_person_holds_the_post_and_is_here(crew: Crew) -> None:
    with pytest.raises(NotHolderError, match="张伟"):
        task(crew, person=crew.planner.person)
    move(crew, crew.colleague.person, [Post.SERVICE], active=False)
    with pytest.raises(NotHolderError, match="李娜"):
        task(crew, person=crew.colleague.person)
    with pytest.raises(NotHolderError):
        change_task(crew.lead, task(crew), {"person": crew.planner.person})


def test_an_acting_colleague_holds_the_post_while_they_act(crew: Crew) -> None:
    let_act(crew, crew.planner.person, Post.FINANCE, "2026-11-20", "2026-11-30")
    number = task(crew, crew.manager, post=Post.FINANCE, person=crew.planner.person)
    assert ids(crew.planner, Shown.MINE) == [number]
    crew.clock.advance(days=8)
    with pytest.raises(VacantPostError):
        task(crew, crew.manager, post=Post.FINANCE, due=date(2026, 12, 2))


def test_lists_show_whose_a_task_is(crew: Crew) -> None:
    anybodys, named = task(crew), task(crew, person=crew.clerk.person)
    others = task(crew, crew.manager, post=Post.PLANNER)
    assert ids(crew.clerk, Shown.MINE) == [anybodys, named]
    assert ids(crew.colleague, Shown.MINE) == [anybodys]
    assert ids(crew.colleague, Shown.POST) == [anybodys, named]
    assert ids(crew.lead, Shown.GIVEN) == [anybodys, named]
    assert ids(crew.lead, Shown.MINE) == []
    assert ids(crew.lead, Shown.ALL) == [anybodys, named, others]
    with pytest.raises(PermissionDeniedError):
        list_tasks(crew.clerk, Shown.ALL)
    drop_task(crew.lead, anybodys, "不用了")
    assert ids(crew.clerk, Shown.MINE) == [named]
    assert ids(crew.clerk, Shown.MINE, finished=True) == [named, anybodys]


def test_a_task_is_due_at_the_end_of_its_days_service(crew: Crew) -> None:
    number = task(crew)
    assert row(crew.lead, number).due_at == to_ms(datetime(2026, 11, 25, 10, 0, tzinfo=UTC))
    stages = []
    for hour in (9, 10):  # 17:59 and 18:00 in the office, on the day before and on the day itself
        for day in (24, 25):
            crew.clock.time = datetime(2026, 11, day, hour, 59 if hour == 9 else 0, tzinfo=UTC)
            stages.append((day, hour, row(crew.lead, number).stage))
    assert sorted(stages) == [(24, 9, QUIET), (24, 10, SOON), (25, 9, SOON), (25, 10, LATE)]
    report_task(crew.clerk, number, "好了")
    assert row(crew.lead, number).stage == QUIET  # it waits for who gave it
    reopen_task(crew.lead, number, "没好")
    assert row(crew.lead, number).stage == LATE


def test_what_is_late_comes_first(crew: Crew) -> None:
    later, soon, late = (task(crew, due=TODAY + timedelta(days=days)) for days in (9, 3, 0))
    assert ids(crew.lead, Shown.ALL) == [late, soon, later]
    report_task(crew.clerk, late, "好了")
    crew.clock.advance(days=4)
    assert ids(crew.lead, Shown.ALL) == [soon, late, later]
    assert due_moment(TODAY) < to_ms(crew.clock.now())


def test_who_has_the_post_reports_and_stands_in_for_a_colleague(crew: Crew) -> None:
    number = task(crew, person=crew.clerk.person)
    for other in (crew.planner, crew.lead, crew.manager):
        with pytest.raises(NotYourTaskError):
            report_task(other, number, "x")
    with pytest.raises(NotYourTaskError):
        follow_task(crew.planner, number, "x")
    with pytest.raises(ReasonNeededError):
        report_task(crew.colleague, number, " ")
    report_task(crew.colleague, number, "代王敏做完")
    assert task_detail(crew.lead, number).steps[0].name == "李娜"


def test_who_gave_it_or_a_manager_looks_after_it(crew: Crew) -> None:
    number = task(crew, crew.manager)
    report_task(crew.clerk, number, "好了")
    for step in (reopen_task, drop_task):
        with pytest.raises(OthersTaskError):
            step(crew.lead, number, "x")
        with pytest.raises(PermissionDeniedError):
            step(crew.clerk, number, "x")
    with pytest.raises(OthersTaskError):
        accept_task(crew.lead, number)
    with pytest.raises(OthersTaskError):
        change_task(crew.lead, number, {"title": "x"})
    accept_task(crew.director, number)
    assert row(crew.lead, number).state is TaskState.DONE


def test_nobody_accepts_their_own_report_unless_they_gave_the_task(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, crew.lead, post=Post.MANAGER)
    with pytest.raises(NotReportedError):
        accept_task(crew.manager, number)  # it would be the same without the words
    report_task(crew.manager, number, "签好了")
    assert Deed.ACCEPT not in row(crew.manager, number).deeds
    with pytest.raises(OwnReportError):
        accept_task(crew.manager, number)
    assert Deed.ACCEPT in row(crew.director, number).deeds
    reopen_task(crew.lead, number, "还差一张")
    with pytest.raises(NotReportedError):
        accept_task(crew.director, number)  # what was reported before it was opened again is no report
    own = task(crew, crew.manager, post=Post.MANAGER)
    report_task(crew.manager, own, "我自己记的")
    accept_task(crew.manager, own)
    assert row(crew.manager, own).state is TaskState.DONE
    assert verify(crew.program).ok


def test_deeds_are_what_the_services_let_pass(crew: Crew) -> None:
    number = task(crew, person=crew.clerk.person)
    assert row(crew.clerk, number, Shown.MINE).deeds == {Deed.FOLLOW, Deed.REPORT}
    assert row(crew.lead, number).deeds == {Deed.FOLLOW, Deed.CHANGE, Deed.ACCEPT, Deed.DROP}
    assert row(crew.manager, number).deeds == {Deed.FOLLOW, Deed.CHANGE, Deed.DROP}
    report_task(crew.clerk, number, "好了")
    assert row(crew.clerk, number, Shown.MINE).deeds == {Deed.FOLLOW}
    assert row(crew.manager, number).deeds == {Deed.FOLLOW, Deed.CHANGE, Deed.ACCEPT, Deed.REOPEN, Deed.DROP}
    accept_task(crew.manager, number)
    assert row(crew.lead, number).deeds == {Deed.REOPEN}


def test_changes_are_told_and_nothing_new_is_not_written(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, text="旧的")
    crew.clock.advance(days=3)  # the day has passed; what is not changed is not judged again
    change_task(crew.lead, number, {"title": "核对换货单", "text": "新的", "person": crew.colleague.person})
    assert task_detail(crew.lead, number).text == "新的"
    [step, _given] = task_detail(crew.lead, number).steps
    assert step.note == "核对退货单 → 核对换货单; whoever holds the post → 李娜; another text"
    entries = verify(crew.program).entries
    change_task(crew.lead, number, {"title": " 核对换货单 ", "text": "新的"})
    assert verify(crew.program).entries == entries
    with pytest.raises(PastDueError):
        change_task(crew.lead, number, {"due": date(2026, 11, 24)})
    change_task(crew.lead, number, {"due": date(2026, 11, 30), "person": None})
    assert (row(crew.lead, number).due, row(crew.lead, number).person) == (date(2026, 11, 30), None)
    assert verify(crew.program).ok


def test_a_handover_may_leave_the_post(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, person=crew.clerk.person)
    with crew.db.writing() as conn:
        hand_task(conn, open_ledger(conn, to_ms(crew.clock.now()), crew.clerk.person), number, crew.planner.person)
    assert ids(crew.planner, Shown.MINE) == [number]
    assert ids(crew.clerk, Shown.MINE) == []
    assert task_detail(crew.planner, number).steps[0].note == "王敏 → 张伟"
    report_task(crew.planner, number, "接手做完")
    assert verify(crew.program).ok


def test_others_tasks_are_not_read(crew: Crew) -> None:
    number = task(crew)
    with pytest.raises(HiddenTaskError):
        task_detail(crew.planner, number)
    with pytest.raises(NotFoundError):
        task_detail(crew.manager, 999_999)
    assert task_detail(crew.manager, number).steps


def test_a_task_changed_behind_the_programs_back_is_found(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew)
    with crew.db.engine.begin() as conn:
        conn.execute(text("UPDATE tasks SET due = '2027-01-01' WHERE id = :id"), {"id": number})
    verdict = verify(crew.program)
    assert (verdict.ok, verdict.first_bad, verdict.code) == (False, number, "tasks")
