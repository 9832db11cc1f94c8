"""What the shipped typeface covers, and the rule for what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.papers.typeface import BOLD, FONT_DIR, MISSING, REGULAR, clean, font, measured, widths


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("五粮液 52度 ×2", "五粮液 52度 ×2"),
        ("谢谢🍷", "谢谢□"),
        ("一家👨‍👩‍👧", "一家□□□"),
        ("好👍🏽！", "好□！"),
        ("爱❤️你", "爱□你"),
        ("\ud800", MISSING),
        ("\ue000", MISSING),
        ("a\tb\u00a0c", "a b c"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("单\u200b号\u202e\x00", "单号"),
    ],
)
def test_clean(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_whatever_comes_in_can_be_shown(text: str) -> None:
    shown = clean(text)
    assert clean(shown) == shown
    assert all(char == "\n" or ord(char) in font(REGULAR).face.charToGlyph for char in shown)


def test_both_weights_cover_the_same() -> None:
    assert set(font(REGULAR).face.charToGlyph) == set(font(BOLD).face.charToGlyph)


@pytest.mark.parametrize("bold", [False, True])
def test_digits_stand_in_columns(bold: bool) -> None:
    assert len({widths(bold)[digit] for digit in "0123456789"}) == 1


def test_measured() -> None:
    assert measured("汉字", bold=False) == ("汉字", 2000)
    assert measured("汉\n字", bold=False)[1] == float("inf")


def test_the_licence_is_shipped_with_the_typeface() -> None:
    assert "SIL Open Font License, Version 1.1" in (FONT_DIR / "OFL.txt").read_text(encoding="utf-8")
