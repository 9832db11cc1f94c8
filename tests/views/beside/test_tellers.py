"""Where a press on what the bell tells leads: the weeks of the roster, as they are published."""

from datetime import timedelta

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.services.duty.news import roster_reminders
from app.services.duty.rosters import Stroke, draw
from app.services.duty.weeks import line_key
from app.views.shell import Shell
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew
from tests.views.desks import open_desk


def test_the_notice_of_a_changed_roster_leads_to_it_and_is_told_once(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 - 8:30 Duty -"})
    published(crew.lead)
    desk = open_desk(qtbot, crew.clerk, shell)
    menu = QMenu(desk.window)
    desk.tellers.rosters.look()
    desk.notices.fill(menu)
    [notice] = [one for one in menu.actions() if "Your duty" in one.text()]
    assert notice.text() == "Your duty is published: 11-23 — 11-29"
    notice.trigger()
    qtbot.waitUntil(lambda: desk.panels.in_front() is desk.panels.duty and desk.panels.duty.isVisible())
    qtbot.waitUntil(lambda: roster_reminders(crew.clerk) == [])
    desk.close()


def test_the_notice_of_a_roster_leads_to_its_weeks_and_to_what_is_published_of_them(
    qtbot: QtBot, crew: Crew, shell: Shell
) -> None:
    desk = open_desk(qtbot, crew.lead, shell)
    roster, menu = desk.panels.duty, QMenu(desk.window)
    desk.panels.panel_wanted.emit("duty")
    qtbot.waitUntil(lambda: roster.sheet is not None and not roster.sheet.published)
    own, later = {crew.lead.person: "8:30 8:30 - - - - -"}, MONDAY + timedelta(weeks=5)
    for monday in (later, later + timedelta(weeks=2)):
        drawn(crew.manager, own, monday=monday)
        published(crew.manager, monday)
    draw(crew.lead, [Stroke(line_key(crew.lead.person), later, "8:30", "12:30")])  # the draft says otherwise
    desk.tellers.rosters.look()
    desk.notices.fill(menu)
    [notice] = [one for one in menu.actions() if "Your duty" in one.text()]
    assert notice.text() == "Your duty is published: 12-28 — 01-03, 01-11 — 01-17"
    assert len(roster_reminders(crew.lead)) == 2  # nobody has looked so far ahead
    notice.trigger()
    qtbot.waitUntil(lambda: roster.sheet is not None and roster.sheet.published and roster.sheet.span.first == later)
    assert roster.sheet is not None
    assert (roster.count(), roster.actions_.published.isChecked()) == (4, True)
    place = next(at for at, line in enumerate(roster.sheet.span.lines) if line.key == line_key(crew.lead.person))
    assert roster.sheet.cell(place, 0).code == "8:30"
    qtbot.waitUntil(lambda: roster_reminders(crew.lead) == [])
    roster.actions_.published.trigger()
    qtbot.waitUntil(lambda: roster.sheet is not None and roster.sheet.cell(place, 0).code == "12:30")
    desk.close()
