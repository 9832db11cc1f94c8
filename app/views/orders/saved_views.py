"""The menu of saved views: choose one, keep the present one under a name, share it, throw it away."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from app.i18n import _
from app.models.people import Post
from app.services.access import Context, Permission
from app.services.orders.filter_data import filter_as_data, filter_from_data
from app.services.orders.rows import OrderFilter, Sort
from app.services.people.names import post_word
from app.services.saved_views import EVERYBODY, SavedView, delete_view, list_views, save_view
from app.views.long_panel import Query
from app.views.orders.filters import Period
from app.views.tasks import Tasks

PANEL = "orders"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a saved view keeps; `columns` is the header's state."""

    query: Query[OrderFilter, Sort]
    period: Period
    columns: bytes

    def as_data(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "filter": filter_as_data(self.query.wanted),
            "sort": self.query.sort.value,
            "descending": self.query.descending,
            "period": self.period.value,
            "columns": base64.b64encode(self.columns).decode(),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Definition":
        """The definition that was kept; what an earlier version did not keep has its default."""
        query = Query(filter_from_data(data["filter"]), Sort(data["sort"]), bool(data["descending"]))
        return cls(query, Period(data.get("period", Period.ANY)), base64.b64decode(data["columns"]))


class SavedViews(QObject):
    """Fills its menu each time it is opened, so that what a colleague shared is there."""

    def __init__(
        self,
        ctx: Context,
        tasks: Tasks,
        define: Callable[[], Definition],
        apply: Callable[[Definition], None],
        panel: QWidget,
    ) -> None:
        super().__init__(panel)
        self._ctx, self._tasks, self._define, self._apply, self._panel = ctx, tasks, define, apply, panel
        self.menu = QMenu(_("Saved views"), panel)
        self.menu.aboutToShow.connect(self._on_about_to_show)
        self._fill([])

    def _on_about_to_show(self) -> None:
        ctx = self._ctx
        self._tasks.run(self._panel, lambda: list_views(ctx, PANEL), self._fill)

    def _fill(self, views: list[SavedView]) -> None:
        self.menu.clear()
        for view in views:
            text = view.name if not view.post else _("{name} (shared)").format(name=view.name)
            self.menu.addAction(text).triggered.connect(partial(self._on_chosen, view))
        self.menu.addSeparator()
        self.menu.addAction(_("Save this view…")).triggered.connect(partial(self._on_save, None))
        if self._ctx.may(Permission.VIEW_SHARE):
            share = self.menu.addMenu(_("Save and share with"))
            share.addAction(_("Everybody")).triggered.connect(partial(self._on_save, EVERYBODY))
            for post in Post:
                share.addAction(post_word(post)).triggered.connect(partial(self._on_save, post))
        removable = [view for view in views if view.removable]
        if removable:
            gone = self.menu.addMenu(_("Delete"))
            for view in removable:
                gone.addAction(view.name).triggered.connect(partial(self._on_delete, view))

    def _on_chosen(self, view: SavedView, _checked: bool = False) -> None:
        self._apply(Definition.from_data(view.definition))

    def _on_save(self, share: Post | str | None, _checked: bool = False) -> None:
        dialog = QInputDialog(self._panel)
        dialog.setWindowTitle(_("Save this view"))
        dialog.setLabelText(_("Name of the view"))
        dialog.setOkButtonText(_("Save"))
        dialog.setCancelButtonText(_("Cancel"))
        dialog.textValueSelected.connect(lambda name: self._save(name, share))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, name: str, share: Post | str | None) -> None:
        ctx, definition = self._ctx, self._define().as_data()
        self._tasks.run(self._panel, lambda: save_view(ctx, PANEL, name, definition, share))

    def _on_delete(self, view: SavedView, _checked: bool = False) -> None:
        ctx = self._ctx
        self._tasks.run(self._panel, lambda: delete_view(ctx, view.id))
