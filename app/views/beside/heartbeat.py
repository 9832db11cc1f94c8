"""Feels the office's pulse: other windows' changes show up, and a database that is gone is told of once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import OutsideError
from app.i18n import _
from app.views.looking import Looking
from app.views.shell import Shell

if TYPE_CHECKING:
    from app.services.pulse import Pulse

PULSE_MS = 400  # another process's order is on the screen within a second
PATIENCE_BEATS = 25  # ten seconds: a server that hangs gives no error, and whoever asks it waits without an end


class Heartbeat(Looking):
    """`lost` tells once why the database does not answer, `back` that it does again; it is asked all the while.

    Why is told in our words, and in a second line in the server's own.
    """

    lost = Signal(str)
    back = Signal()

    def __init__(self, pulse: "Pulse", shell: Shell, parent: QObject) -> None:
        super().__init__(parent, PULSE_MS)
        self.pulse, self._shell = pulse, shell
        self._asked = self._lost = False
        self._missed = 0  # beats since it was asked; not the time, which also passes while the computer sleeps

    def look(self) -> None:
        """Feel it once; a server that takes its time is not asked again meanwhile, and one that hangs is told of."""
        if not self._asked:
            self._asked, self._missed = True, 0
            self._shell.tasks.run(self, self.pulse.feel, self._on_felt, self._on_failed)
            return
        self._missed += 1
        if self._missed == PATIENCE_BEATS:
            seconds = PATIENCE_BEATS * PULSE_MS // 1_000
            self._lose(_("No answer for {seconds} seconds; what is asked of it waits.").format(seconds=seconds))

    def _on_felt(self, _moved: bool) -> None:
        self._asked = False
        if self._lost:
            self._lost = False
            self.back.emit()

    def _on_failed(self, error: Exception) -> None:
        self._asked = False
        if not isinstance(error, OutsideError):
            self._shell.reporter.show(self, error)
        else:
            self._lose("\n".join(filter(None, (str(error), error.said))))

    def _lose(self, why: str) -> None:
        if not self._lost:
            self._lost = True
            self.lost.emit(why)
