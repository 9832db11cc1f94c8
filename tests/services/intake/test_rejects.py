"""Rejects as a file."""

import csv
from pathlib import Path

import pytest

from app.services.intake.draft import Reject
from app.services.intake.rejects import write_rejects
from app.services.spreadsheet import UnwritableFileError


def test_a_spreadsheet_runs_nothing_in_it(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    numbers = ["=1+1", "+86", "-5", "@x", "\tx", "1001", "王，\n五"]
    write_rejects(path, [Reject(row, f"={row}", number) for row, number in enumerate(numbers, 2)])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["Row", "Order number", "Reason"]
    assert [row[1] for row in rows] == ["'=1+1", "'+86", "'-5", "'@x", "'\tx", "1001", "王，\n五"]
    assert [row[0] for row in rows] == [str(row) for row in range(2, 9)]
    assert all(row[2].startswith("'=") for row in rows)


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFileError):
        write_rejects(tmp_path / "gone" / "rejects.csv", [])
