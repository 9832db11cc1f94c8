"""The watched folder: what is saved there is imported by itself, once, when it has stopped growing (rule O1)."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.orders.queue import queue_counts
from app.services.orders.rows import Queue
from app.views.intake.watched_folder import WatchedFolder
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew
from tests.views.intake.test_import_dialog import export


class Ear:
    """Hears what the folder tells."""

    def __init__(self, folder: WatchedFolder) -> None:
        self.imported: list[str] = []
        self.failed: list[str] = []
        folder.imported.connect(self.imported.append)
        folder.failed.connect(self.failed.append)


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHANGGUI_HOME", str(tmp_path / "home"))
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def watched(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, settings: QSettings, inbox: Path) -> WatchedFolder:
    window = QWidget()
    qtbot.addWidget(window)
    folder = WatchedFolder(crew.clerk, tasks, settings, window)
    folder.watch(str(inbox))
    folder._window = window  # kept alive with it
    return folder


def orders(crew: Crew) -> int:
    return queue_counts(crew.clerk)[Queue.ALL]


def test_a_file_is_taken_once_it_has_stopped_growing(watched: WatchedFolder, crew: Crew, inbox: Path) -> None:
    ear = Ear(watched)
    export(inbox / "a.csv", ("261123-1", "1"))
    watched.look()
    assert orders(crew) == 0  # it may still be growing
    export(inbox / "a.csv", ("261123-1", "1"), ("261123-2", "1"))
    watched.look()
    assert orders(crew) == 0
    watched.look()
    assert orders(crew) == 2
    assert ear.imported == ["a.csv: 2 new, 0 changed, 0 rejected"]
    watched.look()
    watched.look()
    assert len(ear.imported) == 1  # and not again


def test_a_file_written_over_is_taken_again(watched: WatchedFolder, crew: Crew, inbox: Path) -> None:
    ear = Ear(watched)
    export(inbox / "a.csv", ("261123-1", "1"))
    watched.look()
    watched.look()
    export(inbox / "a.csv", ("261123-1", "1"), ("261123-2", "1"))
    watched.look()
    watched.look()
    assert orders(crew) == 2
    assert ear.imported[-1] == "a.csv: 1 new, 0 changed, 0 rejected"


def test_what_cannot_be_read_is_told_once_and_does_not_stop_the_rest(
    watched: WatchedFolder, crew: Crew, inbox: Path
) -> None:
    ear = Ear(watched)
    (inbox / "bad.csv").write_bytes(b"\x00\xff" * 50)
    (inbox / "notes.docx").write_bytes(b"not ours")
    (inbox / "~$a.xlsx").write_bytes(b"the lock of an office program")
    export(inbox / "good.csv", ("261123-1", "1"))
    for _ in range(4):
        watched.look()
    assert orders(crew) == 1
    assert len(ear.imported) == len(ear.failed) == 1
    assert ear.failed[0].startswith("bad.csv: ")


def test_a_folder_that_is_gone_is_told_once_and_found_again(watched: WatchedFolder, crew: Crew, inbox: Path) -> None:
    ear = Ear(watched)
    inbox.rmdir()
    watched.look()
    watched.look()
    assert len(ear.failed) == 1
    inbox.mkdir()
    export(inbox / "a.csv", ("261123-1", "1"))
    watched.look()
    watched.look()
    assert orders(crew) == 1


def test_who_may_not_import_watches_nothing(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, settings: QSettings, inbox: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    folder = WatchedFolder(crew.packer, tasks, settings, window)
    folder.watch(str(inbox))
    assert not folder._timer.isActive()
