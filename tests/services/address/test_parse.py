"""Pasted addresses; all people and places together are invented."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.address.divisions import COUNTY, gazetteer
from app.services.address.parse import ParsedAddress, parse
from tests.benchmarks import address as benchmark
from tests.shared import shared_path


def who(found: ParsedAddress) -> tuple[str, str]:
    return found.name, found.phone


def where(found: ParsedAddress) -> tuple[str, str, str, str]:
    return found.province, found.city, found.district, found.detail


WENSAN = ("浙江省", "杭州市", "西湖区", "文三路100号3幢201室")


@pytest.mark.parametrize(
    "text",
    [
        "沈小满 13800002065 浙江省杭州市西湖区文三路100号3幢201室",
        "13800002065 沈小满 杭州市西湖区文三路100号3幢201室",
        "浙江省杭州市西湖区文三路100号3幢201室，沈小满，138 0000 2065",
        "浙江省 杭州市 西湖区 文三路100号 3幢201室 沈小满 +86 138-0000-2065",
        "沈小满浙江省杭州市西湖区文三路100号3幢201室13800002065",
        "浙江杭州西湖区文三路100号3幢201室沈小满13800002065",
        "浙江省\n杭州市\n西湖区\n文三路100号3幢201室\n沈小满\n13800002065",
        "收货人：沈小满\n手机号码：13800002065\n所在地区：浙江省杭州市西湖区\n详细地址：文三路100号3幢201室",
        "姓名:沈小满 电话:13800002065 地址:浙江省杭州市西湖区文三路100号3幢201室",
        "收货人沈小满手机号码13800002065所在地区浙江省杭州市西湖区详细地址文三路100号3幢201室",
        "【收货人】沈小满【电话】13800002065【地址】浙江省杭州市西湖区文三路100号3幢201室",
        "地址是浙江杭州西湖区文三路100号3幢201室 （13800002065 沈小满收）",
        "麻烦寄到浙江省杭州市西湖区文三路100号3幢201室，收件人沈小满，电话13800002065，谢谢",
        "浙江省杭州市西湖区浙江省杭州市西湖区文三路100号3幢201室 沈小满 13800002065",
        "所在地区：浙江省杭州市西湖区 详细地址：浙江省杭州市西湖区文三路100号3幢201室 收件人：沈小满 手机：13800002065",
        "４０２１１２３４５６７８９，沈小满，１３８００００２０６５，浙江省　杭州市　西湖区　文三路100号3幢201室",
        "地址：浙江省杭州市西湖区文三路100号3幢201室 沈小满 电话：13800002065",
        "订单号：4021123456789 沈小满 13800002065 浙江省杭州市西湖区文三路100号3幢201室",
    ],
)
def test_the_same_address_in_every_order(text: str) -> None:
    found = parse(text)
    assert who(found) == ("沈小满", "13800002065")
    assert where(found) == WENSAN
    assert found.code == "330106"
    assert found.problem is None


@pytest.mark.parametrize(
    ("text", "region", "code"),
    [
        ("湖北襄樊市樊城区长虹路5号", ("湖北省", "襄阳市", "樊城区", "长虹路5号"), "420606"),
        ("河北石家庄市桥东区中山路5号", ("河北省", "石家庄市", "长安区", "中山路5号"), "130102"),
        ("安徽省六安市寿县寿春镇南街3号", ("安徽省", "淮南市", "寿县", "寿春镇南街3号"), "340422"),
        ("南宁地区大新县桃城镇1号", ("广西壮族自治区", "崇左市", "大新县", "桃城镇1号"), "451424"),
        ("贵州省毕节地区毕节市洪山路5号", ("贵州省", "毕节市", "七星关区", "洪山路5号"), "520502"),
        ("天津塘沽区解放路1号", ("天津市", "天津市", "滨海新区", "解放路1号"), "120116"),
        ("北京市市辖区朝阳区建国路88号", ("北京市", "北京市", "朝阳区", "建国路88号"), "110105"),
        ("重庆市县云阳县双江街道1号", ("重庆市", "重庆市", "云阳县", "双江街道1号"), "500235"),
        ("仙桃市沙嘴街道仙桃大道10号", ("湖北省", "仙桃市", "", "沙嘴街道仙桃大道10号"), "429004"),
        ("海南琼海市嘉积镇银海路6号", ("海南省", "琼海市", "", "嘉积镇银海路6号"), "469002"),
        ("新疆伊犁州伊宁市解放路8号", ("新疆维吾尔自治区", "伊犁哈萨克自治州", "伊宁市", "解放路8号"), "654002"),
        ("内蒙锡盟东乌旗乌里雅斯太镇", ("内蒙古自治区", "锡林郭勒盟", "东乌珠穆沁旗", "乌里雅斯太镇"), "152525"),
        ("昆山花桥镇绿地大道231弄", ("江苏省", "苏州市", "昆山市", "花桥镇绿地大道231弄"), "320583"),
        ("广东东莞长安镇振安路1号", ("广东省", "东莞市", "长安镇", "振安路1号"), "441900"),
        ("西安市高新区锦业路1号", ("陕西省", "西安市", "高新区", "锦业路1号"), "610100"),
        ("深圳市光明新区公明街道1号", ("广东省", "深圳市", "光明区", "公明街道1号"), "440311"),
        ("长沙市雨花区万家丽路1号", ("湖南省", "长沙市", "雨花区", "万家丽路1号"), "430111"),
        ("青田县温溪镇1号", ("浙江省", "丽水市", "青田县", "温溪镇1号"), "331121"),
        ("江苏省鼓楼区中山路1号", ("江苏省", "", "鼓楼区", "中山路1号"), "320000"),
        ("鼓楼区中山路1号", ("", "", "鼓楼区", "中山路1号"), ""),
        ("台北市大安区忠孝东路四段1号", ("台湾省", "台北市", "大安区", "忠孝东路四段1号"), "710000"),
        ("香港九龙油尖旺区弥敦道88号", ("香港特别行政区", "九龙", "油尖旺区", "弥敦道88号"), "810000"),
        ("杭州西湖文三路100号", ("浙江省", "杭州市", "西湖区", "西湖文三路100号"), "330106"),
    ],
)
def test_regions_as_people_write_them(text: str, region: tuple[str, str, str, str], code: str) -> None:
    found = parse(text)
    assert where(found) == region
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    [
        "南京路123号",
        "北京西路5号",
        "上海大厦1203",
        "武汉大学樱园",
        "吉林银行楼上",
        "中山二路3号",
        "幸福里5栋",
    ],
)
def test_places_named_after_cities_are_not_the_cities(text: str) -> None:
    found = parse(text)
    assert where(found) == ("", "", "", text)
    assert found.problem is not None
    assert found.problem.code == "missing_region"


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("南宫云 云南省大理市下关镇1号 13800002065", ("南宫云", "13800002065")),  # 南宫 is a city too
        ("黄梅，13800002065，江西省九江市濂溪区十里街道1号", ("黄梅", "13800002065")),  # and 黄梅 a county
        ("青海省西宁市城东区共和路1号 马先生收 0971-8123456", ("马先生", "0971-8123456")),
        ("广州市天河区**** 欧阳** 138****2065", ("欧阳**", "138****2065")),
        ("姓名：Ann Lee 手机：13800002065 地址：上海市静安区南京西路1号", ("Ann Lee", "13800002065")),
        ("贵阳市观山湖区金阳南路6号 13800002065 小鹿", ("小鹿", "13800002065")),
        ("成都市武侯区科华路2号 13800002065转801 何", ("何", "13800002065-801")),
        ("福州市鼓楼区五四路1号2单元30113900009999 林静", ("林静", "13900009999")),
        ("厦门市思明区湖滨南路12号 139000 7777", ("", "")),
        ("厦门市思明区湖滨南路12号", ("", "")),
        ("地址：厦门市思明区湖滨南路12号 林家庄 电话：13800002065", ("", "13800002065")),
    ],
)
def test_people(text: str, person: tuple[str, str]) -> None:
    assert who(parse(text)) == person


def test_what_belongs_nowhere_is_kept_apart() -> None:
    found = parse("4021123456789，沈小满，13800002065，浙江省杭州市西湖区文三路1号，310012")
    assert found.rest == ("4021123456789",)
    assert (found.postcode, found.detail) == ("310012", "文三路1号")
    other = parse("广东省广州市天河区 所在地区：广东省深圳市福田区 详细地址：景田路1号 收货人：沈小满")
    assert where(other) == ("广东省", "深圳市", "福田区", "景田路1号")
    assert other.rest == ("广东省广州市天河区",)


def test_a_detail_that_repeats_its_town() -> None:
    found = parse("江西省抚州市临川区 上顿渡镇江西省抚州市临川区上顿渡镇文昌街1号")
    assert where(found) == ("江西省", "抚州市", "临川区", "上顿渡镇文昌街1号")


def test_a_region_that_the_address_completes() -> None:
    found = parse("所在地区：广东省深圳市 详细地址：广东省深圳市福田区景田路1号")
    assert where(found) == ("广东省", "深圳市", "福田区", "景田路1号")


def test_words_are_put_together_readably() -> None:
    found = parse("上海市浦东新区 张江镇 祖冲之路2277弄 Building A Room 301 沈小满 13800002065")
    assert found.detail == "张江镇祖冲之路2277弄Building A Room 301"


@pytest.mark.parametrize("text", ["", " \n", "\x00\x1f\x1e", "，，，", "收货人："])
def test_nothing_is_nothing(text: str) -> None:
    found = parse(text)
    assert (who(found), where(found), found.rest) == (("", ""), ("", "", "", ""), ())


@settings(deadline=None, max_examples=200)
@given(
    st.text(alphabet="省市区县吉林海南朝阳莱芜城铜仁0138*号收货人：地址 ,\n张()", max_size=120) | st.text(max_size=80)
)
def test_any_text_has_an_answer(text: str) -> None:
    found = parse(text)
    assert "\x1e" not in "".join((*who(found), *where(found), *found.rest))
    assert "\x1f" not in "".join((*who(found), *where(found), *found.rest))


@pytest.mark.parametrize(
    "piece",
    [
        "铜仁市",
        "吉林省吉林市",
        "柳州地区",
        "莱城区钢城区",
        "收货人",
        "138 ",
        "广东省深圳市福田区",
        "地址:",
        "寄到",
        "（【",
    ],
)
def test_absurd_text_takes_no_absurd_time(piece: str) -> None:
    gazetteer()
    start = time.perf_counter()
    parse(piece * 5000)
    assert time.perf_counter() - start < 2


def test_every_county_is_parsed_in_full() -> None:
    wrong = []
    for division in gazetteer().codes.values():
        if division.level != COUNTY:
            continue
        names = [step.name for step in division.path]
        city = names[1] if len(names) == 3 else names[0]
        found = parse("".join(names) + "幸福路1号")
        if where(found) != (names[0], city, names[-1], "幸福路1号"):
            wrong.append((names, found))
    assert wrong == []


def test_the_shared_cases_are_parsed_as_expected() -> None:
    folder = shared_path("data/china/addresses")
    assert json.loads((folder / "jionlp_cases.json").read_text(encoding="utf-8"))["cases"]
    for file in ("jionlp_cases.json", "cpca_cases.json", "address_parse_cases.json"):
        cases = list(benchmark.judged(file))
        judged = [part for case in cases for part in (case.region, case.name, case.phone, case.detail)]
        known = [part for part in judged if part is not None]
        assert known.count(True) >= 0.95 * len(known) > 0
