"""Changing many products at once: the rows that will change stand in the dialog as one types."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QWidget

from app.i18n import N_, _, ngettext
from app.services.access import Context
from app.services.catalog.bulk import (
    ARTICLE_FIELDS,
    PRICE,
    PRODUCT_FIELDS,
    BulkChange,
    BulkRow,
    apply_bulk,
    preview_bulk,
)
from app.services.catalog.words import field_word
from app.views.tasks import Tasks
from app.views.theme import Kind
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.list_table import Column, ListTable
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

PAUSE_MS = 150
COLUMNS: tuple[Column[BulkRow], ...] = (
    Column(N_("Code"), lambda row: row.code),
    Column(N_("Product name"), lambda row: row.name),
    Column(N_("now"), lambda row: row.before, right=True),
    Column(N_("afterwards"), lambda row: row.after, right=True, colour=lambda _row: Kind.DANGER),
)


class BulkDialog(StepDialog):
    """One field of the chosen products, or their prices by a share; nothing changes that was not chosen."""

    def __init__(self, ctx: Context, tasks: Tasks, chosen: Sequence[int], parent: QWidget | None = None) -> None:
        count = len(chosen)
        title = ngettext("Change {count} product", "Change {count} products", count).format(count=count)
        super().__init__(tasks, title, _("Change them"), parent)
        self.setObjectName("bulk_dialog")
        least_width(self, 640)
        self._ctx, self._chosen = ctx, list(chosen)
        self._done: list[int] = []  # how many were changed or proposed
        self.field, self.lead = QComboBox(), QComboBox()
        for name in (*PRODUCT_FIELDS, *ARTICLE_FIELDS, PRICE):
            self.field.addItem(field_word(name), name)
        for word, value in ((_("not chosen yet"), None), (_("yes"), 1), (_("no"), 0)):
            self.lead.addItem(word, value)
        self.value, self.empty = LineEdit(), QCheckBox(_("Empty this field"))
        self.percent = QDoubleSpinBox()
        self.percent.setRange(-90, 900)
        self.percent.setSuffix(" %")
        self.reason = LineEdit()
        self.told = label("", "small")
        self.rows = ListTable(COLUMNS, _("Rows that will change"), 1)
        self.rows.setMinimumHeight(220)
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._later.timeout.connect(self._preview)
        self._lay_out()
        self._show_field()

    def _lay_out(self) -> None:
        self.form.add("field", _("Field"), self.field)
        self.form.add("value", _("New value"), self.value)
        self.form.add_plain(self.empty)
        self.form.add("lead", _("Lead product"), self.lead)
        self.form.add("percent", _("Raise or lower the price by so many %, to whole units of currency"), self.percent)
        self.form.add("reason", _("Reason of the proposals"), self.reason)
        self.lay_out(self.form, self.told, self.rows)
        self.field.currentIndexChanged.connect(self._on_field_changed)
        self.empty.toggled.connect(self._show_field)
        self.lead.currentIndexChanged.connect(self._preview)
        for changed in (self.value.textChanged, self.percent.valueChanged):
            changed.connect(self._later.start)

    def _on_field_changed(self) -> None:
        self.empty.setChecked(False)  # it was meant for the field before
        self._show_field()

    def _show_field(self) -> None:
        name = self.field.currentData()
        words = name not in {PRICE, "lead"}
        self.value.setEnabled(words and not self.empty.isChecked())
        self.empty.setEnabled(words)
        self.lead.setEnabled(name == "lead")
        self.percent.setEnabled(name == PRICE)
        self.reason.setEnabled(name == PRICE)
        self.button.setText(_("Propose") if name == PRICE else _("Change them"))
        self.form.clear_errors()
        self._preview()

    def _change(self) -> BulkChange | None:
        """What was chosen; None as long as nothing was."""
        name = str(self.field.currentData())
        if name == PRICE:
            return BulkChange(name, percent=self.percent.value()) if self.percent.value() else None
        if name == "lead":
            lead = self.lead.currentData()
            return None if lead is None else BulkChange(name, int(lead))
        value = "" if self.empty.isChecked() else self.value.text().strip()
        return BulkChange(name, value) if value or self.empty.isChecked() else None

    def _preview(self) -> None:
        self._later.stop()
        ctx, chosen, change = self._ctx, self._chosen, self._change()
        if change is None:
            self.rows.show_rows([])
            self.told.setText(_("Nothing changes as long as nothing is chosen."))
            return
        self._tasks.run(self, lambda: preview_bulk(ctx, chosen, change), partial(self._show_rows, change))

    def _show_rows(self, change: BulkChange, rows: list[BulkRow]) -> None:
        if change != self._change():
            return  # typed on meanwhile
        self.rows.show_rows(rows)
        text = ngettext("{count} row will change.", "{count} rows will change.", len(rows))
        self.told.setText(text.format(count=len(rows)))

    def work(self) -> Callable[[], object] | None:
        """Write it; prices become proposals."""
        ctx, chosen, change, reason = self._ctx, self._chosen, self._change(), self.reason.text().strip()
        if change is None:
            self._say_what_is_missing()
            return None
        if change.field == PRICE and not reason:
            self.form.show_error("reason", _("Give a reason."))
            return None
        done = self._done
        return lambda: done.append(apply_bulk(ctx, chosen, replace(change, reason=reason)))

    def said(self) -> str:
        """What was done, in a sentence."""
        if self.field.currentData() != PRICE:
            return _("Products changed")
        [count] = self._done
        return ngettext("{count} price proposed", "{count} prices proposed", count).format(count=count)

    def _say_what_is_missing(self) -> None:
        name = self.field.currentData()
        if name == PRICE:
            self.form.show_error("percent", _("By how many per cent?"))
        elif name == "lead":
            self.form.show_error("lead", _("Choose yes or no."))
        else:
            self.form.show_error("value", _("Give a new value, or check “Empty this field”."))
