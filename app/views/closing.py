"""What is seen of a program that ends while its database is at work; a server that hangs is not waited for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QDialog

from app.i18n import _
from app.views.theme import GAP_3
from app.views.widgets.labels import label
from app.views.widgets.layouts import below

if TYPE_CHECKING:  # the services bring the database with them, which the first picture does not wait for
    from app.services.db import Database

SILENT_SECONDS = 1.0  # before it is said what is waited for
PATIENCE_SECONDS = 3.0  # before the server is asked whether it is there at all, and then again
ANSWER_SECONDS = 3  # in which a server that is there lets somebody in
LONGEST_SECONDS = 20.0  # a server that is there may have one connection that hangs; nothing short takes as long


class Closing:
    """Belongs to one end of the program."""

    def __init__(self, db: "Database | None") -> None:
        self._db = db
        self._look_at = PATIENCE_SECONDS
        self._said: QDialog | None = None

    def gives_up(self, seconds: float) -> bool:
        """Whether what is asked of the database is waited for no longer, so many seconds after the window was closed.

        A server that lets others in while it is slow is given its time, but not without an end. What it was asked and
        has not committed it takes back by itself.
        """
        if self._db is None or self._db.is_sqlite or seconds < SILENT_SECONDS:
            return False
        self._say()
        if seconds < self._look_at:
            return False
        self._look_at = seconds + PATIENCE_SECONDS
        return seconds >= LONGEST_SECONDS or not self._db.answers(ANSWER_SECONDS)

    def cut(self) -> None:
        """Break off what hangs."""
        if self._db is not None:
            self._db.cut()

    def _say(self) -> None:
        if self._said is None:
            text = _("Waiting for the database server; where it does not answer, this ends within {count} seconds.")
            text = text.format(count=round(LONGEST_SECONDS + ANSWER_SECONDS))
            lost = _("What was asked of it last may then not be saved.")
            self._said = QDialog()
            self._said.setWindowTitle(_("Zhanggui"))
            below(label(f"{text}\n{lost}"), owner=self._said).setContentsMargins(*[2 * GAP_3] * 4)
            self._said.show()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
