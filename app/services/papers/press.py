"""From marks to a PDF file: the ReportLab side of a paper, and putting the paper into place whole or not at all.

Papers are made one at a time, because ReportLab's fonts keep a reading position.
"""

import functools
import os
import threading
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from app.errors import OutsideError, RuleError, system_reason
from app.i18n import N_, language
from app.services.papers.look import Format, Style
from app.services.papers.typeface import BOLD, REGULAR, clean, font

one_at_a_time = threading.Lock()


class PaperNotWrittenError(OutsideError):
    """The finished paper could not be put where it was wanted."""

    message = N_("The paper could not be written to {path}: {detail}")


class NothingToPrintError(RuleError):
    """A paper without an order on it is no paper."""

    message = N_("There is no order to print.")


@dataclass(frozen=True, slots=True)
class Front:
    """What a paper says of itself in its metadata and at the head of its later pages."""

    title: str
    office: str
    subject: str = ""


def copied_as(text: str, operators: str) -> str:
    """Operators that show something and are copied, searched and read aloud as `text`."""
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC {operators} EMC"


class Press:
    """Encodes text for one document and prints finished pages into it; the same pages always give the same bytes."""

    def __init__(self, form: Format, front: Front) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # bytes as they are: a fifth smaller than as letters
        self._faces = {bold: font(BOLD if bold else REGULAR) for bold in (False, True)}
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file,
            pagesize=(form.width, form.height),
            pageCompression=1,
            invariant=1,
            initialFontName=REGULAR,  # else every paper names a typeface that it does not bring along
            lang=language().replace("_", "-"),
        )
        self._canvas.setTitle(front.title)
        self._canvas.setAuthor(clean(front.office))
        self._canvas.setSubject(front.subject)
        self._canvas.setCreator("Zhanggui")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self.encode = functools.lru_cache(maxsize=8192)(self._encode)
        self._font = functools.lru_cache(maxsize=1024)(self._choose_font)

    def _encode(self, text: str, style: Style) -> str:
        """Cleaned text as the operators that show it; each font of the document holds 256
        characters at most, the first of them all of ASCII in its usual place."""
        if text.isascii():
            return f"{self._font(style.bold, style.size, 0)} ({self._canvas._escape(text)}) Tj"
        shown = " ".join(
            f"{self._font(style.bold, style.size, subset)} ({self._canvas._escape(codes)}) Tj"
            for subset, codes in self._faces[style.bold].splitString(text, self._canvas._doc)
        )
        # ReportLab's own table of what the glyphs stand for ends at the basic plane.
        return copied_as(text, shown) if max(text) > "\uffff" else shown

    def _choose_font(self, bold: bool, size: float, subset: int) -> str:
        return f"{self._faces[bold].getSubsetInternalName(subset, self._canvas._doc)} {size} Tf"

    def print_page(self, marks: str) -> None:
        """Add a page."""
        self._canvas.addLiteral(marks)
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The document; nothing can be added after."""
        self._canvas.save()
        return self._file.getvalue()


def put_in_place(content: bytes, path: Path) -> None:
    """Write `content` beside `path`, then move it there: never half a paper; raises PaperNotWrittenError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise PaperNotWrittenError(path=path, detail=system_reason(error)) from error
