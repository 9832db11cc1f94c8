"""Signing in at the start: who has to change their password first is asked to, and then works."""

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.people import Level, Post
from app.services.access import Context, program
from app.services.people.accounts import add_person
from app.services.people.sign_in import sign_in_person
from app.views.password_dialog import PasswordDialog
from app.views.shell import Shell
from app.views.signing import SigningIn
from tests.services.orders.making import Crew

FIRST, OWN = "Huanying#1", "Wode#2026"


def test_who_has_to_change_the_password_is_asked_to_and_then_works(
    qtbot: QtBot, crew: Crew, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(program(crew.db, crew.clock), "陆一鸣", [Post.SERVICE], Level.BACK_OFFICE, FIRST)
    monkeypatch.setenv("ZHANGGUI_PASSWORD", FIRST)
    signing = SigningIn(lambda: crew.db, shell, "陆一鸣")
    done: list[Context] = []
    signing.done.connect(done.append)
    signing.begin()
    gc.collect()
    [dialog] = [one for one in QApplication.topLevelWidgets() if isinstance(one, PasswordDialog) and one.isVisible()]
    qtbot.addWidget(dialog)
    assert done == []
    for field, text in ((dialog.old, FIRST), (dialog.new, OWN), (dialog.again, OWN)):
        field.setText(text)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.again, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [ctx.name for ctx in done] == ["陆一鸣"]
    assert not sign_in_person(crew.db, crew.clock, "陆一鸣", None, OWN).must_change
