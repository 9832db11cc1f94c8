"""Amending recipient, address and remark; a pasted address is read and shown before it is taken over (rule O6)."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.i18n import _
from app.services.access import Context
from app.services.address.parse import ParsedAddress, parse
from app.services.address.regions import region_sentence
from app.services.orders.amend import amend_order
from app.services.orders.rows import AmendDraft, OrderDetail
from app.services.orders.words import field_word
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.form import Form
from app.views.widgets.labels import card, label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

FIELDS = ("name", "phone", "province", "city", "district", "address", "postcode")
PARSED = {"address": "detail"}  # where the parser's word differs from the order's


class AmendDialog(StepDialog):
    """Fields as they stand; what is changed is marked and becomes the amendment."""

    def __init__(self, ctx: Context, tasks: Tasks, detail: OrderDetail, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Amend {number}").format(number=detail.row.number), _("Amend"), parent)
        self.setObjectName("amend_dialog")
        least_width(self, 760)
        self._ctx, self._detail = ctx, detail
        self._parsed: ParsedAddress | None = None
        self.fields = {name: LineEdit(getattr(detail.person, name)) for name in FIELDS}
        self.office_remark = LineEdit(detail.office_remark)
        self.reason = LineEdit()
        right = Form()
        for place, (name, field) in enumerate(self.fields.items()):
            (self.form if place < 5 else right).add(name, field_word(name), field)
            field.textChanged.connect(self._mark_changes)
        right.add("office_remark", field_word("office_remark"), self.office_remark)
        right.add("reason", _("Reason"), self.reason)
        self._right = right
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.form, 1)
        side = QVBoxLayout()
        side.addWidget(right)
        side.addStretch(1)
        row.addLayout(side, 1)
        self.lay_out(self._paste_box(), row)
        self.fields["name"].setFocus()

    def _paste_box(self) -> QWidget:
        self.pasted = QPlainTextEdit()
        self.pasted.setFixedHeight(58)
        self.pasted.setTabChangesFocus(True)
        self.pasted.setPlaceholderText(_("Paste an address here: name, phone and address in any order"))
        self.pasted.setAccessibleName(_("Pasted address"))
        self.pasted.textChanged.connect(self._on_pasted)
        self.preview = label("", "small", wrap=True)
        self.use_parsed = QPushButton(_("Use this address"))
        self.use_parsed.setEnabled(False)
        self.use_parsed.clicked.connect(self._on_use_parsed)
        frame = card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(GAP_3, GAP_3, GAP_3, GAP_3)
        grid.setSpacing(GAP_2)
        grid.addWidget(self.pasted, 0, 0, 1, 2)
        grid.addWidget(self.preview, 1, 0)
        grid.addWidget(self.use_parsed, 1, 1)
        grid.setColumnStretch(0, 1)
        return frame

    def _on_pasted(self) -> None:
        text = self.pasted.toPlainText()
        self._parsed = None
        self.use_parsed.setEnabled(False)
        if text.strip():
            self._tasks.run(self, lambda: parse(text), lambda found: self._show_parsed(text, found))
        else:
            self.preview.clear()

    def _show_parsed(self, text: str, found: ParsedAddress) -> None:
        if text != self.pasted.toPlainText():
            return  # typed on meanwhile
        self._parsed = found
        parts = [f"{field_word(name)}: {value}" for name in FIELDS if (value := _parsed(found, name))]
        if found.problem is not None:
            parts.append(region_sentence(found.problem.code, found.problem.where))
        self.preview.setText(" · ".join(parts) or _("Nothing was recognised."))
        self.use_parsed.setEnabled(bool(parts))

    def _on_use_parsed(self) -> None:
        if self._parsed is not None:
            for name, field in self.fields.items():
                value = _parsed(self._parsed, name)
                if value:
                    field.setText(value)

    def _mark_changes(self) -> None:
        for name, field in self.fields.items():
            before = getattr(self._detail.person, name)
            changed = field.text().strip() != before
            form = self.form if name in FIELDS[:5] else self._right
            form.set_hint(name, _("was: {value}").format(value=before or "–") if changed else "")

    def work(self) -> Callable[[], None] | None:
        """The amendment: only what differs."""
        reason = self.reason.text().strip()
        if not reason:
            self._right.show_error("reason", _("Give a reason."))
            return None
        ctx, row, person = self._ctx, self._detail.row, self._detail.person
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        given = {name: value for name, value in typed.items() if value != getattr(person, name)}
        draft = AmendDraft(reason, office_remark=self.office_remark.text().strip(), **given)
        return lambda: amend_order(ctx, row.id, draft, row.last_seq)


def _parsed(found: ParsedAddress, name: str) -> str:
    value: str = getattr(found, PARSED.get(name, name))
    return value
