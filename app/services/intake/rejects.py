"""Rejected rows as a file that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterable
from pathlib import Path

from app.i18n import _
from app.services.intake.draft import Reject
from app.services.intake.errors import FileUnreadableError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rejects(path: Path, rejects: Iterable[Reject]) -> None:
    """Write row, order number and reason as CSV in UTF-8 with BOM; raises FileUnreadableError."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([_("Row"), _("Order number"), _("Reason")])
            writer.writerows([reject.row, _safe(reject.source_number), _safe(reject.reason)] for reject in rejects)
    except OSError as error:
        raise FileUnreadableError(file=path.name, detail=error.strerror or error) from error


def _safe(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text
