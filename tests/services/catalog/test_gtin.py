"""Codes: check digits, case codes and their units, a shop's own numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.catalog.gtin import (
    LENGTHS,
    CheckDigitError,
    CodeKind,
    check_digit,
    is_case,
    is_gtin,
    is_in_store,
    kind_of,
    same_item,
    spellings,
    unit_of,
)

digits = st.text("0123456789", min_size=1)


@st.composite
def gtins(draw: st.DrawFn, *lengths: int) -> str:
    """A valid GTIN of one of the lengths."""
    length = draw(st.sampled_from(lengths or tuple(LENGTHS)))
    body = draw(st.text("0123456789", min_size=length - 1, max_size=length - 1).filter(lambda text: text.strip("0")))
    return body + check_digit(body)


@pytest.mark.parametrize(
    "code",
    ["96385074", "036000291452", "6901234567892", "4006381333931", "0012345678905", "16901234567899", "00012345600012"],
)
def test_codes_of_the_standard_are_gtins(code: str) -> None:
    assert is_gtin(code)


@pytest.mark.parametrize(
    "code",
    ["", "6901234567893", "690123456789", "69012345678921", "６９０１２３４５６７８９２", "0" * 13, "690123456789a"],
)
def test_others_are_none(code: str) -> None:
    assert not is_gtin(code)


@given(gtins())
def test_one_wrong_digit_is_found(code: str) -> None:
    for place in range(len(code)):
        wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
        assert not is_gtin(wrong)


@given(gtins())
def test_neighbours_changed_over_are_found_unless_five_apart(code: str) -> None:
    for place in range(len(code) - 1):
        first, second = code[place], code[place + 1]
        if abs(int(first) - int(second)) not in (0, 5):
            assert not is_gtin(code[:place] + second + first + code[place + 2 :])


@given(gtins())
def test_zeros_before_it_change_no_check_digit(code: str) -> None:
    longer = code.rjust(14, "0")
    assert is_gtin(longer)
    assert same_item(longer) == same_item(code) == longer


@given(gtins())
def test_a_gtin_is_known_or_the_shops_own(code: str) -> None:
    assert kind_of(code) is (CodeKind.OWN if is_in_store(code) else CodeKind.GTIN)


def test_a_mistyped_code_is_told_with_the_digit_that_would_fit() -> None:
    with pytest.raises(CheckDigitError) as caught:
        kind_of("6901234567890")
    assert caught.value.params == {"code": "6901234567890", "digit": "2"}


@pytest.mark.parametrize(
    "code",
    [
        "BJ-1003",
        "10086",
        "2100123456789",  # the scale's label: prefix 2
        "0212345678901",
        "0412345678901",
        "212345678901",  # the same with 12 digits
        "412345678901",
        "20012345",
        "00001234",
        "02100123456789",
        "0" * 13,
        "6901234567",
    ],
)
def test_the_shops_own_codes_need_no_check_digit(code: str) -> None:
    assert kind_of(code) is CodeKind.OWN


@given(digits)
def test_every_text_of_digits_is_judged(code: str) -> None:
    try:
        kind = kind_of(code)
    except CheckDigitError:
        assert len(code) in LENGTHS
        assert not is_gtin(code)
    else:
        assert kind is CodeKind.OWN or is_gtin(code)


@given(gtins(8, 12, 13), st.integers(1, 8))
def test_a_case_leads_back_to_its_unit(unit: str, indicator: int) -> None:
    body = str(indicator) + unit.rjust(13, "0")[:-1]
    case = body + check_digit(body)
    assert len(case) == 14
    assert is_gtin(case)
    assert is_case(case)
    assert unit_of(case) == unit.rjust(13, "0")


def test_the_case_of_six_bottles() -> None:
    assert unit_of("16901234567899") == "6901234567892"
    assert unit_of("16901234567899") == "6901234567892"


@pytest.mark.parametrize("code", ["06901234567892", "96901234567895", "6901234567892", "16901234567890", "BJ-1003"])
def test_what_is_no_case_has_no_unit(code: str) -> None:
    assert unit_of(code) == ""


@given(gtins())
def test_all_spellings_are_the_same_item_and_no_other_code_is(code: str) -> None:
    found = spellings(code)
    assert code in found
    assert len(set(found)) == len(found)
    assert {same_item(one) for one in found} == {same_item(code)}
    assert all(spellings(one) == found for one in found)


@given(st.text("0123456789A", max_size=15).filter(lambda text: not is_gtin(text)))
def test_what_is_no_gtin_has_one_spelling(code: str) -> None:
    assert spellings(code) == (code,)
