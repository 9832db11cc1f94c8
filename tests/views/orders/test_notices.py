"""The clock's voice: how often it speaks, and to whom."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.clock import to_ms
from app.i18n import set_language
from app.services.access import Context
from app.services.orders.waiting import Waiting
from app.views.orders.notices import Notices
from app.views.sound import Tone
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew


def notices_of(ctx: Context, tasks: ImmediateTasks, heard: list[Tone] | None = None) -> Notices:
    return Notices(ctx, tasks, ([] if heard is None else heard).append, tasks)


def told(notices: Notices) -> list[int]:
    """How many orders each notice named, the newest first."""
    return [len(one.orders) for one in notices._told]


def texts(notices: Notices) -> list[str]:
    return [one.text for one in notices._told]


def waiting(crew: Crew, ids: range, stage: int = 1) -> list[Waiting]:
    return [Waiting(number, f"20261123-{number:04d}", to_ms(crew.clock.now()), stage) for number in ids]


def test_fifty_orders_within_a_minute_make_one_notice_and_one_more(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks
) -> None:
    notices = notices_of(crew.clerk, tasks)
    all_of_them = waiting(crew, range(1, 51))
    for seconds in range(12):
        notices.tell(all_of_them[: 4 + 4 * seconds])
        crew.clock.advance(seconds=5)
    assert told(notices) == [4]
    notices.tell(all_of_them)
    assert told(notices) == [46, 4]
    crew.clock.advance(minutes=5)
    notices.tell(all_of_them)
    assert told(notices) == [46, 4]


def test_what_was_contacted_is_off_the_list(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> None:
    notices, counts = notices_of(crew.clerk, tasks), list[int]()
    notices.counted.connect(counts.append)
    notices.add("imported")
    both = waiting(crew, range(1, 3))
    notices.tell(both)
    assert texts(notices) == ["2 orders wait for contact: 20261123-0001, 20261123-0002", "imported"]
    notices.tell([replace(one, stage=2) for one in both])  # the lead's business; the desk was told what waits
    assert texts(notices)[0] == "2 orders wait for contact: 20261123-0001, 20261123-0002"
    notices.tell([replace(both[1], stage=2)])
    assert texts(notices) == ["1 order waits for contact: 20261123-0002", "imported"]
    set_language("zh_CN")
    notices.tell([])
    assert texts(notices) == ["imported"]
    assert counts == [1, 2, 2, 1]
    crew.clock.advance(minutes=2)
    notices.tell(both)
    assert texts(notices)[0] == "2 单尚未联系：20261123-0001、20261123-0002"


def test_each_stage_speaks_for_itself(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> None:
    notices = notices_of(crew.clerk, tasks)
    one = waiting(crew, range(1, 2))
    notices.tell(one)
    notices.tell([Waiting(1, one[0].number, one[0].since, 3)])
    assert texts(notices) == ["1 order is late; its contact asks for the reason: 20261123-0001"]


@pytest.mark.parametrize(("role", "heard"), [("clerk", 0), ("lead", 1), ("packer", 0)])
def test_eight_minutes_are_the_leads_business(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, role: str, heard: int
) -> None:
    notices = notices_of(getattr(crew, role), tasks)
    notices.tell(waiting(crew, range(1, 3), stage=2))
    assert len(told(notices)) == heard


def test_a_clock_turned_back_does_not_silence_it(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> None:
    notices = notices_of(crew.clerk, tasks)
    notices.tell(waiting(crew, range(1, 2)))
    crew.clock.advance(days=-1)
    notices.tell(waiting(crew, range(1, 3)))
    assert told(notices) == [2]


def test_what_is_late_sounds_otherwise(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> None:
    heard: list[Tone] = []
    notices = notices_of(crew.clerk, tasks, heard)
    notices.tell(waiting(crew, range(1, 3)))
    notices.tell([*waiting(crew, range(1, 3)), *waiting(crew, range(3, 5), stage=3)])
    assert heard == [Tone.NOTICE, Tone.LATE]


def test_where_the_roster_has_a_lead_only_they_are_told(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> None:
    late_soon = waiting(crew, range(1, 3), stage=2)
    for person, heard in ((crew.lead, 0), (crew.manager, 1)):
        notices = notices_of(person, tasks)
        notices.tell(late_soon, frozenset({crew.manager.person}))
        assert len(told(notices)) == heard
