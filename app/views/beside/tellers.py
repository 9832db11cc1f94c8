"""Who tells something in the bell's list, and where a press on what was told leads."""

import functools
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.services.access import Context
from app.services.duty.news import roster_reminders
from app.services.duty.swap_reminding import swap_reminders
from app.services.leave.reminding import acting_reminders, leave_reminders
from app.services.publishing.reminding import publishing_reminders
from app.services.reminder import Reminder
from app.services.staff.reminding import staff_reminders
from app.views.asked import Asked
from app.views.beside.reminders import Reminders
from app.views.changes import Changes
from app.views.duty.swap_asks import ask_to_swap
from app.views.leave.offers import ask_to_take_over
from app.views.orders.notices import Notices
from app.views.panels import Panels
from app.views.review.outcomes import Outcomes
from app.views.shell import Shell
from app.views.sound import Tone

HANDOVER, SWAP, LEAVE, ACTING, SWAPPED, ROSTER = "handover", "swap", "leave", "acting", "swapped", "roster"


class Tellers(QObject):
    """What is due, what became of one's proposals, what colleagues ask: each is looked for by itself."""

    def __init__(
        self, ctx: Context, shell: Shell, changes: Changes, panels: Panels, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ctx, self._tasks, self._panels, self._notices = ctx, shell.tasks, panels, notices
        wanted = panels.panel_wanted
        self.publishing = self._remind(publishing_reminders, functools.partial(wanted.emit, "publishing"))
        self.staff = self._remind(staff_reminders, functools.partial(wanted.emit, "staff"))
        self.leave = self._remind(leave_reminders, panels.show_own_leaves, LEAVE)
        self.acting = self._remind(acting_reminders, panels.show_acting, ACTING)
        self.swapped = self._remind(swap_reminders, panels.show_swaps, SWAPPED)
        self.rosters = self._remind(roster_reminders, self._show_rosters, ROSTER)
        self.outcomes = Outcomes(ctx, shell.tasks, changes, shell.settings, self)
        self.outcomes.told.connect(self._on_outcome)
        self.offers = self._ask(ask_to_take_over(ctx, shell.tasks, changes, self), panels.show_handovers, HANDOVER)
        self.swaps = self._ask(ask_to_swap(ctx, shell.tasks, changes, self), panels.show_swaps, SWAP)
        reminders = (self.publishing, self.staff, self.leave, self.acting, self.swapped, self.rosters)
        self._all = (*reminders, self.outcomes, self.offers, self.swaps)

    def start(self) -> None:
        """Begin to look."""
        for teller in self._all:
            teller.start()

    def stop(self) -> None:
        """Stop looking."""
        for teller in self._all:
            teller.stop()

    def _remind(
        self, find: Callable[[Context], Sequence[Reminder]], go: Callable[[], object], about: str = ""
    ) -> Reminders:
        reminders = Reminders(functools.partial(find, self._ctx), self._tasks, self)
        reminders.due.connect(functools.partial(self._on_due, go, about))
        return reminders

    def _ask(self, asked: Asked[Any], go: Callable[[], object], about: str) -> Asked[Any]:
        asked.told.connect(functools.partial(self._on_asked, go, about))
        return asked

    def _show_rosters(self) -> None:
        """The bell lists the last notice of rosters only."""
        self._panels.show_rosters(min(self.rosters.days), max(self.rosters.days))

    def _on_due(self, go: Callable[[], object], about: str, text: str, late: bool) -> None:
        self._notices.announce(text, Tone.LATE if late else Tone.NOTICE, go, about)

    def _on_outcome(self, text: str) -> None:
        self._notices.announce(text, Tone.NOTICE, functools.partial(self._panels.show_proposals, "own"))

    def _on_asked(self, go: Callable[[], object], about: str, text: str, fresh: bool) -> None:
        if fresh:
            self._notices.announce(text, Tone.NOTICE, go, about)
        else:
            self._notices.amend(about, text)
