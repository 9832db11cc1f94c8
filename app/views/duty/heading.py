"""Above the roster: which weeks, draft or published, whether all rules hold, how good the plan is."""

from datetime import date

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import _, ngettext, pgettext
from app.views.duty.sheet import Sheet
from app.views.theme import GAP_1, GAP_2, Kind
from app.views.widgets.buttons import icon_button
from app.views.widgets.labels import ElidedLabel, label
from app.views.widgets.pill import Pill


class RosterHeading(QHBoxLayout):
    """Lies above the grid; `back` and `on` go to other weeks."""

    def __init__(self, back: QAction, on: QAction) -> None:
        super().__init__()
        self._title = label("", "heading")
        self._state, self._verdict, self._told = Pill(), Pill(), ElidedLabel("dim")
        self.setContentsMargins(GAP_2 + 2, 0, GAP_2 + 2, GAP_1)
        self.setSpacing(GAP_2)
        self.addWidget(icon_button(back))
        self.addWidget(self._title)
        self.addWidget(icon_button(on))
        self.addWidget(self._state)
        self.addStretch(1)
        self.addWidget(self._verdict)
        self.addWidget(self._told)
        self._told.hide()  # empty it would still keep the verdict from the edge

    def show_days(self, first: date, last: date) -> None:
        """Which days are shown."""
        text = _("{first} — {last}")
        self._title.setText(text.format(first=_day(first, True), last=_day(last, first.year != last.year)))

    def show_sheet(self, sheet: Sheet) -> None:
        """Draft or published, and whether all rules hold."""
        self._state.set(*_state(sheet))
        broken = len(sheet.breaches)
        if broken:
            told = ngettext("{count} rule broken", "{count} rules broken", broken).format(count=broken)
            self._verdict.set(told, Kind.DANGER)
        elif sheet.is_blank or not sheet.is_planned:
            self._verdict.set("", Kind.DIM)  # of what is not planned, or not published, nothing is said
        else:
            self._verdict.set(_("All rules hold"), Kind.OK)

    def show_summary(self, text: str) -> None:
        """How good the planner's plan is."""
        self._told.setText(text)
        self._told.setVisible(bool(text))


def _state(sheet: Sheet) -> tuple[str, Kind]:
    if sheet.is_in_part:
        return _("Published in part"), Kind.WARN  # which days are not is marked above them
    if sheet.is_published:
        return _("Published"), Kind.OK
    if sheet.published:
        return _("Not published yet"), Kind.DIM
    return (_("Not planned"), Kind.DIM) if sheet.is_blank else (_("Draft"), Kind.WARN)


def _day(day: date, with_year: bool) -> str:
    text = pgettext("roster", "{year}-{month:02}-{day:02}") if with_year else _("{month:02}-{day:02}")
    return text.format(year=day.year, month=day.month, day=day.day)
