"""Qt's own words (the buttons of boxes, the print dialog) and its way to write dates, in the window's language."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.i18n import N_, _

# What Qt's own Chinese catalog has not caught up with, of the dialogs that the program opens.
LEFT_OUT = frozenset(
    {
        N_("&Look in:"),
        N_("Drive"),
        N_("File Folder"),
        N_("Files of &type:"),
        N_("Folder"),
        N_("Page &Set:"),
        N_("Page &order:"),
        N_("Pages &per sheet:"),
    }
)


class _LeftOut(QTranslator):
    """Says from the program's own catalog what Qt's leaves out."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, _context: str, source: str, _what: str | None = None, _n: int = -1, /) -> str | None:
        return _(source) if source in LEFT_OUT else None  # None sends Qt on to its own catalog


def speak(app: QApplication, language: str) -> None:
    """Let Qt speak `language` ("zh_CN" or "en") from here on; raises FileNotFoundError without its words."""
    QLocale.setDefault(QLocale(language))
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if language == "en":
        return  # Qt's words are English
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load(f"qtbase_{language}", folder):
        raise FileNotFoundError(f"qtbase_{language} in {folder}")
    for one in (_LeftOut(app), translator):  # Qt asks the last one first
        app.installTranslator(one)
