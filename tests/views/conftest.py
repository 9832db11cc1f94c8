"""A screen for tests of views where there is none, and the house's look on it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication

from app.views.tasks import ImmediateTasks
from app.views.theme import ThemeChoice, apply_theme


class Reports:
    """Stands for the error reporter and keeps what it was told."""

    def __init__(self) -> None:
        self.errors: list[tuple[QObject | None, Exception]] = []

    def __call__(self, owner: QObject | None, error: Exception) -> None:
        """Keep the error."""
        self.errors.append((owner, error))


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def tasks(qapp: QApplication, reports: Reports) -> Iterator[ImmediateTasks]:
    result = ImmediateTasks(reports)
    yield result
    result.close()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture(scope="session", autouse=True)
def _look(qapp: QApplication) -> None:
    apply_theme(qapp, ThemeChoice.LIGHT)
