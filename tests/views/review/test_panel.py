"""The review screen on a real office: decided from the keyboard, alone or several at once, with what it rests on."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models.approvals import ProposalState
from app.services.approvals.decisions import approve
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import Desk, proposal_detail
from app.views.tasks import ImmediateTasks
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.orders.making import Crew, accept, draft
from tests.views.conftest import Hear, opened
from tests.views.review.conftest import CTRL, SHIFT, Screen


def test_what_waits_stands_with_age_kind_who_change_and_reason(screen: Screen) -> None:
    model = screen.panel.table.model()
    first = [model.index(0, column).data() for column in range(model.columnCount())]
    assert first[0] == "1 h 18 min"
    assert first[1:4] == ["Price change", "剑南春 水晶剑", "Planner 张伟"]
    assert "409.00" in first[4]
    assert "389.00" in first[4]
    assert "18.2% → 14.0%" in first[4]
    assert first[5] == "竞品均价 386"
    assert screen.titles() == ["剑南春 水晶剑", "习酒 窖藏1988"]


def test_before_and_after_stand_side_by_side(screen: Screen) -> None:
    words = screen.words()
    for wanted in ("¥\u00a0409.00", "¥\u00a0389.00", "18.2%", "14.0%", "Sold in 30 days", "竞品均价 386"):
        assert wanted in words, wanted


def test_ctrl_enter_approves_and_the_next_one_moves_up(crew: Crew, screen: Screen, waiting: list[int]) -> None:
    screen.press(Qt.Key.Key_Return, CTRL)
    assert proposal_detail(crew.manager, waiting[0]).row.state is ProposalState.EFFECTIVE
    assert screen.titles() == ["习酒 窖藏1988"]
    assert "习酒" in screen.words()
    assert screen.said == ["剑南春 水晶剑: approved"]
    screen.press(Qt.Key.Key_Return, CTRL)
    assert screen.titles() == []
    assert not screen.panel.empty.isHidden()


def test_a_return_asks_for_its_reason(crew: Crew, screen: Screen, waiting: list[int]) -> None:
    screen.press(Qt.Key.Key_Backspace, CTRL)
    dialog = opened(screen.panel, "reason_dialog")
    assert isinstance(dialog, ReasonDialog)
    dialog.button.click()
    assert dialog.form.error("reason")
    dialog.reason.setText("毛利太低")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert proposal_detail(crew.manager, waiting[0]).row.state is ProposalState.RETURNED
    assert screen.titles() == ["习酒 窖藏1988"]


def test_several_are_approved_at_once(crew: Crew, screen: Screen, waiting: list[int]) -> None:
    QTest.keyClick(screen.panel.table, Qt.Key.Key_A, CTRL)
    screen.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert [proposal_detail(crew.clerk, one).row.state for one in waiting] == [ProposalState.EFFECTIVE] * 2
    assert screen.titles() == []


def test_a_colleagues_proposal_appears_by_itself(crew: Crew, screen: Screen) -> None:
    facts = {"reason": "三次拒收"}
    [order] = accept(crew, [draft()])
    propose(crew.clerk, ProposalDraft("bad_customer", order, "客户 C-1", facts, "三次拒收"))
    assert screen.titles()[-1] == "客户 C-1"


def test_what_somebody_else_decided_meanwhile_is_said(crew: Crew, screen: Screen, waiting: list[int]) -> None:
    crew.db.unlisten(screen.changes.announce)  # on another computer; this one has not heard yet
    approve(crew.director, waiting[0], waiting[0])
    screen.press(Qt.Key.Key_Return, CTRL)
    assert screen.panel.strip.isVisible()
    assert screen.titles() == ["习酒 窖藏1988"]


def test_ones_own_proposal_is_not_decided(
    qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, waiting: list[int]
) -> None:
    own = Screen(qtbot, hear, crew.planner, tasks)
    own.panel.desks.setCurrentIndex(own.panel.desks.findData(Desk.OWN))
    assert own.titles() == ["剑南春 水晶剑"]
    assert not own.panel.approve.isEnabled()
    assert "own" in own.panel.approve.toolTip()
    assert own.panel.take_back.isEnabled()


def test_what_is_approved_waits_for_the_specialist(
    qtbot: QtBot, hear: Hear, crew: Crew, screen: Screen, tasks: ImmediateTasks
) -> None:
    screen.press(Qt.Key.Key_Return, CTRL)
    desk = Screen(qtbot, hear, crew.specialist, tasks)
    desk.panel.desks.setCurrentIndex(desk.panel.desks.findData(Desk.PUBLISH))
    assert desk.titles() == ["剑南春 水晶剑"]
    desk.panel.published.trigger()
    dialog = opened(desk.panel, "reason_dialog")
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.setText("天猫、京东")
    dialog.button.click()
    assert desk.titles() == []
