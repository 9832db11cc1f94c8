"""The whole roster as a CP-SAT model: a literal for each shift a worker may have on a day, the rules, the price."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.services.duty.roster.person import write_person
from app.services.duty.roster.price import cover_prices
from app.services.duty.roster.problem import FREE, Breach, Cells, Cover, Problem, Rule, Worker
from app.services.duty.roster.shares import write_shares
from app.services.duty.roster.sketch import Sketch, Term

Kept: TypeAlias = Counter[tuple[int, int]]  # (day, shift) → how many whose cells stay
Cell: TypeAlias = tuple[dict[int, int], int]  # shift → literal, the literal that there is any


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a valid plan that is open: these workers on these days; all other cells stay as they are."""

    cells: Cells
    workers: frozenset[int]
    days: range

    def is_open(self, worker: int, day: int) -> bool:
        """Whether the cell may change."""
        return worker in self.workers and day in self.days

    def kept(self) -> Kept:
        """How many of those whose cells stay have each shift, for each day of the piece."""
        closed = [row for worker, row in enumerate(self.cells) if worker not in self.workers]
        return Counter((day, row[day]) for row in closed for day in self.days)


@dataclass(frozen=True, slots=True)
class Model:
    """A sketch and what its literals mean: `on[worker][day][shift]`, `work[worker][day]`."""

    problem: Problem
    sketch: Sketch
    on: tuple[tuple[dict[int, int], ...], ...]
    work: tuple[tuple[int, ...], ...]

    def cell_is(self, worker: int, day: int, shift: int) -> int:
        """The literal that says so; that of a shift that cannot be is false."""
        if shift == FREE:
            return ~self.work[worker][day]
        return self.on[worker][day].get(shift, self.sketch.false)

    def cells(self, values: Sequence[int]) -> Cells:
        """The roster that the values of the model's variables tell."""

        def holds(literal: int) -> bool:
            return bool(values[literal]) if literal >= 0 else not values[~literal]

        return tuple(
            tuple(next((shift for shift, literal in cell.items() if holds(literal)), FREE) for cell in row)
            for row in self.on
        )


def build(
    problem: Problem, *, explaining: bool = False, piece: Piece | None = None, most_changes: int | None = None
) -> Model:
    """The model of a problem, its price included unless it is to explain why there is no plan.

    Of a `piece` only what is open is written: a model as small as that.
    No more than `most_changes` cells are other than published.
    """
    sketch = Sketch(explaining=explaining)
    everybody = range(len(problem.workers))
    stays = {shift: ({shift: sketch.true}, sketch.true) for shift in range(len(problem.shifts))}
    stays[FREE] = ({}, sketch.false)
    closed = frozenset[tuple[int, int]]() if explaining else _closed(problem)
    cells = [_row(sketch, problem, worker, piece, stays, closed) for worker in everybody]
    on = tuple(tuple(literals for literals, _works in row) for row in cells)
    work = tuple(tuple(works for _literals, works in row) for row in cells)
    model = Model(problem, sketch, on, work)
    _write_pins(model, piece)
    if explaining:
        _write_absent(model)
    for worker in everybody if piece is None else sorted(piece.workers):
        write_person(sketch, problem, worker, on[worker], work[worker])
    kept = None if piece is None else piece.kept()
    if piece is not None and len(piece.days) < problem.days:
        prices = zip(problem.covers, cover_prices(problem, piece.cells), strict=True)
        sketch.fixed_price += sum(price for cover, price in prices if cover.day not in piece.days)
    missing, shared = dict[int, int](), problem.shared
    for index, cover in enumerate(problem.covers):
        if piece is None or cover.day in piece.days:
            _write_cover(model, index, _counted(model, cover, piece, kept), missing, is_shared=index in shared)
    if not explaining:
        _write_wishes(model)
        write_shares(sketch, problem, on, work)
        _write_changes(model)
        if most_changes is not None and problem.published is not None:
            sketch.sum([(1, ~literal) for literal in unchanged(model, problem.published)], None, most_changes)
        sketch.close()
    return model


def _closed(problem: Problem) -> frozenset[tuple[int, int]]:
    """Day and shift that nobody may work."""
    nobodys = (cover for cover in problem.covers if cover.most == 0 and cover.workers is None)
    return frozenset((cover.day, shift) for cover in nobodys for shift in cover.shifts)


def _row(
    sketch: Sketch,
    problem: Problem,
    worker: int,
    piece: Piece | None,
    stays: dict[int, Cell],
    closed: frozenset[tuple[int, int]],
) -> list[Cell]:
    if piece is not None and worker not in piece.workers:
        return [stays[shift] for shift in piece.cells[worker]]
    row = []
    for day in range(problem.days):
        if piece is not None and day not in piece.days:
            row.append(stays[piece.cells[worker][day]])
            continue
        may = _may(problem, worker, day) if not sketch.explaining else range(len(problem.shifts))
        literals = {shift: sketch.boolean() for shift in may if (day, shift) not in closed}
        row.append((literals, _works(sketch, list(literals.values()))))
    return row


def _may(problem: Problem, worker: int, day: int) -> list[int]:
    person = problem.workers[worker]
    if person.is_free(day):
        return []
    may = [shift for shift in sorted(person.does(day)) if person.most_of.get(shift, 1) > 0]
    pin = problem.pins.get((worker, day))
    return may if pin is None else [shift for shift in may if shift == pin]


