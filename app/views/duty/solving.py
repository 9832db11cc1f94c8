"""The planner at work beside the window (自动排班): better plans as they come, how good they are, a button to stop."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from app.i18n import _
from app.services.access import Context
from app.services.duty.roster.outcome import Found, Outcome, Status
from app.services.duty.roster.process import Planner
from app.services.duty.solve import SECONDS, Planned, plan_span
from app.services.duty.span import Span
from app.views.tasks import Progress, Tasks
from app.views.theme import GAP_2
from app.views.widgets.labels import label

TICK_MS = 100


class Solving(QObject):
    """One run at a time; `found` tells each better plan, `done` how it ended, `failed` why it could not."""

    found = Signal(object)  # cells
    done = Signal(object)  # Planned
    failed = Signal(object)  # Exception
    running_changed = Signal(bool)
    _came = Signal(object)  # from the planner's thread to the window's

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        self.running = False
        self.summary = ""
        self._planner = Planner()
        self._progress: Progress | None = None
        self._passed = 0
        self._best: Found | None = None
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._build()

    def _build(self) -> None:
        self.bar = QWidget()
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._meter.setRange(0, int(SECONDS * 1000 / TICK_MS))
        self._meter.setAccessibleName(_("Planning"))
        self._told = label("", "dim")
        self.stop_button = QPushButton(_("Stop and take this plan"))
        self.stop_button.setAutoDefault(True)  # the keyboard goes there by itself, and Enter is to press it as well
        self.stop_button.clicked.connect(self.stop)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(GAP_2 + 2, 0, GAP_2 + 2, GAP_2)
        row.setSpacing(GAP_2)
        row.addWidget(self._meter, 1)
        row.addWidget(self._told)
        row.addWidget(self.stop_button)
        self.bar.hide()

    def warm(self) -> None:
        """Have the planner's process ready before it is asked for."""
        self._tasks.run_long(self, lambda _progress: self._planner.warm(), Progress(self))

    def close(self) -> None:
        """End the planner's process."""
        self.stop()
        self._planner.close()

    def start(self, span: Span, *, fewest_changes: bool) -> None:
        """Plan these weeks."""
        if self.running:
            return
        self._best, self._passed, self.summary = None, 0, ""
        self._progress = Progress(self)
        self._set_running(running=True)
        ctx, planner, came = self._ctx, self._planner, self._came.emit

        def work(progress: Progress) -> Planned:
            return plan_span(
                ctx, planner, span, fewest_changes=fewest_changes, on_plan=came, stop=lambda: progress.cancelled
            )

        self._tasks.run_long(self, work, self._progress, self._on_done, self._on_failed)

    def stop(self) -> None:
        """Take the best plan so far."""
        if self._progress is not None:
            self._progress.cancel()

    def forget(self) -> None:
        """Say no longer how good the plan was: it is another one now."""
        self.summary = ""

    def _on_came(self, found: Found) -> None:
        if self.running:
            self._best = found
            self._on_tick()
            self.found.emit(found.cells)

    def _on_tick(self) -> None:
        self._meter.setValue(self._passed)
        if self._best is None:
            self._told.setText(_("Looking for a plan …"))
        else:
            text = _("Penalty {objective}, at least {bound}")
            self._told.setText(text.format(objective=self._best.objective, bound=max(self._best.bound, 0)))
        self._passed += 1

    def _on_done(self, planned: Planned) -> None:
        self.summary = outcome_text(planned.outcome)
        self._set_running(running=False)
        self.done.emit(planned)

    def _on_failed(self, error: Exception) -> None:
        self._set_running(running=False)
        self.failed.emit(error)

    def _set_running(self, *, running: bool) -> None:
        self.running = running
        if running:
            self.bar.show()
            self._tick.start()
            self._on_tick()
        self.running_changed.emit(running)
        if not running:
            self._tick.stop()
            self.bar.hide()  # after who listens has taken the keyboard from the button to stop


def outcome_text(outcome: Outcome) -> str:
    """How good the plan is, beside the pill that says whether rules hold."""
    seconds = f"{outcome.seconds:.1f}"
    if outcome.status is Status.PROVEN:
        if outcome.changes is not None:
            return _("Best · {changes} cells changed, fewer cannot be · {seconds} s").format(
                changes=outcome.changes, seconds=seconds
            )
        return _("Best · penalty {objective} · {seconds} s").format(objective=outcome.objective, seconds=seconds)
    if outcome.changes is not None:
        text = _("{changes} cells changed, fewer may be possible · {seconds} s")
        return text.format(changes=outcome.changes, seconds=seconds)
    if outcome.cells is not None:
        text = _("Penalty {objective}, at least {bound}, not proven · {seconds} s")
        return text.format(objective=outcome.objective, bound=max(outcome.bound, 0), seconds=seconds)
    if outcome.status is Status.INFEASIBLE:
        return _("The rules cannot all be met")
    return _("No plan was found in {seconds} s").format(seconds=seconds)
