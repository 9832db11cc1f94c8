"""The sample office's colleagues: tasks in every state, a notice that some have read, a leave that is handed over."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from app.clock import Clock, office_day, to_ms
from app.models.leave import LeaveKind
from app.models.people import Post
from app.services import subjects
from app.services.sample.month import Happens
from app.services.sample.publishing import NO_ORDER, Publishing

HOUR_MS = 3_600_000
TASKS = (  # name, title, post, person, giver, hours ago, due in days, what happened (hours ago, who, event, words)
    ("pictures", "整理双十二商品主图", Post.LISTING, "刘洋", "刘总监", 50, 3, (
        (26, "刘总监", "task.followed", "先做白酒，红酒下周"),
    )),
    ("revisits", "回访上周退货的客户", Post.SERVICE, None, "赵倩", 75, -1, ()),
    ("phrases", "更新退换货话术", Post.SERVICE, "王敏", "赵倩", 98, 2, (
        (5, "王敏", "task.reported", "已更新 12 条，放在公共文件夹"),
    )),
)  # fmt: skip
NOTICE = (
    "双十二报名规则更新",
    "报名截止提前到 12 月 5 日；赠品须另外登记，未登记的不计入活动。",
    (("李娜", 20), ("刘洋", 9)),
)
LEAVE_DAYS_AHEAD, LEAVE_HOURS_AGO = 8, 4


def plan_colleagues(clock: Clock) -> Iterator[Happens]:
    """What happened among colleagues in the last days."""
    now, today = to_ms(clock.now()), office_day(clock)

    def at(hours: float, act: Callable[[Publishing], None]) -> Happens:
        return Happens(now - int(hours * HOUR_MS), NO_ORDER, "colleagues", act=act)

    for name, title, post, person, giver, hours, due, happened in TASKS:
        facts = {"title": title, "post": post.value, "due": (today + timedelta(days=due)).isoformat(), "text": ""}
        yield at(hours, partial(_give, name=name, facts=facts, person=person, giver=giver))
        for ago, who, event, words in happened:
            yield at(ago, partial(_step, name=name, who=who, event=event, words=words))
    title, text, readers = NOTICE
    yield at(30, partial(_post, title=title, text=text))
    for reader, ago in readers:
        yield at(ago, partial(_read, reader=reader))
    yield at(LEAVE_HOURS_AGO, partial(_ask_leave, day=today + timedelta(days=LEAVE_DAYS_AHEAD)))


def _give(stage: Publishing, name: str, facts: Mapping[str, Any], person: str | None, giver: str) -> None:
    stage.pen.person = stage.people[giver]
    who = {"giver": stage.people[giver], "person": None if person is None else stage.people[person]}
    stage.numbers[name] = subjects.begin(stage.conn, stage.pen, "task.given", {**facts, **who})


def _step(stage: Publishing, name: str, who: str, event: str, words: str) -> None:
    stage.pen.person = stage.people[who]
    subjects.advance(stage.conn, stage.pen, stage.numbers[name], event, {"note": words})


def _post(stage: Publishing, title: str, text: str) -> None:
    stage.pen.person = stage.people["张伟"]
    facts = {"title": title, "text": text, "posts": "", "person": stage.pen.person, "attachments": []}
    stage.numbers["notice"] = subjects.begin(stage.conn, stage.pen, "notice.posted", facts)


def _read(stage: Publishing, reader: str) -> None:
    stage.pen.person = stage.people[reader]
    subjects.advance(stage.conn, stage.pen, stage.numbers["notice"], "notice.read", {"person": stage.pen.person})


def _ask_leave(stage: Publishing, day: date) -> None:
    """A day off of the clerk's; her task is offered to the colleague."""
    giver, receiver = stage.people["王敏"], stage.people["李娜"]
    stage.pen.person = giver
    facts = {
        "person": giver, "kind": LeaveKind.PERSONAL.value, "first_day": day.isoformat(), "last_day": day.isoformat(),
        "receiver": receiver, "reason": "家中有事", "early": "",
    }  # fmt: skip
    leave = subjects.begin(stage.conn, stage.pen, "leave.asked", facts)
    thing = {
        "leave": leave, "kind": "task", "thing": stage.numbers["phrases"], "title": "更新退换货话术", "giver": giver,
        "receiver": receiver,
    }  # fmt: skip
    subjects.begin(stage.conn, stage.pen, "handover.listed", thing)
