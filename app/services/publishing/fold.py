"""How content items, market notes and promotions stand: one fold of their entries for the office and for the proof."""

from collections.abc import Mapping
from typing import Any

from app.models.publishing import (
    CONTENT_MOVES,
    PROMOTION_MOVES,
    ContentState,
    ContentStateError,
    PromotionState,
    PromotionStateError,
)

CHANGEABLE = ("title", "owner", "channel", "planned_for", "review_days")


def planned_content(seq: int, _at: int, content: Mapping[str, Any]) -> dict[str, Any]:
    """A content item right after its content.planned entry."""
    return {
        "id": seq,
        "kind": content["kind"],
        "title": content["title"],
        "product": content.get("product"),
        "owner": content["owner"],
        "channel": content["channel"],
        "state": ContentState.PLANNED.value,
        "planned_for": content["planned_for"],
        "confidential": int(content["confidential"]),
        "review_days": content["review_days"],
        "approved_at": None,
        "published_at": None,
        "reviewed_at": None,
        "last_seq": seq,
    }


def advance_content(row: dict[str, Any], seq: int, at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a content item; raises ContentStateError where it may not happen."""
    allowed, after = CONTENT_MOVES[kind]
    if row["state"] not in allowed:
        raise ContentStateError(row["state"])
    row["state"] = row["state"] if after is None else after.value
    row["last_seq"] = seq
    if kind == "content.changed":
        row.update({name: new for name, (_before, new) in content["changes"].items() if name in CHANGEABLE})
    elif kind == "content.approved":
        row["approved_at"] = at
    elif kind == "content.published":
        row["published_at"] = row["reviewed_at"] = at
    elif kind == "content.reviewed":
        row["reviewed_at"] = at


def noted(seq: int, _at: int, content: Mapping[str, Any]) -> dict[str, Any]:
    """A market note."""
    names = ("day", "kind", "competitor", "code", "title", "price", "currency", "note")
    return {"id": seq, **{name: content[name] for name in names}}


def planned_promotion(seq: int, _at: int, content: Mapping[str, Any]) -> dict[str, Any]:
    """A promotion right after its promotion.planned entry; its prices have a table of their own."""
    names = ("name", "terms", "starts", "ends", "cost", "currency")
    return {
        "id": seq,
        **{name: content[name] for name in names},
        "state": PromotionState.PLANNED.value,
        "last_seq": seq,
    }


def advance_promotion(row: dict[str, Any], seq: int, _at: int, kind: str, _content: Mapping[str, Any]) -> None:
    """Fold one later entry into a promotion; raises PromotionStateError where it may not happen."""
    allowed, after = PROMOTION_MOVES[kind]
    if row["state"] not in allowed:
        raise PromotionStateError(row["state"])
    row["state"], row["last_seq"] = after.value, seq


BEGINS = {
    "content.planned": ("contents", planned_content),
    "market.noted": ("market_notes", noted),
    "promotion.planned": ("promotions", planned_promotion),
}
ADVANCES = {
    **dict.fromkeys(CONTENT_MOVES, ("contents", advance_content)),
    **dict.fromkeys(PROMOTION_MOVES, ("promotions", advance_promotion)),
}
