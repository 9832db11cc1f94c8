"""Asks before something of the roster is lost with the window."""

from PySide6.QtWidgets import QMessageBox, QWidget

from app.i18n import _


def may_be_lost(window: QWidget, *, unsaved: bool, planning: bool) -> bool:
    """Whether the window may go although something would be lost with it; staying is what Return and Esc answer."""
    if unsaved:
        what = _("The database server does not answer, and what was drawn in the roster is not saved.")
    elif planning:
        what = _("The planner is still at work, and its plan is not saved.")
    else:
        return True
    text = _("{what} Leave and lose it?").format(what=what)
    box = QMessageBox(QMessageBox.Icon.Warning, _("Roster"), text, parent=window)
    leave = box.addButton(_("Leave and lose it"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave
