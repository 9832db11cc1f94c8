"""The few characters that a list has for each finding."""

import pytest

from app.i18n import set_language
from app.services.orders.checks import CHECKS
from app.services.orders.hints import short_hint
from app.services.orders.rows import Finding

FOUND = [
    (Finding("payment", {"paid": 14_900, "payable": 20_900}), "少付 ¥\u00a060.00"),
    (Finding("payment", {"paid": 20_900, "payable": 14_900}), "多付 ¥\u00a060.00"),
    (Finding("floor", {"title": "五粮液", "price": 1, "floor": 2}), "低于底价"),
    (Finding("region", {"problem": "missing_district", "where": "浙江省杭州市"}), "缺区县"),
    (Finding("phone", {"problem": "missing"}), "缺电话"),
    (Finding("phone", {"problem": "too_short"}), "电话有误"),
    (Finding("doubled", {"number": "20261123-0001"}), "疑似重复"),
    (Finding("flagged", {"reason": "拒收"}), "劣质客户"),
    (Finding("quantity", {"title": "五粮液", "quantity": 60}), "数量 60"),
    (Finding("stock", {"title": "五粮液", "wanted": 6, "available": 2}), "要 6 有 2"),
]


@pytest.mark.parametrize(("finding", "said"), FOUND)
def test_each_finding_is_a_few_characters(finding: Finding, said: str) -> None:
    set_language("zh_CN")
    assert short_hint((finding,)) == said


def test_every_check_has_its_hint() -> None:
    assert {finding.code for finding, _said in FOUND} == set(CHECKS)


def test_several_findings_stand_beside_each_other() -> None:
    set_language("zh_CN")
    assert short_hint((FOUND[0][0], FOUND[3][0])) == "少付 ¥\u00a060.00、缺区县"
