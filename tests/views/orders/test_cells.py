"""What the cells of the order list say and how they are coloured."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.orders import OrderState
from app.services.duty.service_calendar import ServiceCalendar
from app.services.orders.deadline import DeskClock
from app.services.orders.rows import Finding, Sort
from app.views.orders.cells import OrderCells, clock_text
from app.views.orders.columns import mask_phone, sort_column
from app.views.theme import LIGHT
from app.views.widgets.cells import PAD
from tests.views.orders.rows import COLUMNS, NOON, row

CLOCK = DeskClock(ServiceCalendar())
MINUTE, HOUR = 60_000, 3_600_000
CELL = QRect(0, 0, 140, 36)
TWENTY_FIFTY_FIVE = NOON + 8 * HOUR + 55 * MINUTE


@dataclass
class Now:
    """The moment of the painting."""

    at: int = NOON

    def __call__(self) -> int:
        return self.at


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (0, "10:00 left"),
        (6 * MINUTE + 19_000, "03:41 left"),
        (10 * MINUTE, "00:00 left"),
        (12 * MINUTE + 14_000, "02:14 late"),
        (10 * MINUTE + 17 * HOUR + 5 * MINUTE, "17h05 late"),
        (10 * MINUTE + 99 * HOUR + 59 * MINUTE, "99h59 late"),
        (10 * MINUTE + 783 * HOUR, "32 days late"),
    ],
)
def test_the_running_clock(passed: int, told: str) -> None:
    assert clock_text(row(1), CLOCK, NOON + passed) == told


def test_the_night_does_not_count() -> None:
    late_order = row(1, clock_from=TWENTY_FIFTY_FIVE)

    assert clock_text(late_order, CLOCK, TWENTY_FIFTY_FIVE + 3 * HOUR) == "05:00 left"


def test_a_wish_to_be_called_goes_before_the_ten_minutes() -> None:
    wished = row(1, callback_at=NOON + 2 * HOUR)

    assert clock_text(wished, CLOCK, NOON) == "2h00 left"


def test_without_a_clock_nothing_is_said() -> None:
    assert clock_text(row(1, clock_from=None), CLOCK, NOON) == ""


def test_the_clock_in_chinese() -> None:
    set_language("zh_CN")

    assert clock_text(row(1), CLOCK, NOON + 12 * MINUTE + 14_000) == "超时 02:14"
    assert clock_text(row(1), CLOCK, NOON + 65_000) == "剩 08:55"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800002065", "138****2065"),
        ("138****2065", "138****2065"),
        ("+8613800002065", "+86****2065"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_phones_are_masked_once(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


def painted(sort: Sort, now: int = NOON, **changes: object) -> QImage:
    """A cell painted on the surface's ground."""
    image = QImage(CELL.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    OrderCells(lambda: CLOCK, Now(now)).paint(painter, CELL, row(1, **changes), COLUMNS[sort_column(sort)])
    painter.end()
    return image


def ground(image: QImage) -> str:
    """The colour of a pill's ground: its second column of pixels is ground only."""
    return image.pixelColor(8 + 5, CELL.center().y()).name().upper()


def inked(image: QImage) -> list[int]:
    """The columns of pixels that are not white."""
    white = Qt.GlobalColor.white
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) != white for y in range(image.height()))]


@pytest.mark.parametrize(
    ("minutes", "colour"),
    [(0, LIGHT.ok_ground), (5.9, LIGHT.ok_ground), (6, LIGHT.warn_ground), (9.9, LIGHT.warn_ground),
     (10, LIGHT.accent_ground), (60, LIGHT.accent_ground)],
)  # fmt: skip
def test_the_clocks_colour_by_stage(qtbot: QtBot, minutes: float, colour: str) -> None:
    assert ground(painted(Sort.CLOCK, NOON + int(minutes * MINUTE))) == colour


@pytest.mark.parametrize(
    ("state", "held", "colour"),
    [
        (OrderState.ACCEPTED, False, LIGHT.warn_ground),
        (OrderState.CONTACTED, False, LIGHT.info_ground),
        (OrderState.DELIVERED, False, LIGHT.ok_ground),
        (OrderState.CONTACTED, True, LIGHT.accent_ground),
    ],
)
def test_the_states_colour(qtbot: QtBot, state: OrderState, held: bool, colour: str) -> None:
    assert ground(painted(Sort.STATE, state=state, held=held)) == colour


def test_amounts_stand_at_the_right_and_words_at_the_left(qtbot: QtBot) -> None:
    amount, name = inked(painted(Sort.PAYABLE)), inked(painted(Sort.NAME))

    assert amount[-1] in range(CELL.width() - PAD - 3, CELL.width() - PAD + 1)
    assert name[0] in range(PAD, PAD + 4)


def test_what_is_too_long_ends_within_its_cell(qtbot: QtBot) -> None:
    assert inked(painted(Sort.GOODS, goods="五粮液 第八代 52度 500ml " * 9))[-1] <= CELL.width() - PAD


def test_a_hint_is_red_and_an_order_without_one_leaves_the_cell_empty(qtbot: QtBot) -> None:
    findings = (Finding("payment", {"paid": 207_800, "payable": 213_800}),)
    image = painted(Sort.HINT, findings=findings)
    colours = {image.pixelColor(x, y).name().upper() for x in range(140) for y in range(36)}

    assert LIGHT.accent in colours
    assert inked(painted(Sort.HINT)) == []
