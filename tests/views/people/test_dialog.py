"""People in the window: added, changed, given a temporary password, by who may (rules A2, A3)."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from app.models.people import Level, Post, people
from app.services.access import Context
from app.services.people.accounts import PersonRow, list_people
from app.services.people.sign_in import sign_in_person
from app.views.people.dialog import PeopleDialog
from app.views.people.person import PersonDialog, TemporaryPasswordDialog
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew


@pytest.fixture
def admin(crew: Crew) -> Context:
    """The program's rights, signing as a person of the office."""
    return replace(crew.program, person=crew.manager.person, name=crew.manager.name, post=crew.manager.post,
                   level=crew.manager.level)  # fmt: skip


@pytest.fixture
def dialog(qtbot: QtBot, admin: Context, tasks: ImmediateTasks) -> PeopleDialog:
    made = PeopleDialog(admin, tasks)
    qtbot.addWidget(made)
    made.show()
    return made


def named(people: list[PersonRow], name: str) -> PersonRow:
    return next(person for person in people if person.name == name)


def open_person(qtbot: QtBot, dialog: PeopleDialog, name: str | None) -> PersonDialog:
    if name is None:
        dialog._on_add()
    else:
        dialog.table.selectRow([person.name for person in dialog.people].index(name))
        dialog._on_change()
    person = dialog.findChildren(PersonDialog)[-1]
    qtbot.waitUntil(person.isVisible)
    return person


def press_save(dialog: QDialog) -> None:
    [button] = [one for one in dialog.findChildren(QPushButton) if one.isDefault()]
    button.click()


def test_a_person_is_added_and_must_change_the_password(qtbot: QtBot, crew: Crew, dialog: PeopleDialog) -> None:
    person = open_person(qtbot, dialog, None)
    person.name.setText("冯磊")
    person.password.setText("jiuku#2026")
    person.level.setCurrentIndex(person.level.findData(Level.BACK_OFFICE))
    person.posts[Post.FINANCE].setChecked(True)
    press_save(person)

    assert not person.isVisible()
    assert named(dialog.people, "冯磊").posts == (Post.FINANCE,)
    signed = sign_in_person(crew.db, crew.clock, "冯磊", None, "jiuku#2026")
    assert signed.must_change


@pytest.mark.parametrize(("name", "password"), [("", "jiuku#2026"), ("冯磊", "123"), ("冯磊", "1abc#def")])
def test_what_the_rules_refuse_is_told_and_nothing_is_lost(
    qtbot: QtBot, crew: Crew, dialog: PeopleDialog, name: str, password: str
) -> None:
    person = open_person(qtbot, dialog, None)
    person.name.setText(name)
    person.password.setText(password)
    person.posts[Post.FINANCE].setChecked(True)
    press_save(person)

    assert person.isVisible()
    assert person.strip.text()
    assert person.posts[Post.FINANCE].isChecked()
    assert "冯磊" not in [one.name for one in list_people(crew.program)]


def test_a_person_is_sent_away(qtbot: QtBot, crew: Crew, dialog: PeopleDialog) -> None:
    person = open_person(qtbot, dialog, "李娜")
    assert person.posts[Post.SERVICE].isChecked()
    person.active.setChecked(False)
    person.reason.setText("离职")
    press_save(person)

    assert not person.isVisible()
    assert not named(list_people(crew.program), "李娜").active


def test_nobody_changes_their_own_rights(qtbot: QtBot, crew: Crew, dialog: PeopleDialog) -> None:
    person = open_person(qtbot, dialog, crew.manager.name)
    person.posts[Post.DIRECTOR].setChecked(True)
    person.reason.setText("升职")
    press_save(person)

    assert person.isVisible()
    assert person.strip.text()


def test_a_temporary_password_lets_in_once(qtbot: QtBot, crew: Crew, dialog: PeopleDialog) -> None:
    dialog.table.selectRow([person.name for person in dialog.people].index("王敏"))
    dialog._on_reset()
    [temporary] = dialog.findChildren(TemporaryPasswordDialog)
    temporary.password.setText("linshi#77")
    press_save(temporary)

    assert not temporary.isVisible()
    assert sign_in_person(crew.db, crew.clock, "王敏", None, "linshi#77").must_change


def test_a_first_password_says_what_it_still_needs(qtbot: QtBot, dialog: PeopleDialog) -> None:
    person = open_person(qtbot, dialog, None)
    person.name.setText("冯磊")
    assert "at least 6 characters" in person.password.accessibleDescription()
    person.password.setText("冯磊#2026")
    assert person.password.accessibleDescription() == "Needs: without your name in it"
    person.name.setText("冯焱")
    assert person.password.accessibleDescription() == "This password will do."
    person.password.setText("jiuku#2026")
    assert person.password.accessibleDescription() == "This password will do."


def test_another_level_leaves_the_main_post_first(qtbot: QtBot, crew: Crew, dialog: PeopleDialog) -> None:
    with crew.db.writing() as conn:
        clerk = people.c.id == crew.clerk.person
        conn.execute(update(people).where(clerk).values(posts="manager,it"))
    dialog._load()
    person = open_person(qtbot, dialog, "王敏")
    person.level.setCurrentIndex(person.level.findData(Level.ORDINARY))
    person.posts[Post.SERVICE].setChecked(True)
    person.reason.setText("调岗")
    press_save(person)
    assert named(dialog.people, "王敏").posts == (Post.MANAGER, Post.IT, Post.SERVICE)
