"""The rows of one order become a draft, or a reject that says why: never a smaller order."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from app.services.intake.bulk import draft_columns
from app.services.intake.columns import Batch, prepare
from app.services.intake.draft import LineDraft, OrderDraft, PersonDraft, PlatformState, Reject
from app.services.intake.errors import (
    DateError,
    ItemRowError,
    NoGoodsError,
    NumberMissingError,
    NumberTooLongError,
    QuantityError,
    RepeatedNumberError,
    ReturnError,
    RowError,
    TooManyLinesError,
)
from app.services.intake.layout import Amount, Cells
from app.services.intake.limits import MAX_LINES, MAX_NUMBER
from app.services.intake.merge import Part, merge_cells, merge_states
from app.services.intake.plan import LinePlan, Plan, state_of
from app.services.intake.purse import Purse
from app.services.intake.tables import Row

Group = Sequence[Row]  # the rows of one order


def build_orders(plan: Plan, groups: Sequence[Group]) -> list[OrderDraft | Reject]:
    """The orders that these groups of rows make up, in their order."""
    rows = list(chain.from_iterable(groups))
    batch = prepare(plan, rows)
    if len(rows) == len(groups):
        drafts = draft_columns(plan, batch, [number for number, _cells in rows])
        if drafts is not None:
            return drafts
    parts = _parts(batch, rows)
    return [_build(plan, group, [part for _row in group for part in next(parts)]) for group in groups]


def build_joined(
    plan: Plan, groups: Sequence[Group], items: Plan, item_groups: Sequence[Group]
) -> list[OrderDraft | Reject]:
    """The same for orders whose goods stand in another file, one group of it for each group of orders."""
    rows = list(chain.from_iterable(groups))
    parts = _parts(prepare(plan, rows), rows)
    item_rows = list(chain.from_iterable(item_groups))
    item_parts = _parts(prepare(items, item_rows), item_rows) if item_rows else iter(())
    return [
        _build(
            plan,
            group,
            [part for _row in group for part in next(parts)],
            items,
            [part for _row in goods for part in next(item_parts)],
        )
        for group, goods in zip(groups, item_groups, strict=True)
    ]


def _parts(batch: Batch, rows: Sequence[Row]) -> Iterator[list[Part]]:
    """For each row what it says, once for each of the goods that it names."""
    lines = zip(batch.owners, zip(*batch.columns, strict=True), strict=True)
    for owner, several in groupby(enumerate(lines), key=lambda line: line[1][0]):
        yield [Part(rows[owner][0], cells, batch.errors.get(index)) for index, (_owner, cells) in several]


def _build(
    plan: Plan, group: Group, parts: Sequence[Part], items: Plan | None = None, goods: Sequence[Part] = ()
) -> OrderDraft | Reject:
    try:
        if len(group) > 1 and plan.format.rows == "order":
            raise RepeatedNumberError(other=group[1][0])
        if max(len(group), len(goods)) > MAX_LINES:
            raise TooManyLinesError(limit=MAX_LINES)
        _refuse_errors(parts)
        return _draft(plan, parts, None if items is None else _joined_lines(plan, parts, items, goods))
    except RowError as error:
        number, cells = group[0]
        return Reject(error.row or number, str(error), plan.key_of(cells)[:MAX_NUMBER])


def _refuse_errors(parts: Sequence[Part]) -> None:
    for part in parts:
        if part.error is not None:
            part.error.row = part.row
            raise part.error


def _joined_lines(plan: Plan, parts: Sequence[Part], items: Plan, goods: Sequence[Part]) -> tuple[LineDraft, ...]:
    if not goods:
        raise NoGoodsError
    purse = plan.purse(parts[0].cells[plan.texts["currency"]])
    try:
        _refuse_errors(goods)
        return _lines(items, _alive(items, goods), purse)
    except RowError as error:
        raise ItemRowError(item_row=error.row or goods[0].row, reason=str(error)) from error


def _draft(plan: Plan, parts: Sequence[Part], lines: tuple[LineDraft, ...] | None) -> OrderDraft:
    cells = parts[0].cells if len(parts) == 1 else merge_cells(plan, parts)
    texts = plan.texts
    number = cells[texts["source_number"]]
    if not number or len(number) > MAX_NUMBER:
        raise NumberTooLongError(limit=MAX_NUMBER) if number else NumberMissingError
    purse = plan.purse(cells[texts["currency"]])
    kept = _alive(plan, parts)
    if lines is None:
        lines = _lines(plan, kept, purse)
    payable, paid, freight, discount = [
        _row_sum(plan, place, kept, purse) if place.by_row else _amount(plan, place, cells, purse)
        for place in plan.totals
    ]
    if payable is None:
        payable = purse.bounded(sum([line.amount for line in lines]) + (freight or 0) - (discount or 0))
    return OrderDraft(
        plan.format.channel,
        number,
        purse.currency,
        payable,
        paid,
        freight or 0,
        discount or 0,
        _moment(plan, cells, "placed_at"),
        _moment(plan, cells, "paid_at"),
        merge_states(plan, parts),
        PersonDraft(*plan.person(cells)),
        lines,
        cells[texts["shop"]],
        cells[texts["waybill"]],
        cells[texts["carrier"]],
        parts[0].row,
    )


def _alive(plan: Plan, parts: Sequence[Part]) -> Sequence[Part]:
    """The rows that were not cancelled; all of them where the whole order was."""
    if not plan.line_states:
        return parts
    kept = [part for part in parts if state_of(plan.line_states, part.cells) is not PlatformState.CANCELLED]
    return kept or parts


def _lines(plan: Plan, parts: Sequence[Part], purse: Purse) -> tuple[LineDraft, ...]:
    lines: list[LineDraft] = []
    for part in parts:
        cells = part.cells
        try:
            for place in plan.lines:
                if cells[place.quantity]:
                    lines.append(_line(plan, place, cells, purse))
                elif cells[place.title] or cells[place.sku]:
                    raise QuantityError(text="", column=plan.names[place.quantity])
        except RowError as error:
            error.row = error.row or part.row
            raise
    return tuple(lines)


def _line(plan: Plan, place: LinePlan, cells: Cells, purse: Purse) -> LineDraft:
    slot = place.quantity
    try:
        quantity = plan.quantities[cells[slot]]
        slot = place.price
        price = purse.price[cells[slot]]
        slot = place.amount
        amount = purse.minor[cells[slot]]
    except RowError as error:
        raise _named(error, plan, slot) from None
    if quantity <= 0:
        text = cells[place.quantity]
        raise ReturnError(text=text) if quantity else QuantityError(text=text, column=plan.names[place.quantity])
    money = purse.line_money(quantity, price, amount)
    return LineDraft(cells[place.sku], cells[place.title], cells[place.variant], quantity, *money)


def _row_sum(plan: Plan, place: Amount, kept: Sequence[Part], purse: Purse) -> int | None:
    told = [_amount(plan, place, part.cells, purse) for part in kept]
    known = [amount for amount in told if amount is not None]
    return purse.bounded(sum(known)) if known else None


def _amount(plan: Plan, place: Amount, cells: Cells, purse: Purse) -> int | None:
    """None where the file says nothing; raises ReturnError for less than nothing."""
    try:
        if place.only:
            return purse.minor[cells[place.only]]
        plus, less = [cells[slot] for slot in place.plus], [cells[slot] for slot in place.less]
        return purse.total(plus, less, absolute=place.absolute)
    except RowError as error:
        slot = next((slot for slot in place.plus + place.less if cells[slot] == error.params.get("text")), 0)
        raise _named(error, plan, slot) from None


def _moment(plan: Plan, cells: Cells, name: str) -> int | None:
    slot = plan.texts[name]
    if not cells[slot]:
        return None
    try:
        return plan.reader(cells[plan.zone])(cells[slot])
    except RowError as error:
        if isinstance(error, DateError):
            error.params["text"] = cells[slot][:40]
        raise _named(error, plan, slot) from None


def _named(error: RowError, plan: Plan, slot: int) -> RowError:
    error.params["column"] = plan.names[slot]
    return error
