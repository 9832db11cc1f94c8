"""What binds a plan (合同): hours a week, days in a row, rest, weekends; of a post, or of one person instead."""

from PySide6.QtWidgets import QComboBox

from app.i18n import N_, _
from app.models.people import Post
from app.services.duty.rule_check import MOST_BREAK, MOST_RUN, MOST_WEEKENDS, WEEK_MINUTES
from app.services.duty.rule_words import day_kind_word
from app.services.duty.rules import HOUR, Contract, DayKind
from app.services.duty.service_calendar import DAY_MINUTES
from app.services.people.names import post_word
from app.views.duty.rules_draft import Bound, RulesDraft, Who
from app.views.duty.rules_fields import ChecksField, Field, HoursBox, count_box, count_of, show_count
from app.views.duty.rules_page import Line, Rows, RowsPage
from app.views.widgets.buttons import plain_button
from app.views.widgets.list_table import Column

DAY_COLUMNS = 3
SHORTEST = 8  # characters of the box that names people


class ContractsPage(RowsPage[Bound]):
    """Posts first, then the people who have a contract of their own; a box says for whom one is added."""

    def __init__(self, draft: RulesDraft) -> None:
        about = _("What every plan keeps to. A person's own contract stands in for that of their posts.")
        columns: tuple[Column[Line[Bound]], ...] = (
            Column(N_("Whose"), lambda line: draft.whose(line.row)),
            Column(N_("Hours a week"), lambda line: _week(line.row[1]), right=True),
        )
        rows = Rows(draft.contracts, draft.put_contracts, draft.whose, self._new)
        super().__init__(_("Contracts"), about, draft, rows, columns, 0)
        self.whom = QComboBox()
        self.whom.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whom.setMinimumContentsLength(SHORTEST)  # a long name does not make the page scroll sideways
        self.week_least, self.week_most = HoursBox(WEEK_MINUTES), HoursBox(WEEK_MINUTES)
        self.longest_run, self.shortest_break = count_box(1, MOST_RUN), count_box(1, MOST_BREAK)
        self.least_rest = HoursBox(DAY_MINUTES)
        self.most_weekends = count_box(0, MOST_WEEKENDS, _("no limit"))
        days = [(kind, day_kind_word(kind)) for kind in DayKind]
        self.off_days: ChecksField[DayKind] = ChecksField(_("Never works on"), DAY_COLUMNS, days)
        self._fill_form()
        self._fill_bar()
        self.lay_out()

    def _fill_form(self) -> None:
        self.fields.add_row(
            Field("week_least", _("Hours a week, from"), self.week_least),
            Field("week_most", _("Hours a week, up to"), self.week_most),
        )
        self.fields.add_row(
            Field("longest_run", _("Days in a row, at most"), self.longest_run),
            Field("shortest_break", _("Days off in a row, at least"), self.shortest_break),
        )
        self.fields.add_row(
            Field("least_rest", _("Rest between two shifts (hours)"), self.least_rest),
            Field("most_weekends", _("Weekends in four weeks, at most"), self.most_weekends),
        )
        self.fields.add_row(Field("off_days", _("Never works on"), self.off_days))
        boxes = (self.week_least, self.week_most, self.longest_run, self.shortest_break, self.least_rest)
        self.listen(*(box.valueChanged for box in (*boxes, self.most_weekends)), self.off_days.changed)

    def _fill_bar(self) -> None:
        self.whom.setAccessibleName(_("For whom to add a contract"))
        self.bar.addWidget(self.whom, 1)
        for action in (self.add_action, self.remove_action):
            self.bar.addWidget(plain_button(action))

    def choose(self, place: int) -> None:
        super().choose(place)
        self._offer()

    def _offer(self) -> None:
        """Let the box offer whoever has no contract yet: posts, and then people who are here."""
        bound = {who for who, _contract in self.rows()}
        self.whom.clear()
        for post in Post:
            if post not in bound:
                self.whom.addItem(post_word(post), post)
        for person in self.draft.people:
            if person.active and person.id not in bound:
                self.whom.addItem(person.name, person.id)
        self.add_action.setEnabled(self.whom.count() > 0)

    def _new(self, _like: Bound | None) -> Bound:
        """A contract for whom the box says, beginning with what binds them now."""
        chosen = self.whom.currentData()
        who: Who = Post(chosen) if isinstance(chosen, str) else int(chosen)  # Qt gives a post back as its bare word
        return who, self.draft.bound_now(who)

    def show_row(self, row: Bound) -> None:
        contract = row[1]
        self.week_least.show_minutes(contract.week_least)
        self.week_most.show_minutes(contract.week_most)
        self.longest_run.setValue(contract.longest_run)
        self.shortest_break.setValue(contract.shortest_break)
        self.least_rest.show_minutes(contract.least_rest)
        show_count(self.most_weekends, contract.most_weekends)
        self.off_days.show_value(contract.off_days)

    def read_row(self, row: Bound) -> Bound:
        return row[0], Contract(
            self.week_least.minutes(), self.week_most.minutes(), self.longest_run.value(), self.shortest_break.value(),
            self.least_rest.minutes(), count_of(self.most_weekends), frozenset(self.off_days.value()),
        )  # fmt: skip


def _week(contract: Contract) -> str:
    return f"{contract.week_least / HOUR:g}–{contract.week_most / HOUR:g}"
