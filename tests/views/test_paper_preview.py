"""The preview: pages, zoom, saving, and printing to a real (PDF) printer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPageLayout
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A5, landscape
from reportlab.pdfgen.canvas import Canvas

from app.errors import CancelledError, OutsideError
from app.views.paper_preview import PaperPreview, PaperUnreadableError, print_pages, printer_for, save_copy
from app.views.tasks import ImmediateTasks, Progress, Tasks
from tests.views.conftest import Reports

PAGES = 3


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "note.pdf"
    canvas = Canvas(str(path), pagesize=A5)
    for page in range(PAGES):
        canvas.rect(100, 100 + 100 * page, 150, 50, fill=1)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def preview(qtbot: QtBot, tasks: ImmediateTasks, paper: Path) -> PaperPreview:
    result = PaperPreview(paper, "Delivery note", tasks)
    qtbot.addWidget(result)
    result.show()
    return result


@pytest.fixture
def real(reports: Reports) -> Iterator[Tasks]:
    result = Tasks(reports)
    yield result
    result.close()


def pdf_printer(paper: Path, target: Path) -> QPrinter:
    document = QPdfDocument()
    document.load(str(paper))
    printer = printer_for(document)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setResolution(300)
    return printer


def black_rows(path: Path, page: int) -> tuple[float, float]:
    """Where the black rectangle of a page stands: its first and last row, as shares of the page."""
    document = QPdfDocument()
    assert document.load(str(path)) == QPdfDocument.Error.None_
    image = document.render(page, QSize(210, 297))
    dark = [
        y for y in range(image.height()) if image.pixelColor(85, y).alpha() and image.pixelColor(85, y).lightness() < 60
    ]
    return min(dark) / image.height(), max(dark) / image.height()


def test_it_counts_its_pages_and_goes_through_them(qtbot: QtBot, preview: PaperPreview) -> None:
    assert preview._page.text() == "Page 1 of 3"
    assert not preview.back_action.isEnabled()

    preview.next_action.trigger()
    preview.next_action.trigger()

    qtbot.waitUntil(lambda: preview._page.text() == "Page 3 of 3")
    assert not preview.next_action.isEnabled()
    preview.back_action.trigger()
    qtbot.waitUntil(lambda: preview._page.text() == "Page 2 of 3")


def test_zoom_grows_and_shrinks_from_what_is_seen_and_has_ends(preview: PaperPreview) -> None:
    preview.in_action.trigger()
    first = preview.view.zoomFactor()
    preview.in_action.trigger()
    assert preview.view.zoomFactor() == pytest.approx(first * 1.25)

    for _time in range(40):
        preview.in_action.trigger()
    assert preview.view.zoomFactor() == 5.0
    for _time in range(40):
        preview.out_action.trigger()
    assert preview.view.zoomFactor() == 0.25


def test_a_paper_that_is_not_there_is_said(tasks: ImmediateTasks, tmp_path: Path, qtbot: QtBot) -> None:
    with pytest.raises(PaperUnreadableError):
        PaperPreview(tmp_path / "nothing.pdf", "Nothing", tasks)


def test_a_file_that_is_no_pdf_is_said(tasks: ImmediateTasks, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"not a paper")

    with pytest.raises(PaperUnreadableError):
        PaperPreview(path, "Broken", tasks)


def test_saving_copies_the_paper_and_tells(
    preview: PaperPreview, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "saved.pdf"
    saved: list[Path] = []
    preview.saved.connect(saved.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))

    preview.save_action.trigger()

    assert target.read_bytes() == paper.read_bytes()
    assert saved == [target]
    assert preview.strip.text() == "Saved as saved.pdf."


def test_a_save_given_up_does_nothing(preview: PaperPreview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    saved: list[Path] = []
    preview.saved.connect(saved.append)

    preview.save_action.trigger()

    assert saved == []


def test_a_place_that_cannot_be_written_is_said(paper: Path, tmp_path: Path) -> None:
    with pytest.raises(OutsideError):
        save_copy(paper, tmp_path / "no such folder" / "x.pdf")


def test_the_printed_pages_are_the_papers(qtbot: QtBot, real: Tasks, paper: Path, tmp_path: Path) -> None:
    preview = PaperPreview(paper, "Delivery note", real)
    qtbot.addWidget(preview)
    printer = pdf_printer(paper, tmp_path / "printed.pdf")

    with qtbot.waitSignal(preview.saved, timeout=20_000):
        preview.print_to(printer)

    printed = QPdfDocument()
    assert printed.load(str(tmp_path / "printed.pdf")) == QPdfDocument.Error.None_
    assert printed.pageCount() == PAGES
    assert printed.pagePointSize(0).width() == pytest.approx(A5[0], abs=1.5)
    for page in range(PAGES):
        before, after = black_rows(paper, page), black_rows(tmp_path / "printed.pdf", page)
        assert after == pytest.approx(before, abs=0.01)
    assert preview.print_action.isEnabled()


def test_sent_to_a_printer_it_is_said_so(qtbot: QtBot, preview: PaperPreview, monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(_path: Path, _printer: QPrinter, _tell: Progress) -> int:
        return PAGES

    monkeypatch.setattr("app.views.paper_preview.print_pages", at_once)
    with qtbot.waitSignal(preview.printed, timeout=5_000), qtbot.assertNotEmitted(preview.saved):
        preview.print_to(printer_for(preview.document))
    assert preview.strip.text() == "Sent to the printer: 3 pages."


def test_printed_into_a_file_it_is_said_to_be_saved(
    qtbot: QtBot, preview: PaperPreview, paper: Path, tmp_path: Path
) -> None:
    target = tmp_path / "值班表.pdf"
    with qtbot.waitSignal(preview.saved, timeout=5_000) as saved, qtbot.assertNotEmitted(preview.printed):
        preview.print_to(pdf_printer(paper, target))
    assert saved.args == [target]
    assert target.exists()
    assert preview.strip.text() == "Saved as 值班表.pdf."


def test_a_range_prints_only_its_pages(qtbot: QtBot, paper: Path, tmp_path: Path) -> None:
    printer = pdf_printer(paper, tmp_path / "printed.pdf")
    printer.setFromTo(2, 2)

    assert print_pages(paper, printer, Progress()) == 1

    printed = QPdfDocument()
    printed.load(str(tmp_path / "printed.pdf"))
    assert printed.pageCount() == 1
    assert black_rows(tmp_path / "printed.pdf", 0) == pytest.approx(black_rows(paper, 1), abs=0.01)


def test_a_printing_cancelled_stops(qtbot: QtBot, paper: Path, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()

    with pytest.raises(CancelledError):
        print_pages(paper, pdf_printer(paper, tmp_path / "printed.pdf"), progress)


def test_a_wide_paper_is_printed_wide(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "wide.pdf"
    canvas = Canvas(str(path), pagesize=landscape(A5))
    canvas.showPage()
    canvas.save()
    document = QPdfDocument()
    document.load(str(path))

    layout = printer_for(document).pageLayout()

    assert layout.orientation() == QPageLayout.Orientation.Landscape
