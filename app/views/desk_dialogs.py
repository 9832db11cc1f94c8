"""The dialogs that the window's own actions open; each is loaded when it is asked for."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.i18n import _
from app.services.access import Context, Permission
from app.views.main_window import MainWindow
from app.views.panels import Panels
from app.views.shell import Shell


class DeskDialogs(QObject):
    """Files that come in, people, one's own password, the recovery key."""

    def __init__(self, ctx: Context, shell: Shell, panels: Panels, window: MainWindow) -> None:
        super().__init__(window)
        self._ctx, self._shell, self._panels, self._window = ctx, shell, panels, window

    def choose_orders(self) -> None:
        """Ask which files of orders to import."""
        dialog = QFileDialog(self._window, _("Import orders"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_("Order files (*.csv *.xlsx *.xls *.txt *.tsv *.json);;All files (*)"))
        dialog.filesSelected.connect(lambda names: self.take_files([Path(name) for name in names]))
        dialog.open()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Import files that were chosen or dropped: products where products are looked at, else orders."""
        from app.views.intake.import_dialog import ImportDialog

        if self._panels.takes_products():
            for path in paths[:1]:
                self._panels.catalog.actions_.import_file(path)
        elif self._ctx.may(Permission.ORDER_IMPORT):
            ImportDialog(self._ctx, self._shell.tasks, paths, self._window).open()

    def show_people(self) -> None:
        """The office's people, their posts and levels (rule A2)."""
        from app.views.people.dialog import PeopleDialog

        PeopleDialog(self._ctx, self._shell.tasks, self._window).open()

    def change_password(self) -> None:
        """Another password of one's own (rule A3)."""
        from app.views.password_dialog import PasswordDialog

        PasswordDialog(self._ctx, self._shell, self._window).open()

    def show_recovery_key(self) -> None:
        """The key that opens the office where this computer is lost."""
        from app.views.recovery_dialog import RecoveryDialog

        RecoveryDialog(self._ctx, self._shell.tasks, self._window).open()

    def show_key_once(self) -> None:
        """The administrator of an encrypted office writes its recovery key down before anything is lost."""
        from app.services.recovery import recovery_key_unseen

        ctx = self._ctx
        if ctx.db.encrypted and ctx.may(Permission.DATABASE_BACKUP):
            self._shell.tasks.run(
                self, lambda: recovery_key_unseen(ctx), lambda unseen: self.show_recovery_key() if unseen else None
            )
