"""Actions and their buttons: an action has a text, an icon, a key and one slot; a button shows it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.views.icons import icon

ICON = QSize(16, 16)
ICON_ONLY = 46  # how wide a button without words is
WIDEST = (1 << 24) - 1  # Qt's own bound of a widget that has none


def new_action(
    owner: QWidget,
    text: str,
    slot: Callable[[], object],
    icon_name: str = "",
    key: str = "",
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> QAction:
    """An action of `owner`; its key ("Ctrl+L") works within the owner unless `context` says wider."""
    result = QAction(text, owner)
    result.setProperty("icon_name", icon_name)
    if icon_name:
        result.setIcon(icon(icon_name))
    if key:
        result.setShortcut(QKeySequence(key))
        result.setShortcutContext(context)
        result.setAutoRepeat(False)  # a key held too long would take the next step as well
    result.triggered.connect(lambda: slot())
    owner.addAction(result)
    return result


def key_text(action: QAction) -> str:
    """The action's key as this desktop writes it, or ""; the key is called as it is printed on the keyboard."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


class ActionButton(QPushButton):
    """A button that is its action: same text, icon, hint, enabled and visible; primary ones stand out."""

    def __init__(
        self, action: QAction, *, primary: bool = False, show_key: bool = False, icon_only: bool = False
    ) -> None:
        super().__init__()
        self._action = action
        self._show_key = show_key
        self._icon_only = icon_only
        self._primary = primary
        self._shown = True
        self._gives_way = False
        self._words, self._whole = "", QSize()  # what it says where there is room, and how large it is then
        if primary:
            self.setProperty("kind", "primary")
        self.setIconSize(ICON)
        self.setAutoDefault(False)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_action_changed)
        self._on_action_changed()

    def give_way(self) -> None:
        """Leave the words out where there is no room for them; without an icon, and for the next step, they stay."""
        if not self.icon().isNull() and not self._primary:
            self._gives_way = True
            self.setSizePolicy(QSizePolicy.Policy.Preferred, self.sizePolicy().verticalPolicy())

    @property
    def saves(self) -> int:
        """The room that is saved where the words are left out."""
        return max(self.sizeHint().width() - ICON_ONLY, 0) if self._gives_way else 0

    def say_words(self, *, said: bool) -> None:
        """Show the words, or the icon alone, which is as wide as in every other button without words."""
        self.setMaximumWidth(WIDEST if said else ICON_ONLY)
        text = self._words if said else ""
        if self.text() != text:
            self.setText(text)

    def sizeHint(self) -> QSize:
        if self.text() == self._words:
            hint = super().sizeHint()
            self._whole = QSize(ICON_ONLY, hint.height()) if self._icon_only else hint
        return self._whole

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(whole.width() - self.saves, whole.height())

    def _on_action_changed(self) -> None:
        action, key = self._action, key_text(self._action)
        text = "" if self._icon_only else action.text()
        words = f"{text}  {key}" if self._show_key and key else text
        if words != self._words:
            self._words = words
            self.setText(words)
        name = action.property("icon_name")
        if name:
            self.setIcon(icon(name, "on_accent" if self._primary else "dim"))
        hint = action.toolTip() or action.text()
        self.setToolTip(f"{hint} ({key})" if key else hint)
        self.setAccessibleName(action.text())
        self.setEnabled(action.isEnabled())
        if action.isVisible() != self._shown:  # showing a button that has no layout yet would open a window
            self._shown = action.isVisible()
            self.setVisible(self._shown)


def primary_button(action: QAction, *, show_key: bool = False) -> ActionButton:
    """The one primary button of a panel: the next step."""
    return ActionButton(action, primary=True, show_key=show_key)


def plain_button(action: QAction, *, show_key: bool = False) -> ActionButton:
    """A button beside it."""
    return ActionButton(action, show_key=show_key)


def icon_button(action: QAction) -> ActionButton:
    """A button with its icon only; its words are in the hint and for screen readers."""
    return ActionButton(action, icon_only=True)
