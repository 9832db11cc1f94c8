"""Logging a contact (记录联系): how it ended, what was verified, what the customer said (rules O2, O3)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDateTime, Qt, QTimeZone
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.clock import OFFICE_ZONE, office_day, office_time, short_day, to_ms
from app.i18n import _, ngettext
from app.money import format_money
from app.services.access import Context
from app.services.orders.rows import ContactDraft, OrderDetail, OrderRow, Outcome
from app.services.orders.steps import LateReasonNeededError, log_contact
from app.services.orders.words import outcome_word, state_word
from app.views.tasks import Tasks
from app.views.theme import GAP_1, GAP_2, GAP_3, Kind
from app.views.widgets.check_line import CheckLine
from app.views.widgets.date_edit import moment_edit
from app.views.widgets.form import Form
from app.views.widgets.labels import card, label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.pill import Pill
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

SHOWN_BEFORE = 4
KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)


class ContactDialog(StepDialog):
    """Number keys choose the outcome, space verifies a line, Ctrl+Enter saves."""

    def __init__(
        self,
        ctx: Context,
        tasks: Tasks,
        detail: OrderDetail,
        history: Sequence[OrderRow],
        parent: QWidget | None = None,
    ) -> None:
        title = _("Contact {name} about {number}").format(name=detail.person.name, number=detail.row.number)
        super().__init__(tasks, title, _("Save contact"), parent)
        self.setObjectName("contact_dialog")
        least_width(self, 780)
        self._ctx, self._detail = ctx, detail
        self._late = detail.due is not None and detail.due < to_ms(ctx.clock.now())
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(self._left(), 1)
        row.addLayout(self._right(history), 1)
        self.lay_out(row)
        self.outcomes[Outcome.REACHED].setFocus()

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GAP_2)
        column.addWidget(label(_("How did it end? (keys 1–4)"), "caption"))
        self.outcomes: dict[Outcome, QRadioButton] = {}
        group = QButtonGroup(self)
        for place, outcome in enumerate(Outcome, start=1):
            button = QRadioButton(f"{place}  {outcome_word(outcome)}")
            group.addButton(button)
            column.addWidget(button)
            self.outcomes[outcome] = button
        soon = self._ctx.clock.now().astimezone(OFFICE_ZONE).replace(second=0, microsecond=0)
        zone = QTimeZone(OFFICE_ZONE.key.encode())  # the office's time, whatever the computer's
        self.callback = moment_edit(QDateTime.fromSecsSinceEpoch(int(soon.timestamp()) + 3600, zone))
        self.callback.setTimeZone(zone)
        self.callback.setAccessibleName(_("Call back at"))
        column.addWidget(self.callback)
        self.callback.setEnabled(False)
        group.buttonToggled.connect(self._on_outcome_toggled)
        self.outcomes[Outcome.REACHED].setChecked(True)
        self.note = LineEdit()
        self.form.add("note", _("What the customer said"), self.note)
        self.reason = LineEdit()
        column.addWidget(self.form)
        self._why = Form()
        self._why.add("reason", _("Why so late?"), self.reason, _("The time is over; the reason goes on record."))
        self._why.setVisible(self._late)
        column.addWidget(self._why)
        column.addStretch(1)
        return column

    def _right(self, history: Sequence[OrderRow]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GAP_2)
        column.addWidget(self._customer(history))
        column.addWidget(label(_("Verify line by line"), "caption"))
        self.lines: list[CheckLine] = []
        for line in self._detail.lines:
            verified = CheckLine(f"{line.title} {line.variant} ×{line.quantity}")
            self.lines.append(verified)
            column.addWidget(verified)
        column.addWidget(label(_("Deliver to"), "caption"))
        column.addWidget(label(self._detail.person.full_address or _("No address"), wrap=True, selectable=True))
        column.addStretch(1)
        return column

    def _customer(self, history: Sequence[OrderRow]) -> QWidget:
        detail = self._detail
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        inside.setSpacing(GAP_1)
        head = QHBoxLayout()
        head.addWidget(label(detail.person.name, "strong", selectable=True))
        head.addWidget(label(detail.person.phone, selectable=True))
        head.addStretch(1)
        if detail.customer.flagged:
            head.addWidget(Pill(_("Bad customer"), Kind.DANGER))
        inside.addLayout(head)
        if detail.customer.flagged:
            mark = _("Flagged: {reason}").format(reason=detail.customer.flagged)
            inside.addWidget(label(mark, "danger", wrap=True, selectable=True))
        for text in (detail.person.message, detail.person.remark, detail.office_remark):
            if text:
                inside.addWidget(label(text, "strong", wrap=True, selectable=True))
        count = ngettext("{count} order", "{count} orders", detail.customer.orders).format(count=detail.customer.orders)
        spent = format_money(detail.customer.spent, detail.customer.currency)
        inside.addWidget(label(f"{count} · {spent}", "small"))
        for row in [row for row in history if row.id != detail.row.id][:SHOWN_BEFORE]:
            day = short_day(office_time(row.accepted_at).date(), office_day(self._ctx.clock))
            inside.addWidget(label(f"{day} {state_word(row.state)} {row.goods}", "small", wrap=True))
        return frame

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number key chooses the outcome, unless a field is being typed into (it keeps the key)."""
        if event.key() in KEYS:
            chosen = list(self.outcomes.values())[KEYS.index(Qt.Key(event.key()))]
            chosen.setChecked(True)
            chosen.setFocus()
        else:
            super().keyPressEvent(event)

    def _on_outcome_toggled(self) -> None:
        self.callback.setEnabled(self.outcomes[Outcome.CALL_BACK].isChecked())

    def work(self) -> Callable[[], None] | None:
        """The attempt with what was typed."""
        outcome = next(outcome for outcome, button in self.outcomes.items() if button.isChecked())
        reason = self.reason.text().strip()
        if self._late and not reason:
            self._why.show_error("reason", _("Say why the customer was not contacted in time."))
            return None
        at = self.callback.dateTime().toMSecsSinceEpoch() if outcome is Outcome.CALL_BACK else None
        verified = tuple(place for place, box in enumerate(self.lines) if box.isChecked())
        draft = ContactDraft(outcome, self.note.text().strip(), at, verified, reason)
        ctx, row = self._ctx, self._detail.row
        return lambda: log_contact(ctx, row.id, draft, row.last_seq)

    def refuse(self, error: Exception) -> None:
        """As any step; an order that has become late meanwhile asks for its reason."""
        if isinstance(error, LateReasonNeededError):
            self._late = True
            self._why.show()
            self.reason.setFocus()
        super().refuse(error)
