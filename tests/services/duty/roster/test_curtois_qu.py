"""The reader of the public benchmark's text: what it reads, and that it names the line it cannot."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.services.duty.roster.curtois_qu import assignment, parse, read_problem
from app.services.duty.roster.instance import solve_instance
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import FREE, Cover, Shift, Wish

TEXT = """# comment
SECTION_HORIZON
7

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow
E,480,
L, 480, E|N
N,600,

SECTION_STAFF
A,E=14|L=2,4320,0,5,2,2,1
B,E=14|L=14|N=0,4320,480,5,1,1,1

SECTION_DAYS_OFF
A,0,3
B,5

SECTION_SHIFT_ON_REQUESTS
A,2,E,2

SECTION_SHIFT_OFF_REQUESTS
B,2,L,3

SECTION_COVER
0,E,1,100,1
6,L,2,10,0
"""


def test_an_instance_is_a_problem() -> None:
    problem = parse(TEXT)
    assert (problem.days, problem.first_weekday) == (7, 0)
    assert problem.shifts == (
        Shift("E", None, None, 480),
        Shift("L", None, None, 480, frozenset({0, 2})),
        Shift("N", None, None, 600),
    )
    first, second = problem.workers
    assert (first.name, sorted(first.away)) == ("A", [0, 3])
    assert (first.most_of, second.most_of) == ({1: 2}, {2: 0})
    assert (second.least_minutes, second.shortest_run) == (480, 1)
    assert problem.wishes == (Wish(0, 2, frozenset({0}), True, 2), Wish(1, 2, frozenset({1}), False, 3))
    assert problem.covers == (
        Cover(0, frozenset({0}), wanted=1, under=100, over=1),
        Cover(6, frozenset({1}), wanted=2, under=10, over=0),
    )
    assert cost(problem, ((FREE,) * 7, (FREE,) * 7)).total == 100 + 20 + 2


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("\n7\n", "\n0\n", 3),
        ("\n7\n", "\nseven\n", 3),
        ("\n7\n", "\n7\n8\n", 4),
        ("\n7\n", "\n99999999\n", 3),
        ("\n7\n", "\n²\n", 3),
        ("E,480,\n", "E,480\n", 7),
        ("E,480,\n", "E,-480,\n", 7),
        ("E|N", "E|X", 8),
        ("N,600,", "E,600,", 9),
        ("N,600,", ",600,", 9),
        ("A,E=14|L=2", "A,E=14|L", 12),
        ("A,E=14|L=2", "A,E=14|Q=2", 12),
        ("B,E=14", "A,E=14", 13),
        (",480,5,1,1,1", ",480,5,1,1", 13),
        ("A,0,3", "A,0,7", 16),
        ("A,0,3", "Z,0,3", 16),
        ("A,2,E,2", "A,2,E,", 20),
        ("B,2,L,3", "B,2,Q,3", 23),
        ("6,L,2,10,0", "6,L,2,10", 27),
        ("6,L,2,10,0", "6,L,2,10,1.5", 27),
        ("# comment", "what is this", 1),
        ("SECTION_COVER", "SECTION_COVERS", 25),
        ("SECTION_SHIFT_OFF_REQUESTS", "SECTION_SHIFT_ON_REQUESTS", 22),
    ],
)
def test_the_line_that_cannot_be_read_is_named(old: str, new: str, line: int) -> None:
    assert old in TEXT
    with pytest.raises(InputError) as caught:
        parse(TEXT.replace(old, new, 1))
    assert caught.value.params.get("line") == line


@pytest.mark.parametrize("gone", ["SECTION_HORIZON\n7\n", "SECTION_COVER\n0,E,1,100,1\n6,L,2,10,0\n"])
def test_a_missing_part_is_named(gone: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(TEXT.replace(gone, ""))
    assert caught.value.params["section"] == gone.split("\n", 1)[0]


@given(st.text(max_size=300))
def test_no_text_is_anything_but_read_or_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse(text)


@given(st.integers(0, len(TEXT) - 1), st.text("0123456789,|=AELN\n ", max_size=4))
def test_a_damaged_instance_is_read_or_refused(place: int, instead: str) -> None:
    try:
        problem = parse(TEXT[:place] + instead + TEXT[place + 1 :])
    except InputError:
        return
    assert problem.days >= 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"SECTION_HORIZON\n7\0\n", b"#" * 20_000_001])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "instance.txt"
    file.write_bytes(content)
    with pytest.raises(InputError):
        read_problem(file)


def test_an_instance_is_planned_for_a_machine(tmp_path: Path) -> None:
    file = tmp_path / "small.txt"
    file.write_bytes(("\ufeff" + TEXT.replace("\n", "\r\n")).encode())
    answer = solve_instance(file, 20)
    assert answer["status"] == "proven"
    assert answer["objective"] == answer["bound"]
    problem = read_problem(file)
    codes = {shift.code: index for index, shift in enumerate(problem.shifts)} | {"": FREE}
    cells = tuple(tuple(codes[code] for code in answer["assignment"][worker.name]) for worker in problem.workers)
    assert cost(problem, cells).total == answer["objective"]
    assert assignment(problem, cells) == answer["assignment"]


def test_an_impossible_instance_has_no_objective(tmp_path: Path) -> None:
    file = tmp_path / "none.txt"
    file.write_text(TEXT.replace("B,E=14|L=14|N=0,4320,480", "B,E=14|L=14|N=0,4320,4000"), encoding="utf-8")
    answer = solve_instance(file, 20)
    assert (answer["status"], answer["objective"], answer["assignment"]) == ("infeasible", None, None)
