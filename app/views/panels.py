"""The panels of one person's window: each is made when it is first seen, and joined here with those that it serves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView

from app.i18n import _, pgettext
from app.models.people import Post
from app.services.access import Context, Permission
from app.services.orders.rows import OrderDetail, OrderFilter
from app.views.changes import Changes
from app.views.dock import Area, PanelSpec
from app.views.orders.detail import OrderDetailPanel
from app.views.orders.panel import OrdersPanel
from app.views.panel import Panel
from app.views.shell import Shell

if TYPE_CHECKING:  # the start does not wait for what a tab hides
    from datetime import date

    from app.views.catalog.detail import ProductPanel
    from app.views.catalog.panel import CatalogPanel
    from app.views.colleagues import ColleaguesPanel
    from app.views.duty.detail import DutyNotesPanel
    from app.views.duty.look import RosterLook
    from app.views.duty.panel import DutyPanel
    from app.views.overview.panel import OverviewPanel
    from app.views.pages_panel import PagesPanel
    from app.views.publishing.panel import PublishingPanel
    from app.views.review.detail import ProposalPanel
    from app.views.review.panel import ReviewPanel
    from app.views.stock.panel import StockPanel

MANAGERS = frozenset({Post.MANAGER, Post.DIRECTOR})
SIDES = {
    "detail": "orders",
    "proposal": "review",
    "product": "catalog",
    "duty_notes": "duty",
}  # the detail at the side, and its list


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: the list in front, and the weeks of the roster, if it was seen."""

    panel: str
    roster: RosterLook | None


