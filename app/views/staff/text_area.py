"""A field for several lines in a dialog; Tab leaves it."""

from PySide6.QtWidgets import QPlainTextEdit


def text_area(height: int, text: str = "") -> QPlainTextEdit:
    """A field this high; said by a style of its own, as the house's style sheet gives every field the least height."""
    result = QPlainTextEdit(text)
    result.setStyleSheet(f"QPlainTextEdit {{ min-height: {height}px; max-height: {height}px; }}")
    result.setTabChangesFocus(True)
    return result
