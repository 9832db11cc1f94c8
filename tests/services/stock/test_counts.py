"""Counting: blind, in pieces, while goods move; explained, and approved where much is missing (rule P5)."""

import pytest
from sqlalchemy import select, text

from app.errors import PermissionDeniedError
from app.models.approvals import proposals
from app.models.stock import CountState, CountStateError, Movement
from app.services.approvals.decisions import approve
from app.services.reasons import ReasonNeededError
from app.services.stock.count_rows import count_differences, count_sheet, list_counts
from app.services.stock.counts import begin_count, close_count, count_scan, drop_count, enter_count
from app.services.stock.effects import COUNT_DIFFERENCE
from app.services.stock.errors import (
    CountedElsewhereError,
    CountQuantityError,
    ExplainError,
    NothingCountedError,
    NothingToCountError,
    NotInCountError,
    RecountedError,
)
from app.services.stock.movements import move_stock, stock_history
from app.services.verify import verify
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.services.proof.working import vandal
from tests.services.stock.making import A, B, order, ship, table

BOTTLE = "BJ-1003"


def proposed(crew: Crew) -> tuple[int, int]:
    with crew.db.reading() as conn:
        row = conn.execute(select(proposals).order_by(proposals.c.id.desc()).limit(1)).one()
    return row.id, row.last_seq


@pytest.fixture
def stocked(any_crew: Crew) -> Crew:
    move_stock(any_crew.packer, Movement.OPENING, [(A, 10), (B, 5)])
    return any_crew


def test_what_moves_while_counting_is_no_difference(stocked: Crew) -> None:
    crew = stocked
    one, two = order(crew, 1, {A: 1}), order(crew, 2, {A: 2})
    count = begin_count(crew.packer, [A, B])
    ship(crew, one)  # before it is counted
    enter_count(crew.packer, count, {A: 9, B: 4})
    ship(crew, two)  # after it was counted
    move_stock(crew.packer, Movement.RECEIPT, [(B, 3)])
    [missing] = count_differences(crew.packer, count)
    assert (missing.code, missing.counted, missing.expected, missing.difference) == (B, 4, 5, -1)
    assert (missing.worth, missing.waits) == (0, False)  # the catalog does not know what it is worth
    with pytest.raises(ExplainError, match=B):
        close_count(crew.packer, count)
    assert close_count(crew.packer, count, {B: "破损未报"}) is CountState.CLOSED
    assert table(crew) == {A: (7, 0), B: (7, 0)}
    [newest, *_rest] = stock_history(crew.clerk, B)
    assert (newest.kind, newest.quantity, newest.ref) == (Movement.COUNT, -1, str(count))
    assert verify(crew.program).ok


def test_the_counter_does_not_see_what_should_be_there(crew: Crew) -> None:
    add(crew)
    move_stock(crew.packer, Movement.OPENING, [(BOTTLE, 77)])
    count = begin_count(crew.packer, [BOTTLE])
    [line] = count_sheet(crew.packer, count)
    assert (line.code, line.shelf, line.counted) == (BOTTLE, "A-03", None)
    assert "77" not in repr(line)
    with crew.db.reading() as conn:
        content = conn.execute(text(f"SELECT content FROM entries WHERE seq = {count}")).scalar_one()
    assert "77" not in content


