"""The list of a million: only what is looked at is fetched, and nobody loses their place."""

from array import array
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.services.orders.rows import OrderRow, Sort
from app.views.orders.columns import sort_column
from app.views.widgets.long_model import KEPT_PAGES, PAGE, LongModel
from tests.views.orders.rows import COLUMNS, Source, row

OrderModel = LongModel[OrderRow]

DESCENDING = Qt.SortOrder.DescendingOrder


def ids_of(numbers: Sequence[int]) -> "array[int]":
    return array("q", numbers)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def model(qtbot: QtBot, source: Source) -> OrderModel:
    return LongModel(COLUMNS, source.fetch)


def look(qtbot: QtBot, model: OrderModel, source: Source, *places: int) -> list[list[int]]:
    """Look at places as a painting does, wait until the model asks, and answer; returns the pages asked for."""
    for place in places:
        model.row_at(place)
    qtbot.waitUntil(lambda: bool(source.asked))
    return source.answer()


def test_the_model_is_sound(qtbot: QtBot, model: OrderModel, source: Source) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_ids(ids_of(range(1, 301)))
    look(qtbot, model, source, 0, 299)
    model.show_ids(ids_of([999, *range(1, 200)]), same=True)
    model.show_ids(ids_of([]))
    assert model.rowCount() == 0


def test_only_the_pages_looked_at_are_fetched(qtbot: QtBot, model: OrderModel, source: Source) -> None:
    model.show_ids(ids_of(range(1, 1_000_001)))
    assert model.row_at(500_000) is None  # painted blank until it is there

    asked = look(qtbot, model, source, 500_000, 500_020)

    assert asked == [list(range(500_001, 500_001 + PAGE))]
    found = model.row_at(500_000)
    assert found is not None
    assert found.id == 500_001
    assert source.asked == []


def test_of_a_wild_scroll_only_the_last_pages_are_fetched(qtbot: QtBot, model: OrderModel, source: Source) -> None:
    model.show_ids(ids_of(range(1, 100_001)))

    asked = look(qtbot, model, source, *range(99_000, 0, -PAGE))  # upwards: the last page is the first of the list

    assert [page[0] for page in asked] == [401, 301, 201, 101]


def test_rows_far_away_are_forgotten_and_come_again(qtbot: QtBot, model: OrderModel, source: Source) -> None:
    model.show_ids(ids_of(range(1, 100_001)))
    look(qtbot, model, source, 0)
    for page in range(1, KEPT_PAGES + 1):
        look(qtbot, model, source, page * PAGE)

    assert model.row_at(0) is None
    qtbot.waitUntil(lambda: bool(source.asked))
    assert source.asked[0][0][0] == 1


def test_after_a_change_the_old_row_stays_until_the_new_one_is_there(
    qtbot: QtBot, model: OrderModel, source: Source
) -> None:
    model.show_ids(ids_of(range(1, 11)), [row(number) for number in range(1, 11)])
    source.version = 7

    model.refresh_rows()
    before = model.row_at(3)
    look(qtbot, model, source, 3)
    after = model.row_at(3)

    assert before is not None
    assert after is not None
    assert (before.last_seq, after.last_seq) == (1, 7)


def test_an_answer_from_before_the_change_is_not_taken(qtbot: QtBot, model: OrderModel, source: Source) -> None:
    model.show_ids(ids_of(range(1, 11)))
    model.row_at(0)
    qtbot.waitUntil(lambda: bool(source.asked))
    _ids, then = source.asked.pop()

    model.refresh_rows()
    then([row(1)])

    assert model.row_at(0) is None
    source.version = 2
    look(qtbot, model, source, 0)
    fresh = model.row_at(0)
    assert fresh is not None
    assert fresh.last_seq == 2


def test_what_is_gone_is_asked_for_once(qtbot: QtBot, model: OrderModel, source: Source) -> None:
    source.gone = {2}
    model.show_ids(ids_of([1, 2, 3]))
    look(qtbot, model, source, 1)

    assert model.row_at(1) is None
    model.row_at(1)

    QApplication.processEvents()  # the question, if there were one, is put when the window has nothing else to do
    assert source.asked == []


def test_selection_and_current_row_go_with_the_orders(qtbot: QtBot, model: OrderModel) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setModel(model)
    model.show_ids(ids_of(range(1, 1_001)))
    view.selectRow(500)
    for place in (600, 601, 700, 701, 702):
        view.selectionModel().select(
            model.index(place, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        )

    model.show_ids(ids_of([5_000, 5_001, *range(1, 601), *range(702, 1_001)]), same=True)

    assert model.id_at(view.currentIndex().row()) == 501
    chosen = [model.id_at(index.row()) for index in view.selectionModel().selectedRows()]
    assert chosen == [501, 702, 703]  # the others have left the list


def test_a_current_order_that_left_the_list_leaves_no_current_row(qtbot: QtBot, model: OrderModel) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    model.show_ids(ids_of([1, 2, 3]))
    view.selectRow(1)

    model.show_ids(ids_of([1, 3]), same=True)

    assert not view.currentIndex().isValid()


def test_what_is_new_stands_before_a_long_list_at_once(model: OrderModel) -> None:
    model.show_ids(ids_of(range(1_000, 0, -1)))

    assert model.with_beginning(ids_of([1_002, 1_001, 1_000, 999])) == ids_of(range(1_002, 0, -1))
    assert model.with_beginning(ids_of([4, 3, 2])) == ids_of(range(1_000, 0, -1))


def test_a_tick_repaints_the_clocks_on_the_screen_only(qtbot: QtBot, model: OrderModel) -> None:
    model.show_ids(ids_of(range(1, 101)))

    with qtbot.waitSignal(model.dataChanged) as changed:
        model.tick(10, 30)

    first, last, _roles = changed.args
    assert (first.row(), first.column(), last.row(), last.column()) == (10, 0, 30, 0)


def test_every_column_asks_to_be_sorted_by(qtbot: QtBot, model: OrderModel) -> None:
    asked: list[tuple[Sort, bool]] = []
    model.sort_requested.connect(lambda sort, descending: asked.append((sort, descending)))

    for place in range(len(COLUMNS)):
        model.sort(place, DESCENDING)

    assert asked == [(sort, True) for sort in Sort]
    assert [sort_column(sort) for sort in Sort] == list(range(len(COLUMNS)))


def test_a_screen_reader_hears_the_state(model: OrderModel) -> None:
    model.show_ids(ids_of([1]), [row(1)])

    state = model.index(0, sort_column(Sort.STATE)).data(Qt.ItemDataRole.AccessibleTextRole)

    assert state == "To contact"
