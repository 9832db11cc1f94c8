"""The clock's voice: a sound and a tray notice at six minutes, the lead at eight, late at ten; one notice a stage."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from app.i18n import _, ngettext
from app.models.people import Post
from app.services.access import Context
from app.services.orders.watch import Notice, remind_due
from app.views.icons import icon
from app.views.tasks import Tasks

LOOK_MS = 5_000
KEPT = 50
NAMED = 5
LEADS = frozenset({Post.LEAD, Post.MANAGER, Post.DIRECTOR})


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as the bell's list keeps it."""

    text: str
    order_ids: tuple[int, ...]


class Notices(QObject):
    """Looks every few seconds; `counted` for the bell, `order_wanted` when a notice is chosen."""

    counted = Signal(int)
    order_wanted = Signal(int)

    def __init__(self, ctx: Context, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        self._told: list[Told] = []
        self._tray = QSystemTrayIcon(icon("bell-outline", "accent"), self)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray.show()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Stop, and leave the tray."""
        self._timer.stop()
        self._tray.hide()

    def look(self) -> None:
        """Look once."""
        ctx = self._ctx
        self._tasks.run(self, lambda: remind_due(ctx), self.tell)

    def tell(self, notices: Sequence[Notice]) -> None:
        """Tell new notices: whom they concern hears and sees them, all find them at the bell."""
        for notice in notices:
            text = notice_text(notice)
            self._told.insert(0, Told(text, notice.order_ids))
            if notice.stage != "lead" or self._ctx.post in LEADS:
                QApplication.beep()
                self._tray.showMessage(_("Zhanggui"), text, icon("clock-alert-outline", "accent"))
        if notices:
            del self._told[KEPT:]
            self.counted.emit(len(self._told))

    def add(self, text: str) -> None:
        """Keep a notice of another kind: a watched folder's import, a record that was made."""
        self._told.insert(0, Told(text, ()))
        del self._told[KEPT:]
        self.counted.emit(len(self._told))

    def fill(self, menu: QMenu) -> None:
        """Fill the bell's menu; looking at it makes them seen."""
        menu.clear()
        if not self._told:
            menu.addAction(_("No notices")).setEnabled(False)
        for told in self._told[:15]:
            action = menu.addAction(told.text)
            action.setEnabled(bool(told.order_ids))
            if told.order_ids:
                action.triggered.connect(lambda _checked=False, first=told.order_ids[0]: self.order_wanted.emit(first))
        if self._told:
            menu.addSeparator()
            menu.addAction(_("Clear notices")).triggered.connect(self._clear)

    def _clear(self) -> None:
        self._told.clear()
        self.counted.emit(0)


def notice_text(notice: Notice) -> str:
    """One sentence for however many orders."""
    numbers = ", ".join(notice.numbers[:NAMED]) + (" …" if notice.count > NAMED else "")
    sentences = {
        "remind": ngettext(
            "{count} order waits for contact since 6 minutes: {numbers}",
            "{count} orders wait for contact since 6 minutes: {numbers}",
            notice.count,
        ),
        "lead": ngettext(
            "Lead: {count} order waits for contact since 8 minutes: {numbers}",
            "Lead: {count} orders wait for contact since 8 minutes: {numbers}",
            notice.count,
        ),
        "late": ngettext(
            "{count} order is late; its contact asks for the reason: {numbers}",
            "{count} orders are late; their contact asks for the reason: {numbers}",
            notice.count,
        ),
    }
    return sentences[notice.stage].format(count=notice.count, numbers=numbers)
