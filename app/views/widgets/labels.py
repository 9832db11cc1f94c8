"""Labels in the type sizes of the house, and the two frames that group them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label of a role: "" (text), "small", "dim", "strong", "heading", "figure", "error" or "danger"."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)  # what customers wrote is never markup
    if role:
        result.setProperty("role", role)
    result.setWordWrap(wrap)
    if selectable:
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


def card() -> QFrame:
    """A sunken card with a hairline around it."""
    result = QFrame()
    result.setProperty("card", True)
    return result


def hairline() -> QFrame:
    """A line between two parts."""
    result = QFrame()
    result.setProperty("hairline", True)
    return result
