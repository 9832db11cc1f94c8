"""Promotions (rule P4): planned and proposed in one press, started and ended by themselves; below, their articles."""

from app.clock import office_day
from app.i18n import _, ngettext
from app.models.publishing import PromotionState
from app.services.access import Context, Permission
from app.services.approvals.kinds import KINDS
from app.services.promotions.prices import Priced
from app.services.promotions.promotions import PromotionRow, list_promotions, promotion_articles, stop_promotion
from app.views.publishing.columns import GOODS, NAME, PRICED_COLUMNS, promotion_columns
from app.views.tasks import Tasks
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.list_page import ListPage, table_of
from app.views.widgets.list_table import ListTable

ARTICLES_HIGH, ARTICLES_LOW = 190, 100  # a low window has room for both lists
_S = PromotionState
NOT_OVER = frozenset({_S.PLANNED, _S.APPROVED, _S.RUNNING})


class PromotionsPage(ListPage[PromotionRow]):
    """All promotions, the newest start first."""

    def __init__(self, ctx: Context, tasks: Tasks) -> None:
        columns = promotion_columns(lambda: office_day(ctx.clock))
        super().__init__(ctx, tasks, table_of(columns, _("Promotions"), NAME), empty_state("cash-minus"))
        self.plan = new_action(self, _("Plan a promotion…"), self._on_plan, "plus", "Ctrl+N")
        self.stop = new_action(self, _("Stop…"), self._on_stop, "cancel", "Ctrl+D")
        self.articles: ListTable[Priced] = table_of(PRICED_COLUMNS, _("Articles of the promotion"), GOODS)
        self.articles.setMaximumHeight(ARTICLES_HIGH)
        self.articles.setMinimumHeight(ARTICLES_LOW)
        shared = self.articles.sizePolicy()
        shared.setVerticalStretch(1)
        self.articles.setSizePolicy(shared)
        self.lay_out([primary_button(self.plan), plain_button(self.stop)], self.articles)

    def refresh(self) -> None:
        """Ask for the promotions again."""
        ctx = self.ctx
        self.tasks.run(self, lambda: list_promotions(ctx), self._show)

    def _show(self, rows: list[PromotionRow]) -> None:
        self.empty.set_text(_("No promotion yet. Press Ctrl+N to plan one."))
        self.show_rows(rows, lambda row: row.id)
        running = sum(row.state is _S.RUNNING for row in rows)
        self.summary.setText(ngettext("{count} is running", "{count} are running", running).format(count=running))
        self.counted.emit(sum(row.state in NOT_OVER for row in rows))

    def row_chosen(self) -> None:
        """Grey what cannot be done, and show the articles."""
        row, ctx = self.table.current_row(), self.ctx
        edits = ctx.may(Permission.CATALOG_EDIT)
        proposes = ctx.may(Permission.PROPOSE) and ctx.post in KINDS["promotion"].proposers
        self.plan.setEnabled(edits and proposes)
        self.stop.setEnabled(edits and row is not None and row.state in NOT_OVER)
        if row is None:
            self.articles.show_rows([])
        else:
            self.tasks.run(self, lambda: promotion_articles(ctx, row.id), lambda found: self._show_articles(row, found))

    def _show_articles(self, row: PromotionRow, found: list[Priced]) -> None:
        if self.table.current_row() == row:
            self.articles.show_rows(found)

    def _on_plan(self) -> None:
        from app.views.publishing.promotion_dialog import PromotionDialog

        self.open(PromotionDialog(self.ctx, self.tasks, self.window()), _("Promotion planned and proposed"))

    def _on_stop(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("Stop “{name}”").format(name=row.name), _("Stop the promotion")
            self.ask(words, lambda why: stop_promotion(ctx, row.id, why), _("{name}: stopped").format(name=row.name))
