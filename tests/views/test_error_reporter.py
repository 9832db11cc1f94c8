"""Where errors end: a sentence, or a report without personal data; the window stays."""

import gc
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import CancelledError, ConflictError, OutsideError, RuleError
from app.services.db import ServerGoneError
from app.views.error_reporter import ErrorReporter, report_of
from app.views.widgets.strip import Strip

PHONE = "13800002065"


class Window(QWidget):
    """A window with a place for messages."""

    def __init__(self) -> None:
        super().__init__()
        self.strip = Strip(self)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    result = Window()
    qtbot.addWidget(result)
    result.show()
    return result


@pytest.fixture
def reporter() -> Iterator[ErrorReporter]:
    result = ErrorReporter()
    yield result
    result.uninstall()


def bug() -> Exception:
    """A bug whose message holds what nobody else may read."""
    try:
        {}[PHONE]  # type: ignore[index]
    except KeyError as error:
        return error
    raise AssertionError


def boxes(window: QWidget) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_a_rule_is_told_beside_the_work(window: Window, reporter: ErrorReporter) -> None:
    reporter.show(QPushButton(window), RuleError())

    assert window.strip.text() == "The office's rules do not allow this."
    assert boxes(window) == []


def test_a_cancelled_work_is_no_failure(window: Window, reporter: ErrorReporter) -> None:
    reporter.show(window, CancelledError())

    assert window.strip.property("kind") == "info"


@pytest.mark.parametrize("error", [ConflictError(), OutsideError(detail="disk")])
def test_a_conflict_and_the_surroundings_are_told_in_a_box(
    window: Window, reporter: ErrorReporter, error: Exception
) -> None:
    reporter.show(window, error)

    assert [box.text() for box in boxes(window)] == [str(error)]
    assert window.strip.text() == ""


def test_what_hinders_several_works_at_once_is_told_once(window: Window, reporter: ErrorReporter) -> None:
    for _work in range(3):
        reporter.show(window, OutsideError(detail="disk"))
    assert len(boxes(window)) == 1

    boxes(window)[0].close()
    reporter.show(window, OutsideError(detail="disk"))
    assert len(boxes(window)) == 1


def test_a_database_that_is_gone_is_told_beside_the_work_until_it_is_back(
    window: Window, reporter: ErrorReporter
) -> None:
    told: list[str] = []
    reporter.show(window, ServerGoneError(detail="terminated"))
    reporter.lose(told.append)

    reporter.show(window, OutsideError(detail="server"))
    reporter.show(None, OutsideError(detail="server"))

    said = str(OutsideError(detail="server"))
    assert (window.strip.text(), told, boxes(window)) == (said, [said], [])

    reporter.find()
    assert window.strip.text() == ""
    reporter.show(window, OutsideError(detail="printer"))
    assert [box.text() for box in boxes(window)] == [str(OutsideError(detail="printer"))]


def test_an_error_without_a_strip_is_told_in_a_box(qtbot: QtBot, reporter: ErrorReporter) -> None:
    bare = QWidget()
    qtbot.addWidget(bare)

    reporter.show(bare, RuleError())

    assert [box.text() for box in boxes(bare)] == ["The office's rules do not allow this."]


def test_a_bug_is_logged_whole_and_shown_without_its_values(
    window: Window, reporter: ErrorReporter, caplog: pytest.LogCaptureFixture
) -> None:
    reporter.show(window, bug())

    shown = boxes(window)[0]
    assert PHONE in caplog.text
    assert "Traceback" in caplog.text
    assert PHONE not in shown.detailedText() + shown.text() + shown.informativeText()
    assert "builtins.KeyError" in shown.detailedText()
    assert "test_error_reporter.py" in shown.detailedText()


def test_the_report_can_be_copied_and_the_box_stays(
    caplog: pytest.LogCaptureFixture, qtbot: QtBot, window: Window, reporter: ErrorReporter
) -> None:
    reporter.show(window, bug())
    box = boxes(window)[0]
    copy = next(button for button in box.findChildren(QPushButton) if button.text() == "Copy report")

    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text() == box.detailedText()
    assert box.isVisible()


def test_a_bug_that_repeats_itself_is_shown_once_and_logged_each_time(
    window: Window, reporter: ErrorReporter, caplog: pytest.LogCaptureFixture
) -> None:
    for _time in range(50):
        reporter.show(window, bug())

    assert len(boxes(window)) == 1
    assert len(caplog.records) == 50


def test_a_report_follows_the_causes_and_names_no_folder_of_the_person() -> None:
    try:
        try:
            raise ValueError(PHONE)
        except ValueError as error:
            raise RuntimeError(PHONE) from error
    except RuntimeError as error:
        report = report_of(error)

    assert "builtins.RuntimeError" in report
    assert "builtins.ValueError" in report
    assert PHONE not in report
    assert "  /" not in report


@pytest.mark.parametrize("place", ["slot", "thread"])
def test_an_error_nobody_caught_is_shown_and_the_window_stays(
    qtbot: QtBot, window: Window, reporter: ErrorReporter, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    reporter.install()
    hooks = (sys.excepthook, threading.excepthook)
    if place == "slot":
        with qtbot.captureExceptions():
            QTimer.singleShot(0, lambda: hooks[0](KeyError, bug(), None))
            qtbot.waitUntil(lambda: "unexpected error" in caplog.text)
    else:
        worker = threading.Thread(target=lambda: [][0])
        worker.start()
        worker.join()
        qtbot.waitUntil(lambda: "unexpected error" in caplog.text)

    shown = [box for box in QApplication.allWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
    assert len(shown) == 1
    assert window.isVisible()
    shown[0].close()


def test_a_box_without_a_window_stays_until_it_is_closed(qtbot: QtBot, reporter: ErrorReporter) -> None:
    reporter.show(None, ConflictError())
    gc.collect()

    shown = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
    assert [box.text() for box in shown] == [str(ConflictError())]
    shown[0].close()
    qtbot.waitUntil(lambda: not [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)])


def test_stopping_the_program_is_not_reported(
    reporter: ErrorReporter, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    reporter.install()

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert "KeyboardInterrupt" in capsys.readouterr().err
