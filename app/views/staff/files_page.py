"""People's files (rule D5): everybody's for who keeps them, else one's own; below, the file in one line of time."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from app.i18n import _, ngettext
from app.services.access import Context, Permission
from app.services.staff.files import FileRow, list_files, strike_note
from app.services.staff.timeline import FileEntry, PersonFile, person_file
from app.services.staff.words import note_kind_word
from app.views.staff.columns import ENTRY_COLUMNS, FILE_COLUMNS, POSTS, WHAT
from app.views.staff.reading_dialog import Reading, ReadingDialog
from app.views.tasks import Tasks
from app.views.theme import ROW
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.list_page import LIST_PLACE, ListPage, table_of
from app.views.widgets.list_table import ListTable

WATCHES = frozenset({"file_notes", "people", "actings"})
ONE_LINE = 2 * ROW + 4  # with the columns' titles above it


class FilesPage(ListPage[FileRow]):
    """Enter goes from the person to the file, and from a line of the file to its details."""

    def __init__(self, ctx: Context, tasks: Tasks) -> None:
        super().__init__(
            ctx, tasks, table_of(FILE_COLUMNS, _("People's files"), POSTS), empty_state("account-circle-outline")
        )
        self._keeps = ctx.may(Permission.FILE_KEEP)
        self._file: PersonFile | None = None
        self.note = new_action(self, _("Note on the file…"), self._on_note, "plus", "Ctrl+N")
        self.look = new_action(self, _("Open the entry…"), self._on_look, "eye-outline", "Ctrl+Return")
        self.strike = new_action(self, _("Strike…"), self._on_strike, "eraser", "Ctrl+Backspace")
        self.struck = QCheckBox(_("Also what was struck"))
        self.struck.toggled.connect(lambda _on: self.row_chosen())
        self.entries: ListTable[FileEntry] = table_of(ENTRY_COLUMNS, _("The file, newest first"), WHAT)
        self.entries.chosen.connect(self._on_entry_chosen)
        self.entries.opened.connect(self._on_look)
        self.table.opened.connect(self.entries.setFocus)
        if self._keeps:
            above = [primary_button(self.note), plain_button(self.look), plain_button(self.strike), self.struck]
        else:
            above = [primary_button(self.look)]
        self.lay_out(above, self.entries)
        self._share_room()

    def _share_room(self) -> None:
        """List and file have as much room; the list is one line where it is one's own."""
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.setStretchFactor(self.entries, 1)
            if not self._keeps:
                self.table.setFixedHeight(ONE_LINE)
                column.setStretch(LIST_PLACE, 0)
            else:
                column.setStretch(LIST_PLACE, 1)

    def refresh(self) -> None:
        """Ask for the files again."""
        ctx = self.ctx
        self.tasks.run(self, lambda: list_files(ctx), self._show)

    def _show(self, rows: list[FileRow]) -> None:
        self.empty.set_text(_("Nobody is here yet. The administrator adds people under “People…”."))
        self.show_rows(rows, lambda row: row.id)
        count = len(rows)
        self.summary.setText(ngettext("{count} file", "{count} files", count).format(count=count))

    def row_chosen(self) -> None:
        """Show the file of the person looked at."""
        row, ctx, struck = self.table.current_row(), self.ctx, self.struck.isChecked()
        self.note.setEnabled(row is not None and row.keeps)
        if row is None:
            self._show_file(None)
        else:
            self.tasks.run(self, lambda: person_file(ctx, row.id, struck=struck), self._show_file)

    def _show_file(self, file: PersonFile | None) -> None:
        row = self.table.current_row()
        if file is not None and (row is None or row.id != file.id):
            return  # looked on meanwhile
        same = file is not None and self._file is not None and file.id == self._file.id
        before, place = self.entries.current_row(), max(self.entries.currentIndex().row(), 0)
        self._file = file
        found = () if file is None else file.entries
        if list(found) != list(self.entries.all_rows()):
            self.entries.show_rows(found)
            numbers = [one.seq for one in found]
            kept = before is not None and same and before.seq in numbers
            if found:
                wanted = numbers.index(before.seq) if kept and before is not None else min(place, len(found) - 1)
                self.entries.selectRow(wanted if same else 0)
        self._on_entry_chosen()

    def _on_entry_chosen(self) -> None:
        entry, row = self.entries.current_row(), self.table.current_row()
        self.look.setEnabled(entry is not None)
        noted = entry is not None and entry.note is not None and not entry.struck
        self.strike.setEnabled(noted and row is not None and row.keeps)

    def _on_note(self) -> None:
        from app.views.staff.note_dialog import NoteDialog

        row = self.table.current_row()
        if row is not None:
            told = _("{name}: noted on file").format(name=row.name)
            self.open(NoteDialog(self.ctx, self.tasks, row, self.window()), told)

    def _on_look(self) -> None:
        entry = self.entries.current_row()
        if entry is not None:
            told = _("{kind}, {day}; entered by {name}").format(
                kind=note_kind_word(entry.kind), day=entry.day.isoformat(), name=entry.by
            )
            if entry.struck:
                told += " · " + _("struck: {reason}").format(reason=entry.struck)
            reading = Reading(entry.title, told, entry.text, entry.attachments)
            ReadingDialog(self.ctx, self.tasks, reading, self.window()).open()

    def _on_strike(self) -> None:
        entry, ctx = self.entries.current_row(), self.ctx
        if entry is not None and entry.note is not None:
            number = entry.note
            words = _("Strike “{title}” from the file").format(title=entry.title), _("Strike")
            told = _("{title}: struck").format(title=entry.title)
            self.ask(words, lambda why: strike_note(ctx, number, why), told)
