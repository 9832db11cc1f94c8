"""What product names say: realistic ones, invented, and what must hold for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.catalog.naming import (
    HIGHEST_DEGREE,
    LARGEST_VOLUME,
    MOST_PIECES,
    NameFacts,
    read_brand,
    read_degree,
    read_name,
    read_pieces,
    read_volume,
)

# name, tenths of % vol, ml, pieces
NAMES: list[tuple[str, int | None, int | None, int | None]] = [
    ("云岭特酿 53° 500ml", 530, 500, None),
    ("云岭特酿52度500毫升单瓶装", 520, 500, 1),
    ("青溪老窖 52%vol 500ML*6", 520, 500, 6),
    ("河套家酒 1.5L 42度", 420, 1500, None),
    ("白水坊 750毫升 干红葡萄酒 13.5%vol", 135, 750, None),
    ("青溪小酒 42度 100ml×4瓶", 420, 100, 4),
    ("云岭大曲 38º 480ml", 380, 480, None),
    ("云岭大曲 38˚ 480mL 整箱6瓶", 380, 480, 6),
    ("云岭 ５３度 ５００ｍｌ", 530, 500, None),
    ("云岭 53度 500ml x6", 530, 500, 6),
    ("云岭 53度 500mlX6瓶", 530, 500, 6),
    ("云岭 53度 6*500ml", 530, 500, 6),
    ("云岭 53度 6瓶*500ml", 530, 500, 6),
    ("云岭 53度 500ml*6瓶 整箱装", 530, 500, 6),
    ("云岭 53度 500ml*1*6", 530, 500, 6),
    ("云岭 53度 500ml*6*2箱", 530, 500, None),
    ("云岭礼盒 53度 500ml*2+50ml*2", 530, None, 2),
    ("云岭 38/52度 500ml", None, 500, None),
    ("云岭 38度-42度 500ml", None, 500, None),
    ("云岭 五十三度 500ml", 530, 500, None),
    ("二锅头 五十六度 清香型 500ml", 560, 500, None),
    ("高度白酒 60度 2L装", 600, 2000, None),
    ("山城啤酒 11度 500ml*12罐", None, 500, 12),
    ("山城啤酒 8°P 330ml", None, 330, None),
    ("山城精酿啤酒 4.5%vol 330ml*24听", 45, 330, 24),
    ("山城果汁 100% 1L", None, 1000, None),
    ("恒温杯 55度恒温 350ml", None, 350, None),
    ("冰桶 -5℃ 3L", None, 3000, None),
    ("醒酒器 1500ml 360度旋转", None, 1500, None),
    ("海口度假 38度 500ml", 380, 500, None),
    ("白兰地 XO 40%VOL 700ML", 400, 700, None),
    ("Vodka 40% vol 0.7L", 400, 700, None),
    ("气泡酒 75cl 12%ABV", 120, 750, None),
    ("云岭 53度 500ml*6（共3000ml）", 530, 500, 6),
    ("云岭 53度 500ml 买一送一", 530, 500, None),
    ("云岭 53度 500ml 第2瓶半价", 530, 500, None),
    ("云岭 53度 500ml 双瓶装", 530, 500, 2),
    ("云岭 53度 500ml两瓶礼盒", 530, 500, 2),
    ("云岭 53度 500ml 六瓶装", 530, 500, 6),
    ("规格 1*6", None, None, 6),
    ("1×12", None, None, 12),
    ("矿泉水 550ml*24瓶", None, 550, 24),
    ("陈酿30年 53度 500ml", 530, 500, None),
    ("三度蒸馏 伏特加 40度 500ml", 400, 500, None),
    ("酒精度：12.5% 750ml 干红", 125, 750, None),
    ("茅形杯 6只装", None, None, 6),
    ("泡椒 500g", None, None, None),
    ("LED灯 5L型", None, 5000, None),
    ("iPhone X6 壳", None, None, None),
    ("黄酒 14.55度 600ml", None, 600, None),
    ("黄酒 15.0%vol 2.5升坛装", 150, 2500, None),
    ("云岭 53度 500ml/瓶 6瓶/箱", 530, 500, 6),
    ("云岭 53度 500ml 1箱6瓶", 530, 500, 6),
    ("云岭 200000度", None, None, None),
    ("", None, None, None),
    ("云岭 53°vol 500ml", 530, 500, None),
    ("云岭 53 %vol 500 ml * 6 瓶", 530, 500, 6),
    ("清酒 720ml 15~16度", None, 720, None),
    ("2019/53°陈酿", 530, None, None),
    ("M8 45度 500ml", 450, 500, None),
    ("三十八度 375ml", 380, 375, None),
    ("米酒 十度 380ml", 100, 380, None),
    ("6瓶装 500ml 52度", 520, 500, 6),
    ("500ml*6 12瓶", None, 500, None),
    ("500ml 600ml", None, None, None),
]
words = st.text("云岭特酿青溪老窖珍藏 ", max_size=8)


@pytest.mark.parametrize(("name", "degree", "volume", "pieces"), NAMES)
def test_a_name_tells(name: str, degree: int | None, volume: int | None, pieces: int | None) -> None:
    assert read_name(name) == NameFacts(degree, volume, pieces)


@given(words, st.integers(300, 799), st.sampled_from(["°", "度", "º", "%vol", " %VOL", "° vol"]), words)
def test_a_strength_is_read_wherever_it_stands(before: str, tenths: int, unit: str, after: str) -> None:
    number = str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"
    assert read_degree(f"{before}{number}{unit} {after}") == tenths


@given(words, st.integers(1, LARGEST_VOLUME), st.sampled_from(["ml", "ML", "毫升", " ml", "ｍｌ"]))
def test_a_volume_is_read_in_any_writing(before: str, volume: int, unit: str) -> None:
    assert read_volume(f"{before}{volume}{unit}") == volume


@given(st.integers(1, 60))
def test_litres_and_millilitres_are_the_same(tenths: int) -> None:
    assert read_volume(f"云岭 {tenths / 10}L") == read_volume(f"云岭 {tenths * 100}ml") == tenths * 100


@given(
    st.integers(2, MOST_PIECES),
    st.sampled_from(["500ml*{}", "500ml×{}瓶", "{}瓶*500ml", "500ml x{}", "整箱{}瓶 500ml"]),
)
def test_pieces_are_read_in_any_writing(pieces: int, pattern: str) -> None:
    assert read_name("云岭 " + pattern.format(pieces)) == NameFacts(None, 500, pieces)


@given(st.integers(30, 79), st.integers(30, 79), st.integers(1, 900), st.integers(1, 900))
def test_what_contradicts_itself_is_not_told(one: int, other: int, small: int, large: int) -> None:
    name = f"云岭 {one}度 {small}ml 礼盒 {other}度 {large}ml"
    assert read_degree(name) == (one * 10 if one == other else None)
    assert read_volume(name) == (small if small == large else None)


@given(st.text())
def test_any_text_gives_figures_within_reason(name: str) -> None:
    facts = read_name(name)
    assert facts.degree is None or 0 <= facts.degree <= HIGHEST_DEGREE
    assert facts.volume is None or 1 <= facts.volume <= LARGEST_VOLUME
    assert facts.pieces is None or 1 <= facts.pieces <= MOST_PIECES


@given(st.text("0123456789.*x×ml度°%vol瓶 -/L升十五三", max_size=60))
def test_figures_in_any_order_do_no_harm(name: str) -> None:
    assert read_name(name) == read_name(name)


def test_a_description_is_no_name() -> None:
    assert read_name("云岭 53度 500ml " + "好喝" * 300) == NameFacts()


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("云岭（YUNLING）特酿 53度", "云岭"),
        ("YUNLING/云岭 特酿53度", "云岭"),
        ("云岭特酿 53度", ""),
        ("【整箱】云岭特酿", ""),
        ("53度 云岭（YUNLING）", ""),
        ("", ""),
    ],
)
def test_a_brand_is_told_only_where_it_is_certain(name: str, brand: str) -> None:
    assert read_brand(name) == brand


def test_of_known_brands_the_longest_counts() -> None:
    known = ["云岭", "云岭特酿", "岭特", ""]
    assert read_brand("云岭特酿 53度", known) == "云岭特酿"
    assert read_brand("云岭大曲", known) == "云岭"
    assert read_brand("青溪 云岭", known) == ""


@given(st.text(max_size=30), st.lists(st.text(max_size=6), max_size=5))
def test_a_brand_is_what_the_name_begins_with_or_none(name: str, known: list[str]) -> None:
    brand = read_brand(name, known)
    assert brand == "" or brand in known or brand in name


def test_single_questions_are_parts_of_the_whole() -> None:
    name = "云岭 53度 500ml*6"
    assert (read_degree(name), read_volume(name), read_pieces(name)) == (530, 500, 6)
