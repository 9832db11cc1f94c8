"""What can be done about goods that are wanted: ask for them, follow a wish to its end; one action each."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _, ngettext
from app.models.stock import WishState
from app.services.access import Context, Permission
from app.services.stock.wishes import Suggestion, WishRow, drop_wish
from app.views.stock.columns import WISHES_OVER
from app.views.tasks import Tasks
from app.views.widgets.buttons import new_action
from app.views.widgets.step_dialog import StepDialog

NOT_ORDERED = frozenset({WishState.MADE, WishState.ANSWERED})


class WishActions(QObject):
    """`done` after one was taken, with a sentence for the status bar."""

    done = Signal(str)

    def __init__(
        self, ctx: Context, tasks: Tasks, page: QWidget, row: Callable[[], WishRow | None],
        chosen: Callable[[], list[Suggestion]],
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._ctx, self._tasks, self._page, self._row, self._chosen = ctx, tasks, page, row, chosen
        self.ask_chosen = new_action(page, _("Ask for the chosen ones…"), self._on_ask_chosen, "check", "Ctrl+Return")
        self.ask = new_action(page, _("Ask for goods…"), self._on_ask, "plus", "Ctrl+N")
        self.answer = new_action(page, _("Answered…"), self._on_answer, "message-text-outline", "Ctrl+E")
        self.ordered = new_action(page, _("Ordered…"), self._on_ordered, "clipboard-check-outline", "Ctrl+O")
        self.delivered = new_action(page, _("Goods are in…"), self._on_delivered, "tray-arrow-down", "Ctrl+D")
        self.drop = new_action(page, _("Drop the wish…"), self._on_drop, "cancel", "Ctrl+Backspace")
        self.update_actions()

    def update_actions(self) -> None:
        """Grey what the person's post or the wish's state does not allow."""
        row, may = self._row(), self._ctx.may(Permission.STOCK_MOVE)
        is_open = may and row is not None and row.state not in WISHES_OVER
        waits = is_open and row is not None and row.state in NOT_ORDERED
        self.ask.setEnabled(may)
        self.ask_chosen.setEnabled(may and bool(self._chosen()))
        for action in (self.answer, self.ordered):
            action.setEnabled(waits)
        for action in (self.delivered, self.drop):
            action.setEnabled(is_open)

    def take_next(self) -> None:
        """What Enter does with a wish: its next step."""
        step = next((one for one in (self.ordered, self.delivered) if one.isEnabled()), None)
        if step is not None:
            step.trigger()

    def _open(self, dialog: StepDialog, told: str) -> None:
        dialog.accepted.connect(lambda: self.done.emit(told))
        dialog.open()

    def _on_ask(self) -> None:
        from app.views.stock.wish_dialogs import WishDialog

        self._open(WishDialog(self._ctx, self._tasks, None, self._page.window()), _("Goods asked for"))

    def _on_ask_chosen(self) -> None:
        from app.views.stock.wish_dialogs import SeveralWishesDialog, WishDialog

        chosen, parent = self._chosen(), self._page.window()
        if len(chosen) == 1:
            self._open(WishDialog(self._ctx, self._tasks, chosen[0], parent), _("Goods asked for"))
        elif chosen:
            told = ngettext("{count} article asked for", "{count} articles asked for", len(chosen))
            dialog = SeveralWishesDialog(self._ctx, self._tasks, chosen, parent)
            self._open(dialog, told.format(count=len(chosen)))

    def _on_answer(self) -> None:
        from app.views.stock.wish_dialogs import AnswerDialog

        row = self._row()
        if row is not None:
            told = _("{code}: answer noted").format(code=row.code)
            self._open(AnswerDialog(self._ctx, self._tasks, row, self._page.window()), told)

    def _on_ordered(self) -> None:
        from app.views.stock.wish_dialogs import OrderedDialog

        row = self._row()
        if row is not None:
            told = _("{code}: ordered").format(code=row.code)
            self._open(OrderedDialog(self._ctx, self._tasks, row, self._page.window()), told)

    def _on_delivered(self) -> None:
        from app.views.stock.wish_dialogs import DeliveredDialog

        row = self._row()
        if row is not None:
            told = _("{code}: goods are in").format(code=row.code)
            self._open(DeliveredDialog(self._ctx, self._tasks, row, self._page.window()), told)

    def _on_drop(self) -> None:
        from app.views.widgets.reason_dialog import ReasonDialog

        row, ctx = self._row(), self._ctx
        if row is None:
            return
        title = _("Drop the wish for “{goods}”").format(goods=row.name or row.code)
        dialog = ReasonDialog(
            self._tasks, title, _("Drop the wish"), lambda why: drop_wish(ctx, row.id, why), self._page.window()
        )
        self._open(dialog, _("{code}: wish dropped").format(code=row.code))
