"""The window's life: start, find or make an office, sign in, work, change person, quit."""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from app import config, i18n
from app.views.closing import Closing
from app.views.error_reporter import ErrorReporter
from app.views.preferences import chosen_language, set_scale, theme_choice
from app.views.qt_words import speak
from app.views.shell import Shell
from app.views.signing import SigningIn
from app.views.tasks import Tasks
from app.views.theme import apply_theme

if TYPE_CHECKING:  # the services bring the database with them, which the first picture does not wait for
    from app.services.access import Context
    from app.services.db import Database
    from app.views.desk import Desk
    from app.views.start import NewOffice, StartDialog
    from app.views.tasks import Progress

log = logging.getLogger(__name__)


def window_settings() -> QSettings:
    """What is remembered of the window, in a file of the user's data folder."""
    return QSettings(str(config.data_folder() / "window.ini"), QSettings.Format.IniFormat)


def make_application(settings: QSettings) -> QApplication:
    """The QApplication in the chosen language, theme and scale."""
    set_scale(settings)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("zhanggui")
    app.setQuitOnLastWindowClosed(False)
    use_language(app, settings)
    apply_theme(app, theme_choice(settings))
    return app


def use_language(app: QApplication, settings: QSettings) -> None:
    """Let the program, its command line and Qt's own dialogs speak the chosen language from here on."""
    language = chosen_language(settings, config.language())
    if language != config.language():
        config.choose_language(language)
    i18n.set_language(language)
    try:
        speak(app, language)
    except FileNotFoundError:
        log.exception("Qt does not speak %s", language)  # an English file dialog is better than no window


def run_window(office: str | None, person: str | None) -> int:
    """Open the window; returns the exit code when the last person has left."""
    settings = window_settings()
    app = make_application(settings)
    reporter = ErrorReporter()
    reporter.install()
    tasks = Tasks(reporter.show)
    session = Session(Shell(settings, tasks, reporter), person or "")
    QTimer.singleShot(0, lambda: session.begin(office))
    code = app.exec()
    session.end()
    reporter.uninstall()
    return code


class Session(QObject):
    """One person after the other at one office."""

    def __init__(self, shell: Shell, person: str) -> None:
        super().__init__()
        self._shell = shell
        self._person = person
        self._db: Database | None = None
        self._desk: Desk | None = None
        shell.reporter.send_away = self._on_sign_out

    def begin(self, office: str | None) -> None:
        """Open the office asked for, else the one opened last, else ask what to begin with."""
        known = [office] if office else [*config.known_offices(), str(config.default_office())]
        found = next((where for where in known if office or "://" in where or Path(where).exists()), None)
        if found is None:
            self._ask_what_to_begin_with()
        else:
            self._sign_in(found)

    def end(self) -> None:
        """Close what is open, after what was asked of it is done."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        closing = Closing(self._db)
        self._shell.tasks.close(closing.gives_up, closing.cut)
        if self._db is not None:
            self._db.close()
            self._db = None

    def _office(self, where: str) -> "Database":
        """The open office; called on the database's worker, so that only one is opened."""
        from app.services.opening import open_database

        if self._db is None:
            self._db = open_database(where)
            config.remember_office(self._db.place)
        return self._db

    def _on_not_opened(self, where: str, error: Exception) -> None:
        from app.services.opening import NoKeyError

        if isinstance(error, NoKeyError):
            self._ask_for_key(where)
            return
        self._shell.reporter.show(None, error)
        self._ask_what_to_begin_with()

    def _ask_for_key(self, where: str) -> None:
        from app.views.recovery_dialog import ask_recovery_key

        def then(opens: bool) -> None:
            if opens:
                self._sign_in(where)
            else:
                self._ask_what_to_begin_with()

        self._asking = ask_recovery_key(where, self._shell.tasks, then)

    def _ask_what_to_begin_with(self) -> None:
        from app.views.start import StartDialog, StartServices

        services = StartServices(_create_office, _open_sample, _password_faults)
        dialog = StartDialog(services, self._shell.tasks)
        dialog.finished.connect(lambda result: self._on_begun(dialog, result))
        dialog.open()

    def _on_begun(self, dialog: "StartDialog", result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._sign_in(dialog.outcome)
        else:
            QApplication.quit()

    def _sign_in(self, where: str, why: str = "") -> None:
        signing = self._signing = SigningIn(lambda: self._office(where), self._shell, self._person, why)
        signing.done.connect(self._on_signed_in)
        signing.given_up.connect(QApplication.quit)
        signing.not_opened.connect(lambda error: self._on_not_opened(where, error))
        signing.begin()

    def _on_signed_in(self, ctx: "Context") -> None:
        self._person = ""
        self._show_desk(ctx)

    def _show_desk(self, ctx: "Context") -> None:
        from app.views.desk import Desk

        before = self._desk
        look = None if before is None else before.look()  # keeps the layout, which the next window begins with
        self._desk = Desk(ctx, self._shell)
        self._desk.rebuild_requested.connect(lambda: self._on_rebuild(ctx))
        self._desk.sign_out_requested.connect(self._on_sign_out)
        self._desk.quit_requested.connect(QApplication.quit)
        self._desk.show(look)
        if before is not None:
            before.close()

    def _on_rebuild(self, ctx: "Context") -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            use_language(app, self._shell.settings)
            apply_theme(app, theme_choice(self._shell.settings))  # the font writes quotation marks as the language does
        self._show_desk(ctx)

    def _on_sign_out(self, why: str) -> None:
        if self._desk is not None and self._db is not None:
            self._desk.close()
            self._desk = None
            self._sign_in(self._db.place, why)


def _create_office(new: "NewOffice", _progress: "Progress") -> str:
    from app.services.office import create_office

    where = str(config.default_office())
    create_office(where, new.name, new.admin, new.password, new.encrypt).close()
    return where


def _open_sample(_progress: "Progress") -> str:
    from app.clock import SystemClock
    from app.services.sample.office import create_sample_office

    where = config.sample_office()
    if not where.exists():
        create_sample_office(str(where), SystemClock())
    return str(where)


def _password_faults(password: str, name: str) -> list[str]:
    from app.services.people.passwords import password_problems

    return password_problems(password, name)
