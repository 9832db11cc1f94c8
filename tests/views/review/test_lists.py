"""Each list of proposals says its own sentence, fits the screen, and the detail names everybody who has to agree."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.approvals import ProposalState
from app.services.approvals.proposals import ProposalDraft, propose, withdraw
from app.services.approvals.queue import Desk, proposal_detail
from app.views.review.note_dialog import NoteDialog
from app.views.review.table import LEAST, LEAST_REASON
from app.views.tasks import ImmediateTasks
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.approvals.making import agree
from tests.services.orders.making import Crew, accept, draft
from tests.views.conftest import Hear, opened
from tests.views.review.conftest import CTRL, SHIFT, Screen

SMALL_SCREEN = 960  # what the list has of 1366 pixels beside the detail
HOUR = 60


def said(screen: Screen) -> str:
    return screen.panel._summary.text()


def nothing(screen: Screen) -> str:
    return " ".join(one.text() for one in screen.panel.empty.findChildren(QLabel)).strip()


@pytest.fixture
def planners(qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, waiting: list[int]) -> Screen:
    """What the proposer of the price sees."""
    result = Screen(qtbot, hear, crew.planner, tasks)
    result.panel.show_desk(Desk.OWN)
    return result


def test_each_list_says_its_own_sentence(crew: Crew, screen: Screen, waiting: list[int]) -> None:
    panel = screen.panel
    assert said(screen) == "2 wait · oldest 1 h 18 min"
    for _time in range(2):
        screen.press(Qt.Key.Key_Return, CTRL)
    assert said(screen) == "0 wait"
    assert nothing(screen) == "Nothing waits for a decision."
    panel.show_desk(Desk.PUBLISH)
    assert said(screen) == "2 to publish · due in 2 days"
    assert panel.desks.currentText() == "To publish  2"
    crew.clock.advance(minutes=49 * HOUR)
    panel.refresh()
    assert said(screen) == "2 to publish · late by 1 h 00 min"
    panel.show_desk(Desk.DONE)
    assert said(screen) == "2 decided"
    panel.show_desk(Desk.OWN)
    assert said(screen) == "0 proposed"
    assert nothing(screen) == "You have proposed nothing yet."


def test_ones_own_list_says_how_many_wait_still(planners: Screen, crew: Crew, waiting: list[int]) -> None:
    assert said(planners) == "1 proposed · 1 waits"
    withdraw(crew.planner, waiting[0], "算错了")
    assert said(planners) == "1 proposed"


def test_the_columns_share_a_small_screen(qtbot: QtBot, screen: Screen, crew: Crew) -> None:
    [order] = accept(crew, [draft()])
    why = "三次拒收，电话不接，地址每次不同，疑似同行恶意下单，建议列入不良客户名单"
    propose(
        crew.clerk, ProposalDraft("bad_customer", order, "客户 陈立群 湖北省十堰市茅箭区" * 3, {"reason": why}, why)
    )
    table = screen.panel.table
    screen.panel.resize(SMALL_SCREEN, 600)
    qtbot.waitUntil(lambda: table.viewport().width() <= SMALL_SCREEN)
    assert table.horizontalScrollBar().maximum() == 0
    assert table.columnWidth(5) >= LEAST_REASON - 1
    assert all(table.columnWidth(place) >= least for place, least in LEAST.items())
    screen.panel.resize(1_600, 600)
    qtbot.waitUntil(lambda: table.viewport().width() > SMALL_SCREEN)
    assert table.columnWidth(2) > 300
    assert table.horizontalHeader().length() == table.viewport().width()


def test_the_heads_of_an_empty_list_are_not_squeezed(screen: Screen) -> None:
    screen.panel.show_desk(Desk.OWN)
    table = screen.panel.table
    assert table.model().rowCount() == 0
    assert [table.columnWidth(place) >= 140 for place in (2, 3, 4)] == [True] * 3
    assert table.horizontalHeader().length() == table.viewport().width()


def test_the_detail_names_all_who_have_to_agree(qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks) -> None:
    [order] = accept(crew, [draft()])
    facts = {"amount": 2_100_00, "currency": "CNY"}
    number = propose(crew.clerk, ProposalDraft("concession", order, "订单 1", facts, "破损"))
    agree(crew.lead, number)
    screen = Screen(qtbot, hear, crew.manager, tasks)
    rows = screen.detail.chain.accessibleDescription().split("; ")
    assert rows[0].startswith("Service lead: 赵倩: approved · ")
    assert rows[1:] == ["Department manager: decides now", "General manager: decides after that"]


def test_a_remark_may_carry_files(planners: Screen, crew: Crew, waiting: list[int], tmp_path: Path) -> None:
    picture = tmp_path / "竞品.png"
    QPixmap(40, 30).save(str(picture))
    planners.press(Qt.Key.Key_N, CTRL | SHIFT)
    dialog = opened(planners.panel, "remark_dialog")
    assert isinstance(dialog, NoteDialog)
    dialog.files.choose([picture])
    QTest.keyClick(dialog.remark, Qt.Key.Key_Return)
    assert dialog.form.error("remark")
    dialog.remark.setText("京东又降了")
    QTest.keyClick(dialog.remark, Qt.Key.Key_Return)
    note = proposal_detail(crew.manager, waiting[0]).history[-1]
    assert (note.sentence, len(note.attachments)) == ("added: 京东又降了", 1)


def test_ones_own_is_withdrawn_by_its_key(planners: Screen, crew: Crew, waiting: list[int]) -> None:
    planners.press(Qt.Key.Key_Backspace, CTRL | SHIFT)
    dialog = opened(planners.panel, "reason_dialog")
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.setText("算错了")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert proposal_detail(crew.manager, waiting[0]).row.state is ProposalState.WITHDRAWN


def test_the_list_is_named_with_its_figure_uncut(
    qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, request: pytest.FixtureRequest
) -> None:
    set_language("zh_CN")
    screen = Screen(qtbot, hear, crew.manager, tasks)
    request.getfixturevalue("waiting")  # comes after the list was first seen
    box, option = screen.panel.desks, QStyleOptionComboBox()
    assert box.currentText() == "待我审批  2"
    qtbot.waitUntil(lambda: box.width() >= box.sizeHint().width())
    box.initStyleOption(option)
    kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(kind, option, part, box).width()
    assert box.fontMetrics().horizontalAdvance(box.currentText()) <= room
