"""JSON exports become rows of dotted paths."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import InputError
from app.services.intake.documents import MAX_BYTES, document_tables
from app.services.intake.errors import BrokenFileError, EmptyFileError, EncodingError, OversizedFileError
from app.services.intake.tables import no_progress

ORDER = {
    "name": "#1001",
    "note": None,
    "paid": True,
    "id": 12345678901234567890,
    "total": 10.10,
    "address": {"city": "Lyon"},
    "tags": ["a", "b"],
    "shipping": [{"price": "1.10"}, {"price": 2.05}, {"price": None}],
    "items": [{"sku": "A", "n": 1}, {"sku": "B", "n": 2}],
}
PATHS = ["name", "note", "paid", "id", "total", "address.city", "tags", "shipping[+].price", "shipping[1].price", "items[].sku", "items[].n", "gone.here"]  # fmt: skip # noqa: E501


def write(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def rows(path: Path, columns: list[str] = PATHS) -> list[tuple[int, list[str]]]:
    return list(document_tables(path, [columns])[0].open_rows(no_progress))


def test_an_order_is_a_row_for_each_item(tmp_path: Path) -> None:
    header, *found = rows(write(tmp_path / "a.json", ORDER))
    assert header == (0, [name for name in PATHS if name != "gone.here"])
    order = ["#1001", "", "TRUE", "12345678901234567890", "10.1", "Lyon", "", "3.15", "2.05"]
    assert found == [(1, [*order, "A", "1"]), (1, [*order, "B", "2"])]


@pytest.mark.parametrize("wrap", [lambda o: o, lambda o: [o], lambda o: {"order": o}, lambda o: {"orders": [o]}])
def test_the_usual_envelopes(tmp_path: Path, wrap: Any) -> None:
    assert len(rows(write(tmp_path / "a.json", wrap(ORDER)))) == 3


def test_orders_count_from_one_and_may_differ(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", [{"name": "1", "items": []}, {"name": "2", "total": 5}, "no order", None])
    assert rows(path, ["name", "total", "items[].sku"]) == [
        (0, ["name", "total"]),
        (1, ["1", ""]),
        (2, ["2", "5"]),
        (3, ["", ""]),
        (4, ["", ""]),
    ]


def test_every_path_is_shown_for_a_mapping(tmp_path: Path) -> None:
    (shown,) = document_tables(write(tmp_path / "a.json", [ORDER]), [])
    header = next(iter(shown.open_rows(no_progress)))[1]
    assert {"name", "address.city", "items[].sku", "shipping[].price"} <= set(header)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b'{"orders": [{"name": "1"}', BrokenFileError),
        (b"[]", EmptyFileError),
        (b'{"name": "\xff"}', EncodingError),
        (b"[" * 100_000, BrokenFileError),
        (b'{"total": ' + b"9" * 5000 + b"}x", BrokenFileError),
    ],
)
def test_what_is_no_json_is_refused(tmp_path: Path, data: bytes, error: type[InputError]) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(error):
        document_tables(path, [])


def test_a_file_too_large_for_memory_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        file.write(b"[")
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(OversizedFileError):
        document_tables(path, [])


def test_deep_nesting_does_no_harm(tmp_path: Path) -> None:
    deep: Any = "x"
    for _level in range(400):
        deep = {"a": deep}
    table = document_tables(write(tmp_path / "a.json", {"name": "1", "deep": deep}), [["name"]])[0]
    assert len(list(table.open_rows(no_progress))) == 2
