"""What is proposed of a product: from when it is in force, in the office's time, and with which papers."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDateTimeEdit, QLabel
from pytestqt.qtbot import QtBot

from app.clock import OFFICE_ZONE, from_ms
from app.services.approvals.queue import Desk, ProposalRow, list_proposals, proposal_detail
from app.views.catalog.listing_dialog import ListingDialog
from app.views.catalog.price_dialog import PriceDialog
from app.views.tasks import ImmediateTasks
from tests.services.catalog.making import add, put_on_sale
from tests.services.orders.making import Crew
from tests.views.catalog.conftest import CTRL, Shop
from tests.views.conftest import Hear, opened


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The computer's clock is set to another part of the world."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def type_moment(field: QDateTimeEdit, moment: datetime) -> None:
    """Type its digits from the year on; the field goes on to the next part by itself."""
    field.setFocus()
    field.setSelectedSection(QDateTimeEdit.Section.YearSection)
    QTest.keyClicks(field, f"{moment:%Y%m%d%H%M}")


def waiting(crew: Crew) -> ProposalRow:
    [row] = list_proposals(crew.manager, Desk.MINE)
    return row


def in_force(row: ProposalRow) -> str:
    assert row.effect_at is not None
    return f"{from_ms(row.effect_at).astimezone(OFFICE_ZONE):%m-%d %H:%M}"


@pytest.mark.usefixtures("far_away")
def test_a_price_is_in_force_at_the_offices_time(shop: Shop, crew: Crew) -> None:
    shop.press(Qt.Key.Key_P, CTRL)
    dialog = opened(shop.panel, "price_dialog")
    assert isinstance(dialog, PriceDialog)
    tomorrow = crew.clock.now().astimezone(OFFICE_ZONE) + timedelta(days=1)
    assert dialog.effect.moment.text() == f"{tomorrow:%Y-%m-%d %H:%M}"
    dialog.effect.later.click()
    type_moment(dialog.effect.moment, tomorrow.replace(hour=8, minute=30))
    dialog.price.setValue(389)
    dialog.reason.setText("双十二")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert in_force(waiting(crew)) == f"{tomorrow:%m-%d} 08:30"


def test_a_price_under_the_cost_is_warned_of_in_red(shop: Shop, crew: Crew) -> None:
    shop.press(Qt.Key.Key_P, CTRL)
    dialog = opened(shop.panel, "price_dialog")
    assert isinstance(dialog, PriceDialog)
    dialog.floor.setValue(0)
    assert not dialog.form.error("price")
    dialog.price.setFocus()
    dialog.price.selectAll()
    QTest.keyClicks(dialog.price, "300")
    assert "334.50" in dialog.form.error("price")
    assert "-11.5%" in dialog.form.error("price")
    [note] = [one for one in dialog.findChildren(QLabel) if one.text() == dialog.form.error("price")]
    assert note.property("role") == "error"
    dialog.button.click()  # the reason is missing, and the warning stays
    assert dialog.form.error("reason")
    assert dialog.form.error("price")
    dialog.reason.setText("清仓")
    dialog.button.click()  # a warning, no more: who decides sees the margin
    assert "300.00" in waiting(crew).changes
    assert not dialog.isVisible()


@pytest.mark.usefixtures("far_away")
def test_a_listing_has_its_reason_its_time_and_its_pictures(shop: Shop, crew: Crew, tmp_path: Path) -> None:
    picture = tmp_path / "瓶.png"
    QPixmap(40, 30).save(str(picture))
    shop.press(Qt.Key.Key_L, CTRL)
    dialog = opened(shop.panel, "listing_dialog")
    assert isinstance(dialog, ListingDialog)
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.form.error("reason")
    assert not dialog.effect.moment.isEnabled()
    dialog.effect.later.click()
    day = crew.clock.now().astimezone(OFFICE_ZONE) + timedelta(days=3)
    type_moment(dialog.effect.moment, day.replace(hour=0, minute=0))
    dialog.files.choose([picture])
    dialog.reason.setText("图文已审")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    row = waiting(crew)
    assert (row.kind, row.reason, in_force(row)) == ("listing", "图文已审", f"{day:%m-%d} 00:00")
    assert len(proposal_detail(crew.manager, row.id).attachments) == 1
    assert not shop.panel.actions_.delist.isEnabled()  # it is not on sale yet


def test_what_is_no_picture_is_refused_and_nothing_typed_is_lost(shop: Shop, crew: Crew, tmp_path: Path) -> None:
    program = tmp_path / "evil.png"
    program.write_bytes(b"MZ\x90\x00" * 50)
    shop.press(Qt.Key.Key_L, CTRL)
    dialog = opened(shop.panel, "listing_dialog")
    assert isinstance(dialog, ListingDialog)
    dialog.reason.setText("图文已审")
    dialog.files.choose([program])
    dialog.button.click()
    assert dialog.strip.isVisible()
    assert dialog.reason.text() == "图文已审"
    assert list_proposals(crew.manager, Desk.MINE) == []


def test_a_delisting_is_proposed_for_now(
    qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, settings: QSettings
) -> None:
    put_on_sale(crew, add(crew))
    shop = Shop(qtbot, hear, crew, crew.planner, tasks, settings)
    shop.press(Qt.Key.Key_D, CTRL)
    dialog = opened(shop.panel, "listing_dialog")
    assert isinstance(dialog, ListingDialog)
    assert "delisting" in dialog.windowTitle()
    dialog.reason.setText("换包装")
    dialog.button.click()
    row = waiting(crew)
    assert (row.kind, row.effect_at) == ("delisting", None)
