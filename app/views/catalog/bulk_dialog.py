"""Changing many products at once: the rows that will change stand in the dialog as one types."""

from collections.abc import Callable, Sequence

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
from app.views.widgets.step_dialog import StepDialog

PAUSE_MS = 150
COLUMNS: tuple[Column[BulkRow], ...] = (
    Column(N_("Code"), lambda row: row.code),
    Column(N_("Product name"), lambda row: row.name),
    Column(N_("now"), lambda row: row.before, right=True),
    Column(N_("afterwards"), lambda row: row.after, right=True, colour=lambda _row: Kind.DANGER),
)


class BulkDialog(StepDialog):
    """One field of the chosen products, or their prices by a share."""

    def __init__(self, ctx: Context, tasks: Tasks, chosen: Sequence[int], parent: QWidget | None = None) -> None:
        count = len(chosen)
        title = ngettext("Change {count} product", "Change {count} products", count).format(count=count)
        super().__init__(tasks, title, _("Change"), parent)
        self.setObjectName("bulk_dialog")
        self.setMinimumWidth(640)
        self._ctx, self._chosen = ctx, list(chosen)
        self.field = QComboBox()
        for name in (*PRODUCT_FIELDS, *ARTICLE_FIELDS, PRICE):
            self.field.addItem(field_word(name), name)
        self.value, self.lead = LineEdit(), QCheckBox(_("Lead product"))
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
        self.form.add_plain(self.lead)
        self.form.add("percent", _("Change of the price, in whole units of currency"), self.percent)
        self.form.add("reason", _("Reason of the proposals"), self.reason)
        self.lay_out(self.form, self.told, self.rows)
        self.field.currentIndexChanged.connect(self._show_field)
        for changed in (self.value.textChanged, self.percent.valueChanged, self.lead.toggled):
            changed.connect(self._later.start)

    def _show_field(self) -> None:
        name = self.field.currentData()
        self.value.setEnabled(name not in {PRICE, "lead"})
        self.lead.setEnabled(name == "lead")
        self.percent.setEnabled(name == PRICE)
        self.reason.setEnabled(name == PRICE)
        self._preview()

    def _change(self) -> BulkChange:
        name = str(self.field.currentData())
        value = int(self.lead.isChecked()) if name == "lead" else self.value.text().strip()
        return BulkChange(name, value, self.percent.value(), reason=self.reason.text().strip())

    def _preview(self) -> None:
        ctx, chosen, change = self._ctx, self._chosen, self._change()
        self._tasks.run(self, lambda: preview_bulk(ctx, chosen, change), self._show_rows)

    def _show_rows(self, rows: list[BulkRow]) -> None:
        self.rows.show_rows(rows)
        text = ngettext("{count} row will change.", "{count} rows will change.", len(rows))
        self.told.setText(text.format(count=len(rows)))

    def work(self) -> Callable[[], object] | None:
        """Write it; prices become proposals."""
        ctx, chosen, change = self._ctx, self._chosen, self._change()
        if change.field == PRICE and not change.reason:
            self.form.show_error("reason", _("Give a reason."))
            return None
        return lambda: apply_bulk(ctx, chosen, change)
