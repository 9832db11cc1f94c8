"""Codes read back, by a real reader, as what they were made of."""

from pathlib import Path

import pytest

from app.services.papers.codes import code128, qr_code
from app.services.papers.look import A4
from app.services.papers.press import Front
from app.services.papers.sheet import Sheet, write_paper
from tests.services.papers.reading import codes_of
from tests.services.papers.samples import SEAL

NUMBERS = ("20261123-0417", "1", "12345", "A1", "zg-2026/7", "00000000", "20261123-123456", "~ !")


def test_code_128_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "codes.pdf"

    def draw(sheet: Sheet) -> None:
        sheet.start()
        for number in NUMBERS:
            sheet.mark(code128(number, 60, sheet.y - 30, 180, 26))
            sheet.y -= 80

    write_paper(path, A4, Front("codes", "office"), draw)
    assert sorted(codes_of(path, tmp_path)) == sorted(("CODE-128", number) for number in NUMBERS)


@pytest.mark.parametrize("number", ["", "订单1", "1\n2", "é"])
def test_code_128_refuses_what_it_would_leave_out(number: str) -> None:
    with pytest.raises(ValueError, match="Code 128"):
        code128(number, 0, 0, 100, 20)


@pytest.mark.parametrize("text", [SEAL, SEAL.upper(), "ZG1:2026-11-23:48213:" + SEAL, "12345678"])
def test_qr_code_reads_back(text: str, tmp_path: Path) -> None:
    path = tmp_path / "code.pdf"

    def draw(sheet: Sheet) -> None:
        sheet.start()
        sheet.mark(qr_code(text, 100, 400, 110))

    write_paper(path, A4, Front("code", "office"), draw)
    assert codes_of(path, tmp_path) == [("QR-Code", text)]
