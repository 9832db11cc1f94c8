"""People who come, change and go; what of it goes on record (rules A2, A3)."""

from typing import Any

import pytest
from sqlalchemy import select

from app.clock import to_ms
from app.errors import NotFoundError, PermissionDeniedError
from app.models.people import Level, Post, people
from app.services.access import Permission, program
from app.services.db import Database, DuplicateError
from app.services.ledger import fingerprint, open_ledger
from app.services.people.accounts import (
    LastAdministratorError,
    NamelessError,
    NoPostError,
    OwnLevelError,
    PersonRow,
    add_person,
    add_person_to,
    change_person,
    list_people,
    sole_administrator,
)
from app.services.people.password_change import reset_password
from app.services.people.passwords import WeakPasswordError
from app.services.people.sign_in import (
    people_to_sign_in,
    sign_in,
    sign_in_person,
)
from app.services.reasons import ReasonNeededError
from tests.factories import ADMIN, PASSWORD, PEOPLE, FixedClock, Office, kinds, unbroken
from tests.services.people.making import OTHER, kept, said


def test_everybody_is_listed_in_the_order_of_joining(office: Office) -> None:
    listed = list_people(office.ctx("trainee"))
    assert [row.name for row in listed] == [ADMIN, *(name for name, _, _ in PEOPLE.values())]
    number = office.numbers["colleague"]
    assert PersonRow(number, "李娜", (Post.SERVICE, Post.PLANNER), Level.BACK_OFFICE, True) in listed
    assert people_to_sign_in(office.db)[0] == (ADMIN, (Post.MANAGER, Post.IT))


def test_a_new_person_is_an_entry_and_must_change_the_first_password(office: Office) -> None:
    admin = office.ctx("admin")
    number = add_person(admin, " 冯  磊 ", [Post.FINANCE, Post.MARKETING], Level.ORDINARY, OTHER)
    facts = {"name": "冯 磊", "posts": ["finance", "marketing"], "level": "ordinary"}
    first = {"password": fingerprint(kept(office.db, number).password_hash), "must_change": True}
    assert said(office.db)[-1] == ("person.added", admin.person, None, facts | first)
    with office.db.reading() as conn:
        assert unbroken(conn) == number
    signed = sign_in_person(office.db, office.clock, "冯 磊", Post.MARKETING, OTHER)
    assert (signed.ctx.person, signed.must_change) == (number, True)


@pytest.mark.parametrize(
    ("name", "posts", "password", "error"),
    [("王敏", [Post.IT], OTHER, DuplicateError), ("  ", [Post.IT], OTHER, NamelessError),
     ("冯磊", [], OTHER, NoPostError), ("冯磊", [Post.IT], "123456", WeakPasswordError),
     ("冯磊", [Post.IT], "冯磊abc#1", WeakPasswordError)],
)  # fmt: skip
def test_nobody_is_added_badly(
    office: Office, name: str, posts: list[Post], password: str, error: type[Exception]
) -> None:
    before = said(office.db)
    with pytest.raises(error):
        add_person(office.ctx("admin"), name, posts, Level.ORDINARY, password)
    assert said(office.db) == before
    assert len(list_people(office.ctx("admin"))) == len(PEOPLE) + 1


def test_a_change_of_rights_is_on_record_with_before_after_and_reason(office: Office) -> None:
    admin, number = office.ctx("admin"), office.numbers["trainee"]
    change_person(
        admin, number, posts=[Post.SERVICE, Post.LEAD], level=Level.BACK_OFFICE, active=True, reason="转正，王总批准"
    )
    changes = {
        "posts": ["service", "service,lead"],
        "level": ["ordinary", "back_office"],
        "active": [1, 1],
    }
    assert said(office.db)[-1] == (
        "person.changed", admin.person, number, {"changes": changes, "reason": "转正，王总批准"},
    )  # fmt: skip
    assert sign_in(office.db, office.clock, "孙可", Post.LEAD, PASSWORD).may(Permission.ORDER_TAKE_OVER)


def test_a_change_of_rights_without_a_reason_is_not_made(office: Office) -> None:
    with pytest.raises(ReasonNeededError):
        change_person(
            office.ctx("admin"), office.numbers["trainee"], posts=[Post.LEAD], level=Level.ORDINARY, active=True,
            reason="  ",
        )  # fmt: skip
    assert said(office.db)[-1][0] != "person.changed"


@pytest.mark.parametrize("role", ["trainee", "service", "lead", "manager", "delivery"])
def test_only_the_administrator_looks_after_people(file_office: Office, role: str) -> None:
    ctx, number = file_office.ctx(role), file_office.numbers["trainee"]
    with pytest.raises(PermissionDeniedError):
        add_person(ctx, "冯磊", [Post.IT], Level.DATABASE, OTHER)
    with pytest.raises(PermissionDeniedError):
        change_person(ctx, number, posts=[Post.DIRECTOR], level=Level.DATABASE, active=True, reason="离职")
    with pytest.raises(PermissionDeniedError):
        reset_password(ctx, number, OTHER)


def test_nobody_changes_their_own_rights(office: Office) -> None:
    admin = office.ctx("admin")
    with pytest.raises(OwnLevelError):
        change_person(admin, admin.person, posts=[Post.DIRECTOR], level=Level.DATABASE, active=True, reason="离职")
    assert list_people(admin)[0].posts == (Post.MANAGER, Post.IT)


@pytest.mark.parametrize("change", [{"active": False}, {"level": Level.BACK_OFFICE}])
def test_the_last_administrator_stays(office: Office, change: dict[str, Any]) -> None:
    number = office.numbers["admin"]
    same: dict[str, Any] = {"posts": [Post.IT], "level": Level.DATABASE, "active": True}
    before = said(office.db)
    with pytest.raises(LastAdministratorError):
        change_person(program(office.db, office.clock), number, **(same | change), reason="离职")
    assert said(office.db) == before
    assert list_people(office.ctx("admin"))[0].active


def test_one_administrator_of_two_may_go(office: Office) -> None:
    change_person(
        office.ctx("admin"), office.numbers["manager"], posts=[Post.MANAGER], level=Level.DATABASE, active=True,
        reason="离职",
    )  # fmt: skip
    assert sole_administrator(office.db) is None
    second = sign_in(office.db, office.clock, "刘衡", None, PASSWORD)
    change_person(second, office.numbers["admin"], posts=[Post.IT], level=Level.ORDINARY, active=True, reason="离职")
    assert sole_administrator(office.db) == "刘衡"


def test_a_person_who_is_not_there_is_not_changed(office: Office) -> None:
    with pytest.raises(NotFoundError):
        change_person(office.ctx("admin"), 999, posts=[Post.IT], level=Level.ORDINARY, active=True, reason="离职")
    with pytest.raises(NotFoundError):
        reset_password(office.ctx("admin"), 999, OTHER)
    with pytest.raises(NoPostError):
        change_person(
            office.ctx("admin"), office.numbers["lead"], posts=[], level=Level.ORDINARY, active=True, reason="离职"
        )


def test_a_persons_number_is_that_of_their_entry(db: Database, clock: FixedClock) -> None:
    with db.writing() as conn:
        pen = open_ledger(conn, to_ms(clock.now()), 0)
        numbers = [add_person_to(conn, pen, f"新人{n}", [Post.IT], Level.ORDINARY, OTHER) for n in range(2)]
        pen.flush()
        assert kinds(conn)[-2:] == ["person.added", "person.added"]
        assert numbers == [unbroken(conn) - 1, unbroken(conn)]
        assert list(conn.execute(select(people.c.id).order_by(people.c.id)).scalars())[-2:] == numbers
