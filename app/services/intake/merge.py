"""The rows of one order agree: facts that stand on several rows are the same, or the order is rejected."""

from collections.abc import Sequence
from typing import NamedTuple

from app.services.intake.draft import PlatformState
from app.services.intake.errors import ContradictionError, RowError
from app.services.intake.formats import DATES
from app.services.intake.layout import Cells
from app.services.intake.plan import Plan, state_of
from app.services.intake.values import read_amount


class Part(NamedTuple):
    """What one row of the file says; `error`: why that cannot be used."""

    row: int
    cells: Cells
    error: RowError | None = None


SAME = (
    "currency", "person.name", "person.phone", "person.province", "person.city", "person.district",
    "person.address", "person.buyer",
)  # fmt: skip
GATHERED = ("shop", "waybill", "carrier", "person.postcode", "person.message", "person.remark")
_STEPS = (PlatformState.UNPAID, PlatformState.PAID, PlatformState.SHIPPED, PlatformState.COMPLETED)


def merge_cells(plan: Plan, parts: Sequence[Part]) -> Cells:
    """One row of cells with what all rows say of the order; raises ContradictionError with the row that differs."""
    merged = list(parts[0].cells)
    for name in SAME:
        _agree(plan, parts, plan.texts[name], merged)
    for place in plan.totals:
        if not place.by_row:
            for slot in place.plus + place.less:
                _agree(plan, parts, slot, merged, amounts=True)
    for name in GATHERED:
        slot = plan.texts[name]
        if slot:
            merged[slot] = "; ".join(_distinct(parts, slot))
    for name in DATES:
        slot = plan.texts[name]
        values = _distinct(parts, slot) if slot else []
        if values:
            merged[slot] = min(values, key=plan.reader(merged[plan.zone])) if len(values) > 1 else values[0]
    return merged


def _distinct(parts: Sequence[Part], slot: int) -> list[str]:
    return [text for text in dict.fromkeys(part.cells[slot] for part in parts) if text]


def _agree(plan: Plan, parts: Sequence[Part], slot: int, merged: list[str], *, amounts: bool = False) -> None:
    if not slot:
        return
    for part in parts:
        text, first = part.cells[slot], merged[slot]
        if not text or text == first:
            continue
        if not first:
            merged[slot] = text
        elif not (amounts and _same_amount(first, text)):
            raise ContradictionError(part.row, column=plan.names[slot], first=first, other=text)


def _same_amount(first: str, other: str) -> bool:
    try:
        return read_amount(first) == read_amount(other)
    except RowError:
        return False


def merge_states(plan: Plan, parts: Sequence[Part]) -> PlatformState | None:
    """The order's state: its own words, else the least advanced of its lines; cancelled only when all of it is."""
    if len(parts) == 1:
        return state_of(plan.states, parts[0].cells) or state_of(plan.line_states, parts[0].cells)
    for rules in (plan.states, plan.line_states):
        found = {state_of(rules, part.cells) for part in parts} if rules else set()
        state = next((step for step in _STEPS if step in found), None)
        if state is None and PlatformState.CANCELLED in found:
            state = PlatformState.CANCELLED
        if state is not None:
            return state
    return None
