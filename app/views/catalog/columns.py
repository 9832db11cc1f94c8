"""The columns of the product list, and how its cells are painted."""

from enum import StrEnum

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from app.i18n import N_, _
from app.models.catalog import ProductState
from app.money import exponent, format_amount
from app.services.catalog.rows import ProductRow, ProductSort
from app.services.catalog.words import product_state_word
from app.views.theme import TEXT, Kind, current, font
from app.views.widgets.cells import PAD, CellText
from app.views.widgets.long_model import LongColumn, place_of
from app.views.widgets.pill import paint_pill

STATE_KINDS = {ProductState.DRAFT: Kind.INFO, ProductState.LISTED: Kind.OK, ProductState.DELISTED: Kind.DIM}
LOW_MARGIN = 0.15


class Look(StrEnum):
    """How a cell is painted."""

    TEXT = "text"
    STATE = "state"
    MARGIN = "margin"
    STOCK = "stock"


def state_word(row: ProductRow) -> str:
    """The state; of what went by itself, why."""
    return product_state_word(row.state, row.why)


def price_text(row: ProductRow) -> str:
    """The price, or from which to which: a range without the cents that all of it lacks, so that it can be read."""
    if row.price is None or row.highest is None:
        return "–"
    if row.highest == row.price:
        return format_amount(row.price, row.currency)
    ends = [format_amount(end, row.currency) for end in (row.price, row.highest)]
    cents = "." + "0" * exponent(row.currency)
    if all(end.endswith(cents) for end in ends):
        ends = [end.removesuffix(cents) for end in ends]
    return "–".join(ends)


def _state_words() -> list[str]:
    return [product_state_word(state, why) for state in ProductState for why in ("", "zero")]


def _margin(row: ProductRow) -> str:
    return "–" if row.margin is None else f"{row.margin:.1%}"


def _cost(row: ProductRow) -> str:
    return "–" if row.cost is None else format_amount(row.cost, row.currency)


def _code(row: ProductRow) -> str:
    return row.code if row.articles < 2 else f"{row.code} +{row.articles - 1}"


def _code_in_full(row: ProductRow) -> str:
    return row.code if row.articles < 2 else _("{code} and {count} more").format(code=row.code, count=row.articles - 1)


def _stock(row: ProductRow) -> str:
    return "–" if row.available is None else f"{row.available:,}"


COLUMNS: tuple[LongColumn[ProductRow], ...] = (
    LongColumn(ProductSort.STATE, N_("State"), 84, Look.STATE, state_word, pills=_state_words),
    LongColumn(ProductSort.NEWEST, N_("Code"), 100, Look.TEXT, _code, whole=_code_in_full, sample="6901234567892 +1"),
    LongColumn(ProductSort.NAME, N_("Product name"), 240, Look.TEXT, lambda row: row.name),
    LongColumn(ProductSort.BRAND, N_("Brand"), 96, Look.TEXT, lambda row: row.brand, shown=False),
    LongColumn(ProductSort.KIND, N_("Class"), 68, Look.TEXT, lambda row: row.kind),
    LongColumn(ProductSort.PRICE, N_("Sale price"), 88, Look.TEXT, price_text, right=True, sample="1,068–12,880"),
    LongColumn(ProductSort.COST, N_("Cost"), 82, Look.TEXT, _cost, right=True),
    LongColumn(ProductSort.MARGIN, N_("Margin"), 64, Look.MARGIN, _margin, right=True),
    LongColumn(ProductSort.STOCK, N_("Available"), 76, Look.STOCK, _stock, right=True),
    LongColumn(ProductSort.SHELF, N_("Shelf"), 84, Look.TEXT, lambda row: row.shelf),
)


def sort_column(sort: ProductSort) -> int:
    """The column that sorts by `sort`."""
    return place_of(COLUMNS, sort)


class ProductCells:
    """Paints cells by their column's look."""

    def __init__(self) -> None:
        self._text = CellText(font(TEXT))

    def paint(self, painter: QPainter, cell: QRect, row: ProductRow, column: LongColumn[ProductRow]) -> None:
        """Paint one product's cell."""
        text = column.text(row)
        if column.look is Look.STATE:
            kind = Kind.DANGER if row.why == "zero" else STATE_KINDS[row.state]
            paint_pill(painter, cell.adjusted(PAD, 0, 0, 0), text, kind)
            return
        theme = current()
        low = column.look is Look.MARGIN and row.margin is not None and row.margin < LOW_MARGIN
        scarce = column.look is Look.STOCK and row.available is not None and row.available <= 0
        self._text.paint(painter, cell, text, theme.accent if low or scarce else theme.ink, right=column.right)
