"""Taking in what lies in a folder: which files may hold orders, and each file of goods together with its orders."""

from pathlib import Path

from app.errors import AppError
from app.services.access import Context, Permission, requires
from app.services.intake.commit import ImportResult, run_import
from app.services.intake.errors import ItemsAloneError
from app.services.intake.saved_mappings import detect_with_saved
from app.services.progress import Progress

ENDINGS = frozenset({".csv", ".txt", ".tsv", ".xls", ".xlsx", ".json"})

Stamp = tuple[str, int, int]  # path, size, time of change
Taken = tuple[list[Path], ImportResult | AppError]


@requires(Permission.ORDER_IMPORT)
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


def files_in(folder: Path) -> list[Stamp]:
    """The files of a folder that may hold orders; raises OSError where it cannot be read."""
    stamps = []
    for path in folder.iterdir():
        # Office programs put a locked twin beside an open file ("~$orders.xlsx").
        if path.suffix.lower() not in ENDINGS or path.name.startswith(("~$", ".")):
            continue
        try:
            about = path.stat()
        except FileNotFoundError:
            continue  # moved away in this moment
        stamps.append((str(path), about.st_size, about.st_mtime_ns))
    return stamps
