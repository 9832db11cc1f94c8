"""The publishing panel (发布): the content schedule, the promotions and the market, one list at a time."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.access import Context
from app.views.changes import Changes
from app.views.pages_panel import Pages, PagesPanel
from app.views.publishing.market import MarketPage
from app.views.publishing.promotions import PromotionsPage
from app.views.publishing.schedule import SchedulePage
from app.views.tasks import Tasks

SCHEDULE, PROMOTIONS, MARKET = "schedule", "promotions", "market"


class PublishingPanel(PagesPanel):
    """Three lists."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"contents", "promotions", "promotion_prices", "market_notes", "proposals", "variants", "people"}
    )

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        schedule, promotions, market = SchedulePage(ctx, tasks), PromotionsPage(ctx, tasks), MarketPage(ctx, tasks)
        pages: Pages = {
            SCHEDULE: (_("Schedule"), schedule),
            PROMOTIONS: (_("Promotions"), promotions),
            MARKET: (_("Market"), market),
        }
        super().__init__(ctx, tasks, changes, parent, pages=pages, name=_("Lists of publishing"))
        self.schedule, self.promotions, self.market = schedule, promotions, market
