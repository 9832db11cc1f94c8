"""How products and their articles stand: one fold of their entries for the office and for the proof."""

from collections.abc import Mapping
from typing import Any

from app.models.canonical import canonical
from app.models.catalog import LISTING_MOVES, ProductState, ProductStateError

Row = dict[str, Any]

# What a person or a file may change by itself; prices and listing have entries of their own (rules P2, P3).
PRODUCT_FIELDS = ("name", "brand", "kind", "origin", "degree", "volume", "supplier", "lead", "texts", "pictures")
VARIANT_FIELDS = ("name", "barcodes", "pack_of", "pack_size", "shelf", "active")
PRICE_FIELDS = ("cost", "price", "floor")
AS_JSON = frozenset({"texts", "pictures", "barcodes"})
_EMPTY: Mapping[type, str] = {dict: "{}", list: "[]"}  # as canonical() writes them


def stored(name: str, value: Any) -> Any:
    """A field's value as its column holds it."""
    if name not in AS_JSON:
        return value
    return canonical(value) if value else _EMPTY[type(value)]  # a list of products has little else, and it adds up


def added_product(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """A product right after its product.added entry."""
    return {
        "id": seq,
        **{name: stored(name, content[name]) for name in PRODUCT_FIELDS},
        "state": ProductState.DRAFT.value,
        "why": "",
        "last_seq": seq,
    }


def advance_product(row: Row, seq: int, _at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a product; raises ProductStateError where it may not happen."""
    if kind == "product.changed":
        row.update({name: stored(name, after) for name, (_before, after) in content["changes"].items()})
    else:
        before, after = LISTING_MOVES[kind]
        if row["state"] not in before:
            raise ProductStateError(row["state"])
        row["state"], row["why"] = after.value, content.get("why", "")
    row["last_seq"] = seq


def added_variant(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """An article right after its variant.added entry."""
    return {
        "id": seq,
        "product": content["product"],
        "code": content["code"],
        "name": content["name"],
        "barcodes": stored("barcodes", content["barcodes"]),
        "pack_of": content.get("pack_of"),
        "pack_size": content["pack_size"],
        **{name: content[name] for name in PRICE_FIELDS},
        "currency": content["currency"],
        "shelf": content["shelf"],
        "active": 1,
        "last_seq": seq,
    }


def advance_variant(row: Row, seq: int, _at: int, _kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into an article: its fields, or its prices."""
    row.update({name: stored(name, after) for name, (_before, after) in content["changes"].items()})
    row["last_seq"] = seq


BEGINS = {
    "product.added": ("products", added_product),
    "variant.added": ("variants", added_variant),
}
ADVANCES = {
    "product.changed": ("products", advance_product),
    **dict.fromkeys(LISTING_MOVES, ("products", advance_product)),
    "variant.changed": ("variants", advance_variant),
    "variant.priced": ("variants", advance_variant),
}
