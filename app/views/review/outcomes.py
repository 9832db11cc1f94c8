"""Tells each person once what became of their own proposals, and always what waits for them to decide or publish."""

import hashlib
from collections.abc import Sequence

from PySide6.QtCore import QObject, QSettings, Signal

from app.i18n import _, ngettext
from app.services.access import Context, Permission
from app.services.approvals.outcomes import Ending, Outcome, count_to_publish, own_outcomes
from app.services.approvals.queue import waiting_for
from app.views.changes import Changes
from app.views.looking import Looking
from app.views.tasks import Tasks

WATCHED = frozenset({"proposals", "delegations"})
NAMED = 3


class Outcomes(Looking):
    """Looks each minute and after each change; `told` says in one sentence what is new."""

    told = Signal(str)
    to_decide = Signal(int)
    to_publish = Signal(int)

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._tasks, self._settings = ctx, tasks, settings
        office = hashlib.sha256(ctx.db.place.encode()).hexdigest()[:12]  # entries of another office have other numbers
        self._kept = f"people/{ctx.person}/outcomes/{office}"
        changes.changed.connect(self._on_changed)

    def look(self) -> None:
        ctx, heard = self._ctx, self._heard()
        if ctx.may(Permission.PROPOSE):
            self._tasks.run(self, lambda: own_outcomes(ctx, heard), self.tell)
        if ctx.may(Permission.CATALOG_READ):
            self._tasks.run(self, lambda: waiting_for(ctx)[0], self.to_decide.emit)
        if ctx.may(Permission.PUBLISH):
            self._tasks.run(self, lambda: count_to_publish(ctx), self.to_publish.emit)

    def tell(self, rows: Sequence[Outcome]) -> None:
        """Tell of what the person has not heard of yet, and remember that they have."""
        heard = self._heard() or 0
        fresh = [row for row in rows if row.entry > heard]
        if fresh:
            self._settings.setValue(self._kept, fresh[-1].entry)
            self.told.emit(outcome_text(fresh))

    def _heard(self) -> int | None:
        """The last entry that the person has heard of; None where they never have."""
        value = str(self._settings.value(self._kept, ""))
        return int(value) if value.isdecimal() else None

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & WATCHED and self._timer.isActive():
            self.look()


def outcome_text(rows: Sequence[Outcome]) -> str:
    """One sentence for each ending, all in one notice."""
    of = {ending: [row for row in rows if row.ending is ending] for ending in Ending}
    counts = {ending: len(found) for ending, found in of.items()}
    said = {
        Ending.IN_FORCE: ngettext(
            "{count} proposal of yours is approved and in force: {titles}",
            "{count} proposals of yours are approved and in force: {titles}",
            counts[Ending.IN_FORCE],
        ),
        Ending.APPROVED: ngettext(
            "{count} proposal of yours is approved for its later time: {titles}",
            "{count} proposals of yours are approved for their later time: {titles}",
            counts[Ending.APPROVED],
        ),
        Ending.RETURNED: ngettext(
            "{count} proposal of yours was returned: {titles}",
            "{count} proposals of yours were returned: {titles}",
            counts[Ending.RETURNED],
        ),
        Ending.VOID: ngettext(
            "{count} proposal of yours is void, as what it rests on has changed: {titles}",
            "{count} proposals of yours are void, as what they rest on has changed: {titles}",
            counts[Ending.VOID],
        ),
        Ending.FAILED: ngettext(
            "{count} proposal of yours could not take effect: {titles}",
            "{count} proposals of yours could not take effect: {titles}",
            counts[Ending.FAILED],
        ),
    }
    return _("; ").join(
        said[one].format(count=counts[one], titles=_titles(found)) for one, found in of.items() if found
    )


def _titles(rows: Sequence[Outcome]) -> str:
    return _(", ").join(_title(row) for row in rows[:NAMED]) + (" …" if len(rows) > NAMED else "")


def _title(row: Outcome) -> str:
    title = f"{row.word} · {row.title}"
    return _("{title} ({reason})").format(title=title, reason=row.reason) if row.reason else title
