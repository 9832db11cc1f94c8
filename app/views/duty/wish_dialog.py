"""Wishing for a shift, or for none, on a day to come (排班意愿); what is wished for already stands below."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.clock import office_day
from app.i18n import _, ngettext
from app.services.access import Context, Permission
from app.services.duty.rules import ShiftKind, shown
from app.services.duty.span import Span
from app.services.duty.wishes import (
    STRONG,
    WishRow,
    enter_wish,
    open_wishes,
    shifts_to_wish,
    who_may_wish,
    withdraw_wish,
)
from app.views.tasks import Tasks
from app.views.theme import GAP_2
from app.views.widgets.date_edit import chosen_day, office_date_edit
from app.views.widgets.labels import label
from app.views.widgets.layouts import clear_layout
from app.views.widgets.step_dialog import StepDialog

OFF, ANY = "off", "any"
LISTED = 12


class WishDialog(StepDialog):
    """Whose wish is one's own, unless one plans the roster: then that of the line that is looked at."""

    def __init__(
        self, ctx: Context, tasks: Tasks, span: Span, day: date, person: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, _("Wish for the roster"), _("Wish"), parent)
        self.setObjectName("wish_dialog")
        self._ctx, self._span = ctx, span
        tomorrow = office_day(ctx.clock) + timedelta(days=1)
        self.person, self.what = QComboBox(), QComboBox()
        self.day = office_date_edit(max(day, tomorrow))
        self.strong = QCheckBox(_("It matters much"))
        for line in span.lines:
            if not line.on_call and (line.person == ctx.person or ctx.may(Permission.DUTY_PLAN)):
                self.person.addItem(line.name, line.person)
        whose = person if self.person.findData(person) >= 0 else ctx.person
        self.person.setCurrentIndex(max(self.person.findData(whose), 0))
        self.form.add("person", _("Whose wish"), self.person)
        self.form.add("day", _("Day"), self.day)
        self.form.add("what", _("Wishes"), self.what, _("The planner weighs wishes; rules always go before them."))
        self.what.addItem(_("a day off"), OFF)
        self.what.addItem(_("any shift"), ANY)
        self.form.add_plain(self.strong)
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP_2)
        self.lay_out(self.form, self._list)
        self.person.currentIndexChanged.connect(lambda _index: self._fill())
        self.day.dateChanged.connect(lambda _day: self._fill())
        self._fill()
        self._ask()
        self._tasks.read(self, lambda: who_may_wish(ctx), self._add_people)
        self.day.setFocus()

    def _add_people(self, people: list[tuple[int, str]]) -> None:
        """Who has shifts only on days that are not shown, as by acting in a post later on, can wish as well."""
        for person, name in people:
            if self.person.findData(person) < 0:
                self.person.addItem(name, person)
                if person == self._ctx.person:
                    self.person.setCurrentIndex(self.person.count() - 1)

    def _fill(self) -> None:
        """The shifts that the person does on the day: who acts in a post does its shifts on some days only (D4)."""
        ctx, person, day = self._ctx, self.person.currentData(), chosen_day(self.day)
        if person is not None:
            self._tasks.run(
                self, lambda: shifts_to_wish(ctx, int(person), day), lambda kinds: self._offer(person, day, kinds)
            )

    def _offer(self, person: int, day: date, kinds: list[ShiftKind]) -> None:
        """What is chosen stays chosen where it can be wished for on the day as well."""
        if (person, day) != (self.person.currentData(), chosen_day(self.day)):
            return  # another day or person was chosen meanwhile, whose shifts are asked for as well
        chosen = self.what.currentData()
        while self.what.count() > len((OFF, ANY)):
            self.what.removeItem(len((OFF, ANY)))
        for kind in kinds:
            self.what.addItem("  ".join((self._span.rules.sign(kind.code), shown(kind.name))), kind.code)
        self.what.setCurrentIndex(max(self.what.findData(chosen), 0))

    def _ask(self) -> None:
        ctx = self._ctx
        self._tasks.read(self, lambda: open_wishes(ctx), self._show)

    def _show(self, wishes: list[WishRow]) -> None:
        clear_layout(self._list)
        if wishes:
            self._list.addWidget(label(_("Open wishes"), "caption"))
        for wish in wishes[:LISTED]:
            row = QHBoxLayout()
            row.addWidget(label(wish_text(wish)), 1)
            button = QPushButton(_("Take back"))
            button.setAccessibleName(_("Take back: {wish}").format(wish=wish_text(wish)))
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._on_withdraw, wish.id))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
            self._list.addLayout(row)
        if (more := len(wishes) - LISTED) > 0:
            self._list.addWidget(
                label(ngettext("and {count} more", "and {count} more", more).format(count=more), "small")
            )

    def _on_withdraw(self, wish: int) -> None:
        ctx = self._ctx
        self._tasks.run(self, lambda: withdraw_wish(ctx, wish), lambda _none: self._ask(), self.refuse)

    def work(self) -> Callable[[], object] | None:
        """Enter the wish."""
        ctx, person, day = self._ctx, self.person.currentData(), chosen_day(self.day)
        what, strong = str(self.what.currentData()), self.strong.isChecked()
        if person is None:
            self.form.show_error("person", _("Nobody here has shifts to wish for."))
            return None
        shifts = () if what in (OFF, ANY) else (what,)
        return lambda: enter_wish(ctx, int(person), day, shifts, wanted=what != OFF, strong=strong)


def wish_text(wish: WishRow) -> str:
    """A wish in a line."""
    shifts = _(", ").join(wish.shifts) or _("any shift")
    what = shifts if wish.wanted else _("a day off")
    text = _("{name} {day}: {what}").format(name=wish.name, day=wish.day.isoformat(), what=what)
    return text + " · " + _("matters much") if wish.weight >= STRONG else text
