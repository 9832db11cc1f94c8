"""The shell: where panels stand, how layouts are kept, keys, drops, and that it fits small screens."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, QSize, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from app.views.dock import Area, PanelSpec
from app.views.keys import KeysDialog, keys_of
from app.views.main_window import MainWindow, WindowSpec, is_small
from app.views.theme import DARK, Kind, ThemeChoice, apply_theme, choose, current
from app.views.top_bar import Mark
from app.views.widgets.buttons import new_action

CTRL = Qt.KeyboardModifier.ControlModifier
WINDOW = Qt.ShortcutContext.WindowShortcut


def specs(made: list[str]) -> list[PanelSpec]:
    def factory(key: str) -> Callable[[], QLineEdit]:
        def make() -> QLineEdit:
            made.append(key)
            return QLineEdit(key)

        return make

    places = (
        ("orders", "Orders", Area.CENTRE),
        ("customers", "Customers", Area.CENTRE),
        ("overview", "Today", Area.BELOW),
        ("detail", "Order detail", Area.SIDE),
    )
    return [PanelSpec(key, title, factory(key), area) for key, title, area in places]


class Shown:
    """A window and what happened in it."""

    def __init__(self, qtbot: QtBot, settings: QSettings, person: str = "7") -> None:
        self.made: list[str] = []
        self.imports: list[str] = []
        spec = WindowSpec("Zhanggui", "Search orders   Ctrl+K", "Wang Min", person, specs(self.made))
        self.window = MainWindow(spec, settings)
        qtbot.addWidget(self.window)
        action = new_action(
            self.window, "Import orders", lambda: self.imports.append("import"), "tray-arrow-down", "Ctrl+I", WINDOW
        )
        self.bar = self.window.build_bar([action])
        self.window.restore_layout()
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1440, 860)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        qtbot.waitUntil(lambda: len(self.seen()) >= 2)

    def seen(self) -> set[str]:
        """The panels that can be seen."""
        return {key for key, dock in self.window.docks.items() if dock.panel is not None and dock.panel.isVisible()}


@pytest.fixture
def shown(qtbot: QtBot, settings: QSettings) -> Shown:
    return Shown(qtbot, settings)


def test_panels_stand_where_the_role_puts_them(qtbot: QtBot, shown: Shown) -> None:
    docks = shown.window.docks

    shown.window.reset_layout()

    qtbot.waitUntil(lambda: abs(docks["detail"].width() - 371) <= 12)
    assert shown.seen() == {"orders", "overview", "detail"}
    assert docks["detail"].x() > docks["orders"].geometry().right()
    assert docks["overview"].y() > docks["orders"].geometry().bottom()
    assert docks["orders"].width() > 1000


def test_a_panel_behind_a_tab_is_not_made_before_it_is_seen(qtbot: QtBot, shown: Shown) -> None:
    assert "customers" not in shown.made

    QTest.keyClick(shown.window, Qt.Key.Key_2, CTRL)

    qtbot.waitUntil(lambda: "customers" in shown.seen())
    assert shown.made.count("customers") == 1
    assert "orders" not in shown.seen()


def test_each_panel_has_a_key_that_goes_there(qtbot: QtBot, shown: Shown) -> None:
    for place, key in enumerate(("orders", "customers", "overview", "detail")):
        QTest.keyClick(shown.window, Qt.Key(Qt.Key.Key_1 + place), CTRL)

        panel = shown.window.panel(key)
        qtbot.waitUntil(panel.hasFocus)


def test_tabs_stand_for_the_title_and_others_have_one(qtbot: QtBot, shown: Shown) -> None:
    def titles() -> set[str]:
        return {
            text.text()
            for dock in shown.window.docks.values()
            for text in dock.titleBarWidget().findChildren(QLabel)
            if text.isVisible()
        }

    qtbot.waitUntil(lambda: titles() == {"Today", "Order detail"})
    tabs = shown.window.findChildren(QTabBar)[0]
    assert [tabs.tabText(place) for place in range(tabs.count())] == ["Orders", "Customers"]
    assert tabs.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_control_k_goes_to_the_search_box(qtbot: QtBot, shown: Shown) -> None:
    shown.window.show_panel("orders")

    QTest.keyClick(shown.window, Qt.Key.Key_K, CTRL)

    assert shown.bar.search.hasFocus()


def test_an_action_of_the_bar_works_by_key_from_anywhere(shown: Shown) -> None:
    shown.window.show_panel("detail")

    QTest.keyClick(shown.window.panel("detail"), Qt.Key.Key_I, CTRL)

    assert shown.imports == ["import"]


def test_the_layout_is_kept_for_each_person(qtbot: QtBot, settings: QSettings) -> None:
    mine = Shown(qtbot, settings, "7")
    mine.window.docks["overview"].hide()
    mine.window.show_panel("customers")
    mine.window.close()

    again, other = Shown(qtbot, settings, "7"), Shown(qtbot, settings, "8")

    assert again.window.docks["overview"].isHidden()
    assert not other.window.docks["overview"].isHidden()


def test_a_folded_panel_is_there_again_at_the_next_start(qtbot: QtBot, settings: QSettings) -> None:
    mine = Shown(qtbot, settings)
    mine.window.docks["overview"].fold()
    qtbot.waitUntil(lambda: "overview" not in mine.seen())
    mine.window.close()
    assert not Shown(qtbot, settings).window.docks["overview"].isHidden()


def test_what_somebody_has_put_away_or_brought_back_is_left_alone(qtbot: QtBot, shown: Shown) -> None:
    overview, detail = shown.window.docks["overview"], shown.window.docks["detail"]
    overview.toggleViewAction().trigger()
    overview.unfold()
    assert overview.isHidden()
    detail.fold()
    detail.toggleViewAction().trigger()
    detail.fold()
    assert not detail.isHidden()


def test_reset_layout_brings_back_the_roles(qtbot: QtBot, shown: Shown, settings: QSettings) -> None:
    shown.window.docks["overview"].hide()
    shown.window.docks["detail"].setFloating(True)
    shown.window.close()
    shown.window.show()

    shown.window.reset_layout()

    qtbot.waitUntil(lambda: shown.seen() == {"orders", "overview", "detail"})
    assert not shown.window.docks["detail"].isFloating()
    assert settings.value("people/7/state") is None


def test_a_broken_kept_layout_is_no_obstacle(qtbot: QtBot, settings: QSettings) -> None:
    settings.setValue("people/7/state", "nonsense")
    settings.setValue("people/7/geometry", 12)

    assert Shown(qtbot, settings, "7").seen() == {"orders", "overview", "detail"}


def test_a_floating_panel_has_its_title_again(qtbot: QtBot, shown: Shown) -> None:
    dock = shown.window.docks["customers"]
    dock.setFloating(True)

    qtbot.waitUntil(lambda: dock.titleBarWidget().findChildren(QLabel) != [])
    dock.setFloating(False)


def test_files_dropped_are_told_and_other_things_refused(shown: Shown, tmp_path: Path) -> None:
    dropped: list[list[Path]] = []
    shown.window.files_dropped.connect(dropped.append)
    files, web = QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "订单.csv"))])
    web.setUrls([QUrl("https://example.com/orders.csv")])

    assert drag(shown.window, files)
    assert not drag(shown.window, web)

    assert dropped == [[tmp_path / "订单.csv"]]


def drag(window: MainWindow, mime: QMimeData) -> bool:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, left, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, none))
    return enter.isAccepted()


def test_the_status_bar_shows_its_parts_and_tells_what_was_done(shown: Shown) -> None:
    shown.window.set_status(["Local database", "Ledger verified"])
    shown.window.set_status(["Local database"])
    assert [part.text() for part in shown.window.statusBar().findChildren(QLabel)][:2] == ["Local database", ""]

    shown.window.tell("Order confirmed.")

    assert shown.window.statusBar().currentMessage() == "Order confirmed."


def test_marks_are_shown_pressed_and_taken_away(shown: Shown) -> None:
    pressed: list[str] = []
    shown.bar.mark_pressed.connect(pressed.append)
    shown.bar.set_marks([Mark("Late 1", Kind.DANGER, "late"), Mark("On duty", Kind.INFO)])
    pills = [pill for pill in shown.bar.pills if pill.isVisible()]

    QTest.mouseClick(pills[0], Qt.MouseButton.LeftButton)
    shown.bar.set_marks([Mark("To contact 3", Kind.WARN, "contact")])

    assert pressed == ["late"]
    assert [pill.text() for pill in shown.bar.pills if pill.isVisible()] == ["To contact 3"]


def test_notices_are_counted_and_asked_for_by_key_and_bell(qtbot: QtBot, shown: Shown) -> None:
    asked: list[bool] = []
    shown.window.notices_requested.connect(lambda: asked.append(True))
    shown.bar.set_notices(7)

    QTest.keyClick(shown.window, Qt.Key.Key_F8)
    QTest.mouseClick(shown.bar.bell, Qt.MouseButton.LeftButton)

    assert asked == [True, True]
    assert shown.bar.bell.text() == "7"
    assert shown.bar.bell.accessibleName() == "7 notices"


def test_the_theme_changes_at_once_and_is_kept(qapp: QApplication, shown: Shown, settings: QSettings) -> None:
    try:
        menu_action(shown.window, "Dark").trigger()
        assert current() is DARK
        assert settings.value("window/theme") == "dark"
    finally:
        apply_theme(qapp, ThemeChoice.LIGHT)


def test_the_desktops_theme_is_followed_where_it_was_chosen(
    qapp: QApplication, shown: Shown, settings: QSettings
) -> None:
    hints = qapp.styleHints()
    try:
        menu_action(shown.window, "Dark").trigger()
        menu_action(shown.window, "As the desktop").trigger()
        assert settings.value("window/theme") == "system"

        hints.setColorScheme(Qt.ColorScheme.Dark)
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)

        assert current() is choose(ThemeChoice.SYSTEM)
    finally:
        apply_theme(qapp, ThemeChoice.LIGHT)


def test_another_language_asks_for_the_window_anew(qtbot: QtBot, shown: Shown, settings: QSettings) -> None:
    with qtbot.waitSignal(shown.window.rebuild_requested):
        menu_action(shown.window, "English").trigger()

    assert settings.value("window/language") == "en"


def menu_action(window: MainWindow, text: str) -> QAction:
    return next(action for action in window.findChildren(QAction) if action.text() == text)


def test_no_key_is_given_twice(shown: Shown) -> None:
    keys = sorted(
        action.shortcut().toString() for action in shown.window.findChildren(QAction) if not action.shortcut().isEmpty()
    )

    assert [key for key, same in itertools.groupby(keys) if len(list(same)) > 1] == []


def test_the_list_of_keys_knows_them_all(qtbot: QtBot, shown: Shown) -> None:
    QTest.keyClick(shown.window, Qt.Key.Key_F1)

    dialog = shown.window.findChildren(KeysDialog)[0]
    said = {text.text() for text in dialog.findChildren(QLabel)}
    assert {"Ctrl+K", "Search", "Ctrl+I", "Import orders", "F1"} <= said
    assert len(keys_of(shown.window)) >= 10
    dialog.close()


def test_the_bar_fits_the_smallest_screen_in_english(qtbot: QtBot, shown: Shown) -> None:
    shown.bar.set_marks(
        [
            Mark("Late 12", Kind.DANGER, "late"),
            Mark("To contact 120", Kind.WARN, "c"),
            Mark("On duty Wang Min", Kind.INFO),
        ]
    )
    shown.bar.set_notices(128)

    assert shown.bar.minimumSizeHint().width() <= 1024
    shown.window.resize(1366, 768)
    qtbot.waitUntil(lambda: shown.window.width() == 1366)
    assert shown.bar.person.geometry().right() < shown.bar.width()
    assert shown.bar.search.width() >= 180


def test_everything_in_the_bar_is_reached_by_tab_and_has_a_name(shown: Shown) -> None:
    shown.bar.set_marks([Mark("Late 1", Kind.DANGER, "late")])
    stops = [shown.bar.search, shown.bar.pills[0], shown.bar.bell, shown.bar.person]

    assert all(stop.focusPolicy() & Qt.FocusPolicy.TabFocus for stop in stops)
    assert all(stop.accessibleName() for stop in stops)


@pytest.mark.parametrize(
    ("width", "height", "small"),
    [
        (1366, 768, False),
        (1093, 614, False),  # 1366 × 768 at 125 %
        (911, 512, True),  # at 150 %
        (720, 450, True),  # 1440 × 900 at 200 %
        (1440, 900, False),
        (900, 1440, False),  # upright
    ],
)
def test_a_screen_is_small_where_no_list_has_room_beside_its_detail(width: int, height: int, small: bool) -> None:
    assert is_small(QSize(width, height)) is small


def test_on_a_small_screen_each_panel_is_a_tab_and_its_layout_is_kept_apart(
    qtbot: QtBot, settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Shown(qtbot, settings)
    shown.window.docks["overview"].hide()
    shown.window.close()
    monkeypatch.setattr("app.views.main_window.is_small", lambda _room: True)

    small = MainWindow(WindowSpec("Zhanggui", "Search orders", "Wang Min", "7", specs([])), settings)
    qtbot.addWidget(small)
    bar = small.build_bar([new_action(small, "Import orders", lambda: None, "tray-arrow-down", "Ctrl+I", WINDOW)])
    small.restore_layout()
    small.show()

    assert {key for key, dock in small.docks.items() if small.tabifiedDockWidgets(dock)} == set(small.docks)
    assert not small.docks["overview"].isHidden()
    assert "Import orders" not in {button.text() for button in bar.findChildren(QPushButton)}
    assert bar.minimumSizeHint().width() < shown.bar.minimumSizeHint().width() - 100
