"""The handover of a leave (交接): each thing with who takes it, offered, accepted, refused (rule D3)."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.clock import office_day, short_days
from app.errors import AppError
from app.i18n import _, ngettext
from app.models.leave import HandoverState
from app.services.access import Context
from app.services.leave.handing import accept_handovers, list_again, offer_handovers, refuse_handovers
from app.services.leave.reading import HandoverRow, LeaveDeed, LeaveRow, handover_list
from app.services.leave.words import leave_kind_word
from app.services.people.accounts import PersonRow, list_people
from app.views.leave.columns import HANDOVER_COLUMNS, TITLE
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.labels import label
from app.views.widgets.list_table import ListTable
from app.views.widgets.reason_dialog import ReasonDialog
from app.views.widgets.room import resize_within
from app.views.widgets.strip import Strip

SIZE = (820, 480)
MARGIN = 24
_S = HandoverState
OFFERABLE = frozenset({_S.OPEN, _S.OFFERED, _S.ACCEPTED, _S.REFUSED})


class HandoverDialog(QDialog):
    """Several things can be chosen at once; `said` tells what was done, the dialog stays."""

    said = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, leave: LeaveRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setObjectName("handover_dialog")
        self._ctx, self._tasks, self._leave = ctx, tasks, leave
        self._owns = LeaveDeed.OFFER in leave.deeds
        days = short_days(leave.first_day, leave.last_day, office_day(ctx.clock))
        title = _("Handover: {name}, {kind}, {days}")
        self._title = title.format(name=leave.name, kind=leave_kind_word(leave.kind), days=days)
        self.setWindowTitle(self._title)
        resize_within(self, *SIZE)
        self.strip, self.summary = Strip(), label("", "dim")
        self.table: ListTable[HandoverRow] = ListTable(HANDOVER_COLUMNS, _("What is handed over"), TITLE, several=True)
        self.receiver = QComboBox()
        self.receiver.setAccessibleName(_("Who is asked to take the chosen things over"))
        self._add_actions()
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._grey())
        tasks.read(self, lambda: list_people(ctx), self._show_people)
        self.look()

    def _add_actions(self) -> None:
        self.offer = new_action(self, _("Offer to"), self._on_offer, "account-arrow-right-outline", "Ctrl+O")
        self.accept_chosen = new_action(self, _("Accept"), self._on_accept, "check", "Ctrl+Return")
        self.refuse_chosen = new_action(self, _("Refuse…"), self._on_refuse, "cancel", "Ctrl+D")
        self.everything = new_action(self, _("Choose everything"), self.table.selectAll, "", "Ctrl+A")
        self.again = new_action(self, _("List anew"), self._on_again, "refresh", "F5")
        self.again.setToolTip(_("Puts on the list what was taken on since, and takes off what is settled"))

    def _lay_out(self) -> None:
        offering = QWidget()
        above = QHBoxLayout(offering)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(GAP_2)
        above.addWidget(plain_button(self.again))
        above.addStretch(1)
        above.addWidget(self.receiver)
        above.addWidget(plain_button(self.offer))
        offering.setVisible(self._owns)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        feet = QHBoxLayout()
        feet.setSpacing(GAP_2)
        feet.addWidget(self.summary, 1)
        feet.addWidget(close)
        feet.addWidget(plain_button(self.refuse_chosen))
        feet.addWidget(primary_button(self.accept_chosen))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 20, MARGIN, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(self._title, "heading", wrap=True))
        column.addWidget(self.strip)
        column.addWidget(self.table, 1)
        column.addWidget(offering)
        column.addLayout(feet)
        self.table.setFocus()

    def look(self) -> None:
        """Read the list again."""
        ctx, leave = self._ctx, self._leave.id
        self._tasks.read(self, lambda: handover_list(ctx, leave), self._show, self.refuse)

    def _show(self, rows: list[HandoverRow]) -> None:
        chosen = {(row.kind, row.thing) for row in self.table.chosen_rows()}
        with QSignalBlocker(self.table.selectionModel()):
            self.table.show_rows(rows)
            places = [place for place, row in enumerate(rows) if (row.kind, row.thing) in chosen]
            places = places or [next((place for place, row in enumerate(rows) if self._asks_me(row)), 0)]
            choose = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            for place in places if rows else []:
                self.table.selectionModel().setCurrentIndex(self.table.model().index(place, 0), choose)
        live = [row for row in rows if row.state not in (_S.BACK, _S.GONE)]
        taken = sum(row.state in (_S.ACCEPTED, _S.GIVEN) for row in live)
        told = ngettext("{taken} of {count} thing accepted", "{taken} of {count} things accepted", len(live))
        self.summary.setText(told.format(taken=taken, count=len(live)) if live else _("Nothing to hand over"))
        for action in (self.accept_chosen, self.refuse_chosen):
            action.setVisible(any(map(self._asks_me, rows)))
        self._grey()

    def _show_people(self, people: list[PersonRow]) -> None:
        for one in people:
            if one.active and one.id != self._leave.person:
                self.receiver.addItem(one.name, one.id)
        self.receiver.setCurrentIndex(max(self.receiver.findData(self._leave.receiver), 0))

    def _asks_me(self, row: HandoverRow) -> bool:
        return row.receiver == self._ctx.person and row.state is _S.OFFERED

    def _grey(self) -> None:
        rows = self.table.chosen_rows()
        self.offer.setEnabled(self._owns and any(row.id is not None and row.state in OFFERABLE for row in rows))
        self.again.setEnabled(self._owns)
        for action in (self.accept_chosen, self.refuse_chosen):
            action.setEnabled(any(map(self._asks_me, rows)))

    def _chosen(self, wanted: Callable[[HandoverRow], bool]) -> list[int]:
        return [row.id for row in self.table.chosen_rows() if row.id is not None and wanted(row)]

    def _on_offer(self) -> None:
        ctx, taker, things = self._ctx, self.receiver.currentData(), self._chosen(lambda row: row.state in OFFERABLE)
        if taker is not None:
            told = _("Offered to {name}").format(name=self.receiver.currentText())
            self._do(lambda: offer_handovers(ctx, things, int(taker)), told)

    def _on_accept(self) -> None:
        ctx, things = self._ctx, self._chosen(self._asks_me)
        self._do(lambda: accept_handovers(ctx, things), _("Taken on"))

    def _on_refuse(self) -> None:
        ctx, things = self._ctx, self._chosen(self._asks_me)
        title = _("Refuse what was chosen")
        dialog = ReasonDialog(self._tasks, title, _("Refuse"), lambda why: refuse_handovers(ctx, things, why), self)
        dialog.accepted.connect(lambda: self._done(_("Refused")))
        dialog.open()

    def _on_again(self) -> None:
        ctx, leave = self._ctx, self._leave.id
        self._do(lambda: list_again(ctx, leave), _("Listed anew"))

    def _do(self, step: Callable[[], object], told: str) -> None:
        self.strip.clear()
        self._tasks.run(self, step, lambda _none: self._done(told), self.refuse)

    def _done(self, told: str) -> None:
        self.said.emit(told)
        self.look()

    def refuse(self, error: Exception) -> None:
        """Say what stood against the step; the list is as it was."""
        if not isinstance(error, AppError):
            raise error
        self.strip.show_message(str(error), Kind.DANGER)
