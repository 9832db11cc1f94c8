"""The dialog of the duty rules (排班规则): pages at the left, checked while somebody types, one Save for all of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from app.errors import AppError
from app.i18n import _
from app.services.access import Context
from app.services.duty.rule_check import CONTRACTS, DEMANDS, SHIFTS, WEIGHTS, RuleProblem
from app.services.duty.rules import DEFAULT_RULES, DutyRules, rules_of, written
from app.services.office import SettingsChangedError, change_settings, office_settings
from app.services.people.accounts import PersonRow, list_people
from app.services.settings.values import Settings
from app.views.duty.rules_contracts import ContractsPage
from app.views.duty.rules_demand import DemandPage
from app.views.duty.rules_draft import HOTLINE, RulesDraft
from app.views.duty.rules_page import RulesPage
from app.views.duty.rules_shifts import ShiftsPage
from app.views.duty.rules_single import FairnessPage, HotlinePage
from app.views.tasks import Tasks
from app.views.theme import Kind
from app.views.widgets.pages_dialog import PagesDialog
from app.views.widgets.room import resize_within

SIZE = (1180, 716)


class DutyRulesDialog(PagesDialog):
    """A page for each thing that is ruled, all of them about one draft."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        self._ctx, self._tasks = ctx, tasks
        self._seen: Settings | None = None  # the office's settings as they were when they were shown
        self._problems: list[RuleProblem] = []
        self.draft = RulesDraft()
        self.shifts = ShiftsPage(self.draft)
        self.pages: dict[str, RulesPage] = {
            SHIFTS: self.shifts,
            DEMANDS: DemandPage(self.draft),
            CONTRACTS: ContractsPage(self.draft),
            WEIGHTS: FairnessPage(self.draft),
            HOTLINE: HotlinePage(self.draft),
        }
        self.defaults = QPushButton(_("Defaults…"))
        sheets = {key: (page.title, page) for key, page in self.pages.items()}
        super().__init__(_("Duty rules"), sheets, [self.defaults], parent)
        self.setObjectName("duty_rules_dialog")
        resize_within(self, *SIZE)
        if self.is_small:
            for page in self.pages.values():
                page.fit_small()
        self._connect()
        self.list.choose(SHIFTS)
        self._load()

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_page_chosen)
        self.shifts.said.connect(lambda text: self.strip.show_message(text, Kind.WARN))
        for page in self.pages.values():
            page.changed.connect(self._on_changed)
        self.defaults.clicked.connect(self._ask_defaults)
        self.save_wanted.connect(self.take)

    def _on_page_chosen(self, key: str) -> None:
        """What a page names may have other words since it was shown."""
        if self._seen is not None:
            self.pages[key].refresh()
            self._show_problems()

    def _load(self) -> None:
        ctx = self._ctx
        self._tasks.read(self, lambda: (office_settings(ctx), list_people(ctx)), self._show)

    def _show(self, found: tuple[Settings, Sequence[PersonRow]]) -> None:
        """Show what is in force, except where somebody has typed something else here."""
        mine = self._changes()
        self._seen, self.draft.people = found
        if "duty_rules" not in mine:
            self.draft.load(rules_of(self._seen.duty_rules))
        if "hotline" not in mine:
            self.draft.hotline = dict(self._seen.hotline)
        self._refresh()

    def _refresh(self) -> None:
        for page in self.pages.values():
            page.refresh()
        self._on_changed()

    def _changes(self) -> dict[str, Any]:
        """The settings that somebody has changed here, as they would be kept."""
        if self._seen is None:
            return {}
        changed: dict[str, Any] = {}
        rules, numbers = self.draft.result(), self.draft.numbers()
        if rules != rules_of(self._seen.duty_rules) or self.draft.unread():
            changed["duty_rules"] = _kept(rules)
        if numbers != self._seen.hotline:
            changed["hotline"] = numbers
        return changed

    def _on_changed(self) -> None:
        if self._seen is None:
            return
        self._problems = self.draft.problems()
        self.list.set_counts(Counter(problem.where for problem in self._problems))
        self._show_problems()
        self._show_state()

    def _show_problems(self) -> None:
        """Say on the page that is seen what is wrong there; the others are told when they are."""
        key = self.list.current()
        self.pages[key].show_problems([problem for problem in self._problems if problem.where == key])

    def _show_state(self) -> None:
        changed = bool(self._changes())
        self.state.setText(_("Changes are not saved yet.") if changed else "")
        if self._problems:
            first = self._problems[0]
            word = self.pages[first.where].word_of(first)
            self.state.setText(_("{setting}: {reason}").format(setting=word, reason=first.reason))
        self.save.setEnabled(changed and not self._problems)

    def take(self) -> None:
        """Save what was changed; a refusal shows in the strip and nothing typed is lost."""
        if not self.save.isEnabled() or self._seen is None:
            return
        self.strip.clear()
        self.save.setEnabled(False)
        ctx, seen, wanted = self._ctx, self._seen, replace(self._seen, **self._changes())
        self._tasks.run(self, lambda: change_settings(ctx, wanted, seen), lambda _none: self._end(), self._refused)

    def _end(self) -> None:
        self.said.emit(_("Duty rules saved."))
        self.accept()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            self._show_state()
            raise error
        self.strip.show_message(str(error), Kind.DANGER)
        if isinstance(error, SettingsChangedError):  # theirs is what is changed from, when mine is saved once more
            self._load()
        else:
            self._show_state()

    def _ask_defaults(self) -> None:
        text = _("Bring back the shifts, needs, contracts and weights that an office begins with?")
        box = QMessageBox(QMessageBox.Icon.Question, _("Duty rules"), text, parent=self)
        box.setInformativeText(
            _("People's own contracts go, the hotline's numbers stay. Nothing is saved before Save.")
        )
        bring = box.addButton(_("Bring back"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        bring.clicked.connect(self._take_defaults)
        box.finished.connect(box.deleteLater)
        box.open()

    def _take_defaults(self) -> None:
        self.draft.load_defaults()
        self._refresh()

    def reject(self) -> None:
        """Leave, where nothing was typed."""
        if self._changes():
            self.say_unsaved()
        else:
            super().reject()


def _kept(rules: DutyRules) -> Mapping[str, Any]:
    """The setting's value; an office that has the rules it began with has chosen none."""
    return {} if rules == DEFAULT_RULES else written(rules)
