"""The window: bar, docked panels, status bar. It keeps the layout and knows no word of the office's business."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu, QTabBar, QTabWidget, QWidget

from app.i18n import _
from app.views.dock import Area, Dock, PanelSpec
from app.views.preferences import Key, settings_menu, theme_choice
from app.views.theme import ThemeChoice, apply_theme
from app.views.top_bar import TopBar
from app.views.widgets.buttons import new_action

LAYOUT_VERSION = 1
WIDE, HIGH = 1440, 860
SIDE_WIDTH, BELOW_HEIGHT = 371, 350  # of the design, 1440 pixels wide
SIDE_SHARE = 0.262
# Below this no list has room beside its detail (200 % on a laptop); a screen that stands upright has room below.
SMALL_WIDTH, SMALL_HEIGHT, LOW_HEIGHT = 980, 700, 560
WINDOW = Qt.ShortcutContext.WindowShortcut
DIGITS = 9  # keys of the first panels


@dataclass(frozen=True, slots=True)
class WindowSpec:
    """What is shown: all words and actions come from outside."""

    title: str
    search_hint: str
    person: str
    person_key: str  # under which the person's layout is kept
    panels: Sequence[PanelSpec]  # in the order of the role: the first centre panel is the one in front


class MainWindow(QMainWindow):
    """Docks for the panels given."""

    files_dropped = Signal(list)  # list[Path]
    rebuild_requested = Signal()  # the language was changed: make the window anew
    notices_requested = Signal()
    panel_shown = Signal(str)  # a panel has come to the front
    closed = Signal()

    def __init__(self, spec: WindowSpec, settings: QSettings) -> None:
        super().__init__()
        self._spec = spec
        self._settings = settings
        self.setWindowTitle(spec.title)
        self.setObjectName("main_window")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setDocumentMode(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.may_close: Callable[[], bool] = lambda: True  # asks the person where something would be lost
        self._panel_actions: list[QAction] = []
        self.menu = QMenu(self)
        self.docks = {panel.key: Dock(panel, self) for panel in spec.panels}
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._on_settle_timeout)
        self._build_actions()
        self._segments: list[QLabel] = []
        self.is_small = is_small(self.screen().availableGeometry().size())
        self._arrange()
        for key, dock in self.docks.items():
            dock.visibilityChanged.connect(functools.partial(self._on_dock_shown, key))
            for moved in (dock.dockLocationChanged, dock.topLevelChanged, dock.visibilityChanged):
                moved.connect(self._on_dock_moved)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def build_bar(self, actions: Sequence[QAction], menu_actions: Sequence[QAction] = ()) -> TopBar:
        """Make the top bar with buttons for `actions`, and the menu with `menu_actions` besides the window's own."""
        self._build_menu([*actions, *menu_actions])
        self.bar = TopBar(self._spec.search_hint, actions, self._spec.person, self.menu, brief=self.is_small)
        self.bar.notices_requested.connect(self.notices_requested)
        self.setMenuWidget(self.bar)
        return self.bar

    def panel(self, key: str) -> QWidget:
        """The panel with this key, made where it was not seen yet."""
        return self.docks[key].open()

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front and go there."""
        dock = self.docks[key]
        dock.show()
        dock.raise_()
        self.panel(key).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_status(self, segments: Sequence[str]) -> None:
        """Show these parts in the status bar."""
        while len(self._segments) < len(segments):
            part = QLabel()
            part.setContentsMargins(11, 0, 12, 0)
            self._segments.append(part)
            self.statusBar().addWidget(part)
        for place, part in enumerate(self._segments):
            part.setText(segments[place] if place < len(segments) else "")

    def tell(self, text: str) -> None:
        """Say for some seconds in the status bar what was done."""
        self.statusBar().showMessage(text, 6000)

    def restore_layout(self) -> None:
        """Bring back the person's own layout; the role's stays where there is none."""
        geometry = self._settings.value(self._kept("geometry"))
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self._fit_screen()
        state = self._settings.value(self._kept("state"))
        if not (isinstance(state, QByteArray) and self._restore_docks(state)):
            self._share()
        self._settle.start()

    def _restore_docks(self, state: QByteArray) -> bool:
        """Bring the docks back as in a window of its usual size, also where it will be as large as the screen.

        Of a window that is to be maximized Qt keeps what it restored and lays it out once more with each resize of the
        first moments; whatever was raised or folded meanwhile has left tab bars in there that are gone, and Qt ends.
        """
        whole = self.windowState()
        self.setWindowState(Qt.WindowState.WindowNoState)
        restored = self.restoreState(state, LAYOUT_VERSION)
        self.setWindowState(whole)
        return restored

    def reset_layout(self) -> None:
        """Bring back the role's layout."""
        for dock in self.docks.values():
            dock.reset()
            self.removeDockWidget(dock)
        self._arrange()
        self._share()
        self._settle.start()
        self._settings.remove(self._kept("state"))

    def keep_layout(self) -> None:
        """Remember the person's own layout, for the next window."""
        for dock in self.docks.values():
            dock.unfold()  # the layout that is kept has it
        self._settings.setValue(self._kept("geometry"), self.saveGeometry())
        self._settings.setValue(self._kept("state"), self.saveState(LAYOUT_VERSION))

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Go to the next thing that takes the keyboard.

        Onward, Qt takes a panel that hands the keyboard to its list for a stop of its own: Tab would go to the list and
        never to what stands before it, its buttons and the choice of lists.
        """
        if not onward:
            return super().focusNextPrevChild(onward)
        here = self.focusWidget() or self
        there = here.nextInFocusChain()
        while there is not None and there is not here and not self._is_stop(there):
            there = there.nextInFocusChain()
        if there is None or there is here:
            return False
        there.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _is_stop(self, one: QWidget) -> bool:
        takes = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
        return takes and one.isEnabled() and one.isVisibleTo(self) and one.window() is self

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.keep_layout()
        self.closed.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(_local_files(event.mimeData().urls()))

    def _build_actions(self) -> None:
        new_action(self, _("Search"), lambda: self.bar.search.grab_focus(), "magnify", "Ctrl+K", WINDOW)
        new_action(self, _("Menu"), lambda: self.bar.person.showMenu(), "dots-horizontal", "F10", WINDOW)
        new_action(self, _("Notices"), self.notices_requested.emit, "bell-outline", "F8", WINDOW)
        for place, panel in enumerate(self._spec.panels, start=1):
            go = functools.partial(self.show_panel, panel.key)
            key = f"Ctrl+{place}" if place <= DIGITS else ""
            self._panel_actions.append(new_action(self, panel.title, go, panel.icon, key, WINDOW))

    def _build_menu(self, actions: Sequence[QAction]) -> None:
        self.menu.clear()
        self.menu.addActions(list(actions))
        self.menu.addSeparator()
        shown = self.menu.addMenu(_("Panels"))
        shown.addActions(self._panel_actions)
        shown.addSeparator()
        shown.addActions([dock.toggleViewAction() for dock in self.docks.values()])
        self.menu.addAction(new_action(self, _("Reset layout"), self.reset_layout, "refresh", "Ctrl+Shift+0", WINDOW))
        self.menu.addMenu(settings_menu(self, self._settings, self.apply_setting))
        self.menu.addSeparator()
        keys = new_action(self, _("Keys"), self._show_keys, "keyboard-outline", "F1", WINDOW)
        self.menu.addAction(keys)
        self.menu.addAction(new_action(self, _("Quit"), self.close, "logout", "Ctrl+Q", WINDOW))

    def _show_keys(self) -> None:
        from app.views.keys import KeysDialog  # not before somebody asks: it is not part of the start

        KeysDialog(self).open()

    def _arrange(self) -> None:
        """Place the first panel of each area, then the others as tabs on it: a tab cannot be split any more."""
        areas = {key: Area.CENTRE if self.is_small else dock.spec.area for key, dock in self.docks.items()}
        first: dict[Area, Dock] = {}
        for key, dock in self.docks.items():
            first.setdefault(areas[key], dock)
        root = first.get(Area.CENTRE, next(iter(first.values())))
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, root)
        for area, way in ((Area.SIDE, Qt.Orientation.Horizontal), (Area.BELOW, Qt.Orientation.Vertical)):
            if area in first and first[area] is not root:
                self.splitDockWidget(root, first[area], way)
        for key, dock in self.docks.items():
            if dock is not first[areas[key]]:
                self.tabifyDockWidget(first[areas[key]], dock)
            dock.show()
        for dock in first.values():
            dock.raise_()
        self._first = first

    def _share(self) -> None:
        """Give side and lower panels their size and the centre the rest."""
        first = self._first
        for dock in first.values():
            dock.open()  # its least size counts in what follows
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for area, way, whole, part in (
            (Area.SIDE, Qt.Orientation.Horizontal, self.width(), min(SIDE_WIDTH, int(self.width() * SIDE_SHARE))),
            (Area.BELOW, Qt.Orientation.Vertical, self.height(), BELOW_HEIGHT),
        ):
            if area in first and Area.CENTRE in first:
                self.resizeDocks([first[Area.CENTRE], first[area]], [max(whole - part, 1), part], way)

    def _fit_screen(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(WIDE, room.width()), min(HIGH, room.height()))
        if room.width() <= WIDE:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _on_dock_shown(self, key: str, shown: bool) -> None:
        if shown:
            self.panel_shown.emit(key)

    def _on_tab_clicked(self, tabs: QTabBar, place: int) -> None:
        """The keyboard follows the mouse to the list that was brought to the front."""
        dock = next((dock for dock in self.docks.values() if dock.windowTitle() == tabs.tabText(place)), None)
        if dock is not None:
            QTimer.singleShot(0, lambda: dock.open().setFocus())  # Qt has shown it by then

    def _on_dock_moved(self, _how: object) -> None:
        self._settle.start()

    def _on_settle_timeout(self) -> None:
        for dock in self.docks.values():
            dock.set_tabbed(tabbed=bool(self.tabifiedDockWidgets(dock)))
        for tabs in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not tabs.property("heard"):
                tabs.setProperty("heard", True)
                tabs.tabBarClicked.connect(functools.partial(self._on_tab_clicked, tabs))
            tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tabs.setElideMode(Qt.TextElideMode.ElideNone)
            tabs.setExpanding(False)
            tabs.setAccessibleName(_("Panels"))

    def apply_setting(self, key: Key) -> None:
        """Let the window follow what was chosen under a key."""
        app = QApplication.instance()
        if key is Key.THEME and isinstance(app, QApplication):
            apply_theme(app, theme_choice(self._settings))
        elif key is Key.LANGUAGE:
            if self.may_close():  # what would be lost with the window would be lost with the one that is made anew
                self.rebuild_requested.emit()
            else:
                self.tell(_("The language changes at the next start."))
        else:
            self.tell(_("The size changes at the next start."))

    def _on_scheme_changed(self) -> None:
        app = QApplication.instance()
        if theme_choice(self._settings) is ThemeChoice.SYSTEM and isinstance(app, QApplication):
            apply_theme(app, ThemeChoice.SYSTEM)

    def _kept(self, what: str) -> str:
        return f"people/{self._spec.person_key}/{'small/' if self.is_small else ''}{what}"


def is_small(room: QSize) -> bool:
    """Whether a screen has room for one panel at a time only."""
    return (room.width() < SMALL_WIDTH and room.height() < SMALL_HEIGHT) or room.height() < LOW_HEIGHT


def _local_files(urls: Sequence[QUrl]) -> list[Path]:
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
