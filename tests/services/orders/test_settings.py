"""What the office has set shows at the order desk: its clock, its concessions, who releases."""

from dataclasses import replace
from typing import Any

import pytest

from app.clock import to_ms
from app.services.access import Permission
from app.services.duty.service_calendar import ServiceCalendar
from app.services.office import change_settings, office_settings
from app.services.orders.detail import order_detail
from app.services.orders.giving import AuthorityError, concede_price
from app.services.orders.settings import OthersReleaseError, why_no_release
from app.services.orders.steps import hold_order, release_order
from app.services.orders.waiting import urgent_orders
from app.services.verify import verify
from tests.services.orders.making import Crew, accept, draft

SENTENCE = "In this office held orders are released by: Service lead, Department manager."


def set_office(crew: Crew, **changes: Any) -> None:
    change_settings(crew.manager, replace(office_settings(crew.manager), **changes))


def test_a_deadline_follows_the_settings_at_once(any_crew: Crew) -> None:
    crew = any_crew
    order = accept(crew, [draft()])[0]
    accepted = to_ms(crew.clock.now())
    assert order_detail(crew.clerk, order).due == accepted + 10 * 60_000
    set_office(crew, contact_minutes=25, lead_minutes=20, remind_minutes=3)
    assert order_detail(crew.clerk, order).due == accepted + 25 * 60_000
    crew.clock.advance(minutes=4)
    assert [one.stage for one in urgent_orders(crew.clerk)] == [1]
    lunch = ServiceCalendar(weekly=(((540, 605), (720, 1080)),) * 7)  # the desk is at lunch from 10:05 to 12:00
    set_office(crew, service_calendar=lunch.to_json())
    assert order_detail(crew.clerk, order).due == accepted + (25 + 115) * 60_000
    assert verify(crew.clerk).ok


def test_a_post_concedes_what_the_office_lets_it(crew: Crew) -> None:
    order = accept(crew, [draft()])[0]
    with pytest.raises(AuthorityError):
        concede_price(crew.clerk, order, 1_500, "老客户")
    set_office(crew, concession_authority={"service": 1_500})
    concede_price(crew.clerk, order, 1_500, "老客户")
    with pytest.raises(AuthorityError):
        concede_price(crew.lead, order, 1, "老客户")


def test_only_the_posts_that_the_office_chose_release(any_crew: Crew) -> None:
    crew = any_crew
    order = accept(crew, [draft()])[0]
    hold_order(crew.clerk, order, "等客户")
    assert why_no_release(crew.colleague) == ""
    set_office(crew, release_posts=["lead", "manager"])
    assert crew.colleague.may(Permission.ORDER_RELEASE)
    assert why_no_release(crew.colleague) == SENTENCE
    with pytest.raises(OthersReleaseError) as caught:
        release_order(crew.colleague, order, "好了")
    assert str(caught.value) == SENTENCE
    assert order_detail(crew.clerk, order).row.held
    release_order(crew.lead, order, "客户已回复")
    assert not order_detail(crew.clerk, order).row.held
    assert verify(crew.clerk).ok


def test_an_order_that_is_not_held_is_nobodys_to_release(crew: Crew) -> None:
    order = accept(crew, [draft()])[0]
    set_office(crew, release_posts=["manager"])
    release_order(crew.lead, order, "")
    assert len(order_detail(crew.clerk, order).happenings) == 1
