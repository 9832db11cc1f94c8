"""Some sentences below each other that change with each movement of the mouse: one text, not a label for each."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from app.i18n import ngettext
from app.views.theme import GAP_2, SMALL, TEXT, current, font


class _Told(NamedTuple):
    text: str
    role: str  # as of labels: "caption", "danger", "" or "small"


class Sentences(QTextEdit):
    """A caption, sentences of a role ("danger", "" is plain), and how many more there are.

    What changes is laid out, the sentences before and after it are not; they can be selected across, and copied.
    """

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self._told: list[_Told] = []
        self._heights: dict[int, int] = {}  # by width, of what is told now
        self.setProperty("sentences", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.viewport().setAutoFillBackground(False)
        self.hide()

    def show_all(self, caption: str, sentences: Sequence[str], more: int = 0) -> None:
        """Show these, and that there are some more; without a caption nothing."""
        told = [_Told(caption, "caption"), *(_Told(one, self._role) for one in sentences)] if caption else []
        if more and told:
            told.append(_Told(ngettext("and {count} more", "and {count} more", more).format(count=more), "small"))
        if told and told != self._told:
            self.setAccessibleName(caption)
            before = self._height(self.width())
            self._replace(told)
            self._heights.clear()
            if self._height(self.width()) != before:
                self.updateGeometry()
        self.setHidden(not told)

    def _replace(self, told: list[_Told]) -> None:
        """Write over what is otherwise: what was before it and after it stays as it is laid out."""
        was, self._told = self._told, told
        most = min(len(was), len(told))
        first = next((place for place in range(most) if was[place] != told[place]), most)
        same = next((n for n in range(most - first) if was[-1 - n] != told[-1 - n]), most - first)
        ends, starts = len(was) - same, len(told) - same
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for place in range(first, max(ends, starts)):
            if place >= starts:
                self._remove(cursor, starts)
            else:
                self._write(cursor, place, told[place], new=place >= max(ends, 1))
        cursor.endEditBlock()

    def _write(self, cursor: QTextCursor, place: int, told: _Told, *, new: bool) -> None:
        block = self.document().findBlockByNumber(place - new)
        cursor.setPosition(block.position() + (block.length() - 1 if new else 0))
        form = _format(told.role)
        if new:
            gap = QTextBlockFormat()
            gap.setTopMargin(GAP_2)
            cursor.insertBlock(gap, form)
        else:
            cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(told.text, form)

    def _remove(self, cursor: QTextCursor, place: int) -> None:
        block = self.document().findBlockByNumber(place)
        cursor.setPosition(block.position() - 1)
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def sizeHint(self) -> QSize:
        return QSize(0, self._height(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._height(width)

    def _height(self, width: int) -> int:
        if width not in self._heights:
            document = self.document()
            kept = document.textWidth()
            if kept != width:
                document.setTextWidth(width)
            self._heights[width] = math.ceil(document.size().height())
            if kept != width:
                document.setTextWidth(kept)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._colour()

    def _colour(self) -> None:
        """Another theme was chosen: its colours are in the text, which no style sheet reaches."""
        for place, told in enumerate(self._told):
            cursor = QTextCursor(self.document().findBlockByNumber(place))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(_format(told.role))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _format(role: str) -> QTextCharFormat:
    theme = current()
    form = QTextCharFormat()
    form.setFont(font(SMALL if role in ("caption", "small") else TEXT, bold=role == "caption"))
    colours = {"caption": theme.dim, "small": theme.dim, "danger": theme.accent}
    form.setForeground(QColor(colours.get(role, theme.ink)))
    return form
