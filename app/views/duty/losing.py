"""Asks before a roster is lost that the database server could not take."""

from PySide6.QtWidgets import QMessageBox, QWidget

from app.i18n import _


def may_be_lost(window: QWidget) -> bool:
    """Whether the window may go all the same; staying is what Return and Esc answer."""
    text = _("The database server does not answer, and what was drawn in the roster is not saved. Leave and lose it?")
    box = QMessageBox(QMessageBox.Icon.Warning, _("Roster"), text, parent=window)
    leave = box.addButton(_("Leave and lose it"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave
