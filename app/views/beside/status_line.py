"""The line at the window's foot: which database, how far its ledger goes and whether it was proved, the last backup."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.clock import OFFICE_ZONE, exact_moment, office_day
from app.i18n import _
from app.services.access import Context, RightsChangedError
from app.services.status import OfficeStatus, office_status
from app.views.main_window import MainWindow
from app.views.shell import Shell

if TYPE_CHECKING:
    from app.services.proof.verdict import Verdict


class StatusLine(QObject):
    """`rights_changed` tells why the person may not work on as they signed in."""

    rights_changed = Signal(str)

    def __init__(self, ctx: Context, shell: Shell, window: MainWindow) -> None:
        super().__init__(window)
        self._ctx, self._shell, self._window = ctx, shell, window
        self._verified, self._stopped = "", False

    def start(self) -> None:
        """Show it for the first time."""
        self.refresh()

    def stop(self) -> None:
        """Tell no more of what is still under way."""
        self._stopped = True

    def refresh(self) -> None:
        """Ask for it again."""
        ctx = self._ctx
        self._shell.tasks.run(self, lambda: office_status(ctx), self._show, self._on_failed)

    def show_verdict(self, verdict: "Verdict") -> None:
        """Say from now on what proving the ledger has found, and when."""
        time = self._ctx.clock.now().astimezone(OFFICE_ZONE).strftime("%H:%M")
        self._verified = (
            _("Ledger verified {time} · #{entries}").format(time=time, entries=verdict.entries)
            if verdict.ok
            else _("Ledger DAMAGED: {reason}").format(reason=verdict.reason)
        )
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, RightsChangedError) and not self._stopped:  # nothing here works any more
            self.rights_changed.emit(str(error))  # told where one signs in again: a box would lie behind that
        elif not self._stopped:
            self._shell.reporter.show(None, error)

    def _show(self, status: OfficeStatus) -> None:
        place = _("Database on this computer") if status.local else _("Database server")
        if status.encrypted:
            place += " · " + _("encrypted")
        last = _("never") if status.backup_at is None else exact_moment(status.backup_at, office_day(self._ctx.clock))
        self._window.set_status(
            [
                place,
                self._verified or _("Ledger #{entries}").format(entries=status.entries),
                _("Last backup {time}").format(time=last),
            ]
        )
