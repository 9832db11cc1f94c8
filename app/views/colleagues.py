"""The colleagues' panel (同事): tasks, notices, leave, swaps, acting, files; the lists know nothing of each other."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.access import Context
from app.views.changes import Changes
from app.views.duty.swaps_page import SwapsPage
from app.views.leave.acting_page import ActingPage
from app.views.leave.leave_page import LeavePage
from app.views.pages_panel import Pages, PagesPanel
from app.views.staff.files_page import FilesPage
from app.views.staff.notices_page import NoticesPage
from app.views.staff.tasks_page import TasksPage
from app.views.tasks import Tasks

TASKS, NOTICES, LEAVE, SWAPS, ACTING, FILES = "tasks", "notices", "leave", "swaps", "acting", "files"


class ColleaguesPanel(PagesPanel):
    """Six lists."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"tasks", "notices", "leaves", "handovers", "swaps", "actings", "file_notes", "people", "proposals"}
    )

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        self._leave = LeavePage(ctx, tasks)
        pages: Pages = {
            TASKS: (_("Tasks"), TasksPage(ctx, tasks)),
            NOTICES: (_("Notices"), NoticesPage(ctx, tasks)),
            LEAVE: (_("Leave"), self._leave),
            SWAPS: (_("Swaps"), SwapsPage(ctx, tasks)),
            ACTING: (_("Acting"), ActingPage(ctx, tasks)),
            FILES: (_("Files"), FilesPage(ctx, tasks)),
        }
        super().__init__(ctx, tasks, changes, parent, pages=pages, name=_("Lists of the colleagues"))

    def show_offered(self) -> None:
        """Switch to what colleagues ask one to take over."""
        self.show_list(LEAVE)
        self._leave.show_offered()

    def show_own_leaves(self) -> None:
        """Switch to one's own leaves."""
        self.show_list(LEAVE)
        self._leave.show_own()

    def show_swaps(self) -> None:
        """Switch to the swaps."""
        self.show_list(SWAPS)

    def show_acting(self) -> None:
        """Switch to who acts in which post."""
        self.show_list(ACTING)
