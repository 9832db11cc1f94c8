"""Drafts of a batch of one-row orders, column by column; where anything is unusual, row by row is for it to say."""

from collections.abc import Iterable, Sequence
from itertools import repeat

from app.services.intake.columns import Batch
from app.services.intake.draft import LineDraft, OrderDraft, PersonDraft, PlatformState, Reject
from app.services.intake.errors import RowError
from app.services.intake.formats import PERSON
from app.services.intake.layout import Amount, Columns
from app.services.intake.limits import MAX_NUMBER
from app.services.intake.plan import Plan
from app.services.intake.purse import Purse

Amounts = Iterable[int | None]


def draft_columns(plan: Plan, batch: Batch, rows: Sequence[int]) -> list[OrderDraft | Reject] | None:
    """The drafts of orders that have one row each, numbered `rows`; None where a row needs a closer look."""
    columns = batch.columns
    numbers = columns[plan.texts["source_number"]]
    currencies = set(columns[plan.texts["currency"]])
    if batch.errors or len(numbers) != len(rows) or len(plan.lines) > 1 or plan.zone or len(currencies) > 1:
        return None
    if not all(numbers) or max(map(len, numbers)) > MAX_NUMBER:
        return None
    try:
        purse = plan.purse(currencies.pop())
        lines = _lines(plan, columns, purse) if plan.lines else [()] * len(rows)
        return _drafts(plan, columns, purse, lines, rows)
    except RowError:
        return None


def _drafts(
    plan: Plan, columns: Columns, purse: Purse, lines: Sequence[tuple[LineDraft, ...]], rows: Sequence[int]
) -> list[OrderDraft | Reject]:
    texts = plan.texts
    payable, paid, *rest = [_amounts(place, columns, purse) for place in plan.totals]
    freight, discount = [[amount or 0 for amount in amounts] for amounts in rest]
    return list(
        map(
            OrderDraft,
            repeat(plan.format.channel),
            columns[texts["source_number"]],
            repeat(purse.currency),
            _payable(payable, lines, freight, discount, purse),
            paid,
            freight,
            discount,
            _moments(plan, columns, "placed_at"),
            _moments(plan, columns, "paid_at"),
            _states(plan, columns),
            map(PersonDraft, *(columns[texts[name]] for name in PERSON)),
            lines,
            columns[texts["shop"]],
            columns[texts["waybill"]],
            columns[texts["carrier"]],
            rows,
        )
    )


def _lines(plan: Plan, columns: Columns, purse: Purse) -> list[tuple[LineDraft, ...]]:
    place = plan.lines[0]
    quantities = [plan.quantities[text] for text in columns[place.quantity]]
    if min(quantities) <= 0:
        raise RowError
    prices = map(purse.price.__getitem__, columns[place.price])
    amounts = map(purse.minor.__getitem__, columns[place.amount])
    money = map(purse.line_money, quantities, prices, amounts)
    return [
        (LineDraft(sku, title, variant, quantity, price, amount),)
        for sku, title, variant, quantity, (price, amount) in zip(
            columns[place.sku], columns[place.title], columns[place.variant], quantities, money, strict=True
        )
    ]


def _amounts(place: Amount, columns: Columns, purse: Purse) -> Amounts:
    if place.only:
        return map(purse.minor.__getitem__, columns[place.only])
    if not place.plus:
        return repeat(None, len(columns[0]))
    plus = zip(*(columns[slot] for slot in place.plus), strict=True)
    less = zip(*(columns[slot] for slot in place.less), strict=True) if place.less else repeat(())
    return (purse.total(more, fewer, absolute=place.absolute) for more, fewer in zip(plus, less, strict=False))


def _payable(
    told: Amounts,
    lines: Sequence[tuple[LineDraft, ...]],
    freight: Sequence[int],
    discount: Sequence[int],
    purse: Purse,
) -> list[int]:
    return [
        purse.bounded(sum([line.amount for line in goods]) + more - less) if amount is None else amount
        for amount, goods, more, less in zip(told, lines, freight, discount, strict=True)
    ]


def _moments(plan: Plan, columns: Columns, name: str) -> Iterable[int | None]:
    read = plan.reader("")
    return [read(text) if text else None for text in columns[plan.texts[name]]]


def _states(plan: Plan, columns: Columns) -> Iterable[PlatformState | None]:
    found: list[PlatformState | None] = [None] * len(columns[0])
    for rule in plan.states + plan.line_states:
        said = map(rule.words.__getitem__, columns[rule.slot])
        found = [state or other for state, other in zip(found, said, strict=True)]
    return found
