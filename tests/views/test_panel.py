"""When panels look again."""

import threading
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.clock import SystemClock
from app.errors import RuleError
from app.services.access import Context
from app.services.db import Database
from app.views.changes import Changes
from app.views.error_reporter import ErrorReporter
from app.views.panel import Panel
from app.views.tasks import ImmediateTasks


class CountingPanel(Panel):
    """Counts how often it looks."""

    watches: ClassVar[frozenset[str]] = frozenset({"orders"})

    def __init__(self, ctx: Context, tasks: ImmediateTasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self.looks: list[threading.Thread] = []

    def refresh(self) -> None:
        """Look."""
        self.looks.append(threading.current_thread())


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def panel(qtbot: QtBot, tasks: ImmediateTasks, changes: Changes) -> CountingPanel:
    from sqlalchemy import create_engine

    ctx = Context(Database(create_engine("sqlite://"), ""), SystemClock())
    result = CountingPanel(ctx, tasks, changes)
    qtbot.addWidget(result)
    return result


def test_a_panel_looks_when_it_is_shown_and_when_its_tables_change(panel: CountingPanel, changes: Changes) -> None:
    assert panel.looks == []
    panel.show()
    assert len(panel.looks) == 1

    changes.announce(frozenset({"orders", "entries"}))
    changes.announce(frozenset({"people"}))

    assert len(panel.looks) == 2


def test_a_panel_looks_when_a_day_begins_and_a_hidden_one_when_it_is_seen_again(
    panel: CountingPanel, changes: Changes
) -> None:
    panel.show()
    changes.day_began.emit()
    assert len(panel.looks) == 2
    panel.hide()
    changes.day_began.emit()
    assert len(panel.looks) == 2
    panel.show()
    assert len(panel.looks) == 3


def test_a_hidden_panel_looks_once_when_it_is_seen_again(panel: CountingPanel, changes: Changes) -> None:
    panel.show()
    panel.hide()
    changes.announce(frozenset({"orders"}))
    changes.announce(frozenset({"orders"}))
    assert len(panel.looks) == 1

    panel.show()

    assert len(panel.looks) == 2


def test_a_panel_does_not_look_again_for_nothing(panel: CountingPanel) -> None:
    panel.show()
    panel.hide()
    panel.show()

    assert len(panel.looks) == 1


def test_a_change_told_by_a_worker_is_heard_on_the_windows_thread(
    qtbot: QtBot, panel: CountingPanel, changes: Changes
) -> None:
    panel.show()
    worker = threading.Thread(target=changes.announce, args=(frozenset({"orders"}),))

    worker.start()
    worker.join()

    qtbot.waitUntil(lambda: len(panel.looks) == 2)
    assert panel.looks[1] is threading.main_thread()


def test_what_a_rule_forbids_stands_in_the_panels_strip(panel: CountingPanel) -> None:
    inner = QWidget(panel)

    ErrorReporter().show(inner, RuleError())

    assert panel.strip.text() == "The office's rules do not allow this."
