"""The log: one rotating file in the user's folder. Ids, never names or phones."""

import copy
import logging
import logging.handlers
import traceback
from pathlib import Path
from types import TracebackType

SIZE = 1_000_000
KEPT = 5
ROOT = Path(__file__).resolve().parent.parent


def set_up(folder: Path, level: int = logging.INFO) -> None:
    """Write the program's log into `folder`, once per process."""
    root = logging.getLogger()
    if any(isinstance(handler, logging.handlers.RotatingFileHandler) for handler in root.handlers):
        return
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "zhanggui.log", maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(level)


class _Discreet(logging.Formatter):
    """Tells of an error only what `trail` does."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.exc_text = None  # how another handler has told of it already
        return super().format(own)

    def formatException(  # noqa: N802 (logging's own name)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return "" if ei[1] is None else "\n".join(trail(ei[1]))


def trail(error: BaseException) -> list[str]:
    """Kinds of errors and places in the code, no values and no messages: those may quote a name or a phone."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in _frames(seen)]
        seen = seen.__cause__ or seen.__context__
    return lines


def _frames(error: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__)


def _place(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name  # no home folder
