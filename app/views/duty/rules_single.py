"""Pages of the duty rules without a list: what a plan pays for, and the hotline's numbers."""

from collections.abc import Sequence
from dataclasses import replace

from app.i18n import _
from app.models.people import Post
from app.services.duty.now import OFFICE_LINE
from app.services.duty.rule_check import MOST_WEIGHT, RuleProblem
from app.services.duty.rule_words import WEIGHT_WORDS
from app.services.duty.rules import Weights
from app.services.people.names import post_word
from app.views.duty.rules_draft import RulesDraft
from app.views.duty.rules_fields import ChecksField, Field, FieldRows, count_box
from app.views.duty.rules_page import RulesPage, scrolled
from app.views.widgets.calm import CalmWheels
from app.views.widgets.line_edit import LineEdit

IN_A_ROW, POST_COLUMNS = 3, 4


class FairnessPage(RulesPage):
    """A weight a number; and the posts whose people take turns on call."""

    def __init__(self, draft: RulesDraft) -> None:
        about = _("What a plan pays for what it leaves undone: the higher the weight, the sooner it is avoided.")
        super().__init__(_("Fairness"), about, draft)
        self._showing = False
        self.weights = {name: count_box(0, MOST_WEIGHT) for name in WEIGHT_WORDS}
        posts = [(post, post_word(post)) for post in Post]
        self.on_call: ChecksField[Post] = ChecksField(_("On call by turns"), POST_COLUMNS, posts)
        fields = [Field(name, _(word), self.weights[name]) for name, word in WEIGHT_WORDS.items()]
        for start in range(0, len(fields), IN_A_ROW):
            self.fields.add_row(*fields[start : start + IN_A_ROW], of=IN_A_ROW)
        hint = _("Outside service hours the hotline goes to whoever of them is on call.")
        self.fields.add_row(Field("on_call_posts", _("On call by turns"), self.on_call, hint))
        for box in self.weights.values():
            box.valueChanged.connect(self._on_edited)
        self.on_call.changed.connect(self._on_edited)
        self.column.addWidget(self.fields)
        self.column.addStretch(1)
        CalmWheels(self)

    def fit_small(self) -> None:
        self.on_call.set_columns(POST_COLUMNS - 1)

    def refresh(self) -> None:
        self._showing = True
        for name, box in self.weights.items():
            box.setValue(getattr(self.draft.rules.weights, name))
        self.on_call.show_value(self.draft.rules.on_call_posts)
        self._showing = False

    def word_of(self, problem: RuleProblem) -> str:
        return _(WEIGHT_WORDS[problem.field])

    def _on_edited(self) -> None:
        if not self._showing:
            weights = Weights(**{name: box.value() for name, box in self.weights.items()})
            self.draft.rules = replace(self.draft.rules, weights=weights, on_call_posts=self.on_call.value())
            self.changed.emit()


class HotlinePage(RulesPage):
    """A telephone number for the office, and for each person whom the hotline may go to."""

    def __init__(self, draft: RulesDraft) -> None:
        about = _("Within service hours the hotline rings in the office, else at the person on call.")
        super().__init__(_("Hotline"), about, draft)
        self._showing = False
        self._office, self._people = LineEdit(), FieldRows()
        self._office.textChanged.connect(self._on_edited)
        self.lines = {OFFICE_LINE: self._office}
        self.fields.add_row(Field(OFFICE_LINE, _("The office"), self._office), of=IN_A_ROW)
        self._area = scrolled(self._people)
        self.column.addWidget(self.fields)
        self.column.addWidget(self._area, 1)

    def refresh(self) -> None:
        """Show a line for the office and for each who is here or has a number."""
        names = {str(one.id): one.name for one in self.draft.people if one.active or str(one.id) in self.draft.hotline}
        if [*names] != [key for key in self.lines if key]:
            self._lay_out(names)
        self._showing = True
        for key, line in self.lines.items():
            line.setText(self.draft.hotline.get(key, ""))
        self._showing = False

    def _lay_out(self, names: dict[str, str]) -> None:
        self._people = FieldRows()
        self.lines = {OFFICE_LINE: self._office} | {key: LineEdit() for key in names}
        fields = [Field(key, name, self.lines[key]) for key, name in names.items()]
        for start in range(0, len(fields), IN_A_ROW):
            self._people.add_row(*fields[start : start + IN_A_ROW], of=IN_A_ROW)
        for key in names:
            self.lines[key].textChanged.connect(self._on_edited)
        self._people.setProperty("surface", True)
        self._area.setWidget(self._people)
        self._people.order_tabs(self._office)

    def show_problems(self, problems: Sequence[RuleProblem]) -> None:
        for fields in (self.fields, self._people):
            fields.show_errors({problem.field: problem.reason for problem in problems})

    def error(self, key: str) -> str:
        """What stands beside a number as its error, or ""."""
        return self._people.error(key) if key else self.fields.error(key)

    def word_of(self, problem: RuleProblem) -> str:
        return self.draft.name_of(int(problem.field)) if problem.field else _("The office")

    def _on_edited(self) -> None:
        if not self._showing:
            self.draft.hotline |= {key: line.text() for key, line in self.lines.items()}
            self.changed.emit()
