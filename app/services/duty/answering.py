"""How many answer customers on a day, and how many are wanted: the same in the panel and on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.services.duty.roster.check import there
from app.services.duty.roster.price import missing
from app.services.duty.roster.problem import Cover
from app.services.duty.span import Span


def answering(span: Span, column: int, rows: Sequence[Sequence[int]]) -> tuple[int, int]:
    """How many are there, and how many are wanted; `rows` are the cells, without those of who is on leave since.

    Two in the morning do not make up for nobody in the evening, nor does one person count in two posts.
    """
    service = frozenset(place for place, kind in enumerate(span.rules.shifts) if kind.service)
    covers = [
        (place, cover)
        for place, cover in enumerate(span.problem.covers)
        if cover.day == column and cover.shifts & service
    ]
    asked = {place: replace(one, wanted=one.wanted or one.least) for place, one in covers if not one.parts}
    sums = {place: one for place, one in covers if one.parts and asked.keys() >= set(one.parts)}
    wished = asked | {place: one for place, one in sums.items() if one.wanted is not None}
    over = {place: there(rows, one) - (one.wanted or 0) for place, one in wished.items()}
    musts = (one.least - there(rows, one) for one in sums.values())
    short, wanted = max(sum(missing(wished, over).values()), *musts, 0), sum(one.wanted or 0 for one in asked.values())
    if short:
        return wanted - short, wanted
    return max(wanted, len(_people(rows, asked.values()))) if sums else wanted + sum(over.values()), wanted


def _people(rows: Sequence[Sequence[int]], asked: Iterable[Cover]) -> set[int]:
    """Who fills some of a day's needs, each once."""
    return {worker for cover in asked for worker, row in enumerate(rows) if cover.counts(worker, row[cover.day])}
