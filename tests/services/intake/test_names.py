"""Names and words compared the way a person reads them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.services.intake.names import MAX_COLUMNS, fold, meanings, positions


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("收货地址 ", "收货地址"),
        ("\ufeff订单编号", "订单编号"),
        ('="订单编号"', "订单编号"),
        ("'订单编号", "订单编号"),
        ("商品数量（件）", "商品数量(件)"),
        ("Lineitem\tName", "lineitem name"),
        ("ＳＫＵ #１", "SKU #1"),
        (" 用户购买手机号", "用户购买手机号"),
    ],
)
def test_names_that_look_alike_are_equal(written: str, meant: str) -> None:
    assert fold(written) == fold(meant)


def test_different_names_stay_different() -> None:
    names = ["订单号", "订单编号", "Total", "Subtotal", "Tax 1 Value", "Tax 2 Value"]
    assert len({fold(name) for name in names}) == len(names)


@example(parts=["Е¨"], between=" ")
@given(
    st.lists(st.text(st.characters(codec="gb2312")), max_size=4), st.sampled_from([" ", "\t", "'", "\ufeff", "\u3000"])
)
def test_what_stands_between_the_letters_does_not_count(parts: list[str], between: str) -> None:
    assert fold(between.join(parts)) == fold("".join(parts)) == fold(fold("".join(parts)))


def test_the_first_of_equal_names_counts_and_blank_ones_do_not() -> None:
    assert positions(["备注", "", " 备注 ", "\t"]) == {"备注": 0}


def test_words_match_whole_or_by_their_beginning() -> None:
    words = meanings([("交易关闭*", "cancelled"), ("完成", "done"), ("(锁定)等待出库", "paid")])
    assert [words[text] for text in ("交易关闭（退款）", "完成", "（锁定）等待出库", "完成了", "")] == [
        "cancelled", "done", "paid", None, None,
    ]  # fmt: skip
    assert meanings([("*", "any")])["whatever"] == "any"
    assert meanings([("*", "any")])[""] is None


def test_a_line_of_endless_columns_is_not_a_header() -> None:
    assert len(positions([f"c{number}" for number in range(100_000)])) == MAX_COLUMNS
    assert positions(["x" * 100_000, "no"]) == {"no": 1}
