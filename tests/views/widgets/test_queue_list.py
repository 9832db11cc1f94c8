"""The list of queues: counts, choosing by mouse and keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.views.theme import LIGHT
from app.views.widgets.queue_list import Entry, QueueList

ENTRIES = [Entry("contact", "待联系"), Entry("confirm", "待确认"), Entry("all", "全部订单")]


def make_list(qtbot: QtBot) -> tuple[QueueList, list[str]]:
    queues = QueueList(ENTRIES, "Queues")
    qtbot.addWidget(queues)
    chosen: list[str] = []
    queues.chosen.connect(chosen.append)
    queues.resize(175, 300)
    queues.show()
    return queues, chosen


def test_the_model_is_sound(qtbot: QtBot) -> None:
    queues, _chosen = make_list(qtbot)
    QAbstractItemModelTester(queues.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)

    queues.set_counts({"contact": 3, "all": 1_000_000})


def test_arrow_keys_choose(qtbot: QtBot) -> None:
    queues, chosen = make_list(qtbot)
    queues.choose("contact")

    QTest.keyClick(queues, Qt.Key.Key_Down)
    QTest.keyClick(queues, Qt.Key.Key_End)

    assert chosen == ["contact", "confirm", "all"]
    assert queues.current() == "all"


def test_a_click_chooses(qtbot: QtBot) -> None:
    queues, chosen = make_list(qtbot)
    place = queues.visualRect(queues.model().index(1, 0)).center()

    QTest.mouseClick(queues.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert chosen == ["confirm"]


def test_other_counts_keep_the_choice_and_are_read_out(qtbot: QtBot) -> None:
    queues, chosen = make_list(qtbot)
    queues.choose("confirm")

    queues.set_counts({"confirm": 12})

    assert queues.current() == "confirm"
    assert chosen == ["confirm"]
    spoken = queues.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "待确认 12"


def test_the_chosen_queue_stands_on_the_accents_ground(qtbot: QtBot) -> None:
    queues, _chosen = make_list(qtbot)
    queues.choose("contact")

    image = queues.viewport().grab().toImage()

    first, second = (queues.visualRect(queues.model().index(row, 0)) for row in (0, 1))
    assert image.pixelColor(first.left() + 14, first.center().y()).name().upper() == LIGHT.accent_ground
    assert image.pixelColor(second.left() + 14, second.center().y()).name().upper() == LIGHT.surface


def test_it_needs_no_more_room_than_its_longest_word(qtbot: QtBot) -> None:
    queues, _chosen = make_list(qtbot)
    longer = QueueList([*ENTRIES, Entry("more", "一个名字长得多的列表，比最宽的还要宽")], "Queues")
    qtbot.addWidget(longer)

    assert queues.minimumWidth() < longer.minimumWidth() == longer.maximumWidth()


def test_a_ring_tells_that_it_has_the_keyboard(qtbot: QtBot) -> None:
    queues, _chosen = make_list(qtbot)
    queues.choose("contact")
    ring = queues.visualRect(queues.model().index(0, 0))

    def edge() -> str:
        return str(queues.viewport().grab().toImage().pixelColor(ring.center().x(), ring.top()).name().upper())

    queues.activateWindow()
    queues.setFocus()
    qtbot.waitUntil(queues.hasFocus)
    assert edge() == LIGHT.accent
    queues.clearFocus()
    assert edge() == LIGHT.accent_ground
