"""Reading as a whole: where the header stands, how rows become orders, what is rejected and what is refused."""

import os
import random
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.errors import CancelledError
from app.i18n import set_language
from app.services.intake.draft import OrderDraft, Reject
from app.services.intake.errors import (
    ChangedFileError,
    FilesDoNotJoinError,
    FileUnreadableError,
    MissingColumnError,
    NoRowsError,
    SpoiledNumbersError,
    TruncatedFileError,
    UnknownFormatError,
)
from app.services.intake.limits import MAX_LINES
from app.services.intake.mapping import Mapping
from app.services.intake.read import Tally, detect, read_orders
from tests.services.intake.making import read_all, read_one, write_csv

HEADER = ["no", "buyer", "due", "sku", "qty", "price"]
ITEMS = Mapping(
    "test",
    "other",
    {
        "source_number": ("no",),
        "person.buyer": ("buyer",),
        "payable": ("due",),
        "line.sku": ("sku",),
        "line.quantity": ("qty",),
        "line.price": ("price",),
    },
)
ORDERS = Mapping("test", "other", {"source_number": ("no",), "person.buyer": ("buyer",), "payable": ("due",)})


def items(path: Path, *rows: Sequence[str]) -> Path:
    return write_csv(path / "items.csv", HEADER, rows)


def row(no: str, sku: str, *, buyer: str = "b", due: str = "", qty: str = "1", price: str = "1.00") -> list[str]:
    return [no, buyer, due, sku, qty, price]


def skus(order: OrderDraft) -> list[str]:
    return [line.sku for line in order.lines]


@pytest.mark.parametrize("above", [0, 1, 5, 29])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_is_found_wherever_it_is(tmp_path: Path, above: int, delimiter: str) -> None:
    notes = [[f"note {number}"] if number % 2 else [] for number in range(above)]
    path = write_csv(tmp_path / "a.csv", [" NO", "'due\t"], [["1", "5.00"]], delimiter=delimiter, above=notes)
    mapping = Mapping("test", "other", {"source_number": ("no",), "payable": ("due",)})
    source = detect([path], mapping)
    assert source.header_row == above + 1
    (order,) = read_orders(source)
    assert isinstance(order, OrderDraft)
    assert (order.row, order.payable) == (above + 2, 500)


