"""The command `roster`, run as a process of its own: an office's weeks, and an instance of the public benchmark."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import enter
from app.clock import OFFICE_ZONE, SystemClock
from app.services.duty.rosters import Stroke, draw, read_roster
from app.services.duty.weeks import monday_of
from tests.test_commands import Desk

LEAD, PASSWORD = "赵倩", "lingban#03"
KEYS = ["objective", "bound", "status", "seconds", "assignment"]
MONDAY = monday_of(SystemClock().now().astimezone(OFFICE_ZONE).date()) + timedelta(weeks=3)  # nothing is drawn there
# Three days, two people, each at most two days, B never the late shift: E on each day, L on the last.
INSTANCE = """SECTION_HORIZON
3

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
A,E=3|L=3,960,0,2,1,1,1
B,E=3|L=0,960,0,2,1,1,1

SECTION_SHIFT_ON_REQUESTS
A,0,E,7

SECTION_COVER
0,E,1,100,1
1,E,1,100,1
2,E,1,100,1
2,L,1,100,1
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("roster"))
    desk.json("init", "--demo")
    return desk


def planned(desk: Desk, *words: str, code: int = 0) -> dict[str, Any]:
    done = desk.run("--as", LEAD, "roster", *words, "--json", password=PASSWORD)
    assert done.returncode == code, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def solved(desk: Desk, text: str, *, code: int = 0) -> dict[str, Any]:
    file = desk.folder / "instance.txt"
    file.write_text(text, encoding="utf-8")
    done = desk.run("roster", "--instance", str(file), "--seconds", "20", "--json", office=False, password=None)
    assert done.returncode == code, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_without_json_the_plan_names_people_and_shifts(desk: Desk) -> None:
    done = desk.run("--as", LEAD, "roster", "--from", MONDAY.isoformat(), "--weeks", "1", password=PASSWORD)
    lines = (line.strip().split(": ") for line in done.stdout.splitlines()[5:])
    rows = {name: cells.split("  ") for name, cells in lines}
    assert {"王敏", LEAD} <= rows.keys()
    assert any(name.startswith(LEAD) for name in rows.keys() - {LEAD})  # on call
    assert {len(cells) for cells in rows.values()} == {7}
    assert "8:30" in rows["王敏"]


def test_the_offices_weeks_are_planned_and_drafted(desk: Desk) -> None:
    wednesday = MONDAY + timedelta(days=2)
    answer = planned(desk, "--from", wednesday.isoformat(), "--weeks", "2", "--seconds", "20")
    assert list(answer) == KEYS
    assert answer["status"] == "proven"
    assert answer["objective"] == answer["bound"]
    ctx = enter(str(desk.office), LEAD, PASSWORD)
    span = read_roster(ctx, MONDAY, 2)
    drafted = {
        line.key: [span.code(shift) for shift in row] for line, row in zip(span.lines, span.cells(), strict=True)
    }
    ctx.db.close()
    assert answer["assignment"] == drafted
    assert {len(codes) for codes in drafted.values()} == {14}
    assert all(week.published is None for monday, week in span.weeks.items() if monday >= MONDAY)


def test_rules_that_clash_are_told_in_words(desk: Desk) -> None:
    sunday = MONDAY + timedelta(weeks=3, days=6)
    ctx = enter(str(desk.office), LEAD, PASSWORD)
    lines = {line.name: line.key for line in read_roster(ctx, MONDAY, 1).lines if not line.on_call}
    draw(ctx, [Stroke(lines[name], sunday, "", "", pinned=True) for name in ("王敏", "李娜", LEAD)])
    ctx.db.close()
    done = desk.run("--as", LEAD, "roster", "--from", sunday.isoformat(), "--weeks", "1", "--json", password=PASSWORD)
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["objective"], answer["assignment"]) == ("infeasible", None, {})
    told = done.stderr.splitlines()
    assert len(told) == 4
    assert sum(name in line for line in told for name in ("王敏", "李娜", LEAD)) == 3
    assert all(f"{sunday:%m-%d}" in line for line in told)


def test_who_may_not_plan_is_refused(desk: Desk) -> None:
    words = ("roster", "--from", MONDAY.isoformat())
    assert desk.run("--as", "王敏", *words, password="ninhao#01").returncode == 3
    assert desk.run("--as", LEAD, *words, password="wrong#1").returncode == 3


def test_a_benchmarks_instance_needs_no_office(desk: Desk) -> None:
    answer = solved(desk, INSTANCE)
    assert list(answer) == KEYS
    assert (answer["status"], answer["objective"], answer["bound"]) == ("proven", 0, 0)
    assert answer["assignment"] == {"A": ["E", "", "L"], "B": ["", "E", "E"]}


def test_an_instance_that_no_plan_fulfils_is_one(desk: Desk) -> None:
    answer = solved(desk, INSTANCE.replace("B,E=3|L=0,960,0", "B,E=3|L=0,960,1440"), code=1)
    assert (answer["status"], answer["objective"]) == ("infeasible", None)


@pytest.mark.parametrize("text", ["", "SECTION_HORIZON\nmany\n", None])
def test_a_file_that_is_no_instance_is_two_and_says_why(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "instance.txt"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    done = Desk(tmp_path).run("roster", "--instance", str(file), "--json", office=False, password=None)
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"] == done.stderr.strip()


@pytest.mark.parametrize("words", [(), ("--from", "soon"), ("--from", "2026-11-23", "--weeks", "0"), ("--instance",)])
def test_bad_usage_is_two(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk.run("roster", *words)
    assert (done.returncode, done.stdout) == (2, "")
