"""A line in which hours are typed: what is wrong with it stands beside it at once."""

from PySide6.QtWidgets import QLabel

from app.errors import AppError
from app.services.duty.hours import read_hours
from app.views.widgets.line_edit import LineEdit


def hours_fault(text: str) -> str:
    """Why these are no hours, or ""."""
    try:
        read_hours(text)
    except AppError as error:
        return str(error)
    return ""


def mark_line(line: LineEdit, note: QLabel, text: str) -> None:
    """Say in the note what is wrong with the line; "" says that nothing is."""
    note.setText(text)
    line.setAccessibleDescription(text)
    if bool(line.property("wrong")) != bool(text):
        line.setProperty("wrong", bool(text))
        line.style().unpolish(line)  # the style looks at properties only when asked
        line.style().polish(line)
