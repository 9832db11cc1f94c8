"""The content schedule (rules P9–P11): what is made by whom until when, and the 48 hours after the approval."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.clock import to_ms
from app.i18n import N_, _, ngettext
from app.models.publishing import ContentState
from app.services.access import Context, Permission
from app.services.publishing.contents import (
    ContentRow,
    Shown,
    content_made,
    content_reviewed,
    drop_content,
    list_contents,
    publish_content,
    take_down,
)
from app.services.publishing.history import ContentStep, content_history
from app.views.publishing.columns import TITLE, content_columns
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3
from app.views.times import short_time
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.list_page import ListPage, table_of
from app.views.widgets.timeline import Timeline
from app.views.widgets.toolbar import more_button

HISTORY_HEIGHT = 112
SHOWN_WORDS = {Shown.OPEN: N_("Still to do"), Shown.OUT: N_("Published"), Shown.ALL: N_("All content")}
_S = ContentState
NOT_OUT = frozenset({_S.PLANNED, _S.MADE, _S.APPROVED})


class SchedulePage(ListPage[ContentRow]):
    """The items, their actions, and below what happened to the one looked at."""

    def __init__(self, ctx: Context, tasks: Tasks) -> None:
        columns = content_columns(lambda: to_ms(ctx.clock.now()))
        super().__init__(ctx, tasks, table_of(columns, _("Content schedule"), TITLE), empty_state("calendar-clock"))
        self._happened: list[tuple[str, str]] = []
        self._add_actions()
        self.shown = QComboBox()
        self.shown.setAccessibleName(_("Which content is shown"))
        for shown, word in SHOWN_WORDS.items():
            self.shown.addItem(_(word), shown)
        self.shown.currentIndexChanged.connect(lambda _place: self.refresh())
        self.table.opened.connect(self._on_opened)
        buttons = (primary_button(self.plan), *(plain_button(one) for one in (self.made, self.publish)))
        more = more_button([self.change, self.reviewed, self.take_down, self.drop])
        self.lay_out([*buttons, more, self.shown], self._build_history())

    def _add_actions(self) -> None:
        self.plan = new_action(self, _("Plan content…"), self._on_plan, "plus", "Ctrl+N")
        self.change = new_action(self, _("Change the plan…"), self._on_change, "pencil-outline", "F4")
        self.made = new_action(self, _("Finish and propose…"), self._on_made, "check", "Ctrl+Return")
        self.publish = new_action(self, _("Publish…"), self._on_publish, "bullhorn-outline", "Ctrl+U")
        self.take_down = new_action(self, _("Take down at once…"), self._on_take_down, "cancel", "Ctrl+D")
        self.reviewed = new_action(self, _("Reviewed…"), self._on_reviewed, "eye-outline", "Ctrl+E")
        self.drop = new_action(self, _("Drop…"), self._on_drop, "delete-outline", "Ctrl+Backspace")

    def _build_history(self) -> QWidget:
        self.history = Timeline()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        column.addWidget(self.history)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(HISTORY_HEIGHT)
        area.setAccessibleName(_("What happened to it"))
        for ground in (inside, area.viewport()):
            ground.setAutoFillBackground(False)
        return area

    def refresh(self) -> None:
        """Ask for the schedule again."""
        ctx, shown = self.ctx, Shown(self.shown.currentData())
        self.tasks.run(self, lambda: list_contents(ctx, shown), self._show)

    def _show(self, rows: list[ContentRow]) -> None:
        self.empty.set_text(
            _("Nothing is planned. Press Ctrl+N to plan content.")
            if self.shown.currentData() == Shown.OPEN
            else _("Nothing here.")
        )
        self.show_rows(rows, lambda row: row.id)
        count, urgent = len(rows), sum(bool(row.stage) for row in rows)
        if self.shown.currentData() == Shown.OPEN:
            told = ngettext("{count} item to do", "{count} items to do", count)
            self.counted.emit(count)
        else:
            told = ngettext("{count} item", "{count} items", count)
        told = told.format(count=count)
        self.summary.setText(told + (" · " + _("{count} urgent").format(count=urgent) if urgent else ""))

    def row_chosen(self) -> None:
        """Grey what cannot be done with the item, and show its history."""
        row, ctx = self.table.current_row(), self.ctx
        state = None if row is None else row.state
        plans, publishes = ctx.may(Permission.CONTENT_PLAN), ctx.may(Permission.PUBLISH)
        waits = row is not None and row.standing is not None and row.standing.waits_for is not None
        self.plan.setEnabled(plans)
        self.change.setEnabled(plans and state in {_S.PLANNED, _S.MADE})
        self.made.setEnabled(plans and ctx.may(Permission.PROPOSE) and state in {_S.PLANNED, _S.MADE} and not waits)
        self.drop.setEnabled(plans and state in NOT_OUT)
        self.reviewed.setEnabled(plans and state is _S.PUBLISHED)
        self.publish.setEnabled(publishes and state in {_S.APPROVED, _S.TAKEN_DOWN})
        self.take_down.setEnabled(publishes and state is _S.PUBLISHED)
        if row is None:
            self._tell([])
        else:
            self.tasks.run(self, lambda: content_history(ctx, row.id), lambda steps: self._show_history(row, steps))

    def _show_history(self, row: ContentRow, steps: list[ContentStep]) -> None:
        if self.table.current_row() != row:
            return  # looked on meanwhile
        now = self.ctx.clock.now()
        self._tell([(short_time(one.at, now), _told(one)) for one in steps])

    def _tell(self, happened: list[tuple[str, str]]) -> None:
        if happened != self._happened:  # each minute the same, mostly
            self._happened = happened
            self.history.set_rows(happened)

    def _on_opened(self) -> None:
        """Enter and a double click take the item's next step."""
        steps = (self.publish, self.made, self.change, self.reviewed)
        step = next((one for one in steps if one.isEnabled()), None)
        if step is not None:
            step.trigger()

    def _on_plan(self) -> None:
        self._open_dialog(None)

    def _on_change(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._open_dialog(row)

    def _open_dialog(self, row: ContentRow | None) -> None:
        from app.views.publishing.content_dialog import ContentDialog

        dialog = ContentDialog(self.ctx, self.tasks, row, self.window())
        self.open(dialog, _("Content planned") if row is None else _("Plan changed"))

    def _on_made(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("“{title}” is made: propose its approval").format(title=row.title), _("Propose")
            told = _("{name}: proposed").format(name=row.title)
            self.ask(words, lambda note: content_made(ctx, row.id, note), told, asked=_("What was made"))

    def _on_publish(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("Publish “{title}”").format(title=row.title), _("Publish")
            told = _("{title}: published").format(title=row.title)
            dialog = self.ask(words, lambda where: publish_content(ctx, row.id, where), told, asked=_("Where"))
            dialog.reason.setText(row.channel)

    def _on_take_down(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("Take down “{title}” at once").format(title=row.title), _("Take down")
            told = _("{title}: taken down").format(title=row.title)
            self.ask(words, lambda why: take_down(ctx, row.id, why), told)

    def _on_reviewed(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("“{title}” was looked at again").format(title=row.title), _("Reviewed")
            told = _("{title}: reviewed").format(title=row.title)
            self.ask(words, lambda outcome: content_reviewed(ctx, row.id, outcome), told, asked=_("Outcome"))

    def _on_drop(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("Drop “{title}”").format(title=row.title), _("Drop")
            told = _("{title}: dropped").format(title=row.title)
            self.ask(words, lambda why: drop_content(ctx, row.id, why), told)


def _told(step: ContentStep) -> str:
    words = f"{step.name} {step.sentence}"
    return _("{what}: {note}").format(what=words, note=step.note) if step.note else words
