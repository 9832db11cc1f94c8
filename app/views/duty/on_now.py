"""Looks each minute who is on now; the window's bar shows it."""

from PySide6.QtCore import QObject, Signal

from app.clock import OFFICE_ZONE, from_ms
from app.i18n import _
from app.services.access import Context
from app.services.duty.now import Now, who_is_on
from app.views.changes import Changes
from app.views.looking import Looking
from app.views.tasks import Tasks

NAMED = 3
# Who was sent away hears of it from the window itself.
WATCHES = frozenset({"rosters", "leaves", "actings", "settings"})


class OnNow(Looking):
    """`changed` tells the words for the bar and for its hint."""

    changed = Signal(str, str)

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        changes.changed.connect(self._on_changes_changed)

    def look(self) -> None:
        ctx = self._ctx
        self._tasks.run(self, lambda: who_is_on(ctx), lambda now: self.changed.emit(bar_text(now), hint_text(now)))

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if WATCHES & tables and self._timer.isActive():
            self.look()


def bar_text(now: Now) -> str:
    """Who answers customers now; outside the hours, who is on call; nothing where no roster was published.

    Early on a Monday who is on call is last week's, whether this week's roster was published or not.
    """
    if not now.planned and not now.on_call_name:
        return ""
    names = [one.name for one in now.on if one.service]
    if names:
        more = " …" if len(names) > NAMED else ""
        return _("On duty {names}").format(names=" · ".join(names[:NAMED])) + more
    return _("On call {name}").format(name=now.on_call_name) if now.on_call_name else _("Nobody on duty")


def hint_text(now: Now) -> str:
    """Everybody at work with their shift, who is on call, and where the hotline goes, one line each."""
    lines = [" ".join((one.name, one.shift)) for one in now.on]
    if now.on_call_name:
        called = _("On call: {name} {number}").format(name=now.on_call_name, number=now.on_call_number)
        lines.append(called.strip())
    lines.append(_("Hotline: {where}").format(where=hotline_text(now)))
    return "\n".join(lines)


def hotline_text(now: Now) -> str:
    """Where calls go, from now until when."""
    line = now.hotline
    until = "" if line.until is None else from_ms(line.until).astimezone(OFFICE_ZONE).strftime("%m-%d %H:%M")
    if line.to_desk:
        return _("Until {until} → the desk {number}").format(until=until, number=line.number).strip()
    if not line.name:
        return _("Until {until} → nobody is planned to be on call").format(until=until)
    number = line.number or _("no number known")
    return _("Until {until} → {name} {number}").format(until=until, name=line.name, number=number)
