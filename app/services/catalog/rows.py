"""What crosses the border between the catalog and who shows it: frozen rows, money in minor units."""

from dataclasses import dataclass
from enum import StrEnum

from app.models.catalog import ProductState


class Shelf(StrEnum):
    """The lists of the catalog."""

    LISTED = "listed"  # 在售
    DRAFT = "draft"  # 未上架
    DELISTED = "delisted"  # 已下架
    LEAD = "lead"  # 主推
    SCARCE = "scarce"  # 缺货: nothing left, or more promised than there is; to be got
    ALL = "all"


class ProductSort(StrEnum):
    """What the list of products can be sorted by."""

    NEWEST = "newest"
    NAME = "name"
    BRAND = "brand"
    KIND = "kind"
    STATE = "state"
    PRICE = "price"
    COST = "cost"
    MARGIN = "margin"
    STOCK = "stock"
    SHELF = "shelf"


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """Which products are wanted; empty fields want everything."""

    shelf: Shelf = Shelf.ALL
    text: str = ""
    kind: str = ""
    brand: str = ""
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product in a list; prices from lowest to highest of its articles, None where none is known."""

    id: int
    name: str
    brand: str
    kind: str
    state: ProductState
    why: str
    lead: bool
    code: str  # of the first article
    articles: int
    price: int | None
    highest: int | None
    cost: int | None  # of the article with the lowest price
    floor: int | None
    currency: str
    shelf: str
    available: int | None  # of all articles together, in pieces; None where the stock is not kept
    last_seq: int

    @property
    def margin(self) -> float | None:
        """Share of the lowest price that is not cost; None where one of them is unknown."""
        return None if not self.price or self.cost is None else (self.price - self.cost) / self.price


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article (规格) of a product."""

    id: int
    code: str
    name: str
    barcodes: tuple[tuple[str, int], ...]
    pack_of: str  # the code of the article that this is a pack of, or ""
    pack_size: int
    cost: int | None
    price: int | None
    promotional: int | None  # of a promotion that runs now
    floor: int | None
    currency: str
    shelf: str
    active: bool
    on_hand: int
    available: int | None
    last_seq: int


@dataclass(frozen=True, slots=True)
class PricePoint:
    """A price that was in force from `at` on."""

    at: int
    person: str
    code: str
    price: int | None
    before: int | None
    cost: int | None
    floor: int | None
    proposal: int | None
    late: str = ""  # for when it was approved, where it came into force later


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a product's history."""

    seq: int
    at: int
    person: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ProductDetail:
    """Everything about one product."""

    row: ProductRow
    last_seq: int  # of the product itself
    origin: str
    degree: int | None  # tenths of % vol
    volume: int | None  # millilitres
    supplier: str
    texts: dict[str, str]
    pictures: tuple[str, ...]
    articles: tuple[ArticleRow, ...]
    prices: tuple[PricePoint, ...]
    history: tuple[Told, ...]
    sold_30_days: int