def test_a_header_too_far_down_is_unknown(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", HEADER, [row("1", "A")], above=[["note"]] * 30)
    with pytest.raises(UnknownFormatError):
        detect([path], ITEMS)


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", HEADER[::-1], [row("1", "A", due="7.00")[::-1]])
    assert read_one(path, mapping=ITEMS).payable == 700


def test_an_unknown_file_brings_its_columns_for_the_mapping(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["foo", "bar", "baz"], [["1", "2", "3"]] * 50, above=[["a title"]])
    with pytest.raises(UnknownFormatError) as caught:
        detect([path])
    assert caught.value.headers == ("foo", "bar", "baz")
    assert caught.value.rows[0] == ("1", "2", "3")
    assert not isinstance(caught.value, MissingColumnError)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    header = ["订单号", "商品ID", "商品名称", "订购数量", "订单状态"]
    with pytest.raises(MissingColumnError, match="下单时间") as caught:
        detect([write_csv(tmp_path / "a.csv", header, [["1"] * 5])])
    assert "JD" in str(caught.value)
    assert caught.value.headers == tuple(header)


@pytest.mark.parametrize("below", [[], [[]], [["", " ", "\t"]] * 40])
def test_a_header_without_rows_is_refused(tmp_path: Path, below: list[list[str]]) -> None:
    with pytest.raises(NoRowsError, match="no orders below"):
        detect([write_csv(tmp_path / "a.csv", HEADER, below)], ITEMS)


def test_files_that_are_not_one_export_are_refused(tmp_path: Path) -> None:
    one = items(tmp_path, row("1", "A"))
    other = write_csv(tmp_path / "b.csv", HEADER, [row("2", "A")])
    with pytest.raises(FilesDoNotJoinError, match=r"b\.csv"):
        detect([one, other], ITEMS)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.csv", tmp_path):
        with pytest.raises(FileUnreadableError):
            detect([path])


def test_rows_of_an_order_become_its_lines(tmp_path: Path) -> None:
    path = items(tmp_path, row("1", "A"), row("1", "B", qty="2"), row("2", "A"))
    orders, rejects = read_all(path, mapping=ITEMS)
    assert not rejects
    assert [(order.source_number, skus(order), order.payable, order.row) for order in orders] == [
        ("1", ["A", "B"], 300, 2),
        ("2", ["A"], 100, 4),
    ]


def test_equal_rows_are_two_lines_unless_the_format_says_otherwise(tmp_path: Path) -> None:
    assert skus(read_one(items(tmp_path, row("1", "A"), row("1", "A")), mapping=ITEMS)) == ["A", "A"]


def test_scattered_rows_come_together_at_the_end(tmp_path: Path) -> None:
    path = items(tmp_path, row("1", "A"), row("2", "A"), row("1", "B"), row("3", "A"), row("1", "C"))
    orders, _rejects = read_all(path, mapping=ITEMS)
    assert [(order.source_number, skus(order), order.row) for order in orders] == [
        ("2", ["A"], 3),
        ("3", ["A"], 5),
        ("1", ["A", "B", "C"], 2),
    ]


def test_a_shuffled_file_holds_the_same_orders(tmp_path: Path) -> None:
    rows = [row(str(order), f"S{line}") for order in range(300) for line in range(order % 4 + 1)]
    straight, _none = read_all(items(tmp_path, *rows), mapping=ITEMS)
    random.Random(7).shuffle(rows)
    shuffled, _none = read_all(items(tmp_path, *rows), mapping=ITEMS)
    assert {o.source_number: sorted(skus(o)) for o in shuffled} == {o.source_number: skus(o) for o in straight}


def test_rows_that_contradict_each_other_reject_the_order(tmp_path: Path) -> None:
    path = items(tmp_path, row("1", "A", due="5.00"), row("1", "B", due="6.00"), row("2", "A"))
    (order,), (reject,) = read_all(path, mapping=ITEMS)
    assert order.source_number == "2"
    assert (reject.row, reject.source_number) == (3, "1")
    assert "5.00" in reject.reason
    assert "6.00" in reject.reason


def test_facts_may_be_blank_or_written_differently_on_later_rows(tmp_path: Path) -> None:
    path = items(tmp_path, row("1", "A", due="5.00"), row("1", "B", due=""), row("1", "C", due="¥5.0", buyer=""))
    order = read_one(path, mapping=ITEMS)
    assert (order.payable, order.person.buyer, len(order.lines)) == (500, "b", 3)


def test_a_repeated_number_with_other_facts_is_rejected(tmp_path: Path) -> None:
    rows = [["1", "a", "5.00"], ["2", "a", "5.00"], ["1", "a", "6.00"], ["2", "a", "5.00"]]
    (order,), (reject,) = read_all(write_csv(tmp_path / "a.csv", HEADER[:3], rows), mapping=ORDERS)
    assert order.source_number == "2"  # the very same row again is no contradiction
    assert (reject.row, reject.source_number) == (2, "1")
    assert "row 4" in reject.reason


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"qty": "-1"}, "return or credit note"),
        ({"qty": "0"}, "no whole quantity"),
        ({"qty": "1.5"}, "no whole quantity"),
        ({"qty": ""}, "no whole quantity"),
        ({"qty": "1000001"}, "beyond anything"),
        ({"price": "-1.00"}, "return or credit note"),
        ({"price": "(1.00)"}, "return or credit note"),
        ({"price": "one"}, "“one” in the column price is no amount"),
        ({"price": "100000000.01"}, "beyond anything"),
        ({"price": "99999999.00", "qty": "2"}, "beyond anything"),
        ({"buyer": "1.38E+10"}, "Excel has rounded"),
    ],
)
def test_one_bad_row_rejects_its_order_and_no_other(tmp_path: Path, bad: dict[str, str], reason: str) -> None:
    broken = [row("2", "A"), row("2", "B", **bad), row("2", "C")]
    path = items(tmp_path, row("1", "A"), *broken, row("3", "A"))
    orders, (reject,) = read_all(path, mapping=ITEMS)
    assert [order.source_number for order in orders] == ["1", "3"]  # never order 2 with fewer lines
    assert (reject.row, reject.source_number) == (4, "2")
    assert reason in reject.reason


