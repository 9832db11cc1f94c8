"""Asks before something of the roster is lost with the window."""

from PySide6.QtWidgets import QMessageBox, QWidget

from app.i18n import _


def may_be_lost(window: QWidget, text: str) -> bool:
    """Whether the window may go although what `text` names is lost; staying is what Return and Esc answer."""
    box = QMessageBox(QMessageBox.Icon.Warning, _("Roster"), text, parent=window)
    leave = box.addButton(_("Leave and lose it"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave
