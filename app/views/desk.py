"""The desk of one signed-in person: the window, its panels, and what runs beside them."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from app.clock import OFFICE_ZONE, from_ms
from app.i18n import _
from app.services.access import Context, Permission, RightsChangedError
from app.services.duty.swap_reminding import swap_reminders
from app.services.leave.reminding import acting_reminders, leave_reminders
from app.services.orders.queue import DeskFigures
from app.services.orders.rows import OrderFilter, Queue
from app.services.publishing.reminding import publishing_reminders
from app.services.pulse import Pulse
from app.services.staff.reminding import staff_reminders
from app.services.status import OfficeStatus, office_status
from app.views.changes import Changes
from app.views.chores import Chores
from app.views.dock import Area
from app.views.duty.on_now import OnNow
from app.views.duty.swap_asks import ask_to_swap
from app.views.heartbeat import Heartbeat
from app.views.intake.watched_folder import WatchedFolder
from app.views.leave.offers import ask_to_take_over
from app.views.main_window import WINDOW, MainWindow, WindowSpec
from app.views.new_day import NewDay
from app.views.orders.notices import Notices
from app.views.panels import ABOVE_THE_DAY, SIDES, Panels
from app.views.reminders import Reminders
from app.views.review.outcomes import Outcomes
from app.views.sound import Sounds, Tone
from app.views.theme import Kind
from app.views.top_bar import Mark
from app.views.widgets.buttons import new_action

if TYPE_CHECKING:
    from app.services.proof.verdict import Verdict
    from app.views.application import Shell

LATE, WAITING, PROPOSED, PUBLISH, ON_DUTY = "late", "waiting", "proposed", "publish", "on_duty"
HANDOVER, SWAP, LEAVE, ACTING, SWAPPED = "handover", "swap", "leave", "acting", "swapped"


class Desk(QObject):
    """Puts the panels together; they know nothing of each other."""

    rebuild_requested = Signal()
    sign_out_requested = Signal()
    quit_requested = Signal()

    def __init__(self, ctx: Context, shell: "Shell") -> None:
        super().__init__()
        self._ctx, self._shell = ctx, shell
        self._leaving, self._verified = False, ""
        self._figures: DeskFigures | None = None
        self._proposed = 0  # how many proposals wait for the person
        self._to_publish = 0  # how many the person is to bring to the shops
        self._on_duty = ("", "")  # who is on now, for the bar and its hint
        self._lost = ""  # why the database does not answer
        self._changes = Changes()
        ctx.db.listen(self._changes.announce)
        self.panels = Panels(ctx, shell, self._changes, self)
        self.window = MainWindow(self._spec(), shell.settings)
        self.chores = Chores(ctx, shell, self.window)
        self.sounds = Sounds(shell.settings, ctx.person, self.window)
        self.notices = Notices(ctx, shell.tasks, self.sounds.play, self.window)
        self.reminders = Reminders(functools.partial(publishing_reminders, ctx), shell.tasks, self.window)
        self.outcomes = Outcomes(ctx, shell.tasks, self._changes, shell.settings, self.window)
        self.staff = Reminders(functools.partial(staff_reminders, ctx), shell.tasks, self.window)
        self.leave = Reminders(functools.partial(leave_reminders, ctx), shell.tasks, self.window)
        self.acting = Reminders(functools.partial(acting_reminders, ctx), shell.tasks, self.window)
        self.swapped = Reminders(functools.partial(swap_reminders, ctx), shell.tasks, self.window)
        self.offers = ask_to_take_over(ctx, shell.tasks, self._changes, self.window)
        self.swaps = ask_to_swap(ctx, shell.tasks, self._changes, self.window)
        self.on_now = OnNow(ctx, shell.tasks, self._changes, self.window)
        self.new_day = NewDay(ctx.clock, self.window)
        self.watched = WatchedFolder(ctx, shell.tasks, shell.settings, self.window)
        self.heartbeat = Heartbeat(Pulse(ctx.db), shell, self)
        reminds = (self.reminders, self.staff, self.leave, self.acting, self.swapped)
        looks = (self.notices, *reminds, self.outcomes, self.offers, self.swaps, self.on_now)
        self._beside = (self.heartbeat, self.chores, *looks, self.new_day, self.watched)  # what runs beside the panels
        self._bell = QMenu(self.window)
        self._build_bar()
        self._connect()

    def show(self) -> None:
        """Open the window and begin what runs beside it."""
        self.window.restore_layout()
        self.window.show()
        QTimer.singleShot(0, self.panels.first_table().setFocus)  # after the sign-in dialog has given the focus back
        self.panels.tell_figures()
        for part in self._beside:
            part.start()
        self._refresh_status()
        self._show_key_once()

    def refresh(self) -> None:
        """Ask for everything again."""
        for panel in self.panels.made():
            panel.refresh()
        self._refresh_status()

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

    def _spec(self) -> WindowSpec:
        hint = _("Search orders, customers, goods — number / initials / phone tail   Ctrl+K")
        return WindowSpec(_("Zhanggui"), hint, self._ctx.name, str(self._ctx.person), self.panels.specs())

    def _build_bar(self) -> None:
        p, tell = Permission, self.chores
        self._recovery = self._action(_("Recovery key…"), self._on_recovery, "lock-outline", "", p.DATABASE_BACKUP)
        self._recovery.setVisible(self._ctx.db.encrypted)
        imports = self._action(_("Import orders"), self._on_import, "tray-arrow-down", "Ctrl+I", p.ORDER_IMPORT)
        self._bar = self.window.build_bar(
            [imports],
            [
                self._action(_("Watched folder…"), self.watched.choose, "folder-open-outline", "", p.ORDER_IMPORT),
                self._action(_("Record of the day"), tell.record_today, "file-pdf-box", "Ctrl+R", p.RECORD_WRITE),
                self._action(_("Verify the ledger"), tell.verify_ledger, "shield-check-outline", "", p.LEDGER_VERIFY),
                self._action(_("People…"), self._on_people, "account-plus-outline", "", p.PEOPLE_MANAGE),
                self._recovery,
                self._action(_("Change password…"), self._on_password, "lock-outline", "", p.ORDER_READ),
                self._action(_("Settings…"), self.show_settings, "cog-outline", "Ctrl+,", p.ORDER_READ),
                self._action(_("Sign out"), self._on_sign_out, "logout", "", p.ORDER_READ),
            ],
        )

    def _action(self, text: str, slot: Callable[[], object], icon: str, key: str, permission: Permission) -> QAction:
        action = new_action(self.window, text, slot, icon, key, WINDOW)
        action.setEnabled(self._ctx.may(permission))
        return action

    def _connect(self) -> None:
        window, panels = self.window, self.panels
        window.files_dropped.connect(self._on_files)
        window.rebuild_requested.connect(self.rebuild_requested)
        window.notices_requested.connect(self._on_notices_requested)
        window.closed.connect(self._on_closed)
        window.may_close = lambda: self._leaving or panels.may_go()
        self._bar.search.searched.connect(self._on_searched)
        self._bar.search.left.connect(lambda: panels.in_front().setFocus())
        self._bar.mark_pressed.connect(self._on_mark_pressed)
        panels.said.connect(window.tell)
        panels.panel_wanted.connect(window.show_panel)
        panels.figures_changed.connect(self._on_figures_changed)
        panels.search_ended.connect(self._match_search)
        self._matching = QTimer(self, singleShot=True, interval=0)  # after all docks have told where they are
        for match in (self._match_side, self._match_below, self._match_search):
            self._matching.timeout.connect(match)
        window.panel_shown.connect(self._matching.start)
        window.closed.connect(self._matching.stop)
        self.notices.counted.connect(self._bar.set_notices)
        self.reminders.due.connect(functools.partial(self._on_due, functools.partial(window.show_panel, "publishing")))
        self.outcomes.told.connect(self._on_outcome)
        self.outcomes.to_decide.connect(self._on_to_decide)
        self.outcomes.to_publish.connect(self._on_to_publish)
        self.staff.due.connect(functools.partial(self._on_due, functools.partial(window.show_panel, "staff")))
        self.leave.due.connect(functools.partial(self._on_due, self.panels.show_own_leaves, about=LEAVE))
        self.acting.due.connect(functools.partial(self._on_due, self.panels.show_acting, about=ACTING))
        self.swapped.due.connect(functools.partial(self._on_due, self.panels.show_swaps, about=SWAPPED))
        self.offers.told.connect(functools.partial(self._on_asked, HANDOVER, self.panels.show_handovers))
        self.swaps.told.connect(functools.partial(self._on_asked, SWAP, self.panels.show_swaps))
        self.on_now.changed.connect(self._on_duty_changed)
        self.notices.order_wanted.connect(self._on_order_wanted)
        self.watched.imported.connect(self._on_told)
        self.watched.failed.connect(self._on_told)
        self.chores.told.connect(window.tell)
        self.chores.verified.connect(self._on_verified)
        self._changes.changed.connect(lambda _tables: self._refresh_status())
        self.new_day.began.connect(self._changes.day_began)
        self.new_day.began.connect(self.on_now.look)
        self.heartbeat.lost.connect(self._on_lost)
        self.heartbeat.back.connect(self._on_back)

    def _on_lost(self, why: str) -> None:
        self._lost = why
        self._shell.reporter.lose(self.window.tell)
        self._show_marks()
        self.window.tell(_("The database does not answer; the window goes on by itself as soon as it does."))

    def _on_back(self) -> None:
        self._lost = ""
        self._shell.reporter.find()
        self._show_marks()
        self.window.tell(_("The database answers again."))

    def _on_closed(self) -> None:
        if not self._leaving:
            self.quit_requested.emit()

    def _on_sign_out(self) -> None:
        if self.panels.may_go():
            self.sign_out_requested.emit()

    def _on_searched(self, text: str) -> None:
        """What is typed searches the list that is looked at: products in the catalog, else orders."""
        if self.panels.catalog_is_in_front():
            self.panels.catalog.search(text)
            return
        self.window.docks["orders"].raise_()
        self.panels.orders.search(text)

    def _on_import(self) -> None:
        dialog = QFileDialog(self.window, _("Import orders"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_("Order files (*.csv *.xlsx *.xls *.txt *.tsv *.json);;All files (*)"))
        dialog.filesSelected.connect(lambda names: self._on_files([Path(name) for name in names]))
        dialog.open()

    def _on_files(self, paths: list[Path]) -> None:
        from app.views.intake.import_dialog import ImportDialog

        if self.panels.takes_products():
            for path in paths[:1]:
                self.panels.catalog.actions_.import_file(path)
        elif self._ctx.may(Permission.ORDER_IMPORT):
            ImportDialog(self._ctx, self._shell.tasks, paths, self.window).open()

    def _on_people(self) -> None:
        from app.views.people.dialog import PeopleDialog

        PeopleDialog(self._ctx, self._shell.tasks, self.window).open()

    def _on_password(self) -> None:
        from app.views.password_dialog import PasswordDialog

        PasswordDialog(self._ctx, self._shell, self.window).open()

    def _on_recovery(self) -> None:
        from app.views.recovery_dialog import RecoveryDialog

        RecoveryDialog(self._ctx, self._shell.tasks, self.window).open()

    def _show_key_once(self) -> None:
        """The administrator of an encrypted office writes its recovery key down before anything is lost."""
        from app.services.recovery import recovery_key_unseen

        ctx = self._ctx
        if ctx.db.encrypted and ctx.may(Permission.DATABASE_BACKUP):
            self._shell.tasks.run(
                self, lambda: recovery_key_unseen(ctx), lambda unseen: self._on_recovery() if unseen else None
            )

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

    def _on_notices_requested(self) -> None:
        self.notices.fill(self._bell)
        self._bell.popup(self._bar.mapToGlobal(self._bar.person.geometry().bottomLeft()))

    def _on_told(self, text: str) -> None:
        self.notices.add(text)
        self.window.tell(text)

    def _on_order_wanted(self, order_id: int) -> None:
        self.window.show_panel("orders")
        self.panels.orders.show_order(order_id)

    def _on_due(self, go: Callable[[], object], text: str, late: bool, about: str = "") -> None:
        self.notices.announce(text, Tone.LATE if late else Tone.NOTICE, go, about)

    def _on_outcome(self, text: str) -> None:
        self.notices.announce(text, Tone.NOTICE, functools.partial(self.panels.show_proposals, "own"))

    def _on_asked(self, about: str, go: Callable[[], object], text: str, fresh: bool) -> None:
        if fresh:
            self.notices.announce(text, Tone.NOTICE, go, about)
        else:
            self.notices.amend(about, text)

    def _match_search(self) -> None:
        """The words in the search box belong to the list that is looked at."""
        self._bar.search.show_text(self.panels.searched_for())

    def _match_side(self) -> None:
        """The detail at the side belongs to the list that is looked at; where two are, to the one before."""
        docks = self.window.docks
        shown = [side for side, of in SIDES.items() if (panel := docks[of].panel) is not None and panel.isVisible()]
        if len(shown) == 1 and docks[SIDES[shown[0]]] not in self.window.tabifiedDockWidgets(docks[shown[0]]):
            docks[shown[0]].raise_()  # on a small screen it would hide the list

    def _match_below(self) -> None:
        """The day below the lists that it is about; the others have the room to themselves."""
        docks, below = self.window.docks, self.window.docks["overview"]
        centre = [key for key, dock in docks.items() if dock.spec.area is Area.CENTRE]
        shown = {key for key in centre if (panel := docks[key].panel) is not None and panel.isVisible()}
        if below.spec.area is not Area.BELOW or self.window.tabifiedDockWidgets(below):
            return
        if shown & ABOVE_THE_DAY:
            below.unfold()
        elif shown:
            below.fold()

    def _on_mark_pressed(self, key: str) -> None:
        if key == PROPOSED:
            self.window.show_panel("review")
        elif key == PUBLISH:
            self.panels.show_proposals("publish")
        elif key == ON_DUTY:
            self.window.show_panel("duty")
        else:
            self.panels.show_orders(OrderFilter(queue=Queue.CONTACT, late=key == LATE))

    def _on_to_decide(self, count: int) -> None:
        self._proposed = count
        self._show_marks()

    def _on_to_publish(self, count: int) -> None:
        self._to_publish = count
        self._show_marks()

    def _on_duty_changed(self, text: str, hint: str) -> None:
        self._on_duty = (text, hint)
        self._show_marks()

    def _on_figures_changed(self, figures: DeskFigures) -> None:
        self._figures = figures
        self._show_marks()

    def _show_marks(self) -> None:
        marks, figures = [], self._figures
        if self._lost:
            marks.append(Mark(_("Database does not answer"), Kind.DANGER, hint=self._lost))
        if self._proposed:
            marks.append(Mark(_("To decide {count}").format(count=self._proposed), Kind.DANGER, PROPOSED))
        if self._to_publish:
            marks.append(Mark(_("To publish {count}").format(count=self._to_publish), Kind.WARN, PUBLISH))
        if figures is not None and figures.late:
            marks.append(Mark(_("Late {count}").format(count=figures.late), Kind.DANGER, LATE))
        if figures is not None and figures.waiting:
            marks.append(Mark(_("To contact {count}").format(count=figures.waiting), Kind.WARN, WAITING))
        text, hint = self._on_duty
        if text:
            marks.append(Mark(text, Kind.INFO, ON_DUTY, hint))
        self._bar.set_marks(marks)

    def _on_verified(self, verdict: "Verdict") -> None:
        time = self._ctx.clock.now().astimezone(OFFICE_ZONE).strftime("%H:%M")
        self._verified = (
            _("Ledger verified {time} · #{entries}").format(time=time, entries=verdict.entries)
            if verdict.ok
            else _("Ledger DAMAGED: {reason}").format(reason=verdict.reason)
        )
        self._refresh_status()

    def _refresh_status(self) -> None:
        ctx = self._ctx
        self._shell.tasks.run(self, lambda: office_status(ctx), self._show_status, self._on_status_failed)

    def _on_status_failed(self, error: Exception) -> None:
        if self._leaving:
            return
        self._shell.reporter.show(None, error)
        if isinstance(error, RightsChangedError):  # nothing here works any more
            self.sign_out_requested.emit()

    def _show_status(self, status: OfficeStatus) -> None:
        place = _("Database on this computer") if status.local else _("Database server")
        if status.encrypted:
            place += " · " + _("encrypted")
        last = _("never") if status.backup_at is None else _moment(status.backup_at)
        self.window.set_status(
            [
                place,
                self._verified or _("Ledger #{entries}").format(entries=status.entries),
                _("Last backup {time}").format(time=last),
            ]
        )


def _moment(ms: int) -> str:
    return from_ms(ms).astimezone(OFFICE_ZONE).strftime("%m-%d %H:%M")
