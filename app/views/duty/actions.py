"""What can be done with the roster: each an action with its key, the right it needs and one slot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from app.i18n import _
from app.services.access import Permission
from app.views.papers import show_paper
from app.views.widgets.buttons import new_action

if TYPE_CHECKING:
    from app.views.duty.panel import DutyPanel
    from app.views.duty.swap_dialog import SwapDialog
    from app.views.duty.wish_dialog import WishDialog


class RosterActions:
    """Belongs to one panel."""

    def __init__(self, panel: DutyPanel) -> None:
        self._panel = panel
        self._plans = panel.ctx.may(Permission.DUTY_PLAN)
        add, p = self._add, panel
        self.plan = add(_("Plan the duty"), self._on_plan, "auto-fix", "Ctrl+G")
        self.publish = add(_("Publish"), lambda: p.publish(), "check", "Ctrl+Return")
        self.copy = add(_("Copy last week"), p.copy, "content-copy", "")
        self.undo = add(_("Take back"), p.undo, "undo-variant", "Ctrl+Z")
        self.pin = add(_("Fix or let go"), p.pin, "pin-outline", "P")
        self.rules = add(_("Duty rules…"), self._on_rules, "cog-outline", "")
        self.holidays = add(_("Import public holidays…"), self._on_holidays, "calendar-clock", "")
        self.replan = add(_("Plan anew with the fewest changes"), self._on_replan, "refresh", "Ctrl+Shift+G")
        self.print_wall = add(_("Print the roster"), self._on_wall, "printer", "Ctrl+P")
        mine = not self._plans  # other people's sheets and calendars are for who plans to take out
        sheet = _("Print my sheet") if mine else _("Print one person's sheet")
        calendar = _("Save my calendar…") if mine else _("Save one person's calendar…")
        self.print_own = add(sheet, self._on_own, "printer", "")
        self.print_card = add(_("Print the card for the telephone"), self._on_card, "printer", "")
        self.calendar = add(calendar, self._on_calendar, "export", "")
        self.wish = add(_("Wish…"), self._on_wish, "star-outline", "Ctrl+Shift+W")
        self.swap = add(_("Swap…"), self._on_swap, "swap-horizontal", "Ctrl+Shift+S")
        self.published = add(_("Show what is published"), self._on_published, "eye-outline", "Ctrl+Shift+P")
        self.published.setCheckable(True)
        self.published.setVisible(self._plans)  # the others see nothing else
        self.why = add(_("Why is it so?"), self._on_why, "help-circle-outline", "Shift+F1")
        self.back = add(_("Earlier"), lambda: p.go_on(-1), "chevron-left", "Alt+Left")
        self.on = add(_("Later"), lambda: p.go_on(1), "chevron-right", "Alt+Right")
        self.today = add(_("Today"), p.go_today, "", "Ctrl+T")
        self._planning = (self.plan, self.publish, self.copy, self.undo, self.pin, self.replan)

    def _add(self, text: str, slot: Callable[[], object], icon: str, key: str) -> QAction:
        return new_action(self._panel, text, slot, icon, key)

    def usual(self) -> list[QAction]:
        """What has a button, the next step first: who does not plan has their own shifts to see to."""
        if self._plans:
            return [self.plan, self.publish, self.copy, self.print_wall]
        return [self.swap, self.wish, self.print_own, self.print_wall]

    def rarer(self) -> list[QAction]:
        """What stands behind the button for more."""
        drawing = [self.replan, self.undo, self.pin, self.published] if self._plans else []
        own = [self.wish, self.swap, self.print_own] if self._plans else []
        ruling = [self.holidays, self.rules] if self._plans or self._panel.ctx.may(Permission.OFFICE_SET) else []
        return [*drawing, self.why, *own, self.print_card, self.calendar, self.today, *ruling]

    def update(self, running: bool, can_undo: bool, *, published: bool) -> None:
        """Grey out what the person may not, and all that draws while the planner does, or no draft is looked at."""
        may = self._panel.ctx.may
        for action in self._planning:
            action.setEnabled(may(Permission.DUTY_PLAN) and not running and not published)
        self.published.setEnabled(not running)
        self.undo.setEnabled(self.undo.isEnabled() and can_undo)
        for action in (self.rules, self.holidays):
            action.setEnabled(may(Permission.OFFICE_SET) and not running)
        for action in (self.wish, self.swap):
            action.setEnabled(may(Permission.DUTY_OWN))

    def _on_plan(self) -> None:
        if self._panel.sheet is not None:
            self._panel.solving.start(self._panel.sheet.span, fewest_changes=False)

    def _on_replan(self) -> None:
        if self._panel.sheet is not None:
            self._panel.solving.start(self._panel.sheet.span, fewest_changes=True)

    def _on_published(self) -> None:
        self._panel.show_published(on=self.published.isChecked())

    def _on_rules(self) -> None:
        from app.views.duty.rules_dialog import DutyRulesDialog

        dialog = DutyRulesDialog(self._panel.ctx, self._panel.tasks, self._panel.window())
        dialog.said.connect(self._panel.said)
        dialog.open()

    def _on_holidays(self) -> None:
        dialog = QFileDialog(self._panel.window(), _("Public holidays of a year"))
        dialog.setNameFilter(_("Holiday files (*.json);;All files (*)"))
        dialog.fileSelected.connect(self.take_holidays)
        dialog.open()

    def take_holidays(self, name: str) -> None:
        """Go by the public holidays of a file; what is wrong in it stands above the roster until it is mended."""
        from pathlib import Path

        from app.services.duty.office_holidays import take_holidays

        panel = self._panel
        panel.strip.clear()
        panel.tasks.run(
            panel,
            lambda: take_holidays(panel.ctx, Path(name)),
            lambda year: panel.said.emit(_("The public holidays of {year} are known now.").format(year=year.year)),
        )

    def _on_wall(self) -> None:
        from app.services.duty.papers import wall_sheet_for

        p = self._panel
        first, weeks = p.first, p.count()
        show_paper(p.tasks, p, _("Roster"), lambda path, _progress: wall_sheet_for(p.ctx, first, weeks, path))

    def _on_own(self) -> None:
        from app.services.duty.papers import personal_sheet_for

        p, person = self._panel, self._person()
        first, weeks = p.first, p.count()
        show_paper(
            p.tasks, p, _("Own roster"), lambda path, _progress: personal_sheet_for(p.ctx, person, first, weeks, path)
        )

    def _on_card(self) -> None:
        from app.services.duty.papers import duty_card_for

        p, day = self._panel, self._panel.day_chosen()
        show_paper(p.tasks, p, _("On duty"), lambda path, _progress: duty_card_for(p.ctx, day, path))

    def _on_calendar(self) -> None:
        sheet = self._panel.sheet
        if sheet is not None and not any(map(sheet.span.is_known, sheet.span.days)):
            from app.services.duty.papers import NothingPublishedError

            self._panel.strip.show_message(str(NothingPublishedError()))  # before a name is given to nothing
            return
        dialog = QFileDialog(self._panel.window(), _("Save the calendar"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("Calendars (*.ics)"))
        dialog.setDefaultSuffix("ics")
        dialog.selectFile(_("{name}'s duty").format(name=self._panel.name_of(self._person())) + ".ics")
        dialog.fileSelected.connect(self._save_calendar)
        dialog.open()

    def _save_calendar(self, name: str) -> None:
        from pathlib import Path

        from app.services.duty.papers import ical_for

        p, person = self._panel, self._person()
        first, weeks = p.first, p.count()
        p.tasks.run(
            p,
            lambda: ical_for(p.ctx, person, first, weeks, Path(name)),
            lambda _none: p.said.emit(_("The calendar was saved.")),
        )

    def _on_wish(self) -> None:
        from app.views.duty.wish_dialog import WishDialog

        self._ask(WishDialog, _("The wish is entered; the planner weighs it."))

    def _on_swap(self) -> None:
        from app.views.duty.swap_dialog import SwapDialog

        self._ask(SwapDialog, _("The colleague is asked; the answer comes under “Swaps”."))

    def _ask(self, kind: type[WishDialog] | type[SwapDialog], told: str) -> None:
        p = self._panel
        if p.sheet is not None:
            dialog = kind(p.ctx, p.tasks, p.sheet.span, p.day_chosen(), p.person_chosen(), p.window())
            dialog.accepted.connect(lambda: p.said.emit(told))
            dialog.open()

    def _on_why(self) -> None:
        self._panel.why()

    def _person(self) -> int:
        return self._panel.person_chosen() if self._plans else self._panel.ctx.person
