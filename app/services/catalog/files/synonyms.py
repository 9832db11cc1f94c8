"""What people call the columns of a product list: Chinese as in the shop's list, then English."""

import functools
from collections.abc import Mapping

from app.services.catalog.files.formats import load_formats
from app.services.intake.names import fold

SHOP_LIST = "shop-list"  # its columns are the Chinese words

_ENGLISH = {
    "code": "sku|item code|product code|article|item no|product id|code|id|wine id|item id",
    "name": "product name|item name|title|name|product|wine name|description",
    "variant": "variant|option|size|style",
    "barcode": "barcode|ean|gtin|upc|bar code|code",
    "case_barcode": "case barcode|carton barcode|case code",
    "case_size": "case size|pack quantity|units per case|carton quantity",
    "brand": "brand|brands|winery name|producer|vendor|maker|manufacturer",
    "kind": "category|type|product type|categories|class|department",
    "origin": "origin|country of origin|country|region",
    "degree": "abv|alcohol|alc|strength|degree",
    "volume": "volume|net content|quantity|capacity",
    "cost": "cost|unit cost|purchase price|cost price",
    "price": "price|selling price|retail price|unit price|list price",
    "floor": "floor price|minimum price|lowest price",
    "supplier": "supplier|supplier name|distributor",
    "shelf": "shelf|bin|location",
    "stock": "stock|on hand|inventory|stock quantity",
    "listed": "status|published|active",
    "text": "description|details|body (html)|body html",  # "body" alone is how full a wine is
}


@functools.lru_cache(maxsize=1)
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """The folded words for each field, the usual one first."""
    known = next(one for one in load_formats() if one.name == SHOP_LIST)
    words = {field: list(place.columns) for field, place in known.fields.items()}
    for field, english in _ENGLISH.items():
        words[field] += english.split("|")
    return {field: tuple(map(fold, names)) for field, names in words.items()}
