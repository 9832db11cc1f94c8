"""Lines break the Chinese way, lose nothing and are never too wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.papers.breaking import NO_END, NO_START, break_lines

SIGNS = "汉字订单，。、）」（「“”…—！？：；￥¥%×"
LATIN = "abcXYZ0189-_/.,'()#é"
TEXT = st.text(st.sampled_from(SIGNS + LATIN + "   \n"), max_size=120)


def width(char: str) -> int:
    """As in the typeface: Chinese takes the full size, Latin about half."""
    return 500 if char < "\u0250" else 1000


def lines(text: str, limit: float) -> list[str]:
    return break_lines(text, limit, width)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 3000, [""]),
        ("订单", 3000, ["订单"]),
        ("订单已确认", 3000, ["订单已", "确认"]),
        ("订单已，确认", 3000, ["订单", "已，确", "认"]),
        ("订单（已）确认", 3000, ["订单", "（已）", "确认"]),
        ("他说「好」。", 4000, ["他说", "「好」。"]),
        ("共 12 瓶", 3000, ["共 12", "瓶"]),
        ("red wine and rice", 4500, ["red wine", "and rice"]),
        ("酒500ml装", 3500, ["酒500ml", "装"]),
        ("酒500ml装", 3000, ["酒", "500ml", "装"]),
        ("3048217650112004417", 4000, ["30482176", "50112004", "417"]),
        ("第一行\n\n第三行", 9000, ["第一行", "", "第三行"]),
        ("要付 ¥ 100 元", 4000, ["要付", "¥ 100 元"]),
        ("水晶剑 ×6", 4000, ["水晶", "剑 ×6"]),
    ],
)
def test_break_lines(text: str, limit: float, expected: list[str]) -> None:
    assert lines(text, limit) == expected


@given(TEXT, st.integers(1000, 20_000))
def test_nothing_is_lost_but_blanks(text: str, limit: int) -> None:
    assert "".join("".join(lines(text, limit)).split()) == "".join(text.split())


@given(TEXT, st.integers(1000, 20_000))
def test_no_line_is_wider_than_its_column(text: str, limit: int) -> None:
    assert all(sum(map(width, line)) <= limit for line in lines(text, limit))


@given(TEXT, st.integers(-2_000, 999))  # as what is left of a column can be less than nothing
def test_a_column_narrower_than_a_character_still_ends(text: str, limit: int) -> None:
    assert all(len(line) == 1 or sum(map(width, line)) <= limit for line in lines(text, limit) if line)


@given(
    st.lists(st.sampled_from(["汉", "字", "word", "5kg", " "]), min_size=1, max_size=40),
    st.lists(st.sampled_from(["", "，", "。", "」", "）", "（", "「", "！", "“"]), min_size=40, max_size=40),
    st.integers(8000, 16_000),
)
def test_marks_never_stand_at_the_wrong_edge(words: list[str], marks: list[str], limit: int) -> None:
    text = "字".join(word + mark for word, mark in zip(words, marks, strict=False)) + "字"
    broken = lines(text, limit)
    assert all(line[0] not in NO_START for line in broken[1:])
    assert all(line[-1] not in NO_END for line in broken[:-1])


@given(st.lists(st.text("abcdefgh-1", min_size=1, max_size=12), min_size=1, max_size=20), st.integers(6000, 12_000))
def test_latin_words_stay_whole(words: list[str], limit: int) -> None:
    assert [word for line in lines(" ".join(words), limit) for word in line.split()] == words


def test_breaking_a_megabyte_takes_no_time_to_speak_of() -> None:
    assert len(lines("x" * 500_000 + " " * 10_000 + "汉" * 100_000, 30_000)) > 10_000
