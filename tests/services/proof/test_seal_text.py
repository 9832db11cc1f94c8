"""A seal survives paper: typed, scanned, in groups, in capitals; anything else is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.proof.seal_text import SealUnreadableError, read_seal, write_seal

HASH = bytes(range(32))


def test_a_seal_in_fixed_widths() -> None:
    assert write_seal(date(2026, 11, 23), 4711, HASH) == "ZG1-20261123-0000004711-000102030405060708090a0b0c0d0e0f"


@given(
    st.dates(min_value=date(1970, 1, 1)),
    st.integers(1, 10**10 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(st.sampled_from(" -\n　－—")),
)
def test_what_was_written_is_read_back(day: date, seq: int, entry_hash: bytes, noise: list[str]) -> None:
    text = write_seal(day, seq, entry_hash).upper()
    for number, sign in enumerate(noise):
        at = number * 7 % len(text)
        text = text[:at] + sign + text[at:]
    found = read_seal(text)
    assert (found.day, found.seq, found.hash) == (day, seq, entry_hash.hex()[:32])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ZG2-20261123-0000004711-000102030405060708090a0b0c0d0e0f",
        "ZG1-20261323-0000004711-000102030405060708090a0b0c0d0e0f",
        "ZG1-20261123-0000004711-000102030405060708090a0b0c0d0e0",
        "ZG1-20261123-0000004711-000102030405060708090a0b0c0d0e0g",
        "ZG1-２０２６1123-0000004711-000102030405060708090a0b0c0d0e0f",
    ],
)
def test_what_is_no_seal_is_refused(text: str) -> None:
    with pytest.raises(SealUnreadableError):
        read_seal(text)


def test_a_seal_of_an_early_year_keeps_its_width() -> None:
    assert read_seal(write_seal(date(999, 1, 2), 1, HASH)).day == date(999, 1, 2)
