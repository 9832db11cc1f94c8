"""Making an office, its settings, its own key."""

import json
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, select

from app.clock import to_ms
from app.errors import InputError, PermissionDeniedError, RuleError
from app.models.ledger import entries
from app.models.office import settings
from app.models.people import SYSTEM, Level, Post
from app.services import office as office_module
from app.services.access import Context
from app.services.db import Database
from app.services.duty.service_calendar import ServiceCalendar
from app.services.ledger import open_ledger
from app.services.office import (
    NonsenseSettingError,
    Settings,
    SettingsChangedError,
    change_settings,
    create_office,
    is_sample,
    load_settings,
    mark_sample,
    office_name,
    office_settings,
    pepper,
)
from app.services.opening import OfficeExistsError, ServerEncryptionError, open_database
from app.services.people.accounts import NamelessError, list_people
from app.services.people.passwords import WeakPasswordError
from app.services.people.sign_in import sign_in
from app.services.settings.values import put_setting
from tests.factories import ADMIN, PASSWORD, FixedClock, kinds, unbroken

CtxOf = Callable[[str], Context]


def test_a_new_office_begins_with_two_entries_and_its_administrator(empty_place: str, clock: FixedClock) -> None:
    db = create_office(empty_place, " 云酒商行 ", ADMIN, PASSWORD, clock=clock)
    with db.reading() as conn:
        assert kinds(conn) == ["office.created", "person.added"]
        assert unbroken(conn) == 2
        assert set(conn.execute(select(entries.c.at)).scalars()) == {to_ms(clock.now())}
        created = json.loads(conn.execute(select(entries.c.content).where(entries.c.seq == 1)).scalar_one())
        assert created["name"] == "云酒商行"
        assert len(created["id"]) == 32
        assert load_settings(conn) == replace(Settings(), name="云酒商行")
    assert (office_name(db), is_sample(db)) == ("云酒商行", False)
    ctx = sign_in(db, clock, ADMIN, None, PASSWORD)
    [admin] = list_people(ctx)
    assert (admin.id, admin.posts, admin.level) == (2, (Post.MANAGER, Post.IT), Level.DATABASE)
    db.close()
    open_database(empty_place).close()


def test_two_offices_share_neither_number_nor_key(tmp_path: Path) -> None:
    seen = set()
    for name in ("a", "b"):
        db = create_office(str(tmp_path / name), "店", ADMIN, PASSWORD)
        with db.reading() as conn:
            seen |= {pepper(conn), conn.execute(select(entries.c.content).where(entries.c.seq == 1)).scalar_one()}
        db.close()
    assert len(seen) == 4


def is_empty(place: str) -> bool:
    if not place.startswith("postgresql"):
        return not Path(place).parent.exists() or not list(Path(place).parent.iterdir())
    from app.services.opening import _server

    db = _server(place)
    with db.reading() as conn:
        names = inspect(conn).get_table_names()
    db.close()
    return names == []


@pytest.mark.parametrize(
    ("name", "admin", "password", "error"),
    [("店", ADMIN, "12345", WeakPasswordError), ("店", " ", PASSWORD, NamelessError),
     ("  ", ADMIN, PASSWORD, NonsenseSettingError)],
)  # fmt: skip
def test_an_office_that_cannot_be_made_leaves_nothing(
    empty_place: str, name: str, admin: str, password: str, error: type[RuleError]
) -> None:
    with pytest.raises(error):
        create_office(empty_place, name, admin, password)
    assert is_empty(empty_place)


