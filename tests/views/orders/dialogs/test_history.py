"""What a customer ordered before: when, with its year where that may be another one."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.clock import from_ms
from app.views.orders.dialogs.history import HistoryDialog
from tests.views.orders.rows import NOON, row

DAY_MS = 86_400_000


def test_last_years_order_says_its_year_and_its_hint_the_minute(qtbot: QtBot) -> None:
    rows = [row(number, accepted_at=NOON - days * DAY_MS) for number, days in ((3, 0), (2, 3), (1, 365))]
    dialog = HistoryDialog("陈立群", rows, from_ms(NOON))
    qtbot.addWidget(dialog)
    model = dialog.table.model()
    assert [model.index(place, 0).data() for place in range(3)] == ["today 12:00:00", "11-20 12:00", "2025-11-23"]
    assert model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole) == "2025-11-23 12:00"
