"""The proposer is told of the outcome, the specialist of what is to publish; each once, also after a restart."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.clock import OFFICE_ZONE
from app.i18n import set_language
from app.services.access import Context
from app.services.approvals import queue
from app.services.approvals.decisions import mark_published, return_proposal
from app.services.approvals.delegations import delegate, end_delegation
from app.services.approvals.queue import proposal_detail
from app.views.desk import Desk
from app.views.review.outcomes import Outcomes
from app.views.shell import Shell
from app.views.tasks import ImmediateTasks
from tests.services.approvals.making import agree
from tests.services.orders.making import Crew
from tests.views.conftest import Hear
from tests.views.desks import open_desk


class Heard:
    """What is told to one person at one computer."""

    def __init__(self, hear: Hear, ctx: Context, tasks: ImmediateTasks, settings: QSettings) -> None:
        self.told: list[str] = []
        self.counts: list[int] = []
        self.changes = hear()
        self.outcomes = Outcomes(ctx, tasks, self.changes, settings, tasks)
        self.outcomes.told.connect(self.told.append)
        self.outcomes.to_publish.connect(self.counts.append)


@pytest.fixture
def planner(crew: Crew, hear: Hear, tasks: ImmediateTasks, settings: QSettings, waiting: list[int]) -> Iterator[Heard]:
    heard = Heard(hear, crew.planner, tasks, settings)
    heard.outcomes.start()
    yield heard
    heard.outcomes.stop()


def give_back(crew: Crew, proposal: int) -> None:
    return_proposal(crew.manager, proposal, proposal_detail(crew.manager, proposal).row.last_seq, "毛利太低")


def test_the_proposer_is_told_at_once_and_only_once(
    crew: Crew, hear: Hear, tasks: ImmediateTasks, settings: QSettings, planner: Heard, waiting: list[int]
) -> None:
    assert planner.told == []
    give_back(crew, waiting[0])
    assert planner.told == ["1 proposal of yours was returned: Price change · 剑南春 水晶剑 (毛利太低)"]
    agree(crew.manager, waiting[1])  # somebody else's
    planner.outcomes.look()
    assert len(planner.told) == 1
    again = Heard(hear, crew.planner, tasks, QSettings(settings.fileName(), QSettings.Format.IniFormat))
    settings.sync()
    again.outcomes.look()  # after a restart
    assert again.told == []


def test_what_happened_while_nobody_was_signed_in_is_told_at_the_next_start(
    crew: Crew, hear: Hear, tasks: ImmediateTasks, settings: QSettings, waiting: list[int]
) -> None:
    agree(crew.manager, waiting[0])
    heard = Heard(hear, crew.planner, tasks, settings)
    heard.outcomes.start()
    assert heard.told == ["1 proposal of yours is approved and in force: Price change · 剑南春 水晶剑"]
    assert heard.outcomes._timer.interval() == 60_000
    heard.outcomes.stop()
    give_back(crew, waiting[1])  # a window that is closed says nothing
    assert len(heard.told) == 1
    set_language("zh_CN")
    other = Heard(hear, crew.specialist, tasks, settings)
    other.outcomes.look()
    assert len(other.told) == 1  # each person hears of their own


def test_who_publishes_hears_how_much_there_is(
    crew: Crew, hear: Hear, tasks: ImmediateTasks, settings: QSettings, waiting: list[int]
) -> None:
    heard = Heard(hear, crew.specialist, tasks, settings)
    heard.outcomes.start()
    agree(crew.manager, waiting[0])
    assert heard.counts[-1] == 1
    mark_published(crew.specialist, waiting[0], "天猫")
    assert heard.counts[-1] == 0
    heard.outcomes.stop()


@pytest.fixture
def desk(qtbot: QtBot, crew: Crew, shell: Shell, waiting: list[int]) -> Iterator[Desk]:
    """The specialist's window: the listing of theirs was returned, a price is to be published."""
    give_back(crew, waiting[1])
    agree(crew.manager, waiting[0])
    result = open_desk(qtbot, crew.specialist, shell)
    yield result
    result.close()


def test_the_notice_leads_to_ones_own_proposals(qtbot: QtBot, desk: Desk) -> None:
    menu = QMenu(desk.window)
    desk.notices.fill(menu)
    [notice] = [one for one in menu.actions() if "was returned" in one.text()]
    notice.trigger()
    qtbot.waitUntil(desk.panels.review.isVisible)
    assert desk.panels.review.desks.currentData() == queue.Desk.OWN
    assert [row.title for row in desk.panels.review.table.all_rows()] == ["习酒 窖藏1988"]


def test_the_mark_leads_to_what_is_to_publish(qtbot: QtBot, desk: Desk) -> None:
    [pill] = [one for one in desk._bar.pills if one.isVisible() and "To publish 1" in one.text()]
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(desk.panels.review.isVisible)
    assert desk.panels.review.desks.currentData() == queue.Desk.PUBLISH
    assert [row.title for row in desk.panels.review.table.all_rows()] == ["剑南春 水晶剑"]


def pills(desk: Desk) -> list[str]:
    return [one.text() for one in desk._bar.pills if one.isVisible()]


def test_who_decides_sees_how_much_waits_without_having_opened_the_approvals(
    qtbot: QtBot, crew: Crew, shell: Shell, waiting: list[int]
) -> None:
    today = crew.clock.now().astimezone(OFFICE_ZONE).date()
    lent = delegate(crew.manager, crew.lead.person, today, today, "price")
    desk = open_desk(qtbot, crew.lead, shell)
    qtbot.waitUntil(lambda: "To decide 1" in pills(desk))
    assert "review" not in vars(desk.panels)
    end_delegation(crew.manager, lent)
    qtbot.waitUntil(lambda: not any("To decide" in text for text in pills(desk)))
    delegate(crew.manager, crew.lead.person, today, today, "listing")
    qtbot.waitUntil(lambda: "To decide 1" in pills(desk))
    agree(crew.lead, waiting[1])
    qtbot.waitUntil(lambda: not any("To decide" in text for text in pills(desk)))
    desk.close()
