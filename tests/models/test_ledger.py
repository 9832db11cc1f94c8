"""The hash covers every part of an entry, and no two entries share one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.canonical import canonical
from app.models.ledger import GENESIS, entry_hash

ENTRY: dict[str, Any] = {
    "previous": GENESIS,
    "seq": 7,
    "at": 1_763_856_000_000,
    "person": 2,
    "kind": "order.contacted",
    "subject": 3,
    "content": '{"late":false}',
}


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("previous", b"\x01" * 32),
        ("seq", 8),
        ("at", 1_763_856_000_001),
        ("person", 3),
        ("kind", "order.confirmed"),
        ("subject", None),
        ("content", '{"late":true}'),
    ],
)
def test_each_part_changes_the_hash(part: str, other: object) -> None:
    assert entry_hash(**ENTRY) != entry_hash(**(ENTRY | {part: other}))


def test_digits_do_not_slip_from_one_part_into_the_next() -> None:
    assert entry_hash(**(ENTRY | {"seq": 71, "at": 2})) != entry_hash(**(ENTRY | {"seq": 7, "at": 12}))
    assert entry_hash(**(ENTRY | {"person": 1, "subject": 23})) != entry_hash(**(ENTRY | {"person": 12, "subject": 3}))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), values, max_size=6))
def test_canonical_content_is_one_line_and_reads_back(content: dict[str, object]) -> None:
    text = canonical(content)
    assert "\n" not in text
    assert json.loads(text) == content
    assert canonical(json.loads(text)) == text


def test_canonical_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": {"d": 2, "c": 3}}) == canonical({"a": {"c": 3, "d": 2}, "b": 1})


def test_a_float_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"amount": float("nan")})
