"""A table of whole rows: Home and End go to the first and the last one."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

_Action = QAbstractItemView.CursorAction


class RowTable(QTableView):
    """Qt takes Home and End along the row, where nothing is to be seen of it: cells are not chosen here."""

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if action not in (_Action.MoveHome, _Action.MoveEnd):
            return super().moveCursor(action, modifiers)
        last = self.model().rowCount() - 1
        row = 0 if action == _Action.MoveHome else last
        return self.model().index(row, max(self.currentIndex().column(), 0))
