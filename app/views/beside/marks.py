"""The pills in the window's bar: what waits, what is late, who is on duty, and that the database does not answer."""

from PySide6.QtCore import QObject

from app.i18n import _
from app.services.orders.queue import DeskFigures
from app.services.orders.rows import OrderFilter, Queue
from app.views.panels import Panels
from app.views.theme import Kind
from app.views.top_bar import Mark, TopBar

LATE, WAITING, PROPOSED, PUBLISH, ON_DUTY = "late", "waiting", "proposed", "publish", "on_duty"


class Marks(QObject):
    """Keeps what was told last and shows it; a press on a pill leads to the list that it tells of."""

    def __init__(self, bar: TopBar, panels: Panels, parent: QObject) -> None:
        super().__init__(parent)
        self._bar, self._panels = bar, panels
        self._lost = ""  # why the database does not answer
        self._proposed = 0  # how many proposals wait for the person
        self._to_publish = 0  # how many the person is to bring to the shops
        self._figures: DeskFigures | None = None
        self._on_duty = ("", "")  # who is on now, for the bar and its hint
        bar.mark_pressed.connect(self._on_pressed)

    def tell_lost(self, why: str) -> None:
        """Tell that the database does not answer; "" that it does again."""
        self._lost = why
        self._show()

    def tell_proposed(self, count: int) -> None:
        """Tell how many proposals wait for the person's decision."""
        self._proposed = count
        self._show()

    def tell_to_publish(self, count: int) -> None:
        """Tell how much was approved and is to be brought to the shops."""
        self._to_publish = count
        self._show()

    def tell_figures(self, figures: DeskFigures) -> None:
        """Tell what waits for contact and what is late (rule O2)."""
        self._figures = figures
        self._show()

    def tell_on_duty(self, text: str, hint: str) -> None:
        """Tell who is on now."""
        self._on_duty = (text, hint)
        self._show()

    def _show(self) -> None:
        marks, figures = [], self._figures
        if self._lost:
            marks.append(Mark(_("Database does not answer"), Kind.DANGER, hint=self._lost))
        if self._proposed:
            marks.append(Mark(_("To decide {count}").format(count=self._proposed), Kind.DANGER, PROPOSED))
        if self._to_publish:
            marks.append(Mark(_("To publish {count}").format(count=self._to_publish), Kind.WARN, PUBLISH))
        if figures is not None and figures.late:
            marks.append(Mark(_("Late {count}").format(count=figures.late), Kind.DANGER, LATE))
        if figures is not None and figures.waiting:
            marks.append(Mark(_("To contact {count}").format(count=figures.waiting), Kind.WARN, WAITING))
        text, hint = self._on_duty
        if text:
            marks.append(Mark(text, Kind.INFO, ON_DUTY, hint))
        self._bar.set_marks(marks)

    def _on_pressed(self, key: str) -> None:
        if key == PROPOSED:
            self._panels.panel_wanted.emit("review")
        elif key == PUBLISH:
            self._panels.show_proposals("publish")
        elif key == ON_DUTY:
            self._panels.panel_wanted.emit("duty")
        else:
            self._panels.show_orders(OrderFilter(queue=Queue.CONTACT, late=key == LATE))
