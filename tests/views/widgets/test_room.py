"""On a laptop at twice the size a dialog is as large as the screen at most, and a long menu is scrolled."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.services.access import Context
from app.views.catalog.product_dialog import ProductDialog
from app.views.leave.ask_dialog import AskDialog
from app.views.publishing.content_dialog import ContentDialog
from app.views.publishing.promotion_dialog import PromotionDialog
from app.views.stock.wish_dialogs import SeveralWishesDialog
from app.views.tasks import ImmediateTasks
from app.views.widgets.step_dialog import StepDialog
from tests.services.orders.making import Crew
from tests.views.conftest import small_screen

Made = Callable[[Context, ImmediateTasks], StepDialog]
SCREEN = QSize(683, 344)  # 200 % on a laptop of 1366 × 768
DIALOGS: list[Made] = [
    lambda ctx, tasks: ProductDialog(ctx, tasks, None),
    AskDialog,
    lambda ctx, tasks: ContentDialog(ctx, tasks, None),
    PromotionDialog,
    lambda ctx, tasks: SeveralWishesDialog(ctx, tasks, []),
]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("made", DIALOGS)
def test_a_dialog_is_no_larger_than_the_screen(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, monkeypatch: pytest.MonkeyPatch, made: Made, language: str
) -> None:
    small_screen(monkeypatch, SCREEN)
    set_language(language)
    dialog = made(crew.manager, tasks)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    QApplication.processEvents()
    assert dialog.width() <= SCREEN.width()
    assert dialog.height() <= SCREEN.height()
    assert dialog.minimumSizeHint().width() <= SCREEN.width()
    assert dialog.rect().contains(dialog.button.geometry())


def test_a_menu_that_is_too_long_stays_one_column(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    for number in range(60):
        menu.addAction(f"Action {number}")
    menu.popup(QPoint(0, 0))
    qtbot.waitExposed(menu)
    assert menu.height() <= menu.screen().availableGeometry().height()
    assert len({menu.actionGeometry(one).x() for one in menu.actions()}) == 1
    menu.close()
