"""Codes for scanners as PDF operators: Code 128 for order numbers, QR for the seal."""

from itertools import groupby

from app.services.papers.look import BLACK

QUIET = 4  # modules of white that a QR code needs around it


def code128(value: str, x: float, y: float, width: float, height: float) -> str:
    """Printable ASCII as a Code 128 that fills the box exactly; the caller leaves ten modules free at both sides.

    Raises ValueError for other characters, which ReportLab would leave out in silence.
    """
    if not _printable(value):
        raise ValueError(f"not for Code 128: {value!r}")
    at = 0
    bars = []
    for letter in _decomposed(value):  # "A" to "D": a bar of one to four modules; "a" to "d": a gap
        modules = ord(letter.lower()) - 96
        if letter.isupper():
            bars.append(f"{at} 0 {modules} 1 re")
        at += modules
    return f"q {BLACK} rg {width / at:.5f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm {' '.join(bars)} f Q"


def code128_width(value: str, module: float) -> float | None:
    """How wide a Code 128 of `value` is at this width of a module; None where it cannot be one."""
    if not _printable(value):
        return None
    return module * sum(ord(letter.lower()) - 96 for letter in _decomposed(value))


def _printable(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable()


def _decomposed(value: str) -> str:
    from reportlab.graphics.barcode.code128 import Code128

    code = Code128(value, quiet=0)
    code.validate()
    code.encode()
    return str(code.decompose())


def qr_code(value: str, x: float, y: float, size: float) -> str:
    """Text as a QR code (a quarter may be damaged) in a square of `size` that includes its quiet zone."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.Q)
    code.addData(value)
    code.make()
    count = code.getModuleCount()
    bars = []
    for row in range(count):
        at = QUIET
        for dark, run in groupby(bool(code.isDark(row, column)) for column in range(count)):
            length = len(list(run))
            if dark:
                bars.append(f"{at} {count - 1 - row + QUIET} {length} 1 re")
            at += length
    module = size / (count + 2 * QUIET)
    return f"q {BLACK} rg {module:.5f} 0 0 {module:.5f} {x:.2f} {y:.2f} cm {' '.join(bars)} f Q"
