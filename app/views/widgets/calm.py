"""The wheel over a scrolled form: it turns the page, and not the number that happens to lie under it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class CalmWheels(QObject):
    """Keeps the wheel from the fields in `whole` that have no focus, for as long as `whole` lives."""

    def __init__(self, whole: QWidget) -> None:
        super().__init__(whole)
        for kind in (QAbstractSpinBox, QComboBox):
            for field in whole.findChildren(kind):
                field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()  # goes on to the page
            return True
        return super().eventFilter(watched, event)
