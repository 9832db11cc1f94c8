"""The preview's two tables: orders as they would come in, and rows that cannot."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.i18n import N_, _
from app.money import format_amount
from app.services.intake.commit import PreviewRow
from app.services.intake.draft import Reject

Index = QModelIndex | QPersistentModelIndex
Column = tuple[str, Callable[[Any], str]]

KINDS = {"new": N_("new"), "changed": N_("changed"), "unchanged": N_("unchanged")}


def _kind(row: PreviewRow) -> str:
    told = _(KINDS[row.kind])
    changes = _(", ").join(row.changes)
    return f"{told}: {changes}" if changes else told


SAMPLE_COLUMNS: tuple[Column, ...] = (
    (N_("Row"), lambda row: str(row.row)),
    (N_("What happens"), _kind),
    (N_("Platform number"), lambda row: row.source_number),
    (N_("Recipient"), lambda row: row.name),
    (N_("Goods"), lambda row: row.goods),
    (N_("Amount"), lambda row: format_amount(row.payable, row.currency)),
)
REJECT_COLUMNS: tuple[Column, ...] = (
    (N_("Row"), lambda reject: str(reject.row)),
    (N_("Platform number"), lambda reject: reject.source_number),
    (N_("Reason"), lambda reject: reject.reason),
)


class ListModel(QAbstractTableModel):
    """Rows that are all at hand, shown through columns."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: Sequence[PreviewRow | Reject] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self._columns[section][0])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._columns[index.column()][1](self._rows[index.row()])
        return None

    def show(self, rows: Sequence[PreviewRow | Reject]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


def list_table(model: ListModel, name: str, stretched: int) -> QTableView:
    """A plain table over `model`."""
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(30)
    table.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    table.setTabKeyNavigation(False)
    return table
