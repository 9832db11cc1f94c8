"""The catalog (商品): products and their articles, with packs and barcodes (rules P1–P3).

Products and variants are projections of their entries; `barcodes` is an index over what the variants say.
"""

from enum import StrEnum

from sqlalchemy import Column, Index, Integer, Table

from app.errors import RuleError
from app.i18n import N_, _
from app.models.base import Id, Minor, Words, metadata


class ProductState(StrEnum):
    """Whether customers can buy a product."""

    DRAFT = "draft"  # 未上架
    LISTED = "listed"  # 在售
    DELISTED = "delisted"  # 已下架


class Delisted(StrEnum):
    """Why a product was taken off sale (rule P3)."""

    ZERO = "zero"  # nothing left: by itself
    DECIDED = "decided"  # approved by the manager


PRODUCT_STATE_WORDS = {
    ProductState.DRAFT: N_("Not listed"),
    ProductState.LISTED: N_("On sale"),
    ProductState.DELISTED: N_("Delisted"),
}

# kind of entry → (states before, state after)
LISTING_MOVES: dict[str, tuple[frozenset[ProductState], ProductState]] = {
    "product.listed": (frozenset({ProductState.DRAFT, ProductState.DELISTED}), ProductState.LISTED),
    "product.delisted": (frozenset({ProductState.LISTED}), ProductState.DELISTED),
}


class ProductStateError(RuleError):
    """A product cannot be listed twice, nor delisted before it is on sale."""

    message = N_("The product is “{state}”.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(PRODUCT_STATE_WORDS[ProductState(state)]))


products = Table(
    "products",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False),
    Column("brand", Words, nullable=False),
    Column("kind", Words, nullable=False),  # 类目
    Column("origin", Words, nullable=False),
    Column("degree", Integer),  # tenths of % vol
    Column("volume", Integer),  # millilitres
    Column("supplier", Words, nullable=False),
    Column("lead", Integer, nullable=False),  # 主推款
    Column("texts", Words, nullable=False),  # JSON: channel → content
    Column("pictures", Words, nullable=False),  # JSON: digests in their order
    Column("state", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_products_state", products.c.state)
Index("ix_products_name", products.c.name)

variants = Table(
    "variants",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("product", Id, nullable=False),
    Column("code", Words, nullable=False),  # 商家编码, never another one
    Column("name", Words, nullable=False),  # 规格
    Column("barcodes", Words, nullable=False),  # JSON: [[code, multiplier], …]
    Column("pack_of", Id),
    Column("pack_size", Integer, nullable=False),
    Column("cost", Minor),
    Column("price", Minor),
    Column("floor", Minor),
    Column("currency", Words, nullable=False),
    Column("shelf", Words, nullable=False),
    Column("active", Integer, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_variants_code", variants.c.code, unique=True)
Index("ix_variants_product", variants.c.product)
Index("ix_variants_pack_of", variants.c.pack_of)

barcodes = Table(
    "barcodes",
    metadata,
    Column("code", Words, primary_key=True),
    Column("variant", Id, nullable=False),
    Column("multiplier", Integer, nullable=False),
)
Index("ix_barcodes_variant", barcodes.c.variant)
