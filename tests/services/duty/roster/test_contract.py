"""Whose rows a contract tells all about, and which limits may be left out at first."""

from dataclasses import replace

import pytest

from app.services.duty.roster import contract as module
from app.services.duty.roster.contract import Contract, contract, knows_all
from app.services.duty.roster.problem import FREE, Problem, Shift, Worker


def _problem(**other: object) -> Problem:
    shifts = (Shift("E", 360, 840, 480), Shift("L", 840, 1320, 480), Shift("N", 1320, 1800, 480, frozenset({0})))
    worker = replace(Worker("W", frozenset(range(3)), most_of={1: 9, 2: 3}), **other)  # type: ignore[arg-type]
    return Problem(28, 0, shifts, (worker,))


@pytest.mark.parametrize(
    "other",
    [{"week_most": 2640}, {"week_least": 480}, {"before": (FREE, 0)}, {"shortest_run": 3, "longest_run": 2}],
)
def test_what_binds_beyond_states_has_none(other: dict[str, object]) -> None:
    problem = _problem(**other)
    assert contract(problem, 0, all_limits=True) is None
    assert not knows_all(problem)
    assert knows_all(_problem())


def test_limits_are_left_out_only_where_states_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(many: int, *, all_limits: bool = False) -> Contract:
        monkeypatch.setattr(module, "MANY_STATES", many)
        of = contract(_problem(), 0, all_limits=all_limits)
        assert of is not None
        return of

    whole = found(10**9)
    assert (len(whole.limited), found(0, all_limits=True)) == (2, whole)
    often = found(whole.states - 1)
    assert len(often.limited) == 1  # that of nine, seldom reached, is left out first
    assert found(often.states - 1).limited == ()


def test_too_many_states_are_left_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    found = contract(_problem(), 0, all_limits=True)
    assert found is not None
    monkeypatch.setattr(module, "MOST_STATES", found.states - 1)
    assert contract(_problem(), 0, all_limits=True) is None


def test_a_limited_shift_counts_in_the_units_of_the_others_where_it_is_a_multiple() -> None:
    shifts = (Shift("E", 360, 840, 480), Shift("N", 1320, 1800, 480), Shift("K", 600, 1200, 600))
    of = contract(Problem(28, 0, shifts, (Worker("W", frozenset(range(3)), most_of={1: 3, 2: 4}),)), 0, all_limits=True)
    assert of is not None
    assert (of.unit, of.limited) == (480, (0, 600))
    assert [group.units for group in of.groups] == [1, 1, 0]
