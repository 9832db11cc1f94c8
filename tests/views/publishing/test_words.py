"""What the publishing panel says: counts that agree, heads that are whole, words of their own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from app.models.publishing import ContentKind
from app.services.publishing.contents import Shown, publish_content
from app.services.publishing.history import content_history
from app.services.publishing.market import MarketNote, NoteKind, note_market
from app.views.publishing.note_dialog import NoteDialog
from app.views.publishing.promotion_dialog import PromotionDialog
from app.views.theme import SMALL, font
from app.views.widgets.cells import PAD
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.views.publishing.conftest import ALT, CTRL, Open, approved, plan

DAY = 24 * 60


def cut_heads(table: QTableView) -> list[str]:
    """The heads that have less room than they need."""
    metrics, header = QFontMetrics(font(SMALL, bold=True)), table.horizontalHeader()
    heads = [str(table.model().headerData(place, Qt.Orientation.Horizontal)) for place in range(header.count())]
    rooms = [header.sectionSize(place) - 2 * PAD for place in range(header.count())]
    return [head for head, room in zip(heads, rooms, strict=True) if metrics.horizontalAdvance(head) > room]


def test_the_summary_and_the_badge_agree(crew: Crew, open_screen: Open) -> None:
    front = approved(crew, "首页", kind=ContentKind.FRONT_PAGE, review_days=14)
    publish_content(crew.specialist, front)
    crew.clock.advance(minutes=14 * DAY)  # it is to be looked at again
    plan(crew, "新品")
    screen = open_screen(crew.specialist)
    page = screen.panel.schedule
    assert len(page.table.all_rows()) == 2
    assert page.summary.text() == "2 items to do · 1 urgent"
    assert screen.panel.lists.model().index(0, 0).data(Qt.ItemDataRole.UserRole) == 2
    page.shown.setCurrentIndex(page.shown.findData(Shown.OUT))
    assert page.summary.text() == "1 item · 1 urgent"
    assert screen.panel.lists.model().index(0, 0).data(Qt.ItemDataRole.UserRole) == 2


def test_no_head_of_a_planned_promotion_is_cut(crew: Crew, open_screen: Open) -> None:
    add(crew)
    screen = open_screen(crew.planner)
    screen.press(screen.panel.schedule, Qt.Key.Key_2, ALT)
    screen.press(screen.panel.promotions, Qt.Key.Key_N, CTRL)
    dialog = screen.dialog("promotion")
    assert isinstance(dialog, PromotionDialog)
    assert cut_heads(dialog.table) == []
    QTest.keyClicks(dialog.code, "BJ-1003")
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    assert len(dialog.table.all_rows()) == 1
    assert cut_heads(dialog.table) == []


def test_a_found_price_is_not_the_price_of_a_delivery_note(crew: Crew, open_screen: Open) -> None:
    day = crew.clock.now().date()
    note_market(crew.planner, MarketNote(day, NoteKind.PRICE, "京东自营", "剑南春", price=386_00))
    screen = open_screen(crew.planner)
    screen.press(screen.panel.schedule, Qt.Key.Key_3, ALT)
    assert screen.panel.market.table.model().index(0, 1).data() == "Price found"
    screen.press(screen.panel.market, Qt.Key.Key_N, CTRL)
    dialog = screen.dialog("note")
    assert isinstance(dialog, NoteDialog)
    assert dialog.kind.itemText(0) == "Price found"


def test_the_last_approval_is_told_in_plain_words(crew: Crew, open_screen: Open) -> None:
    number = approved(crew)
    assert "gave the last approval" in [one.sentence for one in content_history(crew.clerk, number)]
    assert open_screen(crew.specialist).panel.schedule.made.text() == "Finish and propose…"
