"""The dialog of settings: pages at the left, the page's fields at the right, one Save for what was changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.clock import office_day
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
from app.views.theme import Kind
from app.views.widgets.pages_dialog import PagesDialog
from app.views.widgets.room import resize_within

SIZE = (980, 660)
PREVIEWED = ("hours", "clock")  # the pages on which the clock's settings are shown at work
OF_CLOCK = frozenset({"service_calendar", "remind_minutes", "lead_minutes", "contact_minutes"})


class SettingsDialog(PagesDialog):
    """The office's pages, the person's own, and what was changed before."""

    def __init__(self, ctx: Context, tasks: Tasks, own: Own, parent: QWidget | None = None) -> None:
        self._ctx, self._tasks = ctx, tasks
        self._may = ctx.may(Permission.OFFICE_SET)
        self._seen: Settings | None = None  # the office's settings as they were when they were shown
        self._draft: Settings | None = None
        self._problems: list[Problem] = []
        self.pages = office_pages(office_day(ctx.clock))
        self.own, self.history = OwnPage(own), HistoryPage()
        sheets: dict[str, Sheet] = {**self.pages, "own": self.own, "history": self.history}
        super().__init__(_("Settings"), {key: (sheet.title, sheet) for key, sheet in sheets.items()}, (), parent)
        self.setObjectName("settings_dialog")
        resize_within(self, *SIZE)
        for sheet in sheets.values():
            sheet.calm_wheels()
            sheet.changed.connect(self._on_changed)
        if not self._may:
            why = _("The department manager, the general manager and the database administrator change this.")
            for page in self.pages.values():
                page.lock(why)
        self.save_wanted.connect(self.take)
        self.list.choose("office")
        self._tasks.run(self, lambda: (office_settings(ctx), settings_history(ctx)), self._show)

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
        """Leave, where nothing was typed."""
        if self.save.isEnabled() or self._problems_of_mine():
            self.say_unsaved()
        else:
            super().reject()

    def _problems_of_mine(self) -> bool:
        return self._may and bool(self._problems) and bool(self._changed_names())
