"""Cells become values."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.intake.errors import (
    AbsurdAmountError,
    AbsurdQuantityError,
    AmountError,
    QuantityError,
    SpoiledNumberError,
)
from app.services.intake.values import Memo, clean, clean_id, read_amount, read_minor, read_price, read_quantity

AMOUNTS = st.decimals(min_value=-99_999_999, max_value=99_999_999, places=4)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="1706123456789012345"', "1706123456789012345"),
        ("'13800000000", "13800000000"),
        ("\t6917926768823643751", "6917926768823643751"),
        ("  浙江省\u3000", "浙江省"),
        ("a\r\nb\tc", "a b c"),
        ("-", ""),
        ("null", ""),
        ("NULL", ""),
        ('="-"', ""),
        ("'", ""),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("张**", "张**"),
        ("1******6198", "1******6198"),
        ("safe\u202egnp.exe", "safe gnp.exe"),
        ("half \ud800 a pair", "half   a pair"),
        ("=1+1", "=1+1"),
        ("一家👨\u200d👩\u200d👧", "一家👨\u200d👩\u200d👧"),
    ],
)
def test_cells_lose_their_wrapping_and_keep_what_they_say(cell: str, text: str) -> None:
    assert clean(cell) == text


@given(st.text())
def test_a_cleaned_cell_can_be_shown_and_stored(cell: str) -> None:
    text = clean(cell)
    assert text == text.strip()
    assert not set(text) & set("\t\r\n\0\ufeff\u202e")
    text.encode("utf-8")


@pytest.mark.parametrize(
    ("cell", "text"), [("10160070484512.0", "10160070484512"), ("0010", "0010"), ("B-1.5", "B-1.5"), ("", "")]
)
def test_numbers_stay_text(cell: str, text: str) -> None:
    assert clean_id(cell) == text


@pytest.mark.parametrize("cell", ["1.23E+17", "6.91792676882364E+18", "1E+05", "1,38e+10"])
def test_a_number_that_excel_rounded_is_refused(cell: str) -> None:
    with pytest.raises(SpoiledNumberError):
        clean_id(cell)


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("123.45", 12345),
        ("123", 12300),
        ("123.4", 12340),
        (".5", 50),
        ("5.", 500),
        ("¥1,234.50", 123450),
        ("￥ 12.00", 1200),
        ("$8.00", 800),
        ("-$12.00", -1200),
        ("$-12.00", -1200),
        ("(3.20)", -320),
        ("１２．３４", 1234),
        ("12.00元", 1200),
        ("US$ 7.10", 710),
        ("CNY 7.10", 710),
        ("\u22121.00", -100),
        ("+1.00", 100),
        ("0.005", 1),
        ("-0.005", -1),
        ("0.30000000000000004", 30),
    ],
)
def test_amounts_as_platforms_write_them(cell: str, minor: int) -> None:
    assert read_minor(cell) == minor


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "abc",
        "1,23",
        "1.234,56",
        "12,34.5",
        "1 2",
        "(1",
        "1)",
        "--1",
        "-(1)-",
        "1E5",
        "NaN",
        "Infinity",
        "1" * 50,
        "²",
        "12²",
    ],
)
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(AmountError):
        read_minor(cell)


def test_absurd_amounts_are_refused() -> None:
    assert read_minor("100,000,000.00") == 10_000_000_000
    for cell in ("100000000.01", "-100000000.01", "999999999999"):
        with pytest.raises(AbsurdAmountError):
            read_minor(cell)


@given(AMOUNTS)
def test_the_fast_way_agrees_with_decimal(amount: Decimal) -> None:
    cents = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert read_minor(f"{amount:f}") == cents
    assert read_minor(f"¥{abs(amount):,f}") == abs(cents)


@given(st.integers(0, 99_999_999), st.integers(0, 3), st.sampled_from([("JPY", 0), ("CNY", 2), ("KWD", 3)]))
def test_currencies_have_their_own_minor_units(whole: int, tenths: int, currency: tuple[str, int]) -> None:
    code, places = currency
    exact = Decimal(f"{whole}.{tenths}")
    expected = int((exact * 10**places).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert read_minor(str(exact), code, places) == expected


@pytest.mark.parametrize(
    ("cell", "price"),
    [
        ("2.55", (255, None)),
        ("0.001", (0, Decimal("0.001"))),
        ("1.250", (125, None)),
        ("3", (300, None)),
        ("￥0.125", (13, Decimal("0.125"))),
    ],
)
def test_a_price_with_more_decimals_stays_exact(cell: str, price: tuple[int, Decimal | None]) -> None:
    assert read_price(cell) == price


@given(st.text(alphabet="0123456789.,¥$-+() 元E", max_size=12))
def test_an_amount_is_read_or_refused_never_guessed(cell: str) -> None:
    try:
        amount = read_amount(cell)
    except (AmountError, AbsurdAmountError):
        return
    digits = "".join(c for c in cell if c.isdigit() or c == ".")
    assert abs(amount) == Decimal(digits)


@pytest.mark.parametrize(("cell", "quantity"), [("3", 3), ("1.0", 1), ("1,000", 1000), ("-2", -2), ("２", 2), ("0", 0)])
def test_quantities_are_whole(cell: str, quantity: int) -> None:
    assert read_quantity(cell) == quantity


@pytest.mark.parametrize("cell", ["1.5", "", "two", "1e3", "1,00"])
def test_what_is_no_quantity_is_refused(cell: str) -> None:
    with pytest.raises(QuantityError):
        read_quantity(cell)


def test_absurd_quantities_are_refused() -> None:
    assert read_quantity("1000000") == 1_000_000
    with pytest.raises(AbsurdQuantityError):
        read_quantity("1000001")


def test_what_is_remembered_stays_small() -> None:
    memo = Memo(len)
    for number in range(40_000):
        assert memo[str(number)] == len(str(number))
    assert memo["x" * 1000] == 1000
    assert len(memo) < 20_000
    assert max(map(len, memo)) < 100
