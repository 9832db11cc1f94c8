"""What the desk does by itself or at a press: the record at 18:00, proving the ledger, showing the paper."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.clock import office_day
from app.i18n import _, ngettext
from app.services.access import Context, program
from app.services.office import is_sample, office_settings
from app.services.settings.values import records_folder
from app.views.shell import Shell
from app.views.tasks import Progress

if TYPE_CHECKING:  # loaded when there is something to do
    from app.services.proof.verdict import Verdict
    from app.services.records.record import RecordResult

MINUTE_MS = 60_000


class Chores(QObject):
    """Long works of the desk, one at a time; `told` says what came of them."""

    told = Signal(str)
    verified = Signal(object)  # Verdict

    def __init__(self, ctx: Context, shell: Shell, window: QWidget) -> None:
        super().__init__(window)
        self._ctx, self._shell, self._window = ctx, shell, window
        self._busy = False
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.record_what_is_due)
        self._minute.timeout.connect(self.run_what_is_due)

    def start(self) -> None:
        """Look each minute whether a day is to be put on record; first when the desk is at work, not while it opens."""
        self._minute.start()
        self.run_what_is_due()

    def stop(self) -> None:
        """Stop looking."""
        self._minute.stop()

    def record_what_is_due(self) -> None:
        """Put what is due on record, in the program's name. The sample office's past is not sealed by itself."""
        if self._busy:
            return
        self._busy = True
        own = program(self._ctx.db, self._ctx.clock)

        def work(progress: Progress) -> "list[RecordResult]":
            from app.services.records.record import record_due

            return [] if is_sample(own.db) else record_due(own, records_folder(office_settings(own)), progress)

        self._shell.tasks.run_long(self, work, Progress(), self._on_recorded, self._on_failed)

    def run_what_is_due(self) -> None:
        """Put in force what was approved for a time that has come, in the program's name; also after a restart."""
        own = program(self._ctx.db, self._ctx.clock)

        def work() -> int:
            from app.services.due import run_what_is_due

            return run_what_is_due(own)

        self._shell.tasks.run(self, work, self._on_due)

    def record_today(self) -> None:
        """Seal today now and show the paper."""
        ctx = self._ctx
        today: date = office_day(ctx.clock)
        self.told.emit(_("Sealing the day …"))

        def work(progress: Progress) -> "RecordResult":
            from app.services.records.record import record

            return record(ctx, today, records_folder(office_settings(ctx)), progress)

        self._shell.tasks.run_long(self, work, Progress(), lambda made: self._show_paper(made.pdf))

    def verify_ledger(self) -> None:
        """Prove the whole ledger."""
        ctx = self._ctx
        self.told.emit(_("Verifying the ledger …"))

        def work(progress: Progress) -> "Verdict":
            from app.services.verify import verify

            return verify(ctx, None, progress)

        self._shell.tasks.run_long(self, work, Progress(), self._on_verified)

    def rebuild_lists(self) -> None:
        """Build the lists anew from the entries, as the proof asks for where only these are wrong."""
        ctx = self._ctx
        self.told.emit(_("Building the lists anew …"))

        def work(progress: Progress) -> int:
            from app.services.orders.rebuild import rebuild

            return rebuild(ctx, progress)

        self._shell.tasks.run_long(self, work, Progress(), self._on_rebuilt)

    def _on_due(self, count: int) -> None:
        if count:
            text = ngettext("{count} approved change took effect", "{count} approved changes took effect", count)
            self.told.emit(text.format(count=count))

    def _on_recorded(self, made: "list[RecordResult]") -> None:
        self._busy = False
        if made:
            text = ngettext("{count} day put on record", "{count} days put on record", len(made))
            self.told.emit(text.format(count=len(made)))

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._shell.reporter.show(self._window, error)

    def _on_verified(self, verdict: "Verdict") -> None:
        self.verified.emit(verdict)
        if verdict.ok:
            self.told.emit(_("The ledger is proved: {count} entries.").format(count=f"{verdict.entries:,}"))
        else:
            self.told.emit(_("The ledger is damaged: {reason}").format(reason=verdict.reason))

    def _on_rebuilt(self, count: int) -> None:
        text = ngettext("{count} order is listed anew.", "{count} orders are listed anew.", count)
        self.told.emit(text.format(count=f"{count:,}"))

    def _show_paper(self, path: Path) -> None:
        from app.views.paper_preview import PaperPreview

        PaperPreview(path, _("Daily record"), self._shell.tasks, self._window).open()
