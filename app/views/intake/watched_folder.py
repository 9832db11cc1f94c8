"""A folder that is watched: what a platform's tool saves there is imported without anybody pressing anything (O1)."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app import config
from app.errors import AppError, system_reason
from app.i18n import _
from app.services.access import Context, Permission
from app.views.tasks import Progress, Tasks

if TYPE_CHECKING:  # reading files is loaded when there is one
    from app.services.intake.commit import ImportResult
    from app.services.intake.folder import Stamp, Taken

TICK_MS = 1_000  # while something waits
AGAIN_MS = 20_000  # a file written over, and a folder of another computer, announce nothing
PATIENCE = 10  # looks that settled files wait for one that still grows, in case it belongs to them
REMEMBERED = 500


class WatchedFolder(QObject):
    """Takes files once they have stopped growing; `imported` and `failed` carry a sentence."""

    imported = Signal(str)
    failed = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, settings: QSettings, window: QWidget) -> None:
        super().__init__(window)
        self._ctx, self._tasks, self._settings, self._window = ctx, tasks, settings, window
        self._seen: dict[str, Stamp] = {}
        self._tried: list[Stamp] = []
        self._busy = self._lost = False
        self._patience = PATIENCE
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self._timer.start(TICK_MS))

    @property
    def folder(self) -> Path | None:
        """The folder, or None where none is watched."""
        kept = str(self._settings.value("intake/folder", ""))
        return Path(kept) if kept else None

    def choose(self) -> None:
        """Ask for the folder."""
        dialog = QFileDialog(self._window, _("Watched folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.watch)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def watch(self, folder: str) -> None:
        """Watch another folder; what lies in it already is taken too."""
        self._settings.setValue("intake/folder", folder)
        self.start()

    def start(self) -> None:
        """Begin to watch, where a folder is set and the person may import."""
        self.stop()
        if self.folder is not None and self._ctx.may(Permission.ORDER_IMPORT):
            self._timer.start(TICK_MS)

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())

    def look(self) -> None:
        """Take the files that have not changed since the last look."""
        folder = self.folder
        if folder is not None and not self._busy:
            self._busy = True

            def work(_progress: Progress) -> "list[Stamp]":
                from app.services.intake.folder import files_in

                return files_in(folder)

            self._tasks.run_long(self, work, Progress(self), self._on_seen, self._on_failed)

    def _on_seen(self, present: "list[Stamp]") -> None:
        self._busy = self._lost = False
        self._keep_watching()
        done = set(self._done())
        waiting = {Path(stamp[0]).name: stamp for stamp in present if stamp[1] > 0 and _key(stamp) not in done}
        settled = sorted(stamp for name, stamp in waiting.items() if self._seen.get(name) == stamp)
        self._seen = waiting
        fresh = settled != self._tried  # goods whose orders are not there yet are not read again at each look
        self._timer.start(TICK_MS if fresh or len(settled) < len(waiting) else AGAIN_MS)
        self._patience = self._patience - 1 if settled else PATIENCE
        if settled and fresh and (len(settled) == len(waiting) or self._patience <= 0):
            self._patience = PATIENCE
            self._take(settled)

    def _keep_watching(self) -> None:
        folder = self.folder
        if folder is not None and str(folder) not in self._watcher.directories():
            self._watcher.addPath(str(folder))

    def _take(self, settled: "list[Stamp]") -> None:
        """One file after the other; a file of goods waits for its orders and goes with them."""
        self._busy, self._tried = True, settled
        ctx, folder = self._ctx, config.mappings_folder()
        paths = [Path(stamp[0]) for stamp in settled]

        def work(progress: Progress) -> "list[Taken]":
            from app.services.intake.folder import take_files

            return take_files(ctx, paths, folder, progress)

        self._tasks.run_long(self, work, Progress(self), self._tell, self._on_failed)

    def _tell(self, results: "list[Taken]") -> None:
        self._busy = False
        done = self._done()
        left = {Path(stamp[0]).name for stamp in self._tried}
        for paths, result in results:
            done += [_key(self._seen[path.name]) for path in paths if path.name in self._seen]
            left -= {path.name for path in paths}
            self._tell_one(paths[0].name, result)
        for name in sorted(left):
            self.failed.emit(_("{name} holds goods only; it waits for the file of its orders.").format(name=name))
        self._settings.setValue("intake/done", done[-REMEMBERED:])

    def _tell_one(self, name: str, result: "ImportResult | AppError") -> None:
        if not isinstance(result, AppError):
            self.imported.emit(
                _("{name}: {new} new, {changed} changed, {rejected} rejected").format(
                    name=name, new=result.new, changed=result.changed, rejected=result.rejected
                )
            )
        else:
            self.failed.emit(f"{name}: {result}")

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, OSError):
            self._lose(error)
        elif isinstance(error, AppError):
            self.failed.emit(str(error))
        else:
            raise error

    def _lose(self, error: OSError) -> None:
        """A stick pulled out, a server gone: told once, and looked for again."""
        self._timer.start(AGAIN_MS)
        if not self._lost:
            self._lost = True
            name, reason = self._settings.value("intake/folder", ""), system_reason(error)
            self.failed.emit(_("The watched folder {name} cannot be read ({reason}).").format(name=name, reason=reason))

    def _done(self) -> list[str]:
        kept = self._settings.value("intake/done", [])
        return [str(one) for one in kept] if isinstance(kept, list) else [str(kept)]


def _key(stamp: "Stamp") -> str:
    return f"{Path(stamp[0]).name}|{stamp[1]}|{stamp[2]}"
