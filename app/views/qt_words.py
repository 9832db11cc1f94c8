"""Qt's own words (the buttons of boxes, the print dialog) and its way to write dates, in the window's language."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


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
    app.installTranslator(translator)
