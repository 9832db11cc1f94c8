"""Some sentences below each other whose labels are used again, where they change with each movement of the mouse."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.i18n import ngettext
from app.views.theme import GAP_2
from app.views.widgets.labels import label


class Sentences(QVBoxLayout):
    """A caption, at most so many sentences of a role ("danger", "" is plain), and how many more there are."""

    def __init__(self, role: str, most: int) -> None:
        super().__init__()
        self.setSpacing(GAP_2)
        self._labels = [label("", one, wrap=True, selectable=True) for one in ("caption", *[role] * most, "small")]
        for one in self._labels:
            one.hide()
            self.addWidget(one)

    def show_all(self, caption: str, sentences: Sequence[str], more: int = 0) -> None:
        """Show these, and that there are some more; without a caption nothing."""
        told = [caption, *sentences] if caption else []
        if more and told:
            told.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        told += [""] * (len(self._labels) - len(told))
        for one, text in zip(self._labels, told, strict=True):
            if one.text() != text:
                one.setText(text)
            one.setHidden(not text)
