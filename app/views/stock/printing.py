"""A count on paper: its sheet, looked at and printed."""

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.access import Context
from app.views.papers import show_paper
from app.views.tasks import Tasks


def print_count(ctx: Context, tasks: Tasks, owner: QWidget, count: int) -> None:
    """Make the sheet of a count and show it over `owner`."""
    from app.services.stock.papers import count_sheet_for

    show_paper(tasks, owner, _("Count sheet"), lambda path, progress: count_sheet_for(ctx, count, path, progress))
