"""A line for an article's code that completes it by whatever is typed: code, barcode, words, initials."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from app.services.access import Context
from app.services.stock.articles import FoundArticle, find_articles
from app.views.tasks import Tasks
from app.views.widgets.line_edit import LineEdit

PAUSE_MS = 120
LONGEST = 200


class ArticleEdit(LineEdit):
    """The text is the code, once one was chosen from the list."""

    def __init__(self, ctx: Context, tasks: Tasks, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(code, parent)
        self._ctx, self._tasks = ctx, tasks
        self.setMaxLength(LONGEST)
        self.found = QStandardItemModel(self)
        completer = QCompleter(self.found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(Qt.ItemDataRole.UserRole)
        self.setCompleter(completer)
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._later.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._later.start())

    def _ask(self) -> None:
        ctx, text = self._ctx, self.text()
        self._tasks.run(self, lambda: find_articles(ctx, text), lambda found: self._offer(text, found))

    def _offer(self, text: str, found: list[FoundArticle]) -> None:
        if text != self.text():
            return  # somebody typed on; the next answer is on its way
        self.found.clear()
        for one in found:
            item = QStandardItem(f"{one.code}   {one.name}")
            item.setData(one.code, Qt.ItemDataRole.UserRole)
            self.found.appendRow(item)
        completer = self.completer()
        if found and self.hasFocus() and completer is not None:
            completer.complete()
