"""A working day without a screen: every panel as a picture in both languages and themes, every paper as PDF."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import i18n
from app.clock import OFFICE_ZONE, office_day
from app.models.people import Post
from app.services.access import Context
from app.services.db import Database
from app.services.duty.papers import duty_card_for, personal_sheet_for, wall_sheet_for
from app.services.opening import open_database
from app.services.orders.papers import delivery_notes_for, pick_list_for
from app.services.orders.queue import queue_ids
from app.services.orders.rows import OrderFilter, Queue, Sort
from app.services.people.sign_in import sign_in
from app.services.publishing.digest import print_digest
from app.services.records.record import record
from app.services.sample.material import SamplePerson
from app.services.sample.office import create_sample_office
from app.services.stock.count_rows import list_counts
from app.services.stock.papers import count_sheet_for
from app.views.desk import Desk
from app.views.error_reporter import ErrorReporter
from app.views.shell import Shell
from app.views.signing import SigningIn
from app.views.tasks import ImmediateTasks
from app.views.theme import ThemeChoice, apply_theme

SIZE = (1440, 860)
SMALL = (1366, 768)
SETTLE_MS = 120
LOOKS = (("zh_CN", ThemeChoice.LIGHT), ("zh_CN", ThemeChoice.DARK), ("en", ThemeChoice.LIGHT), ("en", ThemeChoice.DARK))


@dataclass(frozen=True, slots=True)
class _Afternoon:
    """The tour's clock: twenty past four, so that the day has something to show."""

    time: datetime

    def now(self) -> datetime:
        return self.time


def take_tour(out: Path) -> list[Path]:
    """Walk through the sample office; returns the files written into `out`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        return []
    today = datetime.now(OFFICE_ZONE).replace(hour=16, minute=20, second=0, microsecond=0)
    clock = _Afternoon(today.astimezone(UTC))
    before = i18n.language()
    with TemporaryDirectory() as folder:
        where = Path(folder) / "sample.zhanggui"
        people = create_sample_office(str(where), clock)
        db = open_database(str(where))
        try:
            made = [*_pictures(app, out, Path(folder), db, clock, people)]
            made += _papers(out, db, clock, people)
        finally:
            db.close()
            i18n.set_language(before)
    return made


def _enter(db: Database, clock: _Afternoon, people: tuple[SamplePerson, ...], post: Post) -> Context:
    person = next(one for one in people if one.post is post)
    return sign_in(db, clock, person.name, post, person.password)


def _pictures(
    app: QApplication, out: Path, folder: Path, db: Database, clock: _Afternoon, people: tuple[SamplePerson, ...]
) -> Iterator[Path]:
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    tasks = ImmediateTasks(ErrorReporter().show)
    shell = Shell(settings, tasks, ErrorReporter())
    clerk, manager = _enter(db, clock, people, Post.SERVICE), _enter(db, clock, people, Post.MANAGER)
    for language, theme in LOOKS:
        i18n.set_language(language)
        apply_theme(app, theme)
        look = f"{language[:2]}-{theme.value}"
        yield from _sign_in_picture(out, look, db, shell)
        yield from _desk_pictures(out, look, clerk, shell)
        yield from _manager_picture(out, look, manager, shell)
    tasks.close()


def _sign_in_picture(out: Path, look: str, db: Database, shell: Shell) -> Iterator[Path]:
    signing = SigningIn(lambda: db, shell, "")
    signing.begin()
    QApplication.processEvents()  # the people come after the dialog
    if signing.dialog is not None:
        yield _grab(signing.dialog, out / f"sign-in-{look}.png")
        signing.dialog.close()


def _desk_pictures(out: Path, look: str, ctx: Context, shell: Shell) -> Iterator[Path]:
    desk = Desk(ctx, shell)
    _open(desk)
    yield _grab(desk.window, out / f"desk-{look}.png")
    desk.panels.orders.actions_.contact.trigger()
    yield from _dialog(desk, "contact", out / f"contact-{look}.png")
    desk.window.resize(*SMALL)
    desk.panels.orders.queues.choose(Queue.ALL.value)
    yield _grab(desk.window, out / f"all-orders-{look}.png")
    desk.window.resize(*SIZE)
    desk.window.show_panel("duty")
    yield _grab(desk.window, out / f"own-duty-{look}.png")
    desk.close()


def _open(desk: Desk) -> None:
    """Show the window in the pictures' size, whatever the size of a screen that is not there."""
    desk.window.setWindowState(Qt.WindowState.WindowNoState)
    desk.window.resize(*SIZE)
    desk.window.show()
    desk.window.reset_layout()
    desk.refresh()
    desk.on_now.look()
    desk.panels.first_table().setFocus()


def _manager_picture(out: Path, look: str, ctx: Context, shell: Shell) -> Iterator[Path]:
    desk = Desk(ctx, shell)
    _open(desk)
    yield _grab(desk.window, out / f"manager-{look}.png")
    for panel in ("catalog", "stock", "publishing", "duty", "staff"):
        desk.window.show_panel(panel)
        yield _grab(desk.window, out / f"{panel}-{look}.png")
    desk.show_settings()
    yield from _dialog(desk, "settings", out / f"settings-{look}.png")
    desk.close()


def _dialog(desk: Desk, name: str, path: Path) -> Iterator[Path]:
    dialog = desk.window.findChildren(QWidget, f"{name}_dialog")[-1]
    yield _grab(dialog, path)
    dialog.close()


def _papers(out: Path, db: Database, clock: _Afternoon, people: tuple[SamplePerson, ...]) -> list[Path]:
    made = []
    lead = _enter(db, clock, people, Post.LEAD)
    for language in ("zh_CN", "en"):
        i18n.set_language(language)
        ids = list(queue_ids(lead, OrderFilter(queue=Queue.SHIP), Sort.NUMBER, descending=False, limit=12))
        picks, notes = out / f"pick-list-{language[:2]}.pdf", out / f"delivery-notes-{language[:2]}.pdf"
        pick_list_for(lead, ids, picks)
        delivery_notes_for(lead, ids[:3], notes, capitals=True)
        sheet, digest = out / f"count-sheet-{language[:2]}.pdf", out / f"market-digest-{language[:2]}.pdf"
        count_sheet_for(lead, list_counts(lead)[0].id, sheet)
        print_digest(lead, office_day(clock), digest)
        made += [picks, notes, sheet, digest, *_duty_papers(out, lead, clock, language[:2])]
    i18n.set_language("zh_CN")
    done = record(lead, office_day(clock), out)
    return [*made, done.pdf, done.backup]


def _duty_papers(out: Path, lead: Context, clock: _Afternoon, language: str) -> list[Path]:
    today = office_day(clock)
    wall, own, card = (out / f"{name}-{language}.pdf" for name in ("roster", "own-roster", "on-duty"))
    wall_sheet_for(lead, today, 2, wall)
    personal_sheet_for(lead, lead.person, today, 4, own)
    duty_card_for(lead, today, card)
    return [wall, own, card]


def _grab(widget: QWidget, path: Path) -> Path:
    """Let layouts and timers settle, then take the picture."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()
    widget.grab().save(str(path))
    return path
