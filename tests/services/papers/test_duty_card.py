"""The card beside the telephone: who is on, who is on call with the number, where the hotline goes at every minute."""

import gettext
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import i18n
from app.i18n import set_language
from app.services.papers.duty_card import write_duty_card
from app.services.papers.duty_content import CardPerson, DutyCard, DutyDay, Route
from tests.services.papers.reading import facts_of, text_of, words_of
from tests.services.papers.samples import IMPRINT

ROUTES = (
    Route(0, 510, False, "赵倩", "13900001111"),
    Route(510, 1260, True, "", "400-100-2000"),
    Route(1260, 1950, False, "刘总监", "13800002210", called=True),
)
ON = (
    CardPerson("王敏", "早班", ("8:30–17:00",), service=True),
    CardPerson("李娜", "晚班", ("12:30–21:00",), service=True),
    CardPerson("刘洋", "晚间值班", ("8:30–12:00", "18:00–21:00"), service=False),
)
CARD = DutyCard(DutyDay(date(2026, 11, 23), free=False), True, ON, "刘总监", "13800002210", ROUTES)


def write(folder: Path, card: DutyCard = CARD) -> Path:
    write_duty_card(card, folder / "card.pdf", IMPRINT)
    return folder / "card.pdf"


def test_all_of_a_day(tmp_path: Path) -> None:
    paper = write(tmp_path)
    text = text_of(paper)
    for part in ("2026-11-23", "Monday", "王敏", "12:30–21:00", "8:30–12:00,18:00–21:00", "刘总监", "400-100-2000"):
        assert part in text, part
    assert (text.count("13800002210"), text.count("13900001111")) == (2, 1)
    assert text.count("21:00–8:30") == 2  # beside the name, and among the routes
    assert facts_of(paper)["Page size"].startswith("595.276 x 419.528")


def test_the_number_to_call_is_the_largest_that_is_dialled(tmp_path: Path) -> None:
    [words] = words_of(write(tmp_path))

    def height(text: str) -> float:
        return max(word.bottom - word.top for word in words if word.text == text)

    assert height("2210") > 1.8 * height("1111")
    assert height("王敏") > 1.8 * height("刘洋")


@pytest.mark.parametrize(("service", "others"), [(1, 0), (0, 1), (4, 5), (7, 18), (30, 0), (0, 30), (15, 15)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_any_office_fits_on_it(tmp_path: Path, service: int, others: int, language: str) -> None:
    set_language(language)
    people = [replace(ON[0], name=f"王{place:02d}", service=place < service) for place in range(service + others)]
    [words] = words_of(write(tmp_path, replace(CARD, on=tuple(people))))
    text = "".join(word.text for word in words)
    assert all(one.name in text for one in people)
    hotline = max(word.top for word in words if word.text in ("Hotline", "热线转接") and word.left < 40)
    assert all(word.bottom < hotline + 3 for word in words if re.search(r"王\d\d", word.text))
    assert all(29 <= word.left < word.right < 567 for word in words)


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    nobody = (Route(0, 1440, False, "", "", called=True),)
    holiday = DutyDay(date(2026, 10, 1), free=True, special="国庆节")
    text = text_of(write(tmp_path, DutyCard(holiday, False, (), "", "", nobody)))
    assert "Thursday·国庆节" in text
    assert "Therosterofthisdayisnotpublished." in text
    assert text.count("nobodyisplanned") == 2
    text = text_of(write(tmp_path, replace(CARD, on=(), number="")))
    assert "Nobodyisonduty." in text
    assert "nonumberknown" in text


def test_many_turns_of_the_hotline_stay_on_the_card(tmp_path: Path) -> None:
    routes = tuple(
        Route(at, at + 180, bool(at // 180 % 2), "Alexandra Feodorovna", "0086-138-0000-2210", called=not at // 180 % 2)
        for at in range(0, 1440, 180)
    )
    paper = write(tmp_path, replace(CARD, on_call="Alexandra Feodorovna", routes=routes))
    [words] = words_of(paper)
    assert all(word.bottom < 419.6 - 10 and word.right < 567 for word in words)
    for at in range(0, 24, 3):
        assert f"{at}:00–{at + 3}:00" in text_of(paper)


class Wide(gettext.NullTranslations):
    """Says everything in full-width letters, the {named} holes aside."""

    def gettext(self, message: str) -> str:
        wide = {code: code + 0xFEE0 for code in (*range(65, 91), *range(97, 123))}
        return re.sub(r"[^{}]+(?![^{}]*\})", lambda match: match[0].translate(wide), message)


def test_no_word_is_left_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_translations", Wide())
    bare = DutyCard(CARD.day, False, (), "", "", (Route(0, 1440, False, "", ""),))
    crowded = replace(CARD, number="", on=tuple(replace(ON[2], name=f"王{place}") for place in range(30)))
    for card in (CARD, bare, replace(CARD, on=()), crowded):
        assert re.findall("[A-Za-z]+", text_of(write(tmp_path, card))) == []


def test_a_long_name_is_not_set_in_tiny_letters(tmp_path: Path) -> None:
    long = replace(ON[0], name="Maximiliane Featherstonehaugh-Wolfeschlegel")
    [words] = words_of(write(tmp_path, replace(CARD, on=(long, *ON[1:]))))
    [first] = [word for word in words if word.text == "Maximiliane"]
    [small] = [word for word in words if word.text == "刘洋"]
    assert first.bottom - first.top > 0.65 * (small.bottom - small.top)
