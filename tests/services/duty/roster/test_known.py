"""What a search knows: only better plans are told, bounds only rise, and what breaks a rule is not taken."""

from app.services.duty.roster.engine import Result
from app.services.duty.roster.known import Known
from app.services.duty.roster.outcome import Found
from app.services.duty.roster.problem import FREE, Cells, Cover, Problem, Shift, Wish, Worker

PROBLEM = Problem(
    2,
    0,
    (Shift("E", 480, 960, 480),),
    (Worker("A", frozenset({0})), Worker("B", frozenset({0}))),
    covers=(Cover(0, frozenset({0}), least=1),),
    wishes=tuple(Wish(0, day, frozenset({0}), on=False, weight=5) for day in range(2)),
)
DEAR: Cells = ((0, 0), (FREE, FREE))  # both wishes of the first are broken
FAIR: Cells = ((0, FREE), (FREE, 0))
BEST: Cells = ((FREE, FREE), (0, FREE))
BROKEN: Cells = ((FREE, FREE), (FREE, 0))  # nobody on the first day


def test_only_better_plans_are_told() -> None:
    told: list[Found] = []
    known = Known(PROBLEM, told.append)
    for cells in (FAIR, DEAR, BEST, BEST):
        known.offer(cells)
    assert [(found.cells, found.objective) for found in told] == [(FAIR, 5), (BEST, 0)]
    assert known.plan == (BEST, 0)


def test_what_breaks_a_rule_is_not_taken() -> None:
    known = Known(PROBLEM, lambda _found: None)
    assert not known.offer_checked(BROKEN)
    assert known.best is None
    assert known.offer_checked(BEST)


def test_it_is_proven_where_the_bound_meets_the_best() -> None:
    known = Known(PROBLEM, lambda _found: None)
    known.raise_bound(0)
    assert not known.is_proven
    known.offer(FAIR)
    known.raise_bound(3)
    known.raise_bound(1)
    assert (known.bound, known.is_proven) == (3, False)
    known.raise_bound(5)
    assert known.is_proven


def test_who_hears_later_hears_of_the_best_first() -> None:
    known, heard = Known(PROBLEM, lambda _found: None), list[Cells]()
    known.offer(DEAR)
    known.hear(heard.append)
    known.offer(BEST)
    assert heard == [DEAR, BEST]


def test_a_run_without_a_plan_proves_that_there_is_none_only_at_its_end() -> None:
    for is_final in (False, True):
        known = Known(PROBLEM, lambda _found: None)
        known.note(Result(None, 0, 4, is_final, 0.0))
        assert known.has_none is is_final


def test_a_first_plan_proves_nothing() -> None:
    known = Known(PROBLEM, lambda _found: None)
    known.note_first(Result(DEAR, 10, 10, is_final=True, work=0.0))
    assert (known.has_none, known.is_proven) == (False, False)
    known.note_first(Result(None, 0, 0, is_final=True, work=0.0))
    assert known.has_none


def test_a_plan_is_a_better_proof_than_a_run_that_finds_none() -> None:
    known = Known(PROBLEM, lambda _found: None)
    known.offer(DEAR)
    known.note(Result(None, 0, 0, is_final=True, work=0.0))
    assert not known.has_none


def test_what_looks_only_for_better_plans_tells_nothing_of_dearer_ones() -> None:
    known = Known(PROBLEM, lambda _found: None)
    known.offer(FAIR)
    known.raise_bound_of_better(9)
    assert (known.bound, known.is_proven) == (5, True)


def test_that_there_is_nothing_better_is_a_proof_only_at_the_end_of_a_run() -> None:
    for is_final in (False, True):
        known = Known(PROBLEM, lambda _found: None)
        known.offer(FAIR)
        known.note_better(Result(None, 0, 2, is_final, 0.0))
        assert (known.bound, known.is_proven, known.has_none) == (5 if is_final else 2, is_final, False)
    known = Known(PROBLEM, lambda _found: None)
    known.offer(FAIR)
    known.note_better(Result(BEST, 0, 0, is_final=True, work=0.0))
    assert (known.plan, known.is_proven) == ((BEST, 0), True)
