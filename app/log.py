"""The log: one rotating file in the user's folder. Ids, never names or phones."""

import logging
import logging.handlers
from pathlib import Path

SIZE = 1_000_000
KEPT = 5


def set_up(folder: Path, level: int = logging.INFO) -> None:
    """Write the program's log into `folder`, once per process."""
    root = logging.getLogger()
    if any(isinstance(handler, logging.handlers.RotatingFileHandler) for handler in root.handlers):
        return
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "zhanggui.log", maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(level)
