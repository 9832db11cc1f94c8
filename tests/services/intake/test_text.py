"""Text files: encodings, delimiters and what is refused."""

import csv
import tracemalloc
from pathlib import Path

import pytest

from app.errors import InputError
from app.services.intake.errors import (
    BinaryFileError,
    BrokenFileError,
    EmptyFileError,
    EncodingError,
    LongLineError,
    TruncatedFileError,
)
from app.services.intake.files import open_tables
from app.services.intake.tables import no_progress
from app.services.intake.text import CHUNK, survey, text_tables

TEXT = "订单编号,标题,价格,购买数量\n1001,赤霞珠,9.90,1\n"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gbk", "GB18030"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
def test_the_encoding_is_found(tmp_path: Path, codec: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode(codec))
    assert survey(path).encoding == encoding
    rows = list(text_tables(path)[0].open_rows(no_progress))
    assert rows == [(1, ["订单编号", "标题", "价格", "购买数量"]), (2, ["1001", "赤霞珠", "9.90", "1"])]


def test_big_endian_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert survey(path).encoding == "UTF-16"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFileError),
        (b"\xef\xbb\xbf \r\n\t\r\n", EmptyFileError),
        (b"a,b\n1,\x00\x01\x02\n", BinaryFileError),
        (b"\x89PNG\r\n\x1a\n rest", BinaryFileError),
        (b"%PDF-1.7 rest", BinaryFileError),
        ("a,b\ncafé,1\n".encode("latin-1"), EncodingError),
        (b"\xef\xbb\xbfa,b\n\xff\xfe,1\n", EncodingError),
        (TEXT.encode()[:-10], TruncatedFileError),  # in the middle of a character
        ("订单编号,标题\n1001,赤霞".encode("gbk")[:-1], TruncatedFileError),
        (TEXT.encode("utf-16")[:-1], TruncatedFileError),
    ],
)
def test_what_is_no_text_table_is_refused(tmp_path: Path, data: bytes, error: type[InputError]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(error, match=r"a\.csv"):
        open_tables(path)


@pytest.mark.parametrize("text", ["a,b,c\n1,2,3\n4,5", 'a,b\n1,2\n3,"4\n5,6\n', 'a,b\n1,"2', "a,b,c\n1"])
def test_a_file_that_breaks_off_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TruncatedFileError):
        list(text_tables(path)[0].open_rows(no_progress))


@pytest.mark.parametrize(
    "text", ["a,b,c\n1,2,3\n4,5\n", "a,b,c\n1,2\n4,5", 'a,b\n1,"2\n3"', 'a,"b"x\n1,2', 'a,b\n1,5" disk\n']
)
def test_a_file_that_is_merely_untidy_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert list(text_tables(path)[0].open_rows(no_progress))


def test_a_line_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n1,")
        file.write(b"x" * (2 * CHUNK))
        file.truncate(2 << 30)  # sparse: the rest takes no room on the disk
    tracemalloc.start()
    with pytest.raises(LongLineError, match=r"Line 2 of a\.csv"):
        open_tables(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20


def test_a_line_just_below_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    notes = ",".join(["x" * 1000] * 1000)
    path.write_text(f"a,b\n{notes}\n", encoding="utf-8")
    assert len(notes) < CHUNK
    assert len(list(text_tables(path)[0].open_rows(no_progress))[1][1]) == 1000


def test_a_cell_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"' + "line\n" * (csv.field_size_limit() // 4), encoding="utf-8")
    with pytest.raises(BrokenFileError):
        list(text_tables(path)[0].open_rows(no_progress))


def test_quotation_marks_may_mean_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text('a\tb\n1\t"5 inch\n2\tx\n', encoding="utf-8")
    table = text_tables(path)[1]
    assert table.unquoted is not None
    assert [cells for _row, cells in table.unquoted(no_progress)] == [["a", "b"], ["1", '"5 inch'], ["2", "x"]]


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 50_000, encoding="utf-8")
    told: list[float] = []
    assert sum(1 for _row in text_tables(path)[0].open_rows(told.append)) == 50_001
    assert told == sorted(told)
    assert len(told) > 10
    assert 0 < told[0] < told[-1] <= 1
