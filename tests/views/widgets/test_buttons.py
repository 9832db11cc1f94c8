"""Buttons that are their actions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.widgets.buttons import ICON_ONLY, icon_button, new_action, plain_button, primary_button
from app.views.widgets.toolbar import summary_label, toolbar


def make_owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    QVBoxLayout(owner)
    qtbot.addWidget(owner)
    return owner


def test_a_button_shows_text_key_and_hint_of_its_action(qtbot: QtBot) -> None:
    owner = make_owner(qtbot)
    action = new_action(owner, "Log contact", lambda: None, "phone-check", "Ctrl+L")

    button = primary_button(action, show_key=True)

    assert button.text() == "Log contact  Ctrl+L"
    assert button.toolTip() == "Log contact (Ctrl+L)"
    assert button.accessibleName() == "Log contact"
    assert not button.icon().isNull()
    assert button.property("kind") == "primary"


def test_an_icon_button_says_its_words_to_a_screen_reader(qtbot: QtBot) -> None:
    owner = make_owner(qtbot)
    button = icon_button(new_action(owner, "Copy number", lambda: None, "content-copy"))

    assert button.text() == ""
    assert button.accessibleName() == "Copy number"
    assert button.toolTip() == "Copy number"


def test_click_and_key_do_the_same_once(qtbot: QtBot) -> None:
    owner = make_owner(qtbot)
    done: list[str] = []
    action = new_action(owner, "Log contact", lambda: done.append("contact"), "phone-check", "Ctrl+L")
    button = plain_button(action)
    layout = owner.layout()
    assert layout is not None
    layout.addWidget(button)
    owner.show()
    owner.activateWindow()
    qtbot.waitUntil(owner.isActiveWindow)

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(owner, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert done == ["contact", "contact"]


def test_a_button_follows_its_action(qtbot: QtBot) -> None:
    owner = make_owner(qtbot)
    action = new_action(owner, "Confirm", lambda: None)
    button = plain_button(action)
    assert not button.isVisible()  # it has no layout yet: it would be a window

    action.setEnabled(False)
    action.setText("Confirmed")

    assert not button.isEnabled()
    assert button.text() == "Confirmed"
    action.setVisible(False)
    assert button.isHidden()


def test_in_a_narrow_toolbar_words_give_way_but_for_the_next_steps(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    ask = primary_button(new_action(owner, "Ask for leave", lambda: None, "plus"))
    over = plain_button(new_action(owner, "Hand everything over", lambda: None, "swap-horizontal"))
    bare = plain_button(new_action(owner, "Bare", lambda: None))
    owner.setLayout(toolbar(ask, over, bare))
    owner.resize(800, 60)
    owner.show()
    qtbot.waitExposed(owner)
    assert over.text() == "Hand everything over"

    owner.resize(owner.minimumSizeHint())
    qtbot.waitUntil(lambda: over.text() == "")
    assert (ask.text(), bare.text()) == ("Ask for leave", "Bare")
    assert over.accessibleName() == "Hand everything over"

    owner.resize(800, 60)
    qtbot.waitUntil(lambda: over.text() == "Hand everything over")


@pytest.mark.parametrize("width", range(340, 820, 40))
def test_all_buttons_without_words_are_equally_wide(qtbot: QtBot, width: int) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    ask = primary_button(new_action(owner, "Ask for leave", lambda: None, "plus"))
    words = ("Hand over", "Accept everything that is offered", "Propose")
    others = [plain_button(new_action(owner, word, lambda: None, "check")) for word in words]
    summary = summary_label()
    summary.setText("3 leaves · 2 things ask for your answer")
    owner.setLayout(toolbar(ask, *others, summary=summary))
    owner.resize(width, 60)
    owner.show()
    qtbot.waitExposed(owner)
    assert owner.width() == width  # nothing keeps the window wider
    bare = [button for button in others if not button.text()]
    qtbot.waitUntil(lambda: all(button.width() == ICON_ONLY for button in bare))
    said = [button for button in others if button.text()]
    assert others == said + bare, "words are left out from the last button on"
    assert all(button.width() >= button.sizeHint().width() for button in (ask, *said))
