"""Which settings make no sense, in words that a person finds on the form."""

from dataclasses import fields, replace

import pytest

from app.i18n import set_language
from app.models.people import Level, Post
from app.services.access import Permission, permissions_of
from app.services.duty.service_calendar import ServiceCalendar
from app.services.settings.rules import (
    LIMITS,
    MAY_CONCEDE,
    MAY_RELEASE,
    NonsenseSettingError,
    problems_of,
    refuse_nonsense,
)
from app.services.settings.values import CONCESSIONS, NAMES, RELEASERS, Settings
from app.services.settings.words import setting_word

SOUND = replace(Settings(), name="云酒商行")
NEVER = '{"weekly": [[], [], [], [], [], [], []], "closed": [], "extra": {}, "zone": "Asia/Shanghai"}'
OVERLAP = ServiceCalendar().to_json().replace('["08:30-21:00"]', '["08:30-12:00","11:00-21:00"]', 1)

NONSENSE = [
    ({"name": "  "}, "name", "Give the office a name."),
    ({"service_calendar": NEVER}, "service_calendar", "At least one day of the week"),
    ({"service_calendar": OVERLAP}, "service_calendar", "08:30-12:00 and 11:00-21:00"),
    ({"remind_minutes": 0}, "remind_minutes", "from 1 to 1440"),
    ({"lead_minutes": 6}, "lead_minutes", "more than 6 minutes"),
    ({"contact_minutes": 8}, "contact_minutes", "more than 8 minutes"),
    ({"contact_minutes": 1441}, "contact_minutes", "from 1 to 1440"),
    ({"unusual_quantity": 0}, "unusual_quantity", "from 1 to"),
    ({"doubled_minutes": -1}, "doubled_minutes", "from 1 to"),
    ({"record_time": "24:00"}, "record_time", "18:00"),
    ({"backup_folder": "backups"}, "backup_folder", "whole path"),
    ({"keep_days": 0}, "keep_days", "from 1 to"),
    ({"keep_weeks": -1}, "keep_weeks", "from 0 to"),
    ({"release_posts": []}, "release_posts", "at least one post"),
    ({"release_posts": ["lead", "design"]}, "release_posts", "Customer service, Service lead, Finance"),
    ({"concession_authority": {"service": -1}}, "concession_authority", "from 0 to 1,000,000.00"),
    ({"concession_authority": {"owner": 1}}, "concession_authority", "from 0 to"),
]


def test_what_an_office_begins_with_makes_sense() -> None:
    assert problems_of(SOUND) == []
    refuse_nonsense(SOUND)


@pytest.mark.parametrize(("change", "setting", "said"), NONSENSE)
def test_nonsense_is_told_where_it_stands(change: dict[str, object], setting: str, said: str) -> None:
    (problem,) = problems_of(replace(SOUND, **change))  # type: ignore[arg-type]
    assert problem.setting == setting
    assert said in problem.reason


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("change", "setting", "_said"), NONSENSE)
def test_the_refusal_says_the_forms_words_and_no_identifier(
    change: dict[str, object], setting: str, _said: str, language: str
) -> None:
    set_language(language)
    with pytest.raises(NonsenseSettingError) as caught:
        refuse_nonsense(replace(SOUND, **change))  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert sentence.startswith(setting_word(setting))
    assert not [name for name in NAMES if "_" in name and name in sentence]
    assert not set("[]{}") & set(sentence)
    assert caught.value.params["name"] == setting


def test_every_setting_has_a_word_and_every_number_its_limits() -> None:
    assert len({setting_word(name) for name in NAMES}) == len(NAMES)
    numbers = {one.name for one in fields(Settings) if isinstance(getattr(SOUND, one.name), int)}
    assert set(LIMITS) == numbers
    assert all(least <= getattr(SOUND, name) <= most for name, (least, most) in LIMITS.items())


def test_an_office_narrows_the_table_of_rule_a2_and_begins_with_all_of_it() -> None:
    assert set(RELEASERS) == set(MAY_RELEASE)
    assert set(CONCESSIONS) == {post.value for post in MAY_CONCEDE}
    for post in Post:
        may = permissions_of(post, Level.BACK_OFFICE)
        assert (Permission.ORDER_RELEASE in may) == (post in MAY_RELEASE)