def test_scanning_adds_up(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    move_stock(crew.packer, Movement.OPENING, [(BOTTLE, 3)])
    count = begin_count(crew.packer, [BOTTLE, "X"])
    assert count_scan(crew.packer, count, "6901234567892") == (BOTTLE, 1)
    assert count_scan(crew.packer, count, BOTTLE, 2) == (BOTTLE, 3)
    with pytest.raises(NotInCountError):
        count_scan(crew.packer, count, "A-9")
    with pytest.raises(CountQuantityError):
        count_scan(crew.packer, count, BOTTLE, 0)
    assert close_count(crew.packer, count) is CountState.CLOSED
    assert table(crew) == {BOTTLE: (3, 0)}
    assert verify(crew.program).ok


def test_what_was_found_of_an_unknown_code_is_kept_from_then_on(crew: Crew) -> None:
    count = begin_count(crew.packer, ["X", "Y"])
    enter_count(crew.packer, count, {"X": 0, "Y": 2})
    close_count(crew.packer, count, {"Y": "未入账"})
    with crew.db.reading() as conn:
        rows = conn.execute(text("SELECT code, on_hand, kept FROM stock ORDER BY code")).all()
    assert [tuple(row) for row in rows] == [("X", 0, 1), ("Y", 2, 1)]
    assert verify(crew.program).ok


def test_a_count_below_nothing_on_hand_is_put_right(crew: Crew) -> None:
    ship(crew, order(crew, 1, {A: 3}))
    count = begin_count(crew.packer, [A])
    enter_count(crew.packer, count, {A: 0})
    close_count(crew.packer, count, {A: "期初未录"})
    assert table(crew) == {A: (0, 0)}


def test_a_large_difference_waits_for_the_manager(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    move_stock(crew.packer, Movement.OPENING, [(BOTTLE, 10), (B, 5)])
    count = begin_count(crew.packer, [BOTTLE, B])
    enter_count(crew.packer, count, {BOTTLE: 9, B: 4})
    told = [(one.code, one.worth, one.waits) for one in count_differences(crew.packer, count)]
    assert told == [(B, 0, False), (BOTTLE, 334_50, True)]
    assert close_count(crew.packer, count, {BOTTLE: "找不到", B: "找不到"}) is CountState.WAITING
    assert table(crew) == {BOTTLE: (10, 0), B: (4, 0)}  # the small one is booked
    move_stock(crew.packer, Movement.RECEIPT, [(BOTTLE, 2)])  # work goes on meanwhile
    assert verify(crew.program).ok
    with crew.db.reading() as conn:
        before = COUNT_DIFFERENCE.before(conn, count)
    assert COUNT_DIFFERENCE.amount(before, {}) == (334_50, "CNY")
    assert COUNT_DIFFERENCE.words(before, {})[0] == (BOTTLE, "10", "9")
    approve(crew.manager, *proposed(crew))
    assert table(crew) == {BOTTLE: (11, 0), B: (4, 0)}
    assert [one.state for one in list_counts(crew.clerk, open_only=False)] == [CountState.CLOSED]
    assert not any(one.waits for one in count_differences(crew.packer, count))
    assert list_counts(crew.clerk) == []
    assert verify(crew.program).ok


def test_what_was_counted_again_is_not_booked_twice(crew: Crew) -> None:
    add(crew)
    move_stock(crew.packer, Movement.OPENING, [(BOTTLE, 10)])
    first = begin_count(crew.packer, [BOTTLE])
    enter_count(crew.packer, first, {BOTTLE: 9})
    close_count(crew.packer, first, {BOTTLE: "找不到"})
    second = begin_count(crew.packer, [BOTTLE])
    enter_count(crew.packer, second, {BOTTLE: 10})
    close_count(crew.packer, second)
    with crew.db.reading() as conn:
        before = COUNT_DIFFERENCE.before(conn, first)
        with pytest.raises(RecountedError):
            COUNT_DIFFERENCE.check(conn, first, before, {})
    drop_count(crew.packer, first, "已重盘")
    assert table(crew) == {BOTTLE: (10, 0)}
    assert verify(crew.program).ok


def test_what_a_count_refuses(stocked: Crew) -> None:
    crew = stocked
    with pytest.raises(NothingToCountError):
        begin_count(crew.packer, [" "])
    count = begin_count(crew.packer, [A])
    with pytest.raises(CountedElsewhereError, match=str(count)):
        begin_count(crew.lead, [B, A])
    with pytest.raises(NothingCountedError):
        close_count(crew.packer, count)
    for wrong in (-1, 1.5, True, 10_000_001):
        with pytest.raises(CountQuantityError):
            enter_count(crew.packer, count, {A: wrong})  # type: ignore[dict-item]
    with pytest.raises(NotInCountError):
        enter_count(crew.packer, count, {B: 1})
    with pytest.raises(PermissionDeniedError):
        enter_count(crew.clerk, count, {A: 1})
    with pytest.raises(ReasonNeededError):
        drop_count(crew.packer, count, " ")
    drop_count(crew.packer, count, "误开")
    with pytest.raises(CountStateError):
        enter_count(crew.packer, count, {A: 1})
    assert begin_count(crew.lead, [B, A])
    assert verify(crew.program).ok


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE count_lines SET counted = 6 WHERE code = 'BJ-1001'", "count_lines"),
        ("DELETE FROM count_lines WHERE code = 'BJ-1002'", "count_lines"),
        ("INSERT INTO count_lines SELECT count, 'X', '', 1, 1, 0, '', 0 FROM count_lines LIMIT 1", "count_lines"),
        ("UPDATE stock_counts SET state = 'closed'", "stock_counts"),
        ("UPDATE wishes SET quantity = 9", "wishes"),
    ],
)
def test_a_spoilt_count_is_found(stocked: Crew, change: str, code: str) -> None:
    from app.services.stock.wishes import WishDraft, make_wish

    crew = stocked
    make_wish(crew.packer, WishDraft(A, 6))
    count = begin_count(crew.packer, [A, B])
    enter_count(crew.packer, count, {A: 9})
    assert verify(crew.program).ok
    with vandal(crew) as conn:
        conn.execute(text(change))
    assert verify(crew.program).code == code
