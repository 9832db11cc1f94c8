"""A panel's dock: its frame and the title with the button that lets it float."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.i18n import _
from app.views.icons import icon
from app.views.widgets.labels import label

TITLE_HEIGHT = 38


class Area(StrEnum):
    """Where a panel stands in a role's layout."""

    CENTRE = "centre"  # tabs
    SIDE = "side"  # at the right
    BELOW = "below"  # under the centre


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A panel of the window: `factory` makes its widget, given nothing."""

    key: str
    title: str
    factory: Callable[[], QWidget]
    area: Area
    icon: str = "view-dashboard-outline"


class Dock(QDockWidget):
    """Holds one panel; makes it when it is first seen, so that a hidden tab costs nothing at the start."""

    def __init__(self, spec: PanelSpec, parent: QWidget) -> None:
        super().__init__(spec.title, parent)
        self.spec = spec
        self.setObjectName(f"dock_{spec.key}")
        self.setAccessibleName(spec.title)
        self.panel: QWidget | None = None
        self._seen = self._folded = self._by_hand = False
        self._frame = QWidget()
        self._frame.setObjectName("panel_frame")
        self._frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inside = QVBoxLayout(self._frame)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self.setWidget(self._frame)
        self._title = TitleBar(self)
        self._untitled = QWidget(self)
        self.setTitleBarWidget(self._title)
        self.visibilityChanged.connect(self._on_visibility_changed)
        self.toggleViewAction().triggered.connect(self._on_toggled)

    def set_tabbed(self, *, tabbed: bool) -> None:
        """Take the title away where a tab says it already."""
        bar = self._untitled if tabbed and not self.isFloating() else self._title
        if self.titleBarWidget() is not bar:
            self.setTitleBarWidget(bar)
            bar.show()
        self._frame.setProperty("tabbed", bar is self._untitled)
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)

    def open(self) -> QWidget:
        """The panel, made now where it was not seen yet."""
        if self.panel is None:
            self.panel = self.spec.factory()
            policy = self.panel.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            self.panel.setSizePolicy(policy)
            self._inside.addWidget(self.panel)
            self.panel.setVisible(self._seen)
        return self.panel

    def fold(self) -> None:
        """Leave the room to others for a while; not where the person has moved, closed or opened it themselves."""
        if not (self._by_hand or self.isHidden() or self.isFloating()):
            self._folded = True
            self.hide()

    def unfold(self) -> None:
        """Come back, if it was folded."""
        if self._folded:
            self._folded = False
            self.show()

    def reset(self) -> None:
        """As the role has it: in its place, and folded when the room is wanted."""
        self._by_hand = self._folded = False
        self.setFloating(False)

    def _on_toggled(self) -> None:
        self._by_hand, self._folded = True, False

    def _on_visibility_changed(self, visible: bool) -> None:
        """Qt moves a dock behind a tab out of sight and calls it visible still; its panel must know better."""
        self._seen = visible
        if visible:
            self.open()
        if self.panel is not None:
            self.panel.setVisible(visible)


class TitleBar(QWidget):
    """Title at the left, float button at the right; dragging and double-clicking are the dock's own."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setObjectName("title_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = label(dock.windowTitle(), "strong")
        dock.windowTitleChanged.connect(title.setText)
        self._float = QToolButton()
        self._float.setIcon(icon("window-restore"))
        self._float.setIconSize(QSize(13, 13))
        self._float.setToolTip(_("Float or dock this panel"))
        self._float.setAccessibleName(_("Float or dock this panel"))
        self._float.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 18, 0)
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self._float)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), TITLE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, TITLE_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()  # a dock drags by what its title bar leaves to it
