"""Who changed which setting of the office, and when, as the ledger says it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView

from app.clock import full_moment
from app.i18n import N_, _
from app.services.settings.history import SettingChange
from app.views.settings.sheet import Sheet
from app.views.widgets.list_table import Column, ListTable

WIDE = (2, 3, 4)  # columns that share what the others leave


class HistoryPage(Sheet):
    """A table, the newest change first."""

    def __init__(self) -> None:
        about = _("Every change of the office's settings is an entry of the ledger; nobody takes it away again.")
        super().__init__(_("History of changes"), about)
        self.table: ListTable[SettingChange] = ListTable(_COLUMNS, _("Changes of the settings"), WIDE[-1])
        for place in WIDE:
            self.table.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.column.addWidget(self.table, 1)

    def show_changes(self, changes: Sequence[SettingChange]) -> None:
        """Show these."""
        self.table.show_rows(changes)


_COLUMNS: tuple[Column[SettingChange], ...] = (
    Column(N_("When"), lambda one: full_moment(one.at)),
    Column(N_("Who"), lambda one: one.who),
    Column(N_("Setting"), lambda one: one.what),
    Column(N_("Before"), lambda one: one.before),
    Column(N_("After"), lambda one: one.after),
)
