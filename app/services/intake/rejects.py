"""Rejected rows as a file that a spreadsheet opens without running anything in it."""

from collections.abc import Iterable
from pathlib import Path

from app.i18n import _
from app.services.intake.draft import Reject
from app.services.spreadsheet import write_table


def write_rejects(path: Path, rejects: Iterable[Reject]) -> None:
    """Write row, number and reason in the form that the file's ending names; raises an InputError."""
    header = (_("Row"), _("Order number"), _("Reason"))
    write_table(path, header, ((reject.row, reject.source_number, reject.reason) for reject in rejects))
