"""Telephone numbers as buyers write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.address.phone import PROBLEMS, find_phone, phone_problem, phone_sentence


@pytest.mark.parametrize(
    "text",
    [
        *("13800002065", "138 0000 2065", "138-0000-2065", "+86 138 0000 2065", "8613800002065", "0086-13800002065"),
        *("１３８００００２０６５", "\t13800002065", "'13800002065", "19900002065", "16600002065"),
        *("138****2065", "1380000****", "***********", "138xxxx2065", "+86 138****2065"),
        *("13800002065-1234", "13800002065转1234", "13800002065,1234", "13800002065 ext. 12", "13800002065[8123]"),
        *("0571-88882065", "(0755) 1234567", "010-12345678", "02112345678", "0571-88882065-801", "+86 571 88882065"),
        *("400-123-4567", "8008100000"),
        *("+852 9123 4567", "91234567", "+853 6612 3456", "0912345678", "02-23456789", "+886 912 345 678"),
        *("+1 (555) 123-4567", "555-123-4567", "+44 20 7946 0958", "0044 20 7946 0958"),
        *("13800002065/13900001111", "没有, 13800002065", "13800002065、"),
    ],
)
def test_numbers_that_are_in_order(text: str) -> None:
    assert phone_problem(text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "missing"),
        ("  ", "missing"),
        ("1380000206", "too_short"),
        ("1234567", "too_short"),
        ("0755-123456", "too_short"),
        ("138000020655", "too_long"),
        ("0571-888820655", "too_long"),
        ("12800002065", "unknown"),
        ("10000002065", "unknown"),
        ("138oooo2065", "characters"),
        ("1.38E+10", "characters"),
        ("无", "characters"),
        ("张三138****2065", "characters"),
        ("1380000206/1390000111", "too_short"),
        ("7" * 1000, "too_long"),
    ],
)
def test_numbers_that_are_not(text: str, problem: str) -> None:
    assert phone_problem(text) == problem
    assert phone_sentence(problem).endswith(".")


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    assert phone_problem(text) in {None, *PROBLEMS}


@settings(deadline=None)
@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(1, 10))
def test_a_mobile_number_with_a_digit_missing_is_noticed(number: str, place: int) -> None:
    assert phone_problem(number) is None
    assert phone_problem(number[:place] + number[place + 1 :]) is not None


@pytest.mark.parametrize(
    ("text", "number", "around"),
    [
        ("张三13800002065浙江", "13800002065", ("张三", "浙江")),
        ("张三 138 0000 2065 3栋", "13800002065", ("张三 ", " 3栋")),
        ("86-13800002065,李四", "13800002065", ("", ",李四")),
        ("1单元30113900009999 王", "13900009999", ("1单元301", " 王")),
        ("13800002065转801 王", "13800002065-801", ("", " 王")),
        ("(0755)1234567分机12", "0755-1234567-12", ("", "")),
        ("张 138****2065 广州", "138****2065", ("张 ", " 广州")),
        ("陈 +852 9123 4567", "+85291234567", ("陈 ", "")),
        ("200801000001 13688888888", "13688888888", ("200801000001 ", "")),
    ],
)
def test_finding_a_number(text: str, number: str, around: tuple[str, str]) -> None:
    found = find_phone(text)
    assert found is not None
    assert found.number == number
    assert (text[: found.start], text[found.end :]) == around


@pytest.mark.parametrize("text", ["", "3栋201室", "订单20080101368888888801", "253600", "4021123456789012345"])
def test_finding_none(text: str) -> None:
    assert find_phone(text) is None
