"""Cells of a workbook whose formula ended in an error: calamine shows them as empty, which would hide a lost price."""

import html
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

from app.services.intake.compound import records, workbook_stream

Faults: TypeAlias = Mapping[int, Mapping[int, str]]  # row counted from 1 → column counted from 0 → "#REF!"

_CHUNK = 1 << 20
_OVERLAP = 1 << 15  # longer than any cell with a formula
_MARKS = (b't="e"', b"t='e'")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*\bt\s*=\s*[\"']e[\"'][^<>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>\s*(#[^<\s]{1,20})\s*<")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_UNNAMED = "#ERROR!"

_WORDS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_SHEET_RECORD, _ERROR, _FORMULAS = 0x0085, 0x0205, (0x0006, 0x0406)
_OLD = 0x0500  # the version of Excel 5 and 95, whose texts are bytes
_CODES = rb"[\x00\x07\x0f\x17\x1d\x24\x2a]"
# A look at the bytes alone: the records are only gone through where there may be errors.
_MAYBE = re.compile(
    rb"\x05\x02\x08\x00.{6}" + _CODES + rb"\x01|\x06[\x00\x04].{2}.{6}\x02.[\x00-\x2a].{3}\xff\xff", re.DOTALL
)


def xlsx_faults(path: Path) -> dict[str, Faults]:
    """The cells with errors of each sheet that has any, by the sheet's name; for a package that was checked before."""
    with zipfile.ZipFile(path) as package:
        parts = {part: found for part in _sheet_parts(package) if (found := _part_faults(package, part))}
        return {name: parts[part] for name, part in _sheet_names(package) if part in parts} if parts else {}


def _sheet_parts(package: zipfile.ZipFile) -> Iterator[str]:
    return (name for name in package.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml"))


def _sheet_names(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part of the package that it stands in."""
    relations = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    found = (dict(_ATTRIBUTE.findall(text)) for text in _RELATION.findall(relations))
    targets = {each.get("Id", ""): each.get("Target", "") for each in found}
    book = package.read("xl/workbook.xml").decode("utf-8", "replace")
    for text in _SHEET.findall(book):
        sheet = dict(_ATTRIBUTE.findall(text))
        target = next((targets.get(value, "") for name, value in sheet.items() if name.endswith(":id")), "")
        yield html.unescape(sheet.get("name", "")), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _part_faults(package: zipfile.ZipFile, part: str) -> Faults:
    found: dict[int, dict[int, str]] = {}
    tail = b""
    with package.open(part) as file:
        for chunk in iter(partial(file.read, _CHUNK), b""):
            window = tail + chunk
            if any(mark in window for mark in _MARKS):
                for attributes, content in _CELL.findall(window):
                    _note(found, attributes, content)
            tail = window[-_OVERLAP:]
    return found


def _note(found: dict[int, dict[int, str]], attributes: bytes, content: bytes) -> None:
    place = _PLACE.search(attributes)
    if place:
        value = _VALUE.search(content)
        found.setdefault(int(place[2]), {})[_column(place[1])] = value[1].decode() if value else _UNNAMED


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def xls_faults(path: Path, codec: str) -> dict[str, Faults]:
    """The same of an old workbook that was checked before; `codec` reads the texts of the oldest ones."""
    book = workbook_stream(path)
    if not _MAYBE.search(book):
        return {}
    sheets = [body for kind, body in records(book, path) if kind == _SHEET_RECORD]
    codec = codec if int.from_bytes(book[4:6], "little") == _OLD else ""
    found = {_sheet_name(body, codec): _sheet_faults(book[_offset(body) :], path) for body in sheets}
    return {name: faults for name, faults in found.items() if faults}


def _offset(body: bytes) -> int:
    return int.from_bytes(body[:4], "little")


def _sheet_name(body: bytes, codec: str) -> str:
    if codec:
        return body[7 : 7 + body[6]].decode(codec, "replace")
    return body[8 : 8 + 2 * body[6]].decode("utf-16-le") if body[7] & 1 else body[8 : 8 + body[6]].decode("latin-1")


def _sheet_faults(sheet: bytes, path: Path) -> Faults:
    found: dict[int, dict[int, str]] = {}
    for kind, body in records(sheet, path):
        code = _error_code(kind, body)
        if code is not None:
            row, column = struct.unpack_from("<HH", body)
            found.setdefault(row + 1, {})[column] = _WORDS.get(code, _UNNAMED)
    return found


def _error_code(kind: int, body: bytes) -> int | None:
    if kind == _ERROR and len(body) >= 8 and body[7] == 1:
        return body[6]
    if kind in _FORMULAS and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        return body[8]
    return None
