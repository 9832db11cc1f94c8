"""Who changed which setting, read from the ledger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.clock import to_ms
from app.i18n import set_language
from app.models.people import SYSTEM
from app.services.access import Context, program
from app.services.db import Database
from app.services.duty.service_calendar import ServiceCalendar
from app.services.ledger import open_ledger
from app.services.office import change_settings, mark_sample, office_settings
from app.services.settings.history import settings_history
from tests.factories import Office

CtxOf = Callable[[str], Context]


def change(ctx: Context, **changes: Any) -> None:
    change_settings(ctx, replace(office_settings(ctx), **changes))


def told(ctx: Context) -> list[tuple[str, str, str, str]]:
    return [(one.who, one.what, one.before, one.after) for one in settings_history(ctx)]


def test_the_newest_change_stands_first_with_who_and_when(office: Office) -> None:
    manager, admin, trainee = office.ctx("manager"), office.ctx("admin"), office.ctx("trainee")
    assert settings_history(trainee) == []
    change(manager, contact_minutes=15)
    first = to_ms(office.clock.now())
    office.clock.advance(hours=1)
    change(admin, name="新名字", record_time="17:30")
    found = settings_history(trainee)
    assert [(one.who, one.what, one.before, one.after) for one in found] == [
        ("周凯", "Office name", "云酒商行", "新名字"),
        ("周凯", "Time of the daily record", "18:00", "17:30"),
        ("刘衡", "Contact the customer within (minutes)", "10", "15"),
    ]
    assert [one.at for one in found] == [first + 3_600_000] * 2 + [first]
    assert found[0].entry == found[1].entry > found[2].entry
    assert settings_history(trainee, most=1) == found[:2]


def test_a_calendar_tells_the_days_that_changed(ctx_of: CtxOf) -> None:
    manager = ctx_of("manager")
    golden = {date(2026, 10, 1) + timedelta(days=past) for past in range(7)}
    weekly = (*ServiceCalendar().weekly[:5], ((540, 720), (780, 1020)), ())
    working = {date(2026, 10, 10): ((540, 1020),)}
    first = ServiceCalendar(weekly=weekly, closed=frozenset(golden), extra=working)
    change(manager, service_calendar=first.to_json())
    assert told(manager) == [
        ("刘衡", "Service hours: Saturday", "08:30-21:00", "09:00-12:00, 13:00-17:00"),
        ("刘衡", "Service hours: Sunday", "08:30-21:00", "closed"),
        ("刘衡", "Service hours: 2026-10-01 – 2026-10-07", "as in the week", "closed"),
        ("刘衡", "Service hours: 2026-10-10", "as in the week", "09:00-17:00"),
    ]
    change(manager, service_calendar=replace(first, closed=frozenset(golden - {date(2026, 10, 7)}), extra={}).to_json())
    assert told(manager)[:2] == [
        ("刘衡", "Service hours: 2026-10-07", "closed", "as in the week"),
        ("刘衡", "Service hours: 2026-10-10", "09:00-17:00", "as in the week"),
    ]


def test_a_day_that_gets_other_hours_tells_both(ctx_of: CtxOf) -> None:
    manager, day = ctx_of("manager"), date(2026, 10, 1)
    change(manager, service_calendar=ServiceCalendar(closed=frozenset({day})).to_json())
    change(manager, service_calendar=ServiceCalendar(extra={day: ((540, 720),)}).to_json())
    assert told(manager)[0] == ("刘衡", "Service hours: 2026-10-01", "closed", "09:00-12:00")


def test_posts_and_amounts_are_told_in_words(ctx_of: CtxOf) -> None:
    manager = ctx_of("manager")
    before = office_settings(manager).concession_authority
    change(manager, concession_authority={**before, "lead": 8_000}, release_posts=["lead"], backup_folder="/backups")
    set_language("zh_CN")
    assert told(manager) == [
        ("刘衡", "记录与备份文件夹", "程序文件夹", "/backups"),
        ("刘衡", "每单让价上限：客服主管", "50.00", "80.00"),
        ("刘衡", "可放行异常订单的岗位", "客服、客服主管、财务、部门经理、总经理", "客服主管"),
    ]


def test_what_is_no_setting_is_not_told_and_the_program_has_its_name(db: Database, office: Office) -> None:
    own = program(db, office.clock)
    with db.writing() as conn:
        mark_sample(open_ledger(conn, 0, SYSTEM))
    change(own, doubled_minutes=45)
    assert told(own) == [("掌柜", "Doubled order within (minutes)", "30", "45")]
