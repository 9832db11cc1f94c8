"""Actions with the rule of when they may be pressed: greyed with the reason in the hint."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.models.orders import OrderEvent
from app.services.access import Context, Permission
from app.services.orders.detail import steps_of
from app.services.orders.rows import OrderRow
from app.views.widgets.buttons import new_action


@dataclass(frozen=True, slots=True)
class Rule:
    """When an action may be pressed."""

    action: QAction
    permission: Permission
    event: OrderEvent | None  # the step it takes; None: whatever the order's state


class ActionRules:
    """The actions of a panel; the service refuses as well, this is courtesy."""

    def __init__(self, ctx: Context, panel: QWidget) -> None:
        self._ctx, self._panel = ctx, panel
        self._rules: list[Rule] = []
        self._withheld: dict[Permission, str] = {}

    def add(
        self,
        text: str,
        slot: Callable[[], object],
        icon: str,
        keys: str,
        permission: Permission,
        event: OrderEvent | None = None,
    ) -> QAction:
        """Make an action; `keys` are one key or several with a blank between, the first one is told."""
        action = new_action(self._panel, text, slot, icon)
        action.setShortcuts([QKeySequence(key) for key in keys.split()])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(False)
        self._rules.append(Rule(action, permission, event))
        return action

    def withhold(self, permission: Permission, why: str) -> None:
        """Grey out what needs this permission, whatever the post, and say why; "" gives it back."""
        self._withheld[permission] = why

    def update(self, row: OrderRow | None) -> None:
        """Grey out what the order's state or the person's post does not allow, and say why in the hint."""
        allowed = steps_of(row) if row is not None else frozenset()
        for rule in self._rules:
            withheld = self._withheld.get(rule.permission, "")
            may = self._ctx.may(rule.permission) and not withheld
            fits = row is not None and (rule.event is None or rule.event in allowed)
            rule.action.setEnabled(may and fits)
            text = rule.action.text()
            why = withheld or _("Your post does not allow this.")
            if may:
                why = _("The order's state does not allow this.")
            rule.action.setToolTip(text if may and (fits or row is None) else f"{text} — {why}")
