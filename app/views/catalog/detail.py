"""One product at the right of the window: articles, stock, prices over time, texts, history, the next step."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.clock import office_time
from app.i18n import _
from app.money import format_money
from app.services.access import Context
from app.services.catalog.detail import product_detail
from app.services.catalog.rows import ArticleRow, PricePoint, ProductDetail
from app.services.files import StoredFile, load_file
from app.services.orders.words import channel_word
from app.services.stock.movements import StockRow, stock_rows
from app.services.stock.sales import SALES_DAYS
from app.views.catalog.actions import CatalogActions
from app.views.catalog.columns import STATE_KINDS, state_word
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.times import short_time
from app.views.widgets.buttons import plain_button, primary_button
from app.views.widgets.empty import EmptyState
from app.views.widgets.labels import card, label
from app.views.widgets.layouts import clear_layout
from app.views.widgets.picture import read_picture
from app.views.widgets.pill import Pill
from app.views.widgets.side import Side
from app.views.widgets.timeline import Timeline

MOST_PRICES, MOST_HAPPENED, MOST_PICTURES = 8, 30, 4
PICTURE = QSize(72, 72)


class ProductPanel(Panel):
    """Shows the product that is selected in the list."""

    watches: ClassVar[frozenset[str]] = frozenset({"products", "variants", "stock", "promotions"})

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._product: int | None = None
        self._shown: tuple[ProductDetail, list[StockRow]] | None = None
        self._build_body()
        self._side = Side(
            self, self.strip, self._body, EmptyState("package-variant", _("Choose a product in the list."))
        )

    def set_actions(self, actions: CatalogActions) -> None:
        """Put the next steps below, at their place, and the way to the movements above the articles."""
        self.addAction(actions.movements)  # its key works here as well
        self._articles_line.addWidget(plain_button(actions.movements))
        self._side.foot.addWidget(plain_button(actions.change))
        self._side.foot.addStretch(1)
        self._side.foot.addWidget(primary_button(actions.price))

    def _build_body(self) -> None:
        self._name = label("", "heading", wrap=True, selectable=True)
        self._state, self._lead = Pill(), Pill()
        self._told = label("", "small", wrap=True)
        pills = QHBoxLayout()
        pills.setSpacing(GAP_2)
        for pill in (self._state, self._lead):
            pills.addWidget(pill)
        pills.addStretch(1)
        self._pictures = QHBoxLayout()
        self._pictures.setSpacing(GAP_2)
        self._articles_line, self._articles = QHBoxLayout(), QVBoxLayout()
        self._articles_line.addWidget(label(_("Articles"), "caption"))
        self._articles_line.addStretch(1)
        self._articles.setSpacing(GAP_2)
        self._prices, self._history = Timeline(), Timeline()
        self._texts_caption, self._texts = label(_("Texts"), "caption"), label("", wrap=True, selectable=True)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        column.setSpacing(GAP_2)
        column.addWidget(self._name)
        column.addLayout(pills)
        column.addWidget(self._told)
        column.addLayout(self._pictures)
        column.addLayout(self._articles_line)
        column.addLayout(self._articles)
        for part in (self._texts_caption, self._texts, label(_("Prices over time"), "caption"), self._prices):
            column.addWidget(part)
        for part in (label(_("History"), "caption"), self._history):
            column.addWidget(part)
        column.addStretch(1)

    def show_product(self, product: int | None) -> None:
        """Show another product, or none."""
        if product != self._product:
            self._product = product
            self.refresh()

    def forget_shown(self) -> None:
        self._shown = None

    def refresh(self) -> None:
        """Ask for the product again."""
        product, ctx = self._product, self.ctx
        if product is None:
            self._shown = None
            self._side.set_chosen(chosen=False)
        elif self.isVisible():
            self.tasks.run(self, lambda: _ask(ctx, product), self._show)
        else:
            self._stale = True  # asked when it is looked at

    def _show(self, found: tuple[ProductDetail, list[StockRow]]) -> None:
        detail, stock = found
        if detail.row.id != self._product or found == self._shown:
            return
        self._shown = found
        row = detail.row
        self._side.set_chosen(chosen=True)
        self._name.setText(row.name)
        self._state.set(state_word(row), Kind.DANGER if row.why == "zero" else STATE_KINDS[row.state])
        self._lead.set(_("Lead product") if row.lead else "", Kind.WARN)
        self._told.setText(_told(detail))
        self._show_pictures(detail)
        clear_layout(self._articles)
        for article, stands in zip(detail.articles, stock, strict=True):
            self._articles.addWidget(_article_card(article, stands))
        words = {channel: channel_word(channel) if channel else _("All channels") for channel in detail.texts}
        texts = [f"{words[channel]}: {text}" for channel, text in detail.texts.items()]
        self._texts.setText("\n".join(texts))
        for part in (self._texts_caption, self._texts):
            part.setVisible(bool(texts))
        self._prices.set_rows([_price(point, row.currency) for point in detail.prices[:MOST_PRICES]])
        now = self.ctx.clock.now()
        happened = detail.history[:MOST_HAPPENED]
        self._history.set_rows([(short_time(one.at, now), f"{one.person} · {one.sentence}") for one in happened])

    def _show_pictures(self, detail: ProductDetail) -> None:
        clear_layout(self._pictures)
        ctx = self.ctx
        for digest in detail.pictures[:MOST_PICTURES]:
            place = label("")
            place.setFixedSize(PICTURE)
            self._pictures.addWidget(place)
            self.tasks.run(place, partial(load_file, ctx, digest), partial(_show_picture, place))
        self._pictures.addStretch(1)


def _ask(ctx: Context, product: int) -> tuple[ProductDetail, list[StockRow]]:
    """The product, and how the stock of its articles stands."""
    detail = product_detail(ctx, product)
    return detail, stock_rows(ctx, [one.code for one in detail.articles])


def _show_picture(place: QLabel, kept: StoredFile) -> None:
    picture = read_picture(kept.data, PICTURE)
    if picture is not None:
        place.setPixmap(picture)


def _told(detail: ProductDetail) -> str:
    parts = [detail.row.brand, detail.row.kind, detail.origin]
    if detail.degree is not None:
        parts.append(f"{detail.degree / 10:g}% vol")
    if detail.volume is not None:
        parts.append(f"{detail.volume} ml")
    parts.append(detail.supplier)
    parts.append(_("sold in {days} days: {count}").format(days=SALES_DAYS, count=detail.sold_30_days))
    return " · ".join(part for part in parts if part)


def _article_card(article: ArticleRow, stands: StockRow) -> QFrame:
    frame = card()
    grid = QGridLayout(frame)
    grid.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
    grid.setHorizontalSpacing(GAP_3)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    head = f"{article.code} · {article.name}" if article.name else article.code
    if article.pack_of:
        head += " · " + _("{count} × {code}").format(count=article.pack_size, code=article.pack_of)
    grid.addWidget(label(head, "strong", wrap=True, selectable=True), 0, 0, 1, 4)
    money = [(_("Sale price"), article.price), (_("Cost"), article.cost), (_("Floor price"), article.floor)]
    if article.promotional is not None:
        money.insert(1, (_("Promotion price"), article.promotional))
    facts = [(what, "–" if amount is None else format_money(amount, article.currency)) for what, amount in money]
    facts += _stock_facts(stands)
    for place, (what, text) in enumerate(facts):
        grid.addWidget(label(what, "small"), 1 + place // 2, place % 2 * 2)
        grid.addWidget(label(text), 1 + place // 2, place % 2 * 2 + 1)
    codes = [code if multiplier == 1 else f"{code} (×{multiplier})" for code, multiplier in article.barcodes]
    rest = [text for text in (_(", ").join(codes), article.shelf) if text]
    if rest:
        grid.addWidget(label(" · ".join(rest), "small", wrap=True, selectable=True), 1 + (len(facts) + 1) // 2, 0, 1, 4)
    return frame


def _stock_facts(stands: StockRow) -> list[tuple[str, str]]:
    """Available, on hand and reserved; a pack may be available though nobody keeps a stock of it."""
    known = stands.kept or stands.on_hand or stands.reserved
    left = "–" if stands.available is None else f"{stands.available:,}"
    counts = [(_("On hand"), stands.on_hand), (_("Reserved"), stands.reserved)]
    return [(_("Available"), left), *((what, f"{count:,}" if known else "–") for what, count in counts)]


def _price(point: PricePoint, currency: str) -> tuple[str, str]:
    day = office_time(point.at).strftime("%Y-%m-%d")
    parts = [point.code]
    if point.price is not None:
        before = "" if point.before is None else f"{format_money(point.before, currency)} → "
        parts.append(f"{before}{format_money(point.price, currency)}")
    if point.cost is not None:
        parts.append(_("cost {amount}").format(amount=format_money(point.cost, currency)))
    if point.floor is not None:
        parts.append(_("floor {amount}").format(amount=format_money(point.floor, currency)))
    if point.late:
        parts.append(point.late)
    return day, " · ".join(parts)
