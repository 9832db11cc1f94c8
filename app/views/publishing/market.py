"""The market, week by week (rule P7): what was found at competitors', and the digest on paper."""

from datetime import date, timedelta

from PySide6.QtCore import Qt

from app.clock import office_day, short_day
from app.i18n import _, ngettext
from app.services.access import Context, Permission
from app.services.publishing.market import MarketNote, notes_of_week, week_of
from app.views.papers import show_paper
from app.views.publishing.columns import NOTE_COLUMNS, REMARK
from app.views.tasks import Tasks
from app.views.widgets.buttons import icon_button, new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.labels import label
from app.views.widgets.list_page import ListPage, table_of

WEEK = timedelta(days=7)


class MarketPage(ListPage[MarketNote]):
    """The notes of one week; ◀ and ▶ go to the week before and after."""

    def __init__(self, ctx: Context, tasks: Tasks) -> None:
        super().__init__(ctx, tasks, table_of(NOTE_COLUMNS, _("Market notes"), REMARK), empty_state("store-outline"))
        self._monday = week_of(office_day(self.ctx.clock))[0]
        self.add = new_action(self, _("Note a finding…"), self._on_add, "plus", "Ctrl+N")
        self.digest = new_action(self, _("Print the digest"), self._on_print, "printer", "Ctrl+P")
        self.back = new_action(self, _("Week before"), lambda: self._go(-WEEK), "chevron-left", "Left")
        self.forward = new_action(self, _("Week after"), lambda: self._go(WEEK), "chevron-right", "Right")
        self.week = label("", "strong")
        self.week.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.week.setAccessibleName(_("Week"))
        buttons = (primary_button(self.add), plain_button(self.digest))
        self.lay_out([*buttons, icon_button(self.back), self.week, icon_button(self.forward)])
        self._show_week()

    def _show_week(self) -> None:
        first, last = week_of(self._monday)
        number = self._monday.isocalendar().week
        today = office_day(self.ctx.clock)
        days = {"first": short_day(first, today), "last": short_day(last, today)}  # one may leaf back for years
        self.week.setText(_("Week {number}, {first} to {last}").format(number=number, **days))
        self.forward.setEnabled(self._monday < week_of(today)[0])

    def _go(self, way: timedelta) -> None:
        self._monday += way
        self._show_week()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the week's notes again."""
        ctx, monday = self.ctx, self._monday
        self.tasks.run(self, lambda: notes_of_week(ctx, monday), lambda notes: self._show(monday, notes))

    def _show(self, monday: date, notes: list[MarketNote]) -> None:
        if monday != self._monday:
            return  # gone on to another week meanwhile
        self._show_week()
        self.empty.set_text(_("Nothing noted in this week. Press Ctrl+N to note what competitors do."))
        self.show_rows(notes, lambda note: note)
        count = len(notes)
        self.summary.setText(ngettext("{count} finding", "{count} findings", count).format(count=count))
        self.counted.emit(count)

    def row_chosen(self) -> None:
        """Nothing depends on the note looked at."""
        self.add.setEnabled(self.ctx.may(Permission.MARKET_NOTE))

    def _on_add(self) -> None:
        from app.views.publishing.note_dialog import NoteDialog

        self.open(NoteDialog(self.ctx, self.tasks, self.window()), _("Finding noted"))

    def _on_print(self) -> None:
        from app.services.publishing.digest import print_digest

        ctx, monday = self.ctx, self._monday
        title = _("Market digest {day}").format(day=monday.isoformat())
        show_paper(self.tasks, self, title, lambda path, _progress: print_digest(ctx, monday, path))
