"""Somebody's whole window, as tests open it."""

from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.views.desk import Desk
from app.views.shell import Shell


def open_desk(qtbot: QtBot, ctx: Context, shell: Shell) -> Desk:
    """A window that has come up with its list."""
    desk = Desk(ctx, shell)
    qtbot.addWidget(desk.window)
    desk.show()
    qtbot.waitExposed(desk.window)
    desk.refresh()
    qtbot.waitUntil(
        lambda: desk.panels.orders.table.current_row() is not None or desk.panels.orders.model.rowCount() == 0
    )
    return desk
