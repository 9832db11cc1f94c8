"""A product as a file or a person gives it: drafts, before the office has it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BarcodeDraft:
    """A code that a scanner reads, and how many of the article it stands for (a case of six: 6)."""

    code: str
    multiplier: int = 1


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """One article (规格) of a product; money in minor units, None where unknown."""

    code: str  # 商家编码
    name: str = ""
    barcodes: tuple[BarcodeDraft, ...] = ()
    pack_of: str = ""  # the code of the article that this is a pack of
    pack_size: int = 1
    cost: int | None = None
    price: int | None = None
    floor: int | None = None
    shelf: str = ""
    stock: int | None = None  # what the file says is there; only for a first stock
    currency: str = ""  # where the file says it; "" is the product's


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product with its articles; `degree` in tenths of % vol, `volume` in millilitres, None where unknown."""

    name: str
    brand: str = ""
    kind: str = ""  # 类目
    origin: str = ""
    degree: int | None = None
    volume: int | None = None
    supplier: str = ""
    lead: bool = False  # 主推款
    texts: dict[str, str] = field(default_factory=dict)  # channel → content; "" is for every channel
    pictures: tuple[str, ...] = ()  # digests of stored files
    variants: tuple[VariantDraft, ...] = ()
    currency: str = "CNY"
    listed: bool = False  # on sale already where the file comes from
    row: int = 0
    words: str = field(default="", compare=False)  # what it is found by, where that was made already
    sound: bool = field(default=False, compare=False)  # `check_product` found nothing wrong already
