"""What stands above a list: buttons, the rarer actions behind one of them, and at the right what the list comes to."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from app.i18n import _
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.buttons import ActionButton
from app.views.widgets.labels import ElidedLabel


def toolbar(*parts: QWidget, summary: QLabel | None = None) -> QHBoxLayout:
    """The parts at the left; the summary has what room they leave. In a narrow window buttons lose their words."""
    bar = _ButtonRow()
    bar.setContentsMargins(GAP_2 + 2, 9, GAP_2 + 2, 8)
    bar.setSpacing(GAP_2)
    for part in parts:
        if isinstance(part, ActionButton):
            part.give_way()
        bar.addWidget(part)
    if summary is None:
        bar.addStretch(1)
    else:
        bar.addWidget(summary, 1)
        bar.addSpacing(GAP_3)
    return bar


class _ButtonRow(QHBoxLayout):
    """Where the parts have no room, words are left out from the last button on, as many as have to be."""

    def setGeometry(self, rect: QRect, /) -> None:
        buttons = [part for part in self._parts() if isinstance(part, ActionButton) and part.saves]
        over = self._wanted() - rect.width()
        for button in reversed(buttons):
            button.say_words(said=over <= 0)
            over -= button.saves
        super().setGeometry(rect)

    def _parts(self) -> list[QWidget]:
        items = (self.itemAt(place) for place in range(self.count()))
        found = (item.widget() for item in items if item is not None)
        return [part for part in found if part is not None and not part.isHidden()]

    def _wanted(self) -> int:
        """The width of all parts with their words; a summary takes what is left, and may have nothing."""
        margins, parts = self.contentsMargins(), self._parts()
        wide = [part.sizeHint().width() for part in parts if not isinstance(part, ElidedLabel)]
        return sum(wide) + self.spacing() * len(parts) + margins.left() + margins.right()


def summary_label() -> ElidedLabel:
    """A line at the right, the first to give way in a narrow window."""
    result = ElidedLabel("dim")
    result.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    result.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return result


def more_button(*groups: Sequence[QAction]) -> QPushButton:
    """The button behind which the rarer actions stand, a line between the groups."""
    button = QPushButton(_("More"))
    button.setAutoDefault(False)
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    for place, group in enumerate(groups):
        if place:
            menu.addSeparator()
        menu.addActions(list(group))
    button.setMenu(menu)
    return button
