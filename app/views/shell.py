"""What every part of a window works with."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings

from app.views.error_reporter import ErrorReporter
from app.views.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Shell:
    """What a window needs besides the person's context."""

    settings: QSettings
    tasks: Tasks
    reporter: ErrorReporter
