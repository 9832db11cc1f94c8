"""A paper before it is printed: its pages, zoom, save as PDF, and the system's print dialog."""

import shutil
from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget

from app.errors import CancelledError, OutsideError, system_reason
from app.i18n import N_, _
from app.views.tasks import Progress, Tasks
from app.views.theme import GAP_2, Kind
from app.views.widgets.busy_dialog import BusyDialog
from app.views.widgets.buttons import icon_button, new_action, plain_button, primary_button
from app.views.widgets.labels import label
from app.views.widgets.layouts import below
from app.views.widgets.strip import Strip

ZOOM_STEP = 1.25
ZOOM_MIN, ZOOM_MAX = 0.25, 5.0
MAX_DPI = 600  # a page of A4 in 32 bit colour is 139 MB there; finer than that nobody sees


class PaperUnreadableError(OutsideError):
    """The PDF is not there or cannot be read."""

    message = N_("The paper cannot be shown: {detail}")


class PrinterError(OutsideError):
    """The printer did not take the paper."""

    message = N_("The printer did not take the paper. Check that it is on and connected, then print again.")


class PaperPreview(BusyDialog):
    """Shows the PDF at `path`; tells when it was printed or saved, so that the caller can put that on record."""

    printed = Signal()
    saved = Signal(object)  # Path

    def __init__(self, path: Path, title: str, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._path = path
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        room = self.screen().availableSize()
        self.resize(min(860, room.width()), min(900, room.height() - 40))
        self.strip = Strip()
        self.document = QPdfDocument(self)
        _load(self.document, path)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(title)
        self.view.pageNavigator().currentPageChanged.connect(self._on_page_changed)
        self._page = label("", "dim")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Printing"))
        self._build_actions()
        self._lay_out()
        self._on_page_changed(0)

    def _build_actions(self) -> None:
        self.print_action = new_action(self, _("Print…"), self._on_print, "printer", "Ctrl+P")
        self.save_action = new_action(self, _("Save as PDF…"), self._on_save, "content-save-outline", "Ctrl+S")
        self.back_action = new_action(self, _("Previous page"), lambda: self._go(-1), "chevron-left", "Ctrl+PgUp")
        self.next_action = new_action(self, _("Next page"), lambda: self._go(1), "chevron-right", "Ctrl+PgDown")
        self.out_action = new_action(
            self, _("Smaller"), lambda: self._zoom(1 / ZOOM_STEP), "magnify-minus-outline", "Ctrl+-"
        )
        self.in_action = new_action(self, _("Larger"), lambda: self._zoom(ZOOM_STEP), "magnify-plus-outline", "Ctrl+=")
        self.fit_action = new_action(self, _("Page width"), self._fit, "file-document-outline", "Ctrl+0")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(10, 9, 10, 9)
        row.setSpacing(GAP_2)
        row.addWidget(primary_button(self.print_action, show_key=True))
        row.addWidget(plain_button(self.save_action))
        row.addStretch(1)
        for action in (self.back_action, self.next_action):
            row.addWidget(icon_button(action))
        row.addWidget(self._page)
        for action in (self.out_action, self.in_action, self.fit_action):
            row.addWidget(icon_button(action))
        below(row, self.strip, self.bar, self.view, owner=self)
        self.view.setFocus()

    def _zoom(self, factor: float) -> None:
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom:  # start from what is seen
            points = self.document.pagePointSize(0).width() or 1.0
            shown = self.view.viewport().width() / (points * self.logicalDpiX() / 72)
            self.view.setZoomFactor(shown)
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(self.view.zoomFactor() * factor, ZOOM_MIN), ZOOM_MAX))

    def _fit(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _go(self, step: int) -> None:
        navigator = self.view.pageNavigator()
        page = navigator.currentPage() + step
        if 0 <= page < self.document.pageCount():
            navigator.jump(page, QPointF())

    def _on_page_changed(self, page: int) -> None:
        pages = self.document.pageCount()
        self._page.setText(_("Page {page} of {pages}").format(page=page + 1, pages=pages))
        self.back_action.setEnabled(page > 0)
        self.next_action.setEnabled(page + 1 < pages)

    def _on_save(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), self.windowTitle() + ".pdf", _("PDF files (*.pdf)")
        )
        if not chosen:
            return
        source, target = self._path, Path(chosen)
        self._tasks.run(self, lambda: save_copy(source, target), lambda _done: self._on_saved(target))

    def _on_saved(self, target: Path) -> None:
        self.strip.show_message(_("Saved as {name}.").format(name=target.name), Kind.OK)
        self.saved.emit(target)

    def _on_print(self) -> None:
        printer = printer_for(self.document)
        printer.setDocName(self.windowTitle())  # in the printer's queue, and of a file
        dialog = QPrintDialog(printer, self)
        dialog.setOptions(QPrintDialog.PrintDialogOption.PrintPageRange | QPrintDialog.PrintDialogOption.PrintToFile)
        dialog.setMinMax(1, self.document.pageCount())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print the chosen pages, off the window's thread; Esc stops after the page in hand."""
        self.print_action.setEnabled(False)
        path, file = self._path, printer.outputFileName()
        self.run_long(
            lambda tell: print_pages(path, printer, tell),
            lambda pages: self._on_printed(pages, file),
            self._on_print_failed,
        )

    def _on_printed(self, pages: int, file: str) -> None:
        """Where there is no printer, the system's dialog offers a file: no paper comes out of that."""
        self.print_action.setEnabled(True)
        if file:
            self._on_saved(Path(file))
            return
        self.strip.show_message(_("Sent to the printer: {pages} pages.").format(pages=pages), Kind.OK)
        self.printed.emit()

    def _on_print_failed(self, error: Exception) -> None:
        self.print_action.setEnabled(True)
        if isinstance(error, (CancelledError, OutsideError)):
            self.strip.show_message(str(error), Kind.WARN)
        else:
            raise error


