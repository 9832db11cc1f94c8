"""Planning a content item, and changing the plan until the item is approved (rule P9)."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QWidget

from app.clock import office_day
from app.i18n import _, ngettext
from app.models.publishing import ContentKind
from app.services.access import Context
from app.services.people.accounts import PersonRow, list_people
from app.services.publishing.contents import (
    LONGEST_TITLE,
    REVIEW_DAYS,
    ContentDraft,
    ContentRow,
    change_content,
    plan_content,
)
from app.services.publishing.words import content_kind_word
from app.views.publishing.code_edit import CodeEdit
from app.views.tasks import Tasks
from app.views.theme import GAP_4
from app.views.widgets.date_edit import chosen_day, office_date_edit
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

LEAST_DAYS, MOST_DAYS = 7, 31
LONGEST_CHANNEL = 60


class ContentDialog(StepDialog):
    """What, whose, until when, where; what it is about and who must agree stand once it is planned."""

    def __init__(self, ctx: Context, tasks: Tasks, row: ContentRow | None, parent: QWidget | None = None) -> None:
        title = _("Plan content") if row is None else _("Change the plan of “{title}”").format(title=row.title)
        super().__init__(tasks, title, _("Plan") if row is None else _("Save"), parent)
        self.setObjectName("content_dialog")
        least_width(self, 640)
        self._ctx, self._row = ctx, row
        self._owner = ctx.person if row is None else row.owner
        today = office_day(ctx.clock)
        self.kind, self.owner = QComboBox(), QComboBox()
        for kind in ContentKind:
            self.kind.addItem(content_kind_word(kind), kind)
        self.title, self.channel = LineEdit(), LineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.channel.setMaxLength(LONGEST_CHANNEL)
        self.day = office_date_edit(today if row is None else row.planned_for)
        self.confidential = QCheckBox(_("Confidential: the general manager agrees too"))
        self.review = QSpinBox()
        self._lay_out()
        if row is not None:
            self._fill(row)
        tasks.read(self, lambda: list_people(ctx), self._show_people)

    def _lay_out(self) -> None:
        self.form.add("kind", _("Kind"), self.kind)
        self.form.add("title", _("Heading"), self.title)
        self.form.add("owner", _("Owner"), self.owner)
        self.form.add("day", _("Planned for"), self.day)
        right = self._right = Form()
        right.add("channel", _("Channel"), self.channel)
        self.code = CodeEdit(self._ctx, self._tasks, right, _("Article code, if it is about goods"))
        self.review.setRange(0, MOST_DAYS)
        self.review.setSpecialValueText(_("not reviewed again"))
        right.add("review", _("Reviewed every so many days"), self.review)
        right.add_plain(self.confidential)
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        self._on_kind_changed()
        columns = QHBoxLayout()
        columns.setSpacing(GAP_4)
        for form in (self.form, right):
            columns.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        self.lay_out(columns)
        self.kind.setFocus()

    def _on_kind_changed(self) -> None:
        front = self.kind.currentData() == ContentKind.FRONT_PAGE
        self.review.setValue(REVIEW_DAYS if front else 0)
        hint = ngettext("the front page: {count} day, or 30", "the front page: {count} days, or 30", REVIEW_DAYS)
        self._right.set_hint("review", hint.format(count=REVIEW_DAYS) if front else "")

    def _fill(self, row: ContentRow) -> None:
        self.kind.setCurrentIndex(self.kind.findData(row.kind))
        self.title.setText(row.title)
        self.channel.setText(row.channel)
        self.confidential.setChecked(row.confidential)
        self.review.setValue(row.review_days)
        for fixed in (self.kind, self.code, self.confidential):
            fixed.setEnabled(False)
        self.title.setFocus()

    def _show_people(self, people: list[PersonRow]) -> None:
        for person in people:
            if person.active:
                self.owner.addItem(person.name, person.id)
        self.owner.setCurrentIndex(max(self.owner.findData(self._owner), 0))

    def work(self) -> Callable[[], object] | None:
        """Plan it, or change the plan."""
        title, days, owner = self.title.text().strip(), self.review.value(), self.owner.currentData()
        if not title:
            self.form.show_error("title", _("Give it a heading."))
            return None
        if 0 < days < LEAST_DAYS:
            text = _("Choose {least} to {most} days, or none.").format(least=LEAST_DAYS, most=MOST_DAYS)
            self._right.show_error("review", text)
            return None
        if owner is None:
            self.form.show_error("owner", _("Choose somebody."))
            return None
        ctx, row, day, channel = self._ctx, self._row, chosen_day(self.day), self.channel.text().strip()
        if row is not None:
            changes: dict[str, str | int | date] = {
                "title": title,
                "owner": int(owner),
                "planned_for": day,
                "channel": channel,
                "review_days": days,
            }
            return lambda: change_content(ctx, row.id, changes)
        kind, secret = ContentKind(self.kind.currentData()), self.confidential.isChecked()
        draft = ContentDraft(kind, title, int(owner), day, channel, self.code.code(), secret, days)
        return lambda: plan_content(ctx, draft)
