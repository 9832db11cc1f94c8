"""Needs that nobody can fill, whoever is there."""

from app.services.duty.roster.nobody import needs_of_nobody
from app.services.duty.roster.problem import Cover, Problem, Shift, Worker

EARLY, LATE = frozenset({0}), frozenset({1})
SHIFTS = (Shift("E", 480, 960, 480), Shift("L", 720, 1260, 480))


def asked(*covers: Cover) -> list[int]:
    early, away = Worker("甲", EARLY), Worker("乙", LATE, away=frozenset({0, 1}))
    return needs_of_nobody(Problem(2, 0, SHIFTS, (early, away), covers))


def test_a_need_of_no_worker_is_found_once_for_all_days() -> None:
    service = [Cover(day, EARLY, frozenset(), 1, name="Service") for day in (0, 1)]
    assert asked(*service, Cover(0, EARLY, frozenset({0}), 1, name="Early")) == [0]


def test_a_need_whose_workers_do_other_shifts_is_found() -> None:
    assert asked(Cover(0, LATE, frozenset({0}), 1), Cover(1, EARLY, None, 1)) == [0]


def test_who_is_on_leave_is_somebody_and_what_is_only_wished_for_needs_nobody() -> None:
    assert asked(Cover(0, LATE, frozenset({1}), 1), Cover(1, EARLY, frozenset(), 0, wanted=1)) == []