def test_an_office_whose_making_breaks_off_at_the_end_leaves_nothing(
    empty_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = put_setting

    def put(conn: Connection, key: str, value: object) -> None:
        if key == office_module.PEPPER:
            raise KeyboardInterrupt
        real(conn, key, value)

    with monkeypatch.context() as patch:
        patch.setattr(office_module, "put_setting", put)
        with pytest.raises(KeyboardInterrupt):
            create_office(empty_place, "店", ADMIN, PASSWORD)
    assert is_empty(empty_place)
    create_office(empty_place, "店", ADMIN, PASSWORD).close()


def test_an_office_is_not_made_over_another(empty_place: str) -> None:
    create_office(empty_place, "一号店", ADMIN, PASSWORD).close()
    with pytest.raises(OfficeExistsError):
        create_office(empty_place, "二号店", "别人", PASSWORD)
    db = open_database(empty_place)
    assert office_name(db) == "一号店"
    db.close()


@pytest.mark.postgresql
@pytest.mark.parametrize("empty_place", ["postgresql"], indirect=True)
def test_encryption_is_not_promised_where_there_is_none(empty_place: str) -> None:
    with pytest.raises(ServerEncryptionError):
        create_office(empty_place, "店", ADMIN, PASSWORD, encrypt=True)
    assert is_empty(empty_place)


def test_changed_settings_are_in_force_and_on_record(db: Database, ctx_of: CtxOf) -> None:
    manager, before = ctx_of("manager"), office_settings(ctx_of("trainee"))
    calendar = ServiceCalendar(weekly=(((540, 1080),),) * 7).to_json()
    wanted = replace(
        before, service_calendar=calendar, contact_minutes=15, concession_authority={"service": 0, "lead": 8_000}
    )
    change_settings(manager, wanted)
    assert office_settings(manager) == wanted
    with db.reading() as conn:
        last = conn.execute(select(entries).order_by(entries.c.seq.desc()).limit(1)).one()
        assert unbroken(conn) == last.seq
    assert (last.kind, last.person, last.subject) == ("office.changed", manager.person, 1)
    assert json.loads(last.content) == {
        "changes": {
            "concession_authority": [dict(before.concession_authority), {"service": 0, "lead": 8_000}],
            "contact_minutes": [10, 15],
            "service_calendar": [before.service_calendar, calendar],
        }
    }


def test_only_what_the_person_changed_is_changed(db: Database, ctx_of: CtxOf) -> None:
    manager, admin = ctx_of("manager"), ctx_of("admin")
    seen = office_settings(manager)
    change_settings(admin, replace(seen, record_time="17:30"), seen)
    change_settings(manager, replace(seen, doubled_minutes=45), seen)
    assert office_settings(manager) == replace(seen, record_time="17:30", doubled_minutes=45)


def test_two_at_one_setting_the_second_is_told_and_may_insist(db: Database, ctx_of: CtxOf) -> None:
    manager, admin = ctx_of("manager"), ctx_of("admin")
    seen = office_settings(manager)
    wanted = replace(seen, contact_minutes=20, name="第二个名字")
    change_settings(admin, replace(seen, contact_minutes=12), seen)
    with pytest.raises(SettingsChangedError) as caught:
        change_settings(manager, wanted, seen)
    assert "“Contact the customer within (minutes)” to “12”" in str(caught.value)
    assert office_settings(manager) == replace(seen, contact_minutes=12)
    change_settings(manager, wanted, replace(seen, contact_minutes=12))
    assert office_settings(manager) == wanted
    with db.reading() as conn:
        unbroken(conn)


def test_who_chose_the_same_as_somebody_else_is_not_bothered(ctx_of: CtxOf) -> None:
    seen = office_settings(ctx_of("manager"))
    for role in ("admin", "manager"):
        change_settings(ctx_of(role), replace(seen, contact_minutes=12), seen)
    assert office_settings(ctx_of("manager")).contact_minutes == 12


def test_two_changes_that_make_sense_alone_are_refused_together(ctx_of: CtxOf) -> None:
    seen = office_settings(ctx_of("manager"))
    change_settings(ctx_of("admin"), replace(seen, lead_minutes=9), seen)
    with pytest.raises(NonsenseSettingError):
        change_settings(ctx_of("manager"), replace(seen, contact_minutes=9), seen)


def test_what_is_told_of_a_calendar_is_what_differs(ctx_of: CtxOf) -> None:
    seen = office_settings(ctx_of("manager"))
    theirs, mine = (ServiceCalendar(closed=frozenset({date(2027, 1, day)})).to_json() for day in (1, 2))
    change_settings(ctx_of("admin"), replace(seen, service_calendar=theirs), seen)
    with pytest.raises(SettingsChangedError, match="Service hours: 2027-01-01 closed"):
        change_settings(ctx_of("manager"), replace(seen, service_calendar=mine), seen)


def test_settings_that_stay_the_same_are_no_entry(db: Database, ctx_of: CtxOf) -> None:
    heard: list[frozenset[str]] = []
    db.listen(heard.append)
    change_settings(ctx_of("manager"), office_settings(ctx_of("manager")))
    with db.reading() as conn:
        assert "office.changed" not in kinds(conn)
    assert heard == []


@pytest.mark.parametrize("role", ["service", "lead", "trainee", "delivery"])
def test_only_managers_and_the_administrator_set_the_office(ctx_of: CtxOf, role: str) -> None:
    wanted = replace(office_settings(ctx_of(role)), doubled_minutes=5)
    with pytest.raises(PermissionDeniedError):
        change_settings(ctx_of(role), wanted)
    change_settings(ctx_of("admin"), wanted)


@pytest.mark.parametrize(
    "nonsense",
    [{"remind_minutes": 0}, {"remind_minutes": 8}, {"lead_minutes": 10}, {"contact_minutes": 7},
     {"unusual_quantity": 0}, {"doubled_minutes": -1}, {"name": " "}, {"record_time": "24:00"},
     {"record_time": "six"}, {"record_time": "18:00:00+08:00"}, {"concession_authority": {"service": -1}},
     {"concession_authority": {"owner": 1}}],
)  # fmt: skip
def test_settings_that_cannot_be_meant_are_refused(db: Database, ctx_of: CtxOf, nonsense: dict[str, object]) -> None:
    before = office_settings(ctx_of("manager"))
    with pytest.raises(NonsenseSettingError):
        change_settings(ctx_of("manager"), replace(before, **nonsense))  # type: ignore[arg-type]
    assert office_settings(ctx_of("manager")) == before


def test_a_calendar_that_is_none_is_refused(ctx_of: CtxOf) -> None:
    before = office_settings(ctx_of("manager"))
    with pytest.raises(InputError):
        change_settings(ctx_of("manager"), replace(before, service_calendar="{}"))
    assert office_settings(ctx_of("manager")) == before


def test_the_defaults_are_the_rules() -> None:
    default = Settings()
    assert (default.contact_minutes, default.remind_minutes, default.lead_minutes) == (10, 6, 8)
    assert (default.doubled_minutes, default.record_time) == (30, "18:00")
    assert ServiceCalendar.from_json(default.service_calendar) == ServiceCalendar()
    limits = [default.concession_authority[post] for post in ("service", "lead", "manager", "director")]
    assert limits == sorted(set(limits))


def test_the_key_of_the_office_is_random_and_no_setting(db: Database) -> None:
    with db.reading() as conn:
        key = pepper(conn)
        shown = json.dumps(asdict(load_settings(conn)))
        recorded = "".join(conn.execute(select(entries.c.content)).scalars())
        stored = set(conn.execute(select(settings.c.key)).scalars())
    assert len(key) == 32
    assert key.hex() not in shown + recorded
    assert stored == {one.name for one in fields(Settings)} | {"pepper"}


def test_a_setting_newer_than_the_office_has_its_default(db: Database) -> None:
    with db.writing() as conn:
        conn.execute(settings.delete().where(settings.c.key == "unusual_quantity"))
        assert load_settings(conn).unusual_quantity == Settings().unusual_quantity


def test_the_sample_office_is_marked(db: Database) -> None:
    with db.writing() as conn:
        mark_sample(open_ledger(conn, 0, SYSTEM))
    assert is_sample(db)
