"""Notices (rule B2): what is to be read, unread first, and who has read what one has posted."""

import functools
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from app.i18n import _
from app.services.access import Context, Permission
from app.services.staff.holders import Holder, list_holders
from app.services.staff.notices import (
    NoticeRow,
    Receipt,
    end_notice,
    notices_for,
    read_notice,
    who_has_read,
)
from app.services.staff.words import addressed_text
from app.views.staff.columns import NOTICE_TITLE, notice_columns
from app.views.staff.reading_dialog import Reading, ReadingDialog
from app.views.tasks import Tasks
from app.views.times import day_time, due_time
from app.views.widgets.below import Below, Told
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.list_page import ListPage, table_of

WATCHES = frozenset({"notices", "people", "actings"})


class NoticesPage(ListPage[NoticeRow]):
    """Enter opens a notice, and opened it counts as read; `counted` tells how many are unread.

    A notice just posted is looked at, with those who are to read it.
    """

    def __init__(self, ctx: Context, tasks: Tasks) -> None:
        posts = ctx.may(Permission.NOTICE_POST)
        columns = notice_columns(ctx.clock.now, readers=posts)
        super().__init__(ctx, tasks, table_of(columns, _("Notices"), NOTICE_TITLE), empty_state("bullhorn-outline"))
        self._posts = posts
        self._posted: int | None = None  # to be looked at as soon as it is in the list
        self.below = Below(ctx, tasks, _("The notice, and who has read it"))
        self.post = new_action(self, _("Post a notice…"), self._on_post, "plus", "Ctrl+N")
        self.read = new_action(self, _("Open the notice…"), self._on_read, "eye-outline", "Ctrl+Return")
        self.end = new_action(self, _("No longer valid…"), self._on_end, "cancel", "Ctrl+Backspace")
        self.ended = QCheckBox(_("Also those no longer valid"))
        self.ended.toggled.connect(lambda _on: self.refresh())
        self.table.opened.connect(self._on_read)
        if self._posts:
            buttons = [primary_button(self.post), plain_button(self.read), plain_button(self.end)]
        else:
            buttons = [primary_button(self.read)]
        self.lay_out([*buttons, self.ended], self.below)

    def refresh(self) -> None:
        """Ask for the notices again."""
        ctx, ended = self.ctx, self.ended.isChecked()
        self.tasks.run(self, lambda: notices_for(ctx, ended=ended), self._show)

    def _show(self, rows: list[NoticeRow]) -> None:
        self.empty.set_text(
            _("No notice yet. Press Ctrl+N to post one to those concerned.")
            if self._posts
            else _("No notice for you. What is posted to you appears by itself.")
        )
        self.show_rows(rows, lambda row: row.id)
        self._look_at_posted()
        waiting = sum(row.unread for row in rows)
        self.summary.setText(_("{count} unread").format(count=waiting))
        self.counted.emit(waiting)

    def row_chosen(self) -> None:
        """Grey what cannot be done, and show the notice; who looks after it sees its readers."""
        row, ctx = self.table.current_row(), self.ctx
        self.post.setEnabled(self._posts)
        self.read.setEnabled(row is not None)
        self.end.setEnabled(row is not None and row.looks_after and not row.ended)
        if row is None:
            self.below.tell(Told())
        elif row.looks_after:
            self.tasks.run(self, lambda: who_has_read(ctx, row.id), lambda found: self._show_readers(row, found))
        else:
            self.below.tell(_told(row))

    def _show_readers(self, row: NoticeRow, found: list[Receipt]) -> None:
        if self.table.current_row() != row:
            return  # looked on meanwhile
        now = self.ctx.clock.now()
        told = _("Read by {readers} of {concerned}").format(readers=row.readers, concerned=row.concerned)
        rows = [(_("not yet") if one.at is None else due_time(one.at, now), _reader(one)) for one in found]
        self.below.tell(replace(_told(row), caption=told, rows=tuple(rows)))

    def _on_post(self) -> None:
        ctx = self.ctx
        self.tasks.run(self, lambda: list_holders(ctx), self._open_dialog)

    def _open_dialog(self, at_work: list[Holder]) -> None:
        from app.views.staff.notice_dialog import NoticeDialog

        dialog = NoticeDialog(self.ctx, self.tasks, at_work, self.window())
        dialog.accepted.connect(lambda: self._on_posted(dialog.posted))
        self.open(dialog, _("Notice posted"))

    def _on_posted(self, notice: int | None) -> None:
        self._posted = notice
        self._look_at_posted()

    def _look_at_posted(self) -> None:
        place = next((number for number, row in enumerate(self.table.all_rows()) if row.id == self._posted), None)
        if place is not None:
            self._posted = None
            self.table.selectRow(place)

    def _on_read(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is None:
            return
        told = _("{name} to {whom}, {time}").format(
            name=row.name, whom=addressed_text(row.posts), time=day_time(row.at, ctx.clock.now())
        )
        dialog = ReadingDialog(ctx, self.tasks, Reading(row.title, told, row.text, row.attachments), self.window())
        dialog.open()
        if row.unread:
            read = _("{title}: read").format(title=row.title)
            step = functools.partial(read_notice, ctx, row.id)
            self.tasks.run(dialog, step, lambda _none: self.said.emit(read), dialog.refuse)

    def _on_end(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("“{title}” is no longer valid").format(title=row.title), _("No longer valid")
            told = _("{title}: no longer valid").format(title=row.title)
            self.ask(words, lambda why: end_notice(ctx, row.id, why), told)


def _told(row: NoticeRow) -> Told:
    """The notice, unless it is unread: nobody would know that it was read below the list."""
    if row.unread:
        return Told(_("Not read yet. Press Enter to open it; it counts as read then."))
    return Told(row.text, row.attachments)


def _reader(one: Receipt) -> str:
    return one.name if one.concerned else _("{name} (no longer concerned)").format(name=one.name)
