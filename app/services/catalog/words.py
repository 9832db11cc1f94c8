"""The catalog's words, in the language in use: fields of products and articles, states."""

from app.i18n import N_, _
from app.models.catalog import PRODUCT_STATE_WORDS, Delisted, ProductState

_FIELDS = {
    "name": N_("Product name"),
    "brand": N_("Brand"),
    "kind": N_("Class"),
    "origin": N_("Origin"),
    "degree": N_("Degree"),
    "volume": N_("Volume"),
    "supplier": N_("Supplier"),
    "lead": N_("Lead product"),
    "texts": N_("Texts"),
    "pictures": N_("Pictures"),
    "barcodes": N_("Barcodes"),
    "pack_of": N_("Pack of"),
    "pack_size": N_("Pieces in a pack"),
    "shelf": N_("Shelf"),
    "active": N_("In use"),
    "cost": N_("Cost"),
    "price": N_("Sale price"),
    "floor": N_("Floor price"),
}


def field_word(name: str) -> str:
    """What a field of a product or an article is called."""
    return _(_FIELDS[name])


def product_state_word(state: ProductState, why: str = "") -> str:
    """The state; of what was delisted by itself, why."""
    return _("Sold out") if why == Delisted.ZERO else _(PRODUCT_STATE_WORDS[state])