def _works(sketch: Sketch, literals: list[int]) -> int:
    if not literals:
        return sketch.false
    if len(literals) == 1:
        return literals[0]
    works = sketch.boolean()
    sketch.exactly_one([*literals, ~works])
    return works


def _write_pins(model: Model, piece: Piece | None) -> None:
    sketch = model.sketch
    for (worker, day), shift in sorted(model.problem.pins.items()):
        if piece is None or piece.is_open(worker, day):
            with sketch.rule(Breach(Rule.PIN, worker, day, day, shift=shift)):
                sketch.clause([model.cell_is(worker, day, shift)])


def _write_absent(model: Model) -> None:
    """Leave, days off and skills as rules; while solving, the literals they forbid are not there at all."""
    sketch, problem = model.sketch, model.problem
    for worker, person in enumerate(problem.workers):
        for rule, days in ((Rule.AWAY, person.away), (Rule.OFF, person.off)):
            for day in sorted(days & frozenset(range(problem.days))):
                with sketch.rule(Breach(rule, worker, day, day)):
                    sketch.never(model.work[worker][day])
        for shift in sorted(frozenset(range(len(problem.shifts))) - person.shifts):
            with sketch.rule(Breach(Rule.SKILL, worker, 0, problem.days - 1, shift=shift)):
                for literals in model.on[worker]:
                    sketch.never(literals[shift])
        for shift, stretch in _unable(person, problem.days):
            with sketch.rule(Breach(Rule.SKILL, worker, stretch[0], stretch[-1], shift=shift)):
                for day in stretch:
                    sketch.never(model.on[worker][day][shift])


def _unable(person: Worker, days: int) -> Iterator[tuple[int, range]]:
    """Each stretch of days on which a shift is not done that is done on others."""
    for shift in sorted(person.shifts):
        first = 0
        for day in range(days + 1):
            if day == days or shift in person.does(day):
                if first < day:
                    yield shift, range(first, day)
                first = day + 1


def _write_cover(model: Model, index: int, terms: list[Term], missing: dict[int, int], *, is_shared: bool) -> None:
    """`missing` are the variables of how many are missing in each cover that is no sum."""
    sketch, cover = model.sketch, model.problem.covers[index]
    there = len(cover.workers or model.problem.workers)
    if cover.least > 0:
        with sketch.rule(Breach(Rule.TOO_FEW, None, cover.day, cover.day, limit=cover.least, cover=index)):
            sketch.sum(terms, cover.least, None)
    if cover.most is not None and cover.most < there:
        with sketch.rule(Breach(Rule.TOO_MANY, None, cover.day, cover.day, limit=cover.most, cover=index)):
            sketch.sum(terms, None, cover.most)
    if cover.wanted is None or sketch.explaining:
        return
    if cover.parts:
        sketch.sum([*terms, *((1, missing[part]) for part in cover.parts)], cover.wanted, None)
    else:
        missing[index] = _write_wanted(sketch, terms, cover, there, is_shared=is_shared)


def _write_wanted(sketch: Sketch, terms: list[Term], cover: Cover, there: int, *, is_shared: bool) -> int:
    """The price of too few and too many; returns how many are missing: more than here where a sum is short of more."""
    wanted = cover.wanted or 0
    below, above = sketch.integer(0, wanted), sketch.integer(0, max(0, there - wanted))
    sketch.cost(cover.under, below)
    sketch.cost(cover.over, above)
    if is_shared:
        sketch.sum([*terms, (1, below)], wanted, None)
        sketch.sum([*terms, (-1, above)], None, wanted)
    else:
        sketch.sum([*terms, (1, below), (-1, above)], wanted, wanted)
    return below


def _counted(model: Model, cover: Cover, piece: Piece | None, kept: Kept | None) -> list[Term]:
    """One for each worker who works one of the cover's shifts that day; all whose cells stay in one where all count."""
    nothing, day = model.sketch.false, cover.day
    terms = list[Term]()
    for counted, shifts in cover.counted:
        workers: Iterable[int] = range(len(model.problem.workers)) if counted is None else sorted(counted)
        if piece is not None and kept is not None and counted is None:
            workers = sorted(piece.workers)
            terms.append((sum(kept[day, shift] for shift in shifts), model.sketch.true))
        for worker in workers:
            works = model.work[worker][day]
            if works == nothing:
                continue
            literals = model.on[worker][day]
            if shifts.issuperset(literals):
                terms.append((1, works))
            else:
                terms += [(1, literals[shift]) for shift in shifts if shift in literals]
    return terms


def _write_wishes(model: Model) -> None:
    for wish in model.problem.wishes:
        met = [model.cell_is(wish.worker, wish.day, shift) for shift in sorted(wish.shifts)]
        for literal in met:
            model.sketch.cost(-wish.weight if wish.on else wish.weight, literal)
        model.sketch.fixed_price += wish.weight if wish.on else 0


def _write_changes(model: Model) -> None:
    problem, published = model.problem, model.problem.published
    if published is None or not problem.change_weight:
        return
    for literal in unchanged(model, published):
        model.sketch.cost(problem.change_weight, ~literal)


def unchanged(model: Model, published: Cells) -> list[int]:
    """For each cell the literal that it is as published."""
    return [model.cell_is(worker, day, shift) for worker, row in enumerate(published) for day, shift in enumerate(row)]
