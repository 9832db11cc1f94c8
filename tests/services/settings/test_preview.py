"""The sentence about an order that arrives shortly before closing."""

from dataclasses import replace
from datetime import date

import pytest

from app.i18n import set_language
from app.services.duty.service_calendar import ServiceCalendar
from app.services.settings.preview import due_sentence
from app.services.settings.values import Settings
from tests.factories import FixedClock

MONDAY = FixedClock().now()


def sentence(calendar: ServiceCalendar | None = None, contact_minutes: int = 10) -> str:
    text = (calendar or ServiceCalendar()).to_json()
    return due_sentence(replace(Settings(), service_calendar=text, contact_minutes=contact_minutes), MONDAY)


def test_five_to_nine_is_due_the_next_morning() -> None:
    assert sentence() == (
        "An order accepted on Monday 11-23 20:55 is due at Tuesday 11-24 08:35; "
        "the desk is reminded at Tuesday 11-24 08:31, the lead told at Tuesday 11-24 08:33."
    )


def test_the_sentence_follows_what_is_set() -> None:
    weekend = ServiceCalendar(weekly=(((540, 720), (840, 1080)),) * 5 + ((), ()))
    assert "accepted on Monday 11-23 17:55 is due at Tuesday 11-24 09:05" in sentence(weekend)
    closed = ServiceCalendar(closed=frozenset({date(2026, 11, 23), date(2026, 11, 25)}))
    assert "accepted on Tuesday 11-24 20:55 is due at Thursday 11-26 08:35" in sentence(closed)
    assert "20:50 is due at Tuesday 11-24 08:40; the desk is reminded at 20:56" in sentence(contact_minutes=20)


def test_an_office_that_never_closes_and_one_open_for_a_minute() -> None:
    assert "23:55 is due at Tuesday 11-24 00:05" in sentence(ServiceCalendar(weekly=(((0, 1440),),) * 7))
    assert "11-23 09:00 is due at Wednesday 12-02 09:01" in sentence(ServiceCalendar(weekly=(((540, 541),),) * 7))


@pytest.mark.parametrize("language", ["zh_CN"])
def test_it_is_said_in_chinese(language: str) -> None:
    set_language(language)
    assert sentence().startswith("星期一 11-23 20:55 受理的订单应在 星期二 11-24 08:35 前联系")
