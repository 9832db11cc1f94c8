"""Whom a day needs (需求): how many of which posts work one of which shifts on which kinds of days."""

from app.i18n import N_, _
from app.models.people import Post
from app.services.duty.rule_check import LONGEST_NAME, MOST_PEOPLE
from app.services.duty.rule_words import day_kind_word
from app.services.duty.rules import DayKind, Demand, kept, shown
from app.services.people.names import post_word
from app.views.duty.rules_draft import RulesDraft
from app.views.duty.rules_fields import ChecksField, Field, count_box, count_of, show_count
from app.views.duty.rules_page import Line, OrderedPage, Rows
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.list_table import Column

DAY_COLUMNS, POST_COLUMNS, KIND_COLUMNS = 3, 3, 2


class DemandPage(OrderedPage[Demand]):
    """Which shifts there are is asked of the draft each time a need is shown."""

    def __init__(self, draft: RulesDraft) -> None:
        about = _("How many work which shift on which days. The least is a must, what is wanted a wish.")
        columns: tuple[Column[Line[Demand]], ...] = (
            Column(N_("Need"), lambda line: shown(line.row.name)),
            Column(N_("Shifts"), lambda line: _(", ").join(map(draft.sign, line.row.shifts))),
            Column(N_("People"), lambda line: _many(line.row)),
        )
        rows = Rows(
            lambda: draft.rules.demands, draft.put_demands, lambda need: shown(need.name), draft.new_demand
        )  # fmt: skip
        super().__init__(_("Needs"), about, draft, rows, columns, 0)
        self.name = LineEdit()
        days = [(kind, day_kind_word(kind)) for kind in DayKind]
        self.days: ChecksField[DayKind] = ChecksField(_("On which days"), DAY_COLUMNS, days)
        self.shifts: ChecksField[str] = ChecksField(_("One of these shifts"), KIND_COLUMNS)
        posts = [(post, post_word(post)) for post in Post]
        self.posts: ChecksField[Post] = ChecksField(_("Of these posts"), POST_COLUMNS, posts)
        self.least, self.wanted = count_box(0, MOST_PEOPLE), count_box(0, MOST_PEOPLE)
        self.most = count_box(0, MOST_PEOPLE, _("no limit"))
        self._fill_form()
        self.add_order()
        self.lay_out()

    def _fill_form(self) -> None:
        self.name.setMaxLength(LONGEST_NAME)
        self.fields.add_row(Field("name", _("Name of the need"), self.name))
        self.fields.add_row(
            Field("least", _("At least"), self.least), Field("wanted", _("Wanted"), self.wanted),
            Field("most", _("At most"), self.most),
        )  # fmt: skip
        self.fields.add_row(Field("days", _("On which days"), self.days))
        self.fields.add_row(Field("shifts", _("One of these shifts"), self.shifts))
        hint = _("With none chosen, everybody who does these shifts.")
        self.fields.add_row(Field("posts", _("Of these posts"), self.posts, hint))
        self.listen(
            self.name.textChanged, self.days.changed, self.shifts.changed, self.posts.changed,
            self.least.valueChanged, self.wanted.valueChanged, self.most.valueChanged,
        )  # fmt: skip

    def show_row(self, row: Demand) -> None:
        self.name.setText(shown(row.name))
        self.days.show_value(row.days)
        self.shifts.set_choices(self.draft.choices(row.shifts))
        self.shifts.show_value(row.shifts)
        self.posts.show_value(row.posts)
        self.least.setValue(row.least)
        self.wanted.setValue(row.wanted)
        show_count(self.most, row.most)

    def read_row(self, row: Demand) -> Demand:
        return Demand(
            kept(self.name.text(), row.name), frozenset(self.days.value()), self.shifts.value(), self.posts.value(),
            self.least.value(), self.wanted.value(), count_of(self.most),
        )  # fmt: skip


def _many(need: Demand) -> str:
    """ "1", "0–1", or "1–2, at most 3"."""
    wanted = str(need.wanted) if need.least == need.wanted else f"{need.least}–{need.wanted}"
    return wanted if need.most is None else _("{many}, at most {most}").format(many=wanted, most=need.most)
