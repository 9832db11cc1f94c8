"""Any file becomes tables; what it is shows in its first bytes, not in its name."""

from collections.abc import Sequence
from pathlib import Path

from app.errors import system_reason
from app.services.intake.compound import MAGIC as COMPOUND
from app.services.intake.documents import document_tables
from app.services.intake.errors import BinaryFileError, EmptyFileError, FileUnreadableError, WebPageError
from app.services.intake.tables import Table
from app.services.intake.text import text_tables
from app.services.intake.workbook import workbook_tables

_ZIP = b"PK\x03\x04"
_NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"GIF8", b"MZ")
_BOM = b"\xef\xbb\xbf"


def open_tables(path: Path, documents: Sequence[Sequence[str]] = (), *, measured: bool = False) -> list[Table]:
    """The tables of a file (`documents`: the paths that JSON formats know); raises an InputError with advice.

    `measured` says that the same file was opened before, so that it is no bomb.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4096)
        return _open(path, start, documents, measured)
    except OSError as error:
        raise FileUnreadableError(file=path.name, detail=system_reason(error)) from error


def _open(path: Path, start: bytes, documents: Sequence[Sequence[str]], measured: bool) -> list[Table]:
    if not start:
        raise EmptyFileError(file=path.name)
    if start.startswith((_ZIP, COMPOUND)):
        return workbook_tables(path, compound=start.startswith(COMPOUND), measured=measured)
    if start.startswith(_NO_TABLES):
        raise BinaryFileError(file=path.name)
    shown = start.removeprefix(_BOM).lstrip()
    if shown[:1] in (b"{", b"["):
        return document_tables(path, documents)
    if shown[:64].lower().startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<style")):
        raise WebPageError(file=path.name)
    return text_tables(path)
