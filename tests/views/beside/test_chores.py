"""The long works that the window's menu begins, and what is told of them."""

from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.services.verify import verify
from app.views.shell import Shell
from tests.services.orders.making import Crew, accept, draft
from tests.services.proof.working import vandal
from tests.views.desks import open_desk


def test_lists_that_the_proof_finds_wrong_are_built_anew_from_the_menu(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    accept(crew, [draft(1), draft(2)])
    with vandal(crew) as conn:
        conn.execute(text("UPDATE orders SET payable = 1"))
        conn.execute(text("UPDATE order_counts SET count = 77"))
    desk = open_desk(qtbot, crew.program, shell)
    told: list[str] = []
    desk.chores.told.connect(told.append)
    actions = {action.text(): action for action in desk.window.actions()}
    actions["Verify the ledger"].trigger()
    qtbot.waitUntil(lambda: told[-1].endswith("Rebuild the lists."))
    actions["Rebuild the lists"].trigger()
    qtbot.waitUntil(lambda: told[-1] == "2 orders are listed anew.")
    assert verify(crew.program).ok
    desk.close()


def test_who_does_not_keep_the_database_finds_the_action_grey(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    desk = open_desk(qtbot, crew.clerk, shell)
    grey = {action.text() for action in desk.window.actions() if not action.isEnabled()}
    assert "Rebuild the lists" in grey
    desk.close()