def printer_for(document: QPdfDocument) -> QPrinter:
    """A printer set to the size and orientation of the document's first page."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    points = document.pagePointSize(0)
    wide = points.width() > points.height()
    upright = points.transposed() if wide else points
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, way, QMarginsF()))
    printer.setFullPage(True)
    return printer


def print_pages(path: Path, printer: QPrinter, progress: Progress) -> int:
    """Draw the pages of the PDF that the printer was set to, at its resolution; the number of pages drawn.

    May run in any thread: Qt lets a painter draw on a printer there, and the document is opened anew.
    """
    owner = QObject()
    document = QPdfDocument(owner)
    _load(document, path)
    first = max(printer.fromPage(), 1)
    last = printer.toPage() or document.pageCount()
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterError
    try:
        for place, page in enumerate(range(first - 1, last)):
            progress(place / (last - first + 1))
            if place and not printer.newPage():
                raise PrinterError
            _print_page(document, page, printer, painter)
    except CancelledError:
        printer.abort()
        raise
    finally:
        painter.end()
    return last - first + 1


def _print_page(document: QPdfDocument, page: int, printer: QPrinter, painter: QPainter) -> None:
    points = document.pagePointSize(page)
    dots = min(printer.resolution(), MAX_DPI) / 72
    image = document.render(page, QSize(round(points.width() * dots), round(points.height() * dots)))
    scale = printer.resolution() / 72
    painter.drawImage(QRectF(0, 0, points.width() * scale, points.height() * scale), image)


def save_copy(source: Path, target: Path) -> None:
    """Copy the paper; raises OutsideError with the reason."""
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise OutsideError(detail=system_reason(error)) from error


def _load(document: QPdfDocument, path: Path) -> None:
    wrong = document.load(str(path))
    if wrong != QPdfDocument.Error.None_:
        raise PaperUnreadableError(detail=wrong.name)
