"""A folder that is watched: what a platform's tool saves there is imported without anybody pressing anything (O1)."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import AppError
from app.i18n import _
from app.services.access import Context, Permission
from app.services.intake.commit import ImportResult, run_import
from app.services.intake.errors import ItemsAloneError
from app.services.intake.saved_mappings import detect_with_saved
from app.views.intake.import_dialog import mappings_folder
from app.views.tasks import Progress, Tasks

TICK_MS = 1_000
ENDINGS = frozenset({".csv", ".txt", ".tsv", ".xls", ".xlsx", ".json"})
REMEMBERED = 500

Stamp = tuple[str, int, int]  # path, size, time of change
Taken = tuple[list[Path], ImportResult | AppError]


class WatchedFolder(QObject):
    """Takes files once they have stopped growing; `imported` and `failed` carry a sentence."""

    imported = Signal(str)
    failed = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, settings: QSettings, window: QWidget) -> None:
        super().__init__(window)
        self._ctx, self._tasks, self._settings, self._window = ctx, tasks, settings, window
        self._seen: dict[str, Stamp] = {}
        self._busy = False
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self._timer.start())

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
        dialog.open()

    def watch(self, folder: str) -> None:
        """Watch another folder; what lies in it already is taken too."""
        self._settings.setValue("intake/folder", folder)
        self.start()

    def start(self) -> None:
        """Begin to watch, where a folder is set and the person may import."""
        folder = self.folder
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        if folder is not None and folder.is_dir() and self._ctx.may(Permission.ORDER_IMPORT):
            self._watcher.addPath(str(folder))
            self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()

    def look(self) -> None:
        """Take the files that have not changed since the last look; stop looking when all is done."""
        folder = self.folder
        if folder is None or self._busy:
            return
        present = {path.name: _stamp(path) for path in folder.iterdir() if path.suffix.lower() in ENDINGS}
        done = set(self._done())
        waiting = {name: stamp for name, stamp in present.items() if _key(stamp) not in done}
        settled = [stamp for name, stamp in waiting.items() if self._seen.get(name) == stamp and stamp[1] > 0]
        self._seen = waiting
        if not waiting:
            self._timer.stop()
        elif settled and len(settled) == len(waiting):
            self._take(settled)

    def _take(self, settled: list[Stamp]) -> None:
        """One file after the other; a file of goods waits for its orders and goes with them."""
        self._busy = True
        ctx, folder = self._ctx, mappings_folder()
        paths = [Path(stamp[0]) for stamp in sorted(settled)]

        def work(progress: Progress) -> list[Taken]:
            return take_files(ctx, paths, folder, progress)

        self._tasks.run_long(self, work, Progress(self), self._tell, self._on_failed)

    def _tell(self, results: list[Taken]) -> None:
        self._busy = False
        done = self._done()
        for paths, result in results:
            done += [_key(self._seen[path.name]) for path in paths if path.name in self._seen]
            name = paths[0].name
            if isinstance(result, ImportResult):
                self.imported.emit(
                    _("{name}: {new} new, {changed} changed, {rejected} rejected").format(
                        name=name, new=result.new, changed=result.changed, rejected=result.rejected
                    )
                )
            else:
                self.failed.emit(f"{name}: {result}")
        self._settings.setValue("intake/done", done[-REMEMBERED:])

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, AppError):
            raise error
        self.failed.emit(str(error))

    def _done(self) -> list[str]:
        kept = self._settings.value("intake/done", [])
        return [str(one) for one in kept] if isinstance(kept, list) else [str(kept)]


def take_files(ctx: Context, paths: list[Path], folder: Path, progress: Progress) -> list[Taken]:
    """Import files, each of goods together with its orders; what is refused is told beside its file."""
    goods = [path for path in paths if _is_goods_alone(path, folder)]
    taken: list[Taken] = []
    for path in [path for path in paths if path not in goods]:
        group = [path]
        try:
            group += _joined(path, goods, folder)
            taken.append((group, run_import(ctx, detect_with_saved(group, folder), progress)))
        except AppError as error:
            taken.append((group, error))
    return taken


def _is_goods_alone(path: Path, folder: Path) -> bool:
    try:
        detect_with_saved([path], folder)
    except ItemsAloneError:
        return True
    except AppError:
        return False  # told when it is taken
    return False


def _joined(orders: Path, goods: list[Path], folder: Path) -> list[Path]:
    """The file of goods that belongs to a file of orders, taken out of `goods`."""
    for items in goods:
        try:
            detect_with_saved([orders, items], folder)
        except AppError:
            continue
        goods.remove(items)
        return [items]
    return []


def _stamp(path: Path) -> Stamp:
    about = path.stat()
    return str(path), about.st_size, about.st_mtime_ns


def _key(stamp: Stamp) -> str:
    return f"{Path(stamp[0]).name}|{stamp[1]}|{stamp[2]}"
