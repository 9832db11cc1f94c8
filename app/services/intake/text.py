"""Text files: one pass finds the encoding and refuses what is no order export, then rows are streamed."""

import codecs
import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO

from app.services.intake.errors import (
    BinaryFileError,
    BrokenFileError,
    ChangedFileError,
    EmptyFileError,
    EncodingError,
    LongLineError,
    TruncatedFileError,
)
from app.services.intake.tables import PROGRESS_ROWS, Progress, Row, Table

CHUNK = 1 << 20  # bytes; a chunk without any line end is part of a line too long
DELIMITERS = (",", "\t", ";")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_GUESSES = (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
_MARK = "\x1aend\x1a"
_CUT_OFF = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over a text file found."""

    codec: str
    encoding: str  # as told to the person
    ended: bool  # whether the last line has its line end


def survey(path: Path) -> Survey:
    """The encoding (BOM, then strict UTF-8, then GB18030); raises an InputError for what is no text table."""
    with path.open("rb") as file:
        start = file.read(4)
        marked = [(codec, name) for bom, codec, name in _BOMS if start.startswith(bom)]
        for codec, encoding in marked[:1] or _GUESSES:
            file.seek(0)
            try:
                return Survey(codec, encoding, _scan(file, path, codec))
            except UnicodeDecodeError as error:
                if error.reason in _CUT_OFF:
                    raise TruncatedFileError(file=path.name) from None
    raise EncodingError(file=path.name)


def _scan(file: IO[bytes], path: Path, codec: str) -> bool:
    """Decode everything once; True where the last line has its line end."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    lines, last, blank = 1, "", True
    for chunk in iter(partial(file.read, CHUNK), b""):
        if codec != "utf-16" and 0 in chunk:
            raise BinaryFileError(file=path.name)
        text = decoder.decode(chunk)
        if len(chunk) == CHUNK and "\n" not in text and "\r" not in text:
            raise LongLineError(file=path.name, line=lines, limit=CHUNK)
        lines += text.count("\n")
        last = text[-1:] or last
        blank = blank and not text.strip("\ufeff \t\r\n")
    decoder.decode(b"", final=True)
    if blank:
        raise EmptyFileError(file=path.name)
    return last in "\r\n"


def text_tables(path: Path) -> list[Table]:
    """The file read with each delimiter; which one is meant shows in the header."""
    found = survey(path)
    return [
        Table(
            path,
            found.encoding,
            partial(_rows, path, found, delimiter, csv.QUOTE_MINIMAL),
            delimiter,
            partial(_rows, path, found, delimiter, csv.QUOTE_NONE),
        )
        for delimiter in DELIMITERS
    ]


def _rows(path: Path, found: Survey, delimiter: str, quoting: int, progress: Progress) -> Iterator[Row]:
    number = 0
    before: list[str] = []
    final: list[str] = []
    last: list[str] = []
    with path.open("rb") as raw:
        size = os.fstat(raw.fileno()).st_size or 1
        file = io.TextIOWrapper(raw, encoding=found.codec, newline="")
        # The mark comes out as a row of its own, unless a quotation mark before it was never closed.
        rows = csv.reader(chain(file, (_MARK,)), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
        try:
            last = next(rows)
            for cells in rows:
                before, final, last = final, last, cells
                number += 1
                yield number, final
                if not number % PROGRESS_ROWS:
                    progress(min(raw.tell() / size, 1.0))
        except csv.Error as error:
            raise BrokenFileError(file=path.name, detail=error) from error
        except UnicodeDecodeError as error:
            raise ChangedFileError(file=path.name) from error
    if last != [_MARK] or (not found.ended and len(final) < len(before)):
        raise TruncatedFileError(file=path.name)
