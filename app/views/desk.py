"""The desk of one signed-in person: the window, its panels, and what runs beside them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.i18n import _
from app.services.access import Context, Permission
from app.services.pulse import Pulse
from app.views.beside.chores import Chores
from app.views.beside.heartbeat import Heartbeat
from app.views.beside.marks import Marks
from app.views.beside.matching import Matching
from app.views.beside.new_day import NewDay
from app.views.beside.status_line import StatusLine
from app.views.beside.tellers import Tellers
from app.views.changes import Changes
from app.views.desk_dialogs import DeskDialogs
from app.views.duty.on_now import OnNow
from app.views.intake.watched_folder import WatchedFolder
from app.views.main_window import WINDOW, MainWindow, WindowSpec
from app.views.orders.notices import Notices
from app.views.panels import Look, Panels
from app.views.shell import Shell
from app.views.sound import Sounds, Tone
from app.views.top_bar import TopBar
from app.views.widgets.buttons import new_action


class Desk(QObject):
    """Puts the panels together; they know nothing of each other."""

    rebuild_requested = Signal()
    sign_out_requested = Signal(str)  # why, where it is not the person's own wish
    quit_requested = Signal()

    def __init__(self, ctx: Context, shell: Shell) -> None:
        super().__init__()
        self._ctx, self._shell = ctx, shell
        self._leaving = False
        self._changes = Changes()
        ctx.db.listen(self._changes.announce)
        self.panels = Panels(ctx, shell, self._changes, self)
        self.window = MainWindow(self._spec(), shell.settings)
        self.dialogs = DeskDialogs(ctx, shell, self.panels, self.window)
        self.chores = Chores(ctx, shell, self.window)
        self.watched = WatchedFolder(ctx, shell.tasks, shell.settings, self.window)
        self._bar = self._build_bar()
        self.marks = Marks(self._bar, self.panels, self.window)
        self.matching = Matching(self.window, self.panels, self._bar.search)
        self.sounds = Sounds(shell.settings, ctx.person, self.window)
        self.notices = Notices(ctx, shell.tasks, self.sounds.play, self.window)
        self.tellers = Tellers(ctx, shell, self._changes, self.panels, self.notices, self.window)
        self.on_now = OnNow(ctx, shell.tasks, self._changes, self.window)
        self.new_day = NewDay(ctx.clock, self.window)
        self.heartbeat = Heartbeat(Pulse(ctx.db), shell, self)
        self.status = StatusLine(ctx, shell, self.window)
        looks = (self.heartbeat, self.chores, self.notices, self.tellers, self.on_now, self.new_day, self.watched)
        self._beside = (*looks, self.status)  # what runs beside the panels
        self._bell = QMenu(self.window)
        self._connect_window()
        self._connect_beside()

    def look(self) -> Look:
        """What is looked at, for the window that takes this one's place."""
        self.window.keep_layout()
        return self.panels.look()

    def show(self, look: Look | None = None) -> None:
        """Open the window, where another one was, and begin what runs beside it."""
        self.window.restore_layout()
        self.window.show()
        if look is None:
            QTimer.singleShot(0, self.panels.first_table().setFocus)  # when the sign-in has given the focus back
        else:
            self.window.show_panel(look.panel)
            self.panels.look_as(look)
        self.panels.tell_figures()
        for part in self._beside:
            part.start()
        self.dialogs.show_key_once()

    def refresh(self) -> None:
        """Ask for everything again."""
        for panel in self.panels.made():
            panel.refresh()
        self.status.refresh()

    def close(self) -> None:
        """Close the window without leaving the program."""
        self._leaving = True
        for part in self._beside:
            part.stop()
        self._shell.reporter.find()  # the next person's window tells of it itself
        self._ctx.db.unlisten(self._changes.announce)
        self.panels.keep_columns()
        self.panels.close()
        self.window.close()
        self.window.deleteLater()

    def show_settings(self) -> None:
        """What can be set, for those who may and for oneself."""
        from app.views.settings.dialog import SettingsDialog
        from app.views.settings.own_page import Own

        ctx, shell = self._ctx, self._shell
        folder = "" if self.watched.folder is None else str(self.watched.folder)
        own = Own(shell.settings, ctx.person, folder, ctx.may(Permission.ORDER_IMPORT))
        dialog = SettingsDialog(ctx, shell.tasks, own, self.window)
        dialog.said.connect(self.window.tell)
        dialog.own.window_changed.connect(self.window.apply_setting)
        dialog.own.folder_changed.connect(self.watched.watch)
        dialog.own.listen_requested.connect(lambda: self.sounds.play_anyway(Tone.NOTICE))
        dialog.open()

    def _spec(self) -> WindowSpec:
        hint = _("Search orders, customers, goods — number / initials / phone tail   Ctrl+K")
        return WindowSpec(_("Zhanggui"), hint, self._ctx.name, str(self._ctx.person), self.panels.specs())

    def _build_bar(self) -> TopBar:
        p, opens, tell = Permission, self.dialogs, self.chores
        recovery = self._action(_("Recovery key…"), opens.show_recovery_key, "lock-outline", "", p.DATABASE_BACKUP)
        recovery.setVisible(self._ctx.db.encrypted)
        imports = self._action(_("Import orders"), opens.choose_orders, "tray-arrow-down", "Ctrl+I", p.ORDER_IMPORT)
        return self.window.build_bar(
            [imports],
            [
                self._action(_("Watched folder…"), self.watched.choose, "folder-open-outline", "", p.ORDER_IMPORT),
                self._action(_("Record of the day"), tell.record_today, "file-pdf-box", "Ctrl+R", p.RECORD_WRITE),
                self._action(_("Verify the ledger"), tell.verify_ledger, "shield-check-outline", "", p.LEDGER_VERIFY),
                self._action(_("Rebuild the lists"), tell.rebuild_lists, "refresh", "", p.DATABASE_BACKUP),
                self._action(_("People…"), opens.show_people, "account-plus-outline", "", p.PEOPLE_MANAGE),
                recovery,
                self._action(_("Change password…"), opens.change_password, "lock-outline", "", p.ORDER_READ),
                self._action(_("Settings…"), self.show_settings, "cog-outline", "Ctrl+,", p.ORDER_READ),
                self._action(_("Sign out"), self._on_sign_out, "logout", "", p.ORDER_READ),
            ],
        )

    def _action(self, text: str, slot: Callable[[], object], icon: str, key: str, permission: Permission) -> QAction:
        action = new_action(self.window, text, slot, icon, key, WINDOW)
        action.setEnabled(self._ctx.may(permission))
        return action

    def _connect_window(self) -> None:
        window, panels = self.window, self.panels
        window.files_dropped.connect(self.dialogs.take_files)
        window.rebuild_requested.connect(self.rebuild_requested)
        window.notices_requested.connect(self._on_notices_requested)
        window.closed.connect(self._on_closed)
        window.may_close = lambda: self._leaving or panels.may_go()
        self._bar.search.searched.connect(self._on_searched)
        self._bar.search.left.connect(lambda: panels.in_front().setFocus())
        panels.said.connect(window.tell)
        panels.panel_wanted.connect(window.show_panel)
        panels.figures_changed.connect(self.marks.tell_figures)

    def _connect_beside(self) -> None:
        self.notices.counted.connect(self._bar.set_notices)
        self.notices.order_wanted.connect(self._on_order_wanted)
        self.tellers.outcomes.to_decide.connect(self.marks.tell_proposed)
        self.tellers.outcomes.to_publish.connect(self.marks.tell_to_publish)
        self.on_now.changed.connect(self.marks.tell_on_duty)
        self.watched.imported.connect(self._on_told)
        self.watched.failed.connect(self._on_told)
        self.chores.told.connect(self.window.tell)
        self.chores.verified.connect(self.status.show_verdict)
        self._changes.changed.connect(lambda _tables: self.status.refresh())
        self.status.rights_changed.connect(self.sign_out_requested)
        self.new_day.began.connect(self._changes.day_began)
        self.new_day.began.connect(self.on_now.look)
        self.heartbeat.lost.connect(self._on_lost)
        self.heartbeat.back.connect(self._on_back)

    def _on_lost(self, why: str) -> None:
        self._shell.reporter.lose(self.window.tell)
        self.marks.tell_lost(why)
        self.window.tell(_("The database does not answer; the window goes on by itself as soon as it does."))

    def _on_back(self) -> None:
        self._shell.reporter.find()
        self._shell.tasks.read_again()
        self.marks.tell_lost("")
        self.window.tell(_("The database answers again."))

    def _on_closed(self) -> None:
        if not self._leaving:
            self.quit_requested.emit()

    def _on_sign_out(self) -> None:
        if self.panels.may_go():
            self.sign_out_requested.emit("")

    def _on_searched(self, text: str) -> None:
        """What is typed searches the list that is looked at: products in the catalog, else orders."""
        if self.panels.catalog_is_in_front():
            self.panels.catalog.search(text)
            return
        self.window.docks["orders"].raise_()
        self.panels.orders.search(text)

    def _on_notices_requested(self) -> None:
        self.notices.fill(self._bell)
        self._bell.popup(self._bar.mapToGlobal(self._bar.person.geometry().bottomLeft()))

    def _on_told(self, text: str) -> None:
        self.notices.add(text)
        self.window.tell(text)

    def _on_order_wanted(self, order_id: int) -> None:
        self.window.show_panel("orders")
        self.panels.orders.show_order(order_id)
