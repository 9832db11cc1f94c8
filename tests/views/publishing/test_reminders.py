"""Reminders among the window's notices: one however many items, not again each minute."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.publishing import ContentKind
from app.services.access import Context
from app.services.publishing.contents import publish_content
from app.views.application import Shell
from app.views.desk import Desk
from app.views.publishing.panel import PublishingPanel
from app.views.publishing.reminders import LOOK_MS, Reminders
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew
from tests.views.publishing.conftest import approved

HOUR = 60
DAY = 24 * HOUR


class Heard:
    """What is told to one person."""

    def __init__(self, ctx: Context, tasks: ImmediateTasks) -> None:
        self.told: list[tuple[str, bool]] = []
        self.reminders = Reminders(ctx, tasks, tasks)
        self.reminders.due.connect(lambda text, late: self.told.append((text, late)))

    def look(self) -> list[tuple[str, bool]]:
        """What a look tells that was not told before."""
        before = len(self.told)
        self.reminders.look()
        return self.told[before:]


def test_many_items_make_one_notice_and_only_once_a_stage(crew: Crew, tasks: ImmediateTasks) -> None:
    for number in range(5):
        approved(crew, f"资讯{number}")
    heard = Heard(crew.specialist, tasks)
    assert heard.look() == []
    crew.clock.advance(minutes=36 * HOUR)
    assert heard.look() == [("5 items must be out soon: 资讯0, 资讯1, 资讯2 …", False)]
    for _minute in range(3):
        crew.clock.advance(minutes=1)
        assert heard.look() == []
    crew.clock.advance(minutes=12 * HOUR)
    assert heard.look() == [("5 items are late to publish: 资讯0, 资讯1, 资讯2 …", True)]
    assert heard.look() == []


def test_late_ones_soon_ones_and_reviews_share_a_notice(crew: Crew, tasks: ImmediateTasks) -> None:
    front = approved(crew, "首页", kind=ContentKind.FRONT_PAGE, review_days=14)
    publish_content(crew.specialist, front)
    crew.clock.advance(minutes=12 * DAY)
    approved(crew, "晚了")
    crew.clock.advance(minutes=12 * HOUR)
    approved(crew, "快了")
    crew.clock.advance(minutes=36 * HOUR)
    [(text, late)] = Heard(crew.manager, tasks).look()
    assert late
    assert text == (
        "1 item is late to publish: 晚了; 1 item must be out soon: 快了; 1 page is due for its review: 首页"
    )
    set_language("zh_CN")
    [(text, _late)] = Heard(crew.manager, tasks).look()
    assert text == "1 项内容超时未发布：晚了；1 项内容即将超时：快了；1 个页面该复查了：首页"


def test_what_was_published_is_no_longer_told_of(crew: Crew, tasks: ImmediateTasks) -> None:
    number = approved(crew)
    heard = Heard(crew.specialist, tasks)
    crew.clock.advance(minutes=36 * HOUR)
    assert len(heard.look()) == 1
    publish_content(crew.specialist, number)
    crew.clock.advance(minutes=36 * HOUR)
    assert heard.look() == []


def test_a_clock_turned_back_tells_again_when_the_time_comes(crew: Crew, tasks: ImmediateTasks) -> None:
    approved(crew)
    heard = Heard(crew.specialist, tasks)
    crew.clock.advance(minutes=36 * HOUR)
    assert len(heard.look()) == 1
    crew.clock.advance(minutes=-HOUR)
    assert heard.look() == []
    crew.clock.advance(minutes=HOUR)
    assert len(heard.look()) == 1


@pytest.mark.parametrize(("role", "told"), [("specialist", 1), ("manager", 1), ("clerk", 0), ("planner", 0)])
def test_who_does_not_publish_is_reminded_of_their_own_only(
    crew: Crew, tasks: ImmediateTasks, role: str, told: int
) -> None:
    approved(crew)
    crew.clock.advance(minutes=36 * HOUR)
    assert len(Heard(getattr(crew, role), tasks).look()) == told


def test_it_looks_each_minute(crew: Crew, tasks: ImmediateTasks) -> None:
    heard = Heard(crew.specialist, tasks)
    approved(crew)
    crew.clock.advance(minutes=48 * HOUR)
    heard.reminders.start()
    assert len(heard.told) == 1  # at once, and from then on by the minute
    assert heard.reminders._timer.isActive()
    assert heard.reminders._timer.interval() == LOOK_MS == 60_000
    heard.reminders.stop()
    assert not heard.reminders._timer.isActive()


def made(desk: Desk) -> PublishingPanel | None:
    return next((panel for panel in desk.panels.made() if isinstance(panel, PublishingPanel)), None)


@pytest.fixture
def desk(qtbot: QtBot, crew: Crew, shell: Shell) -> Iterator[Desk]:
    approved(crew, "甲")
    approved(crew, "乙")
    crew.clock.advance(minutes=40 * HOUR)
    result = Desk(crew.specialist, shell)
    qtbot.addWidget(result.window)
    result.show()
    qtbot.waitExposed(result.window)
    yield result
    result.close()


def test_the_bell_has_one_notice_and_leads_to_the_panel(qtbot: QtBot, desk: Desk) -> None:
    assert made(desk) is None  # the start has not waited for it
    menu = QMenu(desk.window)
    desk.notices.fill(menu)
    [notice] = [one for one in menu.actions() if "must be out soon" in one.text()]
    assert notice.isEnabled()
    notice.trigger()
    qtbot.waitUntil(lambda: (panel := made(desk)) is not None and panel.isVisible())
    panel = made(desk)
    assert panel is not None
    assert [row.title for row in panel.schedule.table.all_rows()] == ["甲", "乙"]
    desk.reminders.look()
    desk.notices.fill(menu)
    assert len([one for one in menu.actions() if "must be out soon" in one.text()]) == 1
