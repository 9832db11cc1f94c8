"""What lies in a folder tells orders apart without telling who it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.records.masks import mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("陈立群", "陈**"),
        ("王敏", "王*"),
        ("欧阳立群", "欧**"),
        ("陈", "*"),
        ("", ""),
        ("陈**", "陈**"),
        ("John Smith", "J**"),
    ],
)
def test_a_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13900002065", "139****2065"),
        ("+86 139-0000-2065", "861****2065"),
        ("138****2065", "138****2065"),
        ("0871-123456", "087****3456"),
        ("12345", "****45"),
        ("", ""),
    ],
)
def test_a_phone(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text(min_size=2, max_size=20), st.from_regex(r"1[0-9]{10}", fullmatch=True))
def test_nothing_whole_is_left(name: str, phone: str) -> None:
    assert "*" in mask_name(name)
    assert "*" in mask_phone(phone)
    assert phone not in mask_phone(phone)