@pytest.mark.parametrize(
    ("due", "reason"), [("-0.01", "credit note"), ("100,000,000.01", "beyond"), ("x", "no amount")]
)
def test_a_bad_fact_of_the_order_rejects_it(tmp_path: Path, due: str, reason: str) -> None:
    orders, (reject,) = read_all(items(tmp_path, row("1", "A", due=due), row("1", "B"), row("2", "A")), mapping=ITEMS)
    assert [order.source_number for order in orders] == ["2"]
    assert (reject.row, reject.source_number) == (2, "1")
    assert reason in reject.reason


def test_reasons_are_in_the_language_in_use(tmp_path: Path) -> None:
    set_language("en")
    _orders, (reject,) = read_all(items(tmp_path, row("", "A")), mapping=ITEMS)
    assert (reject.row, reject.reason) == (2, "There is no order number.")


def test_an_order_number_beyond_measure_is_rejected(tmp_path: Path) -> None:
    _orders, (reject,) = read_all(items(tmp_path, row("9" * 65, "A")), mapping=ITEMS)
    assert "64" in reject.reason
    assert len(reject.source_number) == 64


def test_an_order_of_endless_lines_is_rejected(tmp_path: Path) -> None:
    rows = [row("1", f"S{number}") for number in range(MAX_LINES + 5)] + [row("2", "A")]
    (order,), (reject,) = read_all(items(tmp_path, *rows), mapping=ITEMS)
    assert order.source_number == "2"
    assert str(MAX_LINES) in reject.reason


def test_order_numbers_that_excel_rounded_refuse_the_file(tmp_path: Path) -> None:
    path = items(tmp_path, *[row(str(number), "A") for number in range(60)], row("1.23E+17", "A"))
    with pytest.raises(SpoiledNumbersError, match=r"Row 62 of items\.csv.*1\.23E\+17"):
        read_all(path, mapping=ITEMS)


def test_nothing_is_said_before_a_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = items(tmp_path, *[row(str(number), "A") for number in range(5000)])
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(TruncatedFileError):
        next(read_orders(detect([path], ITEMS)))


@pytest.mark.parametrize("when", ["before", "between"])
def test_a_file_that_changes_is_refused(tmp_path: Path, when: str) -> None:
    path = items(tmp_path, *[row(str(number), "A") for number in range(5000)])
    source = detect([path], ITEMS)
    reading = read_orders(source)
    if when == "between":
        next(reading)
    os.utime(path, ns=(1, 1))
    with pytest.raises(ChangedFileError):
        list(reading)


def test_progress_is_told_and_may_stop_the_reading(tmp_path: Path) -> None:
    path = items(tmp_path, *[row(str(number), "A") for number in range(20_000)])
    source = detect([path], ITEMS)
    told: list[float] = []
    assert sum(1 for _order in read_orders(source, told.append)) == 20_000
    assert told == sorted(told)
    assert told[-1] == 1.0

    def cancel(done: float) -> None:
        if done > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        list(read_orders(source, cancel))


def test_the_tally_counts_data_lines(tmp_path: Path) -> None:
    path = items(tmp_path, row("1", "A"), [], row("1", "B"), row("2", "A", qty="x"), [" ", "\t"])
    tally = Tally()
    list(read_orders(detect([path], ITEMS), tally=tally))
    assert (tally.lines, tally.rejected) == (3, 1)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (5_000, 50_000):
        rows = (row(f"2611{number:08}", f"S{number % 97}") for number in range(count))
        source = detect([items(tmp_path, *rows)], ITEMS)
        tracemalloc.start()
        assert sum(1 for _order in read_orders(source)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 4 << 20


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    chance = random.Random(11)
    cells = ["", "1", "-1", "x", "2.5", "1e9", "'3", "\t4", '="5"', "999999999999"]
    rows = [[str(chance.randrange(2500)), *(chance.choice(cells) for _name in HEADER[1:])] for _row in range(3000)]
    source = detect([items(tmp_path, *rows)], ITEMS)
    found = list(read_orders(source))
    assert {type(each) for each in found} == {OrderDraft, Reject}
    numbers = [each.source_number for each in found if each.source_number]
    assert len(numbers) == len(set(numbers)) == len({cells[0] for cells in rows})
