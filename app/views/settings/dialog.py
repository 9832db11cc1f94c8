"""The dialog of settings: pages at the left, the page's fields at the right, one Save for what was changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.clock import OFFICE_ZONE
from app.errors import AppError
from app.i18n import _, ngettext
from app.services.access import Context, Permission
from app.services.office import NonsenseSettingError, SettingsChangedError, change_settings, office_settings
from app.services.settings.history import SettingChange, settings_history
from app.services.settings.preview import due_sentence
from app.services.settings.rules import Problem, problems_of
from app.services.settings.values import NAMES, Settings
from app.services.settings.words import setting_word
from app.views.settings.history_page import HistoryPage
from app.views.settings.own_page import Own, OwnPage
from app.views.settings.pages import office_pages
from app.views.settings.sheet import Sheet
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.labels import hairline, label
from app.views.widgets.queue_list import Entry, QueueList
from app.views.widgets.strip import Strip

SIZE = (980, 660)
PREVIEWED = ("hours", "clock")  # the pages on which the clock's settings are shown at work
OF_CLOCK = frozenset({"service_calendar", "remind_minutes", "lead_minutes", "contact_minutes"})


class SettingsDialog(QDialog):
    """Ctrl+Enter saves; Ctrl+PgUp and Ctrl+PgDn turn the pages. `said` once saved, with a sentence."""

    said = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, own: Own, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings_dialog")
        self.setWindowTitle(_("Settings"))
        self.finished.connect(self.deleteLater)
        self._ctx, self._tasks = ctx, tasks
        self._may = ctx.may(Permission.OFFICE_SET)
        self._seen: Settings | None = None  # the office's settings as they were when they were shown
        self._draft: Settings | None = None
        self._problems: list[Problem] = []
        self.strip = Strip()
        self.pages = office_pages(ctx.clock.now().astimezone(OFFICE_ZONE).date())
        self.own, self.history = OwnPage(own), HistoryPage()
        self._sheets: dict[str, Sheet] = {**self.pages, "own": self.own, "history": self.history}
        self.list = QueueList([Entry(key, sheet.title) for key, sheet in self._sheets.items()], _("Pages"))
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.list.choose("office")
        self._tasks.run(self, lambda: (office_settings(ctx), settings_history(ctx)), self._show)

    def _build(self) -> None:
        for sheet in self._sheets.values():
            self._stack.addWidget(sheet)
            sheet.calm_wheels()
        if not self._may:
            why = _("The department manager, the general manager and the database administrator change this.")
            for page in self.pages.values():
                page.lock(why)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.list)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.strip)
        right.addWidget(self._stack, 1)
        upper.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(hairline())
        column.addLayout(self._buttons())
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))

    def _buttons(self) -> QHBoxLayout:
        self.state = label("", "dim", wrap=True)
        self.save = QPushButton(_("Save"))
        self.save.setProperty("kind", "primary")
        self.save.setToolTip(f"{self.save.text()} (Ctrl+Enter)")
        self.save.clicked.connect(self.take)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(lambda: self.done(QDialog.DialogCode.Rejected))
        row = QHBoxLayout()
        row.setContentsMargins(24, GAP_3, 24, GAP_3)
        row.setSpacing(GAP_2)
        row.addWidget(self.state, 1)
        for button in (self.cancel, self.save):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.list.chosen.connect(lambda key: self._stack.setCurrentWidget(self._sheets[key]))
        for sheet in self._sheets.values():
            sheet.changed.connect(self._on_changed)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self, self.take)
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self._turn(1))
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self._turn(-1))

    def _turn(self, step: int) -> None:
        keys = list(self._sheets)
        self.list.choose(keys[(keys.index(self.list.current()) + step) % len(keys)])

    def _show(self, found: tuple[Settings, Sequence[SettingChange]]) -> None:
        settings, changes = found
        mine = self._changed_names()
        self._seen = settings
        for page in self.pages.values():
            page.show_settings(settings, [name for name in NAMES if name not in mine])
        self.history.show_changes(changes)
        self._on_changed()

    def _read(self) -> tuple[dict[str, Any], list[Problem]]:
        """What stands in the fields of all pages, and what cannot be read."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for page in self.pages.values():
            more, unread = page.read()
            values |= more
            problems += unread
        return values, problems

    def _changed_names(self) -> list[str]:
        """The settings that somebody has changed here; what cannot be read counts."""
        if self._seen is None:
            return []
        values, unread = self._read()
        return [name for name in NAMES if name in values and values[name] != getattr(self._seen, name)] + [
            problem.setting for problem in unread
        ]

    def _on_changed(self) -> None:
        if self._seen is None:
            return
        values, unread = self._read()
        self._draft = replace(self._seen, **values)
        self._problems = unread + problems_of(self._draft)
        self.list.set_counts({key: page.show_problems(self._problems) for key, page in self.pages.items()})
        self._show_previews(self._draft)
        self._show_state()

    def _show_previews(self, draft: Settings) -> None:
        text = _("Correct what is marked, and it is said here when an order is due.")
        if OF_CLOCK.isdisjoint(problem.setting for problem in self._problems):
            text = due_sentence(draft, self._ctx.clock.now())
        for key in PREVIEWED:
            self.pages[key].show_preview(text)

    def _show_state(self) -> None:
        count = len(self._changed_names()) + self.own.changes()
        wrong = bool(self._problems) and self._may
        if wrong:
            first = self._problems[0]
            word = setting_word(first.setting)
            self.state.setText(_("{setting}: {reason}").format(setting=word, reason=first.reason))
        else:
            text = ngettext("{count} change, not saved yet", "{count} changes, not saved yet", count)
            self.state.setText(text.format(count=count) if count else "")
        self.save.setEnabled(bool(count) and not wrong)

    def take(self) -> None:
        """Save what was changed; a refusal shows in the strip and nothing typed is lost."""
        if not self.save.isEnabled() or self._seen is None or self._draft is None:
            return
        self.strip.clear()
        names = self._changed_names()
        if not names:
            self._end(0)
            return
        self.save.setEnabled(False)
        ctx, wanted, seen = self._ctx, self._draft, self._seen
        self._tasks.run(
            self, lambda: change_settings(ctx, wanted, seen), lambda _none: self._end(len(names)), self._refused
        )

    def _end(self, of_office: int) -> None:
        count = of_office + self.own.changes()
        text = ngettext("{count} setting saved", "{count} settings saved", count)
        self.said.emit(text.format(count=count))
        self.accept()
        self.own.keep()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            self._show_state()
            raise error
        self.strip.show_message(str(error), Kind.DANGER)
        if isinstance(error, NonsenseSettingError):
            self._go_to(str(error.params["name"]))
        if isinstance(error, SettingsChangedError):  # theirs is what is changed from, when mine is saved once more
            ctx = self._ctx
            self._tasks.run(self, lambda: (office_settings(ctx), settings_history(ctx)), self._show)
        else:
            self._show_state()

    def _go_to(self, name: str) -> None:
        for key, page in self.pages.items():
            if name in page.fields:
                self.list.choose(key)
                page.show_problems(self._problems)

    def reject(self) -> None:
        """Esc leaves, but not with something typed: that takes Cancel."""
        if self.save.isEnabled() or self._problems_of_mine():
            self.strip.show_message(
                _("Some changes are not saved. Save them, or press Cancel to drop them."), Kind.WARN
            )
        else:
            super().reject()

    def _problems_of_mine(self) -> bool:
        return self._may and bool(self._problems) and bool(self._changed_names())