class Panels(QObject):
    """They know nothing of each other; whoever asks for one makes it."""

    said = Signal(str)
    panel_wanted = Signal(str)
    figures_changed = Signal(object)  # DeskFigures
    search_ended = Signal()

    def __init__(self, ctx: Context, shell: Shell, changes: Changes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._settings = ctx, shell.settings
        self._parts = (ctx, shell.tasks, changes)

    def specs(self) -> tuple[PanelSpec, ...]:
        """The panels in the order of the person's role."""
        # The manager's screen has the day's figures below the list; at the service desk they are a tab away.
        manages = self._ctx.post in MANAGERS
        below, centre, side = Area.BELOW if manages else Area.CENTRE, Area.CENTRE, Area.SIDE
        review = PanelSpec("review", _("Approvals"), lambda: self.review, centre, "clipboard-check-outline")
        return (
            *([review] if manages else []),
            PanelSpec("orders", _("Orders"), lambda: self.orders, centre, "clipboard-text-outline"),
            PanelSpec("overview", _("The day"), lambda: self.overview, below, "chart-bar"),
            *([] if manages else [review]),
            PanelSpec("catalog", _("Catalog"), lambda: self.catalog, centre, "package-variant"),
            PanelSpec("stock", _("Stock"), lambda: self.stock, centre, "package-variant-closed"),
            PanelSpec("publishing", _("Publishing"), lambda: self.publishing, centre, "bullhorn-outline"),
            PanelSpec("duty", _("Duty roster"), lambda: self.duty, centre, "calendar-clock"),
            PanelSpec("staff", _("Colleagues"), lambda: self.staff, centre, "account-circle-outline"),
            PanelSpec("detail", pgettext("side", "Order"), lambda: self.detail, side, "file-document-outline"),
            PanelSpec("proposal", pgettext("side", "Approval"), lambda: self.proposal, side, "clipboard-check-outline"),
            PanelSpec("product", pgettext("side", "Product"), lambda: self.product, side, "package-variant"),
            PanelSpec("duty_notes", pgettext("side", "Duty"), lambda: self.duty_notes, side, "calendar-clock"),
        )

    def made(self) -> list[Panel]:
        """Those that have been seen."""
        return [panel for panel in vars(self).values() if isinstance(panel, Panel)]

    def first_table(self) -> QAbstractItemView:
        """The list that the role begins its day with."""
        return self.review.table if self._ctx.post in MANAGERS else self.orders.table

    def tell_figures(self) -> None:
        """Tell the bar what waits where the window opens with another list in front of the orders."""
        if not self.orders.isVisible():
            self.orders.ask_figures()

    def keep_columns(self) -> None:
        """Remember how wide the columns of the long lists are."""
        self.orders.table.keep_columns()
        if "catalog" in vars(self):
            self.catalog.table.keep_columns()

    @cached_property
    def orders(self) -> OrdersPanel:
        """The list of orders."""
        panel = OrdersPanel(*self._parts, self._settings)
        panel.row_selected.connect(self.detail.show_order)
        panel.figures_changed.connect(self.figures_changed)
        self._hear(panel)
        panel.search_ended.connect(self.search_ended)
        return panel

    @cached_property
    def detail(self) -> OrderDetailPanel:
        """The order at the side."""
        panel = OrderDetailPanel(*self._parts)
        panel.shown.connect(self._on_detail_shown)
        return panel

    @cached_property
    def overview(self) -> OverviewPanel:
        """The day at a glance."""
        from app.views.overview.panel import OverviewPanel

        panel = OverviewPanel(*self._parts)
        panel.orders_wanted.connect(self.show_orders)
        panel.proposals_wanted.connect(lambda: self.panel_wanted.emit("review"))
        return panel

    @cached_property
    def review(self) -> ReviewPanel:
        """What waits for a decision."""
        from app.views.review.panel import ReviewPanel

        panel = ReviewPanel(*self._parts)
        panel.proposal_selected.connect(lambda proposal: self.proposal.show_proposal(proposal))
        self._hear(panel)
        return panel

    @cached_property
    def proposal(self) -> ProposalPanel:
        """The proposal at the side."""
        from app.views.review.detail import ProposalPanel

        panel = ProposalPanel(*self._parts)
        panel.set_actions(self.review.give_back, self.review.approve)
        return panel

    @cached_property
    def catalog(self) -> CatalogPanel:
        """The list of products."""
        from app.views.catalog.panel import CatalogPanel

        panel = CatalogPanel(*self._parts, self._settings)
        panel.row_selected.connect(lambda product: self.product.show_product(product))
        panel.search_ended.connect(self.search_ended)
        self._hear(panel)
        return panel

    @cached_property
    def product(self) -> ProductPanel:
        """The product at the side."""
        from app.views.catalog.detail import ProductPanel

        panel = ProductPanel(*self._parts)
        panel.set_actions(self.catalog.actions_)
        return panel

    @cached_property
    def stock(self) -> StockPanel:
        """Counts and goods wanted."""
        from app.views.stock.panel import StockPanel

        panel = StockPanel(*self._parts)
        self._hear(panel)
        return panel

    @cached_property
    def publishing(self) -> PublishingPanel:
        """Content, promotions and the market."""
        from app.views.publishing.panel import PublishingPanel

        panel = PublishingPanel(*self._parts)
        self._hear(panel)
        return panel

    @cached_property
    def duty(self) -> DutyPanel:
        """The roster."""
        from app.views.duty.panel import DutyPanel

        panel = DutyPanel(*self._parts)
        self._hear(panel)
        panel.sheet_shown.connect(lambda sheet: self.duty_notes.show_sheet(sheet))
        panel.drawn.connect(lambda: self.duty_notes.show_drawn())
        panel.explained.connect(lambda title, sentences: self.duty_notes.show_why(title, sentences))
        return panel

    @cached_property
    def duty_notes(self) -> DutyNotesPanel:
        """What belongs to the roster."""
        from app.views.duty.detail import DutyNotesPanel

        panel = DutyNotesPanel(*self._parts)
        panel.compare.chosen.connect(lambda version: self.duty.compare(version))
        return panel

    @cached_property
    def staff(self) -> ColleaguesPanel:
        """Tasks, notices, leave, swaps, acting, files."""
        from app.views.colleagues import ColleaguesPanel

        panel = ColleaguesPanel(*self._parts)
        self._hear(panel)
        return panel

    def _hear(self, panel: OrdersPanel | ReviewPanel | CatalogPanel | StockPanel | PagesPanel | DutyPanel) -> None:
        """Pass on what was done; what hindered it before is no longer so, and its sentence goes."""
        panel.said.connect(panel.strip.clear)
        panel.said.connect(self.said)

    def may_go(self) -> bool:
        """Whether nothing is lost with the window, or the person has said that it may be."""
        return "duty" not in vars(self) or self.duty.may_go()

    def close(self) -> None:
        """End what panels have running beside the window."""
        if "duty" in vars(self):
            self.duty.solving.close()

    def show_orders(self, wanted: OrderFilter) -> None:
        """Bring the orders to the front, narrowed to these."""
        self.panel_wanted.emit("orders")
        self.orders.show_orders(wanted)

    def show_proposals(self, desk: str) -> None:
        """Bring a list of proposals to the front: "own", "publish"."""
        from app.services.approvals.queue import Desk

        self.panel_wanted.emit("review")
        self.review.show_desk(Desk(desk))

    def show_handovers(self) -> None:
        """Bring to the front what colleagues ask one to take over."""
        self.panel_wanted.emit("staff")
        self.staff.show_offered()

    def show_swaps(self) -> None:
        """Bring to the front the swaps that colleagues ask of one."""
        self.panel_wanted.emit("staff")
        self.staff.show_swaps()

    def show_own_leaves(self) -> None:
        """Bring to the front one's own leaves."""
        self.panel_wanted.emit("staff")
        self.staff.show_own_leaves()

    def show_acting(self) -> None:
        """Bring to the front who acts in which post."""
        self.panel_wanted.emit("staff")
        self.staff.show_acting()

    def show_rosters(self, first: date, last: date) -> None:
        """Bring to the front what is published of these weeks of the roster."""
        self.duty.show_news(first, last)  # first of all, so that no other weeks are taken for seen
        self.panel_wanted.emit("duty")

    def in_front(self) -> Panel:
        """The list that is looked at; where there are several or none, the orders."""
        lists = [name for name in vars(self) if name not in {*SIDES, "overview", "orders"}]
        shown = [panel for name in lists if isinstance(panel := vars(self)[name], Panel) and panel.isVisible()]
        return shown[0] if shown and not self.orders.isVisible() else self.orders

    def look(self) -> Look:
        """What is looked at now."""
        front = self.in_front()
        panel = next(name for name, one in vars(self).items() if one is front)
        return Look(panel, self.duty.look if "duty" in vars(self) else None)

    def look_as(self, look: Look) -> None:
        """Show in the roster what another window showed."""
        if look.roster is not None:
            self.duty.look_as(look.roster)

    def searched_for(self) -> str:
        """What the list that is looked at is searched for."""
        if self.catalog_is_in_front():
            return self.catalog.search_text()
        return self.orders.search_text() if self.in_front() is self.orders else ""

    def catalog_is_in_front(self) -> bool:
        """Whether products are looked at rather than orders: search and dropped files are theirs then."""
        return "catalog" in vars(self) and self.catalog.isVisible() and not self.orders.isVisible()

    def takes_products(self) -> bool:
        """Whether a dropped file is a list of products."""
        return self.catalog_is_in_front() and self._ctx.may(Permission.CATALOG_IMPORT)

    def _on_detail_shown(self, detail: OrderDetail) -> None:
        self.detail.set_next_step(self.orders.actions_.next_step(detail.row))
