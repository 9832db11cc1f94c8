"""Whether province, city and district fit together."""

import pytest

from app.services.address.regions import PROBLEMS, RegionProblem, check_region, region_sentence


@pytest.mark.parametrize(
    "levels",
    [
        ("广东省", "深圳市", "福田区"),
        ("广东", "深圳", "福田"),
        (" 广东省 ", "深圳市\t", "福田区"),
        ("北京市", "北京市", "海淀区"),
        ("北京", "朝阳区", "三环以内"),  # JD's levels
        ("上海", "浦东新区", "城区"),
        ("重庆市", "县", "城口县"),
        ("重庆市", "市辖区", "渝中区"),
        ("湖北省", "仙桃市", ""),
        ("湖北省", "省直辖县级行政区划", "仙桃市"),
        ("河南", "济源市", "济源市"),
        ("新疆维吾尔自治区", "自治区直辖县级行政区划", "石河子市"),
        ("广东省", "东莞市", ""),
        ("广东省", "东莞市", "长安镇"),
        ("广东省", "中山市", "东升镇"),
        ("浙江省", "海宁市", "长安镇"),  # a county's town that bears another town's name
        ("江苏省", "昆山市", "花桥镇"),
        ("江苏省", "盐城市", "其它区"),
        ("四川省", "成都市", "高新区"),
        ("陕西省", "西安市", "西咸新区"),
        ("江苏省", "苏州市", "工业园区"),
        ("江苏省", "南通市", "海门市"),  # 海门区 since 2020
        ("湖北省", "襄樊市", "襄阳区"),
        ("安徽省", "六安市", "寿县"),  # 淮南 since 2015
        ("山东省", "莱芜市", "莱城区"),
        ("香港特别行政区", "香港岛", "湾仔区"),
        ("香港", "九龙", "尖沙咀"),
        ("台湾省", "台北市", "大安区"),
        ("", "深圳市", "福田区"),
        ("广东省", "", "福田区"),
        ("", "", "福田区"),
        ("California", "Los Angeles", ""),
        ("海外", "新加坡", ""),
    ],
)
def test_regions_that_are_in_order(levels: tuple[str, str, str]) -> None:
    assert check_region(*levels, "幸福路1号") is None


@pytest.mark.parametrize(
    ("levels", "problem"),
    [
        (("", "", ""), ("missing_region", "")),
        (("广东省", "", ""), ("missing_city", "广东省")),
        (("江苏省", "", "鼓楼区"), ("missing_city", "鼓楼区")),
        (("", "", "朝阳区"), ("missing_city", "朝阳区")),
        (("广东省", "深圳市", ""), ("missing_district", "广东省深圳市")),
        (("重庆", "重庆市", "重庆市"), ("missing_district", "重庆市")),
        (("广东省", "杭州市", "西湖区"), ("contradictory", "广东省 / 杭州市 → 浙江省杭州市")),
        (("浙江省", "杭州市", "福田区"), ("contradictory", "浙江省杭州市 / 福田区 → 广东省深圳市福田区")),
        (("北京", "海淀区", "朝阳区"), ("contradictory", "北京市海淀区 / 朝阳区")),
        (("东广省", "深圳市", "福田区"), ("unknown", "东广省")),
        (("广东省", "深圳市", "福由区"), ("unknown", "福由区")),
        (("广东省", "深川市", ""), ("unknown", "深川市")),
    ],
)
def test_regions_that_are_not(levels: tuple[str, str, str], problem: tuple[str, str]) -> None:
    assert check_region(*levels, "幸福路1号") == RegionProblem(*problem)


def test_a_level_may_stand_in_the_address() -> None:
    assert check_region("广东省", "深圳市", "", "福田区香蜜湖街道1号") is None
    assert check_region("", "", "", "收货地址 广东省深圳市福田区香蜜湖街道1号") is None
    assert check_region("广东省", "", "", "深圳市福田区香蜜湖街道1号") is None
    assert check_region("广东省", "深圳市", "", "香蜜湖街道1号") is not None
    assert check_region("广东省", "深圳市", "", "余杭区五常街道1号") is not None


def test_an_address_abroad_is_not_ours_to_check() -> None:
    assert check_region("", "", "", "12 Main Street, Springfield") is None
    assert check_region("", "", "", "   ") is not None


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_each_problem_has_a_sentence(code: str) -> None:
    sentence = region_sentence(code, "广东省深圳市")
    assert sentence.endswith(".")
    assert ("广东省深圳市" in sentence) == (code != "missing_region")


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("广东深圳市福田区香蜜湖街道1号", None),
        ("广东省 深圳市 福田区 香蜜湖街道 东海花园 3栋", None),
        ("上海浦东新区城区世纪大道1号", None),
        ("湖北仙桃市沙嘴街道仙桃大道1号", None),
        ("中国 浙江省 杭州市 西湖区 文三路1号", None),
        ("广东省香蜜湖", "missing_region"),
        ("幸福路1号", "missing_region"),
    ],
)
def test_an_address_in_one_column(address: str, problem: str | None) -> None:
    found = check_region("", "", "", address)
    assert (found.code if found else None) == problem
