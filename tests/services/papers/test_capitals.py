"""Capital numerals follow the rules for bills; an independent reader gets the same amount back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.papers.capitals import LARGEST, AmountTooLargeError, capital_amount

DIGITS = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(text: str) -> int:
    """Fen from capital numerals, by a stack of units rather than by sections of four."""
    sign = -1 if text.startswith("负") else 1
    total = section = digit = fen = 0
    for char in text.removeprefix("负").removesuffix("整"):
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            section, digit = section + digit * UNITS[char], 0
        elif char in "万亿":
            scale = 10_000 if char == "万" else 100_000_000
            section, digit = section + digit, 0
            if char == "亿":
                total, section = (total + section) * scale, 0
            else:
                upper = total // 100_000_000 * 100_000_000
                total, section = upper + (total - upper + section) * scale, 0
        elif char == "元":
            total, section, digit = total + section + digit, 0, 0
        else:
            fen, digit = fen + digit * (10 if char == "角" else 1), 0
    return sign * (total * 100 + fen)


@pytest.mark.parametrize(
    ("minor", "expected"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (5_0, "伍角整"),
        (55, "伍角伍分"),
        (1_00, "壹元整"),
        (1_05, "壹元零伍分"),
        (1_50, "壹元伍角整"),
        (10_00, "壹拾元整"),
        (12_00, "壹拾贰元整"),
        (105_00, "壹佰零伍元整"),
        (110_00, "壹佰壹拾元整"),
        (325_04, "叁佰贰拾伍元零肆分"),
        (1_001_00, "壹仟零壹元整"),
        (1_409_50, "壹仟肆佰零玖元伍角整"),
        (1_680_32, "壹仟陆佰捌拾元叁角贰分"),
        (6_007_14, "陆仟零柒元壹角肆分"),
        (16_409_02, "壹万陆仟肆佰零玖元零贰分"),
        (10_005_00, "壹万零伍元整"),
        (100_000_00, "壹拾万元整"),
        (107_000_53, "壹拾万柒仟元伍角叁分"),
        (1_000_007_00, "壹佰万零柒元整"),
        (100_000_000_00, "壹亿元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (100_010_000_00, "壹亿零壹万元整"),
        (110_000_000_00, "壹亿壹仟万元整"),
        (1_000_000_000_000_00, "壹万亿元整"),
        (1_000_000_010_000_00, "壹万亿零壹万元整"),
        (1_234_567_890_123_45, "壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元肆角伍分"),
        (-20_00, "负贰拾元整"),
        (LARGEST, "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capital_amount(minor: int, expected: str) -> None:
    assert capital_amount(minor) == expected


@given(st.integers(-LARGEST, LARGEST) | st.integers(-(10**8), 10**8))
def test_reads_back_to_the_same_amount(minor: int) -> None:
    assert read_back(capital_amount(minor)) == minor


@given(st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(1, 10**4), st.integers(0, 13)))
def test_zeros_are_said_once_and_never_at_an_edge(minor: int) -> None:
    words = capital_amount(minor)
    assert "零零" not in words
    assert not any("零" + unit in words for unit in "元万亿角分整")
    assert not words.startswith("零")


@pytest.mark.parametrize("minor", [LARGEST + 1, -LARGEST - 1])
def test_what_has_no_numerals_is_refused(minor: int) -> None:
    with pytest.raises(AmountTooLargeError):
        capital_amount(minor)
