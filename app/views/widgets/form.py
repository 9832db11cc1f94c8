"""A form: labelled fields, each with a place for what is wrong with it."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.views.theme import GAP_1, GAP_3
from app.views.widgets.labels import label


class Form(QWidget):
    """Fields one below the other; a field is known by its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, tuple[QWidget, QLabel]] = {}
        self._captions: dict[str, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_1)

    def add(self, name: str, title: str, field: QWidget, hint: str = "") -> None:
        """Add a field under its title; `hint` stands below it until there is an error."""
        caption = label(title, "small")
        caption.setBuddy(field)
        note = label(hint, "small", wrap=True)
        note.setProperty("hint", hint)
        if not hint:
            note.hide()
        field.setAccessibleName(title)
        field.setAccessibleDescription(hint)
        field.setObjectName(name)
        if self._fields:
            caption.setContentsMargins(0, GAP_3 - GAP_1, 0, 0)  # the caption's own, so that it goes with the field
        for part in (caption, field, note):
            self._column.addWidget(part)
        self._fields[name] = (field, note)
        self._captions[name] = caption

    def show_field(self, name: str, *, shown: bool) -> None:
        """Show a field with its title, or leave both out where it has nothing to ask."""
        field, note = self._fields[name]
        self._captions[name].setVisible(shown)
        field.setVisible(shown)
        note.setVisible(shown and bool(note.text()))

    def add_plain(self, field: QWidget) -> None:
        """Add something that needs no label, as a check box."""
        self._column.addSpacing(GAP_3 - GAP_1)
        self._column.addWidget(field)

    def show_error(self, name: str, text: str, *, go: bool = True) -> None:
        """Say under the field what is wrong with it, mark it and go there, unless somebody is still typing."""
        field, note = self._fields[name]
        self._note(field, note, text, wrong=True)
        if go:
            field.setFocus()

    def clear_errors(self) -> None:
        """Take all errors away, and show the hints again."""
        for field, note in self._fields.values():
            if field.property("wrong"):
                self._note(field, note, note.property("hint"), wrong=False)

    def set_hint(self, name: str, text: str) -> None:
        """Show another hint under a field; the room that one has taken stays, so that nothing moves as one types."""
        field, note = self._fields[name]
        if note.isVisible():
            note.setMinimumHeight(max(note.minimumHeight(), note.height()))
        note.setProperty("hint", text)
        self._note(field, note, text, wrong=False)

    def error(self, name: str) -> str:
        """What stands under the field as its error, or ""."""
        field, note = self._fields[name]
        return note.text() if field.property("wrong") else ""

    @staticmethod
    def _note(field: QWidget, note: QLabel, text: str, *, wrong: bool) -> None:
        note.setText(text)
        note.setProperty("role", "error" if wrong else "small")
        note.setVisible(bool(text))
        field.setProperty("wrong", wrong)
        field.setAccessibleDescription(text)
        for part in (field, note):  # the style looks at properties only when asked
            part.style().unpolish(part)
            part.style().polish(part)
