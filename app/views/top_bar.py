"""The bar at the top of the window: mark, search, actions, what waits, notices, and the person's menu."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from app.i18n import _, ngettext
from app.views.icons import icon
from app.views.theme import Kind
from app.views.widgets.buttons import ICON, icon_button, plain_button
from app.views.widgets.hints import hint_of
from app.views.widgets.labels import label
from app.views.widgets.pill import Pill
from app.views.widgets.search_box import SearchBox

HEIGHT = 55
SEARCH_WIDTH, LEAST_SEARCH, LEAST_SEARCH_BRIEF = 400, 180, 120
LEAST_PILL = 96  # of one that names people; their names are in the hint as well


@dataclass(frozen=True, slots=True)
class Mark:
    """A pill of the bar; `key` comes back when it is pressed, "" makes it only tell."""

    text: str
    kind: Kind
    key: str = ""
    hint: str = ""


class TopBar(QWidget):
    """Knows nothing of what it shows."""

    mark_pressed = Signal(str)
    notices_requested = Signal()

    def __init__(
        self, search_hint: str, actions: Sequence[QAction], person: str, menu: QMenu, *, brief: bool = False
    ) -> None:
        """`brief`: for a small screen, without the program's name and the actions' words."""
        super().__init__()
        self.setObjectName("top_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.search = SearchBox(search_hint, _("Search   Ctrl+K"), "Ctrl+K")
        self.search.setMinimumWidth(LEAST_SEARCH_BRIEF if brief else LEAST_SEARCH)
        self.search.setMaximumWidth(max(SEARCH_WIDTH, self.search.hint_width()))
        self.search.setFixedHeight(35)
        self.pills: list[Pill] = []
        self._marks = QHBoxLayout()
        self._marks.setSpacing(10)
        self.bell = _button("bell-outline", "0", _("Notices"))
        self.bell.clicked.connect(self.notices_requested)
        self.person = _button("account-circle-outline", person, _("Menu of {name}").format(name=person))
        self.person.setMenu(menu)
        self._fill(actions, brief=brief)
        self.set_notices(0)

    def _fill(self, actions: Sequence[QAction], *, brief: bool) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 1)
        row.setSpacing(10)
        if not brief:
            row.addWidget(label(_("Zhanggui"), "heading"))
        row.addWidget(self.search, 3)
        for action in actions:
            row.addWidget(icon_button(action) if brief else plain_button(action))
        row.addStretch(1)
        row.addLayout(self._marks)
        row.addWidget(self.bell)
        row.addWidget(self.person)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these pills; unchanged ones stay where they are, so that nothing flickers."""
        while len(self.pills) < len(marks):
            pill = Pill(least=LEAST_PILL)
            pill.pressed.connect(self.mark_pressed)
            self._marks.addWidget(pill)
            self.pills.append(pill)
        for place, pill in enumerate(self.pills):
            if place < len(marks):
                pill.set(marks[place].text, marks[place].kind, marks[place].key)
                pill.setToolTip(hint_of(marks[place].hint))
            else:
                pill.set("", Kind.DIM)

    def set_notices(self, count: int) -> None:
        """Show how many notices wait."""
        self.bell.setText(str(count))
        said = ngettext("{count} notice", "{count} notices", count).format(count=count)
        self.bell.setAccessibleName(said)
        self.bell.setToolTip(f"{said} (F8)")


def _button(icon_name: str, text: str, name: str) -> QPushButton:
    result = QPushButton(icon(icon_name), text)
    result.setIconSize(ICON)
    result.setAccessibleName(name)
    result.setAutoDefault(False)
    result.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # whoever presses it with the mouse goes on where they were
    return result
