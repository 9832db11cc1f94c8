"""Forms: labels that belong to their fields, and errors under them."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.views.widgets.form import Form


def make_form(qtbot: QtBot) -> tuple[Form, QLineEdit, QLineEdit]:
    form, name, phone = Form(), QLineEdit(), QLineEdit()
    form.add("name", "Name", name)
    form.add("phone", "Phone", phone, "11 digits")
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form, name, phone


def test_a_field_has_the_name_of_its_label(qtbot: QtBot) -> None:
    _form, name, phone = make_form(qtbot)

    assert name.accessibleName() == "Name"
    assert phone.accessibleDescription() == "11 digits"


def test_an_error_marks_its_field_and_goes_there(qtbot: QtBot) -> None:
    form, name, phone = make_form(qtbot)
    name.setFocus()

    form.show_error("phone", "This is no phone number.")

    assert form.error("phone") == "This is no phone number."
    assert form.error("name") == ""
    assert phone.property("wrong") is True
    assert phone.hasFocus()
    assert phone.accessibleDescription() == "This is no phone number."


def test_errors_go_and_hints_come_back(qtbot: QtBot) -> None:
    form, _name, phone = make_form(qtbot)
    form.show_error("phone", "This is no phone number.")

    form.clear_errors()

    assert form.error("phone") == ""
    assert phone.property("wrong") is False
    assert phone.accessibleDescription() == "11 digits"


def test_another_hint_takes_the_place_of_an_error(qtbot: QtBot) -> None:
    form, _name, phone = make_form(qtbot)
    form.show_error("phone", "wrong")

    form.set_hint("phone", "Caps Lock is on.")

    assert form.error("phone") == ""
    assert phone.accessibleDescription() == "Caps Lock is on."
