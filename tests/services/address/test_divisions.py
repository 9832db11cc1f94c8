"""The table of divisions, its names, and what became of the former ones."""

import csv

import pytest

from app.services.address.divisions import CITY, COUNTY, PROVINCE, RESOURCES, Kind, gazetteer, split_suffix
from app.services.address.regions import CONTRADICTORY, MISSING_DISTRICT, UNKNOWN, check_region
from tests.shared import shared_path


def path(name: str) -> list[str]:
    return ["".join(step.name for step in division.path) for division in gazetteer().meanings(name)]


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("襄樊市", ["湖北省襄阳市"]),
        ("崇文区", ["北京市东城区"]),
        ("石柱县", ["重庆市石柱土家族自治县"]),
        ("梅里斯区", ["黑龙江省齐齐哈尔市梅里斯达斡尔族区"]),
        ("伊犁州", ["新疆维吾尔自治区伊犁哈萨克自治州"]),
        ("内蒙", ["内蒙古自治区"]),
        ("广西省", ["广西壮族自治区"]),
        ("即墨市", ["山东省青岛市即墨区"]),
        ("科左中旗", ["内蒙古自治区通辽市科尔沁左翼中旗"]),
        ("仙桃市", ["湖北省仙桃市"]),
        ("莱芜市", ["山东省济南市莱芜区", "山东省济南市钢城区"]),
        ("吉林", ["吉林省", "吉林省吉林市"]),
        ("朝阳区", ["北京市朝阳区", "吉林省长春市朝阳区", "辽宁省朝阳市朝阳县"]),
        ("东乡县", ["甘肃省临夏回族自治州东乡族自治县", "江西省抚州市东乡区"]),
        ("长安镇", ["广东省东莞市长安镇"]),
        ("某某县", []),
        ("县", []),
        ("", []),
    ],
)
def test_what_a_name_means(name: str, paths: list[str]) -> None:
    assert sorted(path(name)) == sorted(paths)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("鄂州市", ("鄂州", "市")),
        ("浦东新区", ("浦东", "新区")),
        ("清新区", ("清新", "区")),
        ("神农架林区", ("神农架", "林区")),
        ("金林区", ("金林", "区")),
        ("忠县", ("忠", "县")),
        ("九龙", ("九龙", "")),
    ],
)
def test_suffixes(name: str, parts: tuple[str, str]) -> None:
    assert split_suffix(name) == parts


def test_levels() -> None:
    codes = gazetteer().codes
    assert [codes[code].level for code in ("44", "4403", "440304", "110105", "429004", "441900003")] == [
        *(PROVINCE, CITY, COUNTY, COUNTY, CITY, COUNTY)
    ]
    assert codes["110105"].parent is codes["11"]
    assert codes["429004"].parent is codes["42"]
    assert len([code for code in codes if len(code) == 2]) == 34


def test_every_county_is_known_by_its_own_name_in_its_own_place() -> None:
    for division in gazetteer().codes.values():
        names = [step.name for step in division.path]
        if division.level == COUNTY:
            city = names[1] if len(names) == 3 else ""
            assert check_region(names[0], city, names[-1]) is None, names


def test_every_former_name_leads_somewhere() -> None:
    lines = (RESOURCES / "former_divisions.txt").read_text(encoding="utf-8").splitlines()
    former = [line.split() for line in lines if line and not line.startswith("#")]
    assert len(former) > 200
    for where, name, _ in former:
        problem = check_region("", where, name)
        assert (
            problem is None
            or problem.code not in (CONTRADICTORY, UNKNOWN, MISSING_DISTRICT)
            or (problem.code == MISSING_DISTRICT and len(gazetteer().meanings(name)[0].path) < 3)
        ), (where, name, problem)


def test_no_former_name_hides_one_of_today() -> None:
    for meanings in gazetteer().names.values():
        kinds = [kind for _, kind, _ in meanings]
        assert kinds == sorted(kinds)
        assert kinds in ([Kind.FULL], [Kind.VARIANT], [Kind.FULL, Kind.VARIANT])


def test_the_resource_holds_the_real_table() -> None:
    codes = gazetteer().codes
    with shared_path("data/china/divisions/areas.csv").open(encoding="utf-8") as file:
        areas = [(row["code"], row["name"]) for row in csv.DictReader(file)]
    without = ("4419", "4420", "4604", "6202")
    assert [(code, name) for code, name in areas if code[:4] not in without and codes[code].name != name] == []
