"""Raw rows become cells: picked, cleaned and completed by made columns, a batch at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.intake.errors import RowError
from app.services.intake.layout import Column, Columns
from app.services.intake.plan import Parts, Plan
from app.services.intake.tables import Row
from app.services.intake.values import clean, clean_id

_LOOK = 64  # cells that tell whether a column repeats itself


@dataclass(frozen=True, slots=True)
class Batch:
    """Cells of several rows, column by column."""

    columns: Columns
    owners: Sequence[int]  # which of the rows each line of cells comes from; one row may name several goods
    errors: dict[int, RowError]  # lines of cells that cannot be used, and why


def prepare(plan: Plan, rows: Sequence[Row]) -> Batch:
    """The cells of the rows (at least one)."""
    width = plan.width
    raw = [cells if len(cells) >= width else cells + [""] * (width - len(cells)) for _number, cells in rows]
    empty = plan.format.empty
    columns: Columns = [_cleaned(column, empty) for column in zip(*map(plan.pick, raw), strict=True)]
    columns.insert(0, [""] * len(rows))
    owners: Sequence[int] = range(len(rows))
    if plan.parts is not None and any(_names_several(columns, slot, plan.parts) for slot in plan.parts.slots):
        columns, owners = _expand(columns, plan.parts)
    for step in plan.steps:
        columns.extend(step(columns))
    errors: dict[int, RowError] = {}
    for slot in plan.ids:
        columns[slot] = _ids(columns[slot], plan.names[slot], errors)
    return Batch(columns, owners, errors)


def _cleaned(texts: Sequence[str], empty: frozenset[str]) -> Column:
    if len(set(texts[:_LOOK])) * 2 < min(len(texts), _LOOK):
        cleaned = {text: text and clean(text, empty) for text in set(texts)}
        return [cleaned[text] for text in texts]
    return [text if not text or (text.isalnum() and text not in empty) else clean(text, empty) for text in texts]


def _ids(texts: Column, name: str, errors: dict[int, RowError]) -> Column:
    found = []
    for index, text in enumerate(texts):
        if not text.isalnum() and text:
            try:
                text = clean_id(text)
            except RowError as error:
                error.params["column"] = name
                errors.setdefault(index, error)
        found.append(text)
    return found


def _names_several(columns: Columns, slot: int, parts: Parts) -> bool:
    return parts.separator in "\n".join(columns[slot])


def _expand(columns: Columns, parts: Parts) -> tuple[Columns, list[int]]:
    lines: list[list[str]] = []
    owners: list[int] = []
    for owner, cells in enumerate(zip(*columns, strict=True)):
        several = _parted(list(cells), parts)
        lines += several
        owners += [owner] * len(several)
    return [list(column) for column in zip(*lines, strict=True)], owners


def _parted(cells: list[str], parts: Parts) -> list[list[str]]:
    """One row for each of the goods, where there is one piece of each; otherwise how many of which is not told."""
    columns = {slot: cells[slot].split(parts.separator) for slot in parts.slots if cells[slot]}
    size = max(map(len, columns.values()), default=1)
    if size == 1:
        return [cells]
    for slot in parts.prices:
        cells[slot] = ""
    told = cells[parts.count] in ("", str(size)) and cells[parts.quantity] == str(size)
    if not told or any(len(texts) != size for texts in columns.values()):
        return [cells]
    several = []
    for index in range(size):
        each = list(cells)
        for slot, texts in columns.items():
            each[slot] = texts[index].strip()
        each[parts.quantity] = "1"
        for slot in parts.goods + (parts.sums if index else ()):
            each[slot] = ""
        several.append(each)
    return several
